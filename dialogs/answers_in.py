"""Takes an answer to a step of a form, from a card or as typed text: pure, for both forms alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.needs.form import Answers, FieldKind, FormField, Step
from domain.needs.reading import Reading, read_card, read_text


def shown_fields(step: Step, answers: Answers) -> list[FormField]:
    """The fields of a step that apply now, answered or not."""
    return [f for f in step.fields if f.shown(answers)]


def half_answered(step: Step, answers: Answers) -> bool:
    """Whether some of the fields that apply have an answer, and some have none."""
    return 0 < len(step.missing(answers)) < len(shown_fields(step, answers))


def open_fields(step: Step, answers: Answers, *, refill: bool) -> list[FormField]:
    """The fields that a typed answer may fill: all when the step is asked again or is a further one, else the
    missing ones."""
    return shown_fields(step, answers) if refill or step.more else step.missing(answers)


def from_card(
    step: Step,
    inputs: Mapping[str, str],
    choice: str | None,
    answers: Answers,
    today: date,
    ranked: int = 0,
) -> Reading:
    """What a card's inputs say. A button's choice stands for the step's first choice field.

    A field that the card did not show (it is answered already) is left alone.
    """
    if choice is not None:
        button = next((f for f in step.fields if f.kind is FieldKind.CHOICE), None)
        inputs = {**inputs, button.id: choice} if button else inputs
    fields = [f for f in step.fields if f.id in inputs or f.id not in answers]
    if choice is not None:
        fields = [f for f in fields if f.id in inputs]
    return read_card(fields, inputs, answers, today, ranked)


def changes(reading: Reading, answers: Answers) -> Answers:
    """What a reading changes in the answers: new values, and None for those that were emptied."""
    emptied = {i: None for i in reading.emptied if i in answers}
    return {k: v for k, v in {**reading.values, **emptied}.items() if answers.get(k) != v}


def from_text(
    step: Step, text: str, answers: Answers, today: date, *, refill: bool, ranked: int = 0
) -> Reading:
    """What a typed answer says."""
    return read_text(step, open_fields(step, answers, refill=refill), text, today, ranked)


def takes_free_text(step: Step, answers: Answers, *, refill: bool) -> bool:
    """Whether the next thing asked for is free text, so that anything written could be the answer."""
    fields = open_fields(step, answers, refill=refill)
    return bool(fields) and fields[0].kind is FieldKind.TEXT
