"""Answers changed afterwards: gone back to, named, corrected in a word, or edited in the chat."""

from __future__ import annotations

import re

from dialogs import answers_in
from dialogs.payloads import Change
from dialogs.replies import CardSettled, Rectified, Reply, Say, What
from dialogs.report.asking import (
    ask,
    ask_at,
    changeable_steps,
    current,
    form_of,
    newest_draft,
    own_kindergartens,
    place_in,
)
from dialogs.turn import Turn
from domain.needs import access, overview
from domain.needs.errors import WrongState
from domain.needs.form import FieldKind, FormField, Step, needs_form
from domain.needs.heads import head
from domain.needs.models import EDITABLE, NeedsReport, Source, Status
from domain.needs.reading import read_field, read_text
from domain.norwegian.choices import match_choices

_CORRECTION = re.compile(
    r"(?:nei|næ|nei da|neida|ops|oi|oisann|feil|rettelse|jeg mente|æ meinte|eg meinte|det skal være|skal være)"
    r"(?:\s*[,:.!–-]\s*|\s+)(?:(?:jeg mente|det skal være|det er|vi er|skal være)\s+)?(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_MOST_WORDS = 6
_LOOK_FOR_THEMSELVES = (
    FieldKind.COUNT,
    FieldKind.SEMESTER,
    FieldKind.DURATION,
    FieldKind.CHOICE,
    FieldKind.CHOICES,
    FieldKind.DATE,
    FieldKind.MONEY,
)
_ANYWHERE = (FieldKind.COUNT, FieldKind.SEMESTER, FieldKind.DURATION)
"""Kinds that a short correction fits wherever they were asked; the others only just after they were answered."""

_WITH_OWNER = (Status.SENT_TO_OWNER, Status.APPROVED)
"""The states from which the owner can send a need back to its head without asking the network."""


def change(turn: Turn, report_id: int, step_id: str) -> list[Reply]:
    """One answer again, from the summary's «Hva vil du endre?»."""
    report = access.own_report(turn.uow, turn.me.id, report_id)
    if report.status not in EDITABLE:
        raise WrongState(report.status, report.id)
    place = place_in(report, step_id)
    if place is None or place.step.closes:
        return [Say(What.CHOOSE_SOMETHING), *ask(turn, report)]
    if not head.may_change(report, step_id):
        return locked(turn, report)
    return [CardSettled("moved"), *ask_at(turn, report, place, refill=True)]


def locked(turn: Turn, report: NeedsReport) -> list[Reply]:
    """Not among the answers that the owner sent back: which ones are."""
    names = [s.short or s.question for s in changeable_steps(report)]
    here = _where_one_was(turn, report, turn.state.step, refill=turn.state.refill)
    return [Say(What.LOCKED, {"names": ", ".join(names)}), *(here or ask(turn, report))]


def change_card(turn: Turn, payload: Change) -> list[Reply]:
    """The choice made in the summary."""
    return change(turn, payload.report, payload.inputs.get("change", ""))


def change_words(turn: Turn, argument: str | None) -> list[Reply]:
    """`endre tema`: finds the question that is meant."""
    report = current(turn) or newest_draft(turn)
    if report is None:
        return [nothing_open(turn)]
    step_id = named_step(report, argument) if argument else None
    if step_id is None:
        return [Say(What.UNKNOWN_FIELD), *ask(turn, report)]
    return change(turn, report.id, step_id)


def nothing_open(turn: Turn) -> Reply:
    """Nothing of one's own can be changed; of a need that has just gone to the owner, that it lies there."""
    return Say(What.WITH_OWNER if _newest_with_owner(turn) else What.NOTHING_OPEN)


def after_sending(turn: Turn, text: str) -> list[Reply] | None:
    """«Nei, 12 ansatte» when the need has gone to the owner; None when it corrects nothing of that need."""
    found = _CORRECTION.fullmatch(text.strip())
    if found is None or len(found["rest"].split()) > _MOST_WORDS:
        return None
    report = _newest_with_owner(turn)
    if report is None:
        return None
    fields = _answered(report, form_of(report).fields, _ANYWHERE)
    fits = any(read_field(field, found["rest"], turn.today).values for field in fields)
    return [Say(What.WITH_OWNER)] if fits else None


def _newest_with_owner(turn: Turn) -> NeedsReport | None:
    """What one has sent last, while the owner can still send it back."""
    standings = overview.standings(turn.uow, own_kindergartens(turn), turn.now)
    answered = [r for s in standings for r in s.reports if r.source is not Source.OWNER]
    sent = {r.id: r for r in answered if r.submitted_at is not None}
    newest = max(sent.values(), key=lambda r: (r.submitted_at, r.id), default=None)
    with_owner = newest is not None and newest.merged_into is None and newest.status in _WITH_OWNER
    return newest if with_owner else None


def names_a_step(argument: str) -> bool:
    """Whether words such as «tema» name a question of the form."""
    return _named(needs_form().steps, argument) is not None


def named_step(report: NeedsReport, argument: str) -> str | None:
    """The id of the question that words name in the need's form."""
    return _named(form_of(report).steps, argument)


def _named(steps: tuple[Step, ...], argument: str) -> str | None:
    options = [
        (s.id, (s.short or s.question, s.id, *(f.label for f in s.fields))) for s in steps if not s.closes
    ]
    # A core question comes before a further one that goes by the same word.
    for some in (
        options[: sum(not s.more and not s.closes for s in steps)],
        options,
    ):
        found = match_choices(argument, some, 1)
        if found.values:
            return found.values[0]
    return None


def rectify(turn: Turn, report: NeedsReport | None, text: str) -> list[Reply] | None:
    """«Nei, 12 ansatte»: corrects the answer just given, or the one that it fits; None when it is no correction."""
    found = _CORRECTION.fullmatch(text.strip())
    if report is None or found is None or len(found["rest"].split()) > _MOST_WORDS:
        return None
    read = _fitting(turn, report, found["rest"])
    if read is None:
        return None
    field, value = read
    step = next(s for s in form_of(report).steps if field in s.fields)
    if not head.may_change(report, step.id):
        return locked(turn, report)
    state = turn.state
    report = head.answer(turn.uow, turn.me.id, report.id, report.version, {field.id: value}, turn.now)
    turn.effect = {"report": report.id, "step": step.id, "fields": [field.id]}
    return [Rectified(field, value), *_where_one_was(turn, report, state.step, refill=state.refill)]


def _where_one_was(turn: Turn, report: NeedsReport, step_id: str | None, *, refill: bool) -> list[Reply]:
    place = place_in(report, step_id or "")
    if place is None:
        return []
    asked = ask_at(turn, report, place, refill=refill) if refill or place.step.closes else ask(turn, report)
    return [CardSettled("moved"), *asked]


def _fitting(turn: Turn, report: NeedsReport, rest: str) -> tuple[FormField, object] | None:
    """The answered field that the words are a value of: of the question just answered, else the only one."""
    form = form_of(report)
    last = form.step(turn.state.last or "")
    if last is not None and not (turn.state.refill and last.id == turn.state.step):
        for field in _answered(report, last.fields, _LOOK_FOR_THEMSELVES):
            reading = read_field(field, rest, turn.today)
            if reading.values:
                return field, reading.values[field.id]
    here = form.step(turn.state.step or "")
    if here is not None and any(
        read_field(f, rest, turn.today).values
        for f in answers_in.open_fields(here, report.answers, refill=turn.state.refill)
        if f.kind is not FieldKind.TEXT
    ):
        return None
    for field in _answered(report, form.fields, _ANYWHERE):
        reading = read_field(field, rest, turn.today)
        if reading.values:
            return field, reading.values[field.id]
    return None


def _answered(
    report: NeedsReport, fields: tuple[FormField, ...], kinds: tuple[FieldKind, ...]
) -> list[FormField]:
    return [f for f in fields if f.kind in kinds and f.id in report.answers]


def correct(turn: Turn, effect: dict[str, object], text: str) -> tuple[NeedsReport, str] | None:
    """Reads an edited message as the answer it gave before; None when that can no longer be changed."""
    report = turn.uow.needs.get(int(str(effect.get("report", 0))))
    place = place_in(report, str(effect.get("step", ""))) if report else None
    if report is None or place is None or report.status not in EDITABLE:
        return None
    report = access.own_report(turn.uow, turn.me.id, report.id)
    if not head.may_change(report, place.step.id):
        return None
    fields = [f for f in place.step.fields if f.id in list(effect.get("fields", []))]  # type: ignore[call-overload]
    reading = read_text(place.step, fields, text, turn.today)
    if not reading.values:
        return None
    changed = head.answer(turn.uow, turn.me.id, report.id, report.version, reading.values, turn.now)
    turn.effect = dict(effect)
    return changed, next(iter(reading.values))
