"""The forms as typed data: steps with questions, fields with rules, read from YAML and frozen per version."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from domain.data import packaged_yaml

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
    DATE = "date"
    MONEY = "money"


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

    `least` and `largest` bound a count (in `unit`, which `aliases` also name) or a sum in whole kroner; `most`
    how many options are chosen. `exclusive` options stand alone; `whole` is the option that takes in all the others.
    An `optional` field never stands in the way; `default` is what it means when nobody has answered it.
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
    unit: str | None = None
    aliases: tuple[str, ...] = ()
    optional: bool = False
    default: str | None = None
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


class Group(_Frozen):
    """Some further questions under a name that a person can choose them by."""

    id: str
    label: str


class Step(_Frozen):
    """One question as a person meets it: one or two fields answered together.

    A step with `more` belongs to a group and is never in the way of those that only answer the core.
    """

    id: str
    spec: tuple[str, ...]
    question: str
    help: str | None = None
    short: str | None = None
    only_when: str | None = None
    skip_in_supplement: bool = False
    closes: bool = False
    more: bool = False
    group: str | None = None
    fields: tuple[FormField, ...] = ()

    def shown(self, answers: Answers) -> tuple[FormField, ...]:
        """The fields of this step that apply, answered or not."""
        return tuple(f for f in self.fields if f.shown(answers))

    def missing(self, answers: Answers) -> list[FormField]:
        """The fields of this step that apply, must be answered and are not."""
        return [f for f in self.shown(answers) if not f.optional and f.id not in answers]


class Form(_Frozen):
    """A whole form in one version: the core steps in their order, then the further ones, group by group.

    `elsewhere` says of each id of the specification that is no field here where its answer is.
    """

    id: str
    version: str
    groups: tuple[Group, ...] = ()
    elsewhere: dict[str, str] = Field(default_factory=dict)
    steps: tuple[Step, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        steps = [s.id for s in self.steps]
        fields = [f.id for s in self.steps for f in s.fields]
        if len(set(steps)) != len(steps) or len(set(fields)) != len(fields):
            raise ValueError("step and field ids must be unique")
        if not self.core or not self.core[-1].closes:
            raise ValueError("the last core step closes the form")
        groups = {g.id for g in self.groups}
        for step in self.steps:
            if step.more != (step.group in groups):
                raise ValueError(f"{step.id}: a further step, and no other, belongs to a group")
            for field in step.fields:
                if step.more and not field.optional:
                    raise ValueError(f"{field.id}: a further question is optional")
                if unknown := set(field.show_if) - set(fields[: fields.index(field.id)]):
                    raise ValueError(f"{field.id}: show_if names no earlier field: {unknown}")
                if step.more and set(field.show_if) & {f.id for f in step.fields}:
                    raise ValueError(f"{field.id}: what follows from a further answer is a step of its own")
        return self

    def step(self, step_id: str) -> Step | None:
        """The step with this id, or None."""
        return next((s for s in self.steps if s.id == step_id), None)

    @property
    def core(self) -> tuple[Step, ...]:
        """The steps that everybody meets, in order."""
        return tuple(s for s in self.steps if not s.more)

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
    return Form.model_validate(packaged_yaml(__package__, f"{name}.yaml"))


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
