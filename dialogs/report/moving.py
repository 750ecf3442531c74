"""From question to question: back, and the same one again."""

from __future__ import annotations

from dialogs import answers_in
from dialogs.payloads import Back, Later, Skip, WholeForm
from dialogs.replies import CardSettled, Reply, Say, What
from dialogs.report import more, whole
from dialogs.report.asking import NOTHING_SPECIAL, ask, ask_at, current, form_of, place_in
from dialogs.report.changing import nothing_open
from dialogs.turn import Turn
from domain.needs import access
from domain.needs.flow import Place, more_steps, previous_place
from domain.needs.heads import head
from domain.needs.models import EDITABLE, NeedsReport


def back(turn: Turn, payload: Back | None = None) -> list[Reply]:
    """`tilbake`: the question before, with its answer filled in; of one that is half answered, the whole of it."""
    half = _half_answered(turn, payload)
    if payload is not None:
        keep_filled_in(turn, payload)
    report = access.own_report(turn.uow, turn.me.id, payload.report) if payload else current(turn)
    step_id = payload.step if payload else turn.state.step
    if report is None or report.status not in EDITABLE or step_id is None:
        return [nothing_open(turn)]
    if step_id in (*whole.STANDS, more.STANDS):
        return [CardSettled("moved"), *ask(turn, report)]
    here = place_in(report, step_id)
    if here is not None and half:
        return [CardSettled("moved"), *ask_at(turn, report, here, refill=True)]
    if here is not None and here.group is not None and here.number == 1 and not report.reopened:
        return [CardSettled("moved"), *more.groups(turn, report)]
    place = _before(report, step_id)
    if place is None:
        return [Say(What.FIRST_STEP), *ask(turn, report)]
    return [CardSettled("moved"), *ask_at(turn, report, place, refill=place.group is None)]


def _half_answered(turn: Turn, payload: Back | None) -> bool:
    """Whether what is shown is the rest of a question, so that its first half is what comes before."""
    report, step_id = current(turn), turn.state.step
    place = place_in(report, step_id or "") if report is not None else None
    if report is None or place is None or turn.state.refill or place.step.more or place.step.closes:
        return False
    if payload is not None and (payload.report, payload.step) != (report.id, step_id):
        return False
    return answers_in.half_answered(place.step, report.answers)


def _before(report: NeedsReport, step_id: str) -> Place | None:
    """The question before; of a need that was sent back the one before among those that may change."""
    form = form_of(report)
    if report.reopened:
        ids = [s.id for s in form.steps if s.id in report.reopened and not s.closes]
        before = ids[: ids.index(step_id)] if step_id in ids else ids
        return place_in(report, before[-1]) if before else None
    here = place_in(report, step_id)
    if here is not None and here.group is not None:
        steps = more_steps(form, report.answers, NOTHING_SPECIAL, here.group.id)
        return place_in(report, steps[here.number - 2].id)
    return previous_place(form, step_id, NOTHING_SPECIAL)


def keep_filled_in(turn: Turn, payload: Back | Later | Skip | WholeForm) -> None:
    """Stores what stands in a card that is left without «Lagre»: the good answers, and only of the current card."""
    report = turn.uow.needs.get(payload.report or 0)
    step = form_of(report).step(payload.step or "") if report else None
    inputs = {k: v for k, v in payload.inputs.items() if v.strip()}
    if report is None or step is None or not inputs:
        return
    report = access.own_report(turn.uow, turn.me.id, report.id)
    if report.version != payload.v or report.status not in EDITABLE or not head.may_change(report, step.id):
        return
    reading = answers_in.from_card(step, inputs, None, report.answers, turn.today)
    if changed := answers_in.changes(reading, report.answers):
        head.answer(turn.uow, turn.me.id, report.id, report.version, changed, turn.now)


def repeat(turn: Turn, report: NeedsReport) -> list[Reply]:
    """What is open, shown again as it stood; the card with everything is left alone with what is filled in."""
    if turn.state.step in whole.STANDS:
        return [Say(What.WHOLE_FORM_OPEN)]
    if turn.state.step == more.STANDS:
        return more.groups(turn, report)
    place = place_in(report, turn.state.step or "")
    if place is not None and (turn.state.refill or place.group is not None or place.step.closes):
        return ask_at(turn, report, place, refill=turn.state.refill)
    return ask(turn, report)
