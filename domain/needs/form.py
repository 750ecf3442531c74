"""The forms as typed data: steps with questions, fields with rules, read from YAML and frozen per version."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

Answers = dict[str, Any]
"""What has been answered: field id → a plain JSON value (str, int or list of str)."""


class FieldKind(StrEnum):
    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"
    COUNT = "count"
    SEMESTER = "semester"
    DURATION = "duration"
    RANKING = "ranking"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(_Frozen):
    """One thing that can be chosen; `short` is how it reads inside a sentence."""

    value: str
    label: str
    short: str | None = None
    aliases: tuple[str, ...] = ()


class FormField(_Frozen):
    """One input of a step. Lengths are in characters; `hint_length` is a hint, `max_length` a stop.

    `exclusive` options stand alone; `whole` is the option that takes in all the others.
    """

    id: str
    kind: FieldKind
    label: str
    ask: str | None = None
    help: str | None = None
    options: tuple[Option, ...] = ()
    buttons: bool = False
    multiline: bool = False
    most: int | None = None
    max_length: int = 1500
    hint_length: int = 0
    least: int = 1
    largest: int = 300
    exclusive: tuple[str, ...] = ()
    whole: str | None = None
    show_if: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    source: str | None = None
    suggested: str | None = None

    def shown(self, answers: Answers) -> bool:
        """Whether the field applies, given what has been answered."""
        return all(_meets(answers.get(other), wanted) for other, wanted in self.show_if.items())

    def label_of(self, value: str) -> str:
        """The label of an option; an unknown value reads as itself."""
        return next((o.label for o in self.options if o.value == value), value)


def _meets(answer: Any, wanted: tuple[str, ...]) -> bool:
    given = answer if isinstance(answer, list) else [answer]
    return any(value in wanted for value in given)


class Step(_Frozen):
    """One question as a person meets it: one or two fields answered together."""

    id: str
    spec: tuple[str, ...]
    question: str
    help: str | None = None
    short: str | None = None
    only_when: str | None = None
    skip_in_supplement: bool = False
    closes: bool = False
    fields: tuple[FormField, ...] = ()

    def missing(self, answers: Answers) -> list[FormField]:
        """The fields of this step that apply and have no answer yet."""
        return [f for f in self.fields if f.shown(answers) and f.id not in answers]


class Form(_Frozen):
    """A whole form in one version."""

    id: str
    version: str
    steps: tuple[Step, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        steps = [s.id for s in self.steps]
        fields = [f.id for s in self.steps for f in s.fields]
        if len(set(steps)) != len(steps) or len(set(fields)) != len(fields):
            raise ValueError("step and field ids must be unique")
        if not self.steps or not self.steps[-1].closes:
            raise ValueError("the last step closes the form")
        for step in self.steps:
            for field in step.fields:
                if unknown := set(field.show_if) - set(fields):
                    raise ValueError(f"{field.id}: show_if names unknown fields {unknown}")
        return self

    def step(self, step_id: str) -> Step | None:
        """The step with this id, or None."""
        return next((s for s in self.steps if s.id == step_id), None)

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Every field, in the order they are asked."""
        return tuple(f for s in self.steps for f in s.fields)

    def field(self, field_id: str) -> FormField | None:
        """The field with this id, or None."""
        return next((f for f in self.fields if f.id == field_id), None)


NEWEST = {"needs": "form", "owners": "owners_form"}
"""The file of each form's newest version; earlier ones lie in `earlier_forms/`, as «needs-2026.1.yaml»."""


@cache
def load(name: str) -> Form:
    """A form by the name of its file beside this module: `form` (a need), `owners_form`, or an earlier one."""
    text = files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return Form.model_validate(yaml.safe_load(text))


@cache
def _in_version(form_id: str, version: str | None) -> Form:
    newest = load(NEWEST[form_id])
    if version is None or version == newest.version:
        return newest
    return load(f"earlier_forms/{form_id}-{version}")


def needs_form(version: str | None = None) -> Form:
    """The head's form for a need, in the version that its round froze (None: the newest)."""
    return _in_version("needs", version)


def owners_form(version: str | None = None) -> Form:
    """The owner's form for the consolidated report (None: the newest version)."""
    return _in_version("owners", version)
