"""Answers to the questions of a need: from cards, as typed text, corrected, gone back to and changed."""

from __future__ import annotations

from dialogs import answers_in
from dialogs.payloads import AnswerStep, Back, Change, KeepPending, Later, Submit
from dialogs.replies import CardSettled, DraftKept, PendingAnswer, Reply, Say, StepSettled, What
from dialogs.report.asking import NOTHING_SPECIAL, ask, ask_at, current, newest_draft, stale
from dialogs.report.finishing import no_need_after_all, submit
from dialogs.turn import Turn
from domain.needs import access, head
from domain.needs.errors import WrongState
from domain.needs.flow import Place, place_of, previous_place
from domain.needs.form import needs_form
from domain.needs.models import EDITABLE, NeedsReport
from domain.needs.reading import ProblemKind, Reading, read_text
from domain.norwegian.choices import match_choices, yes_or_no
from domain.norwegian.hygiene import has_words


def answer_card(turn: Turn, payload: AnswerStep) -> list[Reply]:
    """An answer from a card. An old card changes nothing and shows where things stand."""
    report = access.own_report(turn.uow, turn.me.id, payload.report)
    place = place_of(needs_form(), payload.step, NOTHING_SPECIAL)
    if report.status not in EDITABLE:
        raise WrongState(report.status)
    if place is None or report.version != payload.v:
        return stale(turn, report)
    reading = answers_in.from_card(place.step, payload.inputs, payload.choice, report.answers, turn.today)
    return _take(turn, report, place, reading, given=dict(payload.inputs))


def answer_text(turn: Turn, text: str) -> list[Reply]:
    """A typed answer to the question that is open."""
    report = current(turn)
    place = place_of(needs_form(), turn.state.step or "", NOTHING_SPECIAL)
    if report is None or place is None:
        turn.state = turn.state.closed()
        return [Say(What.NOT_UNDERSTOOD)]
    if place.step.closes:
        return _at_the_summary(turn, report, place, text)
    if turn.state.pending is not None:
        decided = yes_or_no(text)
        if decided is not None:
            return _settle_pending(turn, report, place, keep=decided)
    free = answers_in.takes_free_text(place.step, report.answers, refill=turn.state.refill)
    field = answers_in.open_fields(place.step, report.answers, refill=turn.state.refill)
    if free and field[0].multiline and _could_be_a_command(text):
        return _pend(turn, report, place, text)
    reading = answers_in.from_text(place.step, text, report.answers, turn.today, refill=turn.state.refill)
    return _take(turn, report, place, reading)


def keep_filled_in(turn: Turn, payload: Back | Later) -> None:
    """Stores what stands in a card that is left without «Lagre»: the good answers, and only of the current card."""
    report = turn.uow.needs.get(payload.report or 0)
    step = needs_form().step(payload.step or "")
    inputs = {k: v for k, v in payload.inputs.items() if v.strip()}
    if report is None or step is None or not inputs:
        return
    report = access.own_report(turn.uow, turn.me.id, report.id)
    if report.version != payload.v or report.status not in EDITABLE:
        return
    reading = answers_in.from_card(step, inputs, None, report.answers, turn.today)
    changed = {k: v for k, v in reading.values.items() if report.answers.get(k) != v}
    if changed:
        head.answer(turn.uow, turn.me.id, report.id, report.version, changed, turn.now)


def keep_pending(turn: Turn, payload: KeepPending) -> list[Reply]:
    """«Det var svaret mitt»: the text that was held back is stored."""
    report = access.own_report(turn.uow, turn.me.id, payload.report)
    place = place_of(needs_form(), payload.step, NOTHING_SPECIAL)
    waiting = turn.state.pending or turn.state.held
    if waiting is None or turn.state.step != payload.step or place is None:
        return stale(turn, report)
    turn.state = turn.state.model_copy(update={"pending": waiting})
    return _settle_pending(turn, report, place, keep=True)


def correct(turn: Turn, effect: dict[str, object], text: str) -> tuple[NeedsReport, str] | None:
    """Reads an edited message as the answer it gave before; None when that can no longer be changed."""
    report = turn.uow.needs.get(int(str(effect.get("report", 0))))
    place = place_of(needs_form(), str(effect.get("step", "")), NOTHING_SPECIAL)
    if report is None or place is None or report.status not in EDITABLE:
        return None
    access.own_report(turn.uow, turn.me.id, report.id)
    fields = [f for f in place.step.fields if f.id in list(effect.get("fields", []))]  # type: ignore[call-overload]
    reading = read_text(place.step, fields, text, turn.today)
    if not reading.values:
        return None
    changed = head.answer(turn.uow, turn.me.id, report.id, report.version, reading.values, turn.now)
    turn.effect = dict(effect)
    return changed, next(iter(reading.values))


def _take(
    turn: Turn, report: NeedsReport, place: Place, reading: Reading, given: dict[str, str] | None = None
) -> list[Reply]:
    """Stores what was understood and asks for the rest, or for the next."""
    need = reading.values.get("need")
    if need == "no":
        return no_need_after_all(turn, report)
    if need == "undecided":
        turn.state = turn.state.closed()
        return [CardSettled("undecided"), DraftKept(report.title, len(report.answers), undecided=True)]
    if not reading.values:
        refill = turn.state.refill and turn.state.step == place.step.id
        too_long = any(problem.kind is ProblemKind.TOO_LONG for problem in reading.problems)
        settled: list[Reply] = [CardSettled("moved")] if given is not None and not too_long else []
        return settled + ask_at(
            turn,
            report,
            place,
            refill=refill,
            problems=reading.problems,
            given=given,
            partly=not refill and any(f.id in report.answers for f in place.step.fields),
        )
    report = head.answer(turn.uow, turn.me.id, report.id, report.version, reading.values, turn.now)
    turn.effect = {"report": report.id, "step": place.step.id, "fields": sorted(reading.values)}
    settled = [StepSettled("needs", place.step.id, report.answers)]
    if reading.problems:
        return settled + ask_at(
            turn,
            report,
            place,
            saved=True,
            partly=True,
            problems=reading.problems,
            hints=reading.hints,
            stored=tuple(reading.values),
        )
    return settled + ask(turn, report, saved=True, hints=reading.hints, stored=tuple(reading.values))


def _at_the_summary(turn: Turn, report: NeedsReport, place: Place, text: str) -> list[Reply]:
    decided = yes_or_no(text)
    if decided or text.strip().lower().rstrip("!.") in ("send", "send den", "send til eier", "send det"):
        return submit(turn, Submit(report=report.id, v=report.version))
    if decided is False:
        return [Say(What.UNKNOWN_FIELD), *ask_at(turn, report, place)]
    return [Say(What.NOT_UNDERSTOOD), *ask_at(turn, report, place)]


def _could_be_a_command(text: str) -> bool:
    """A single word where sentences are expected: perhaps a command that is not known."""
    return has_words(text) and len(text.split()) == 1 and len(text) < 20


def _pend(turn: Turn, report: NeedsReport, place: Place, text: str) -> list[Reply]:
    turn.state = turn.state.model_copy(update={"pending": text})
    return [PendingAnswer(text, report.id, place.step.id, place.step.question)]


def _settle_pending(turn: Turn, report: NeedsReport, place: Place, *, keep: bool) -> list[Reply]:
    text, turn.state = turn.state.pending or "", turn.state.model_copy(update={"pending": None})
    if not keep:
        return [CardSettled("not_kept"), *ask_at(turn, report, place, refill=turn.state.refill)]
    reading = answers_in.from_text(place.step, text, report.answers, turn.today, refill=turn.state.refill)
    return _take(turn, report, place, reading)


def back(turn: Turn, payload: Back | None = None) -> list[Reply]:
    """`tilbake`: the question before, with its answer filled in."""
    if payload is not None:
        keep_filled_in(turn, payload)
    report = access.own_report(turn.uow, turn.me.id, payload.report) if payload else current(turn)
    step_id = payload.step if payload else turn.state.step
    if report is None or report.status not in EDITABLE or step_id is None:
        return [Say(What.NOTHING_OPEN)]
    place = previous_place(needs_form(), step_id, NOTHING_SPECIAL)
    if place is None:
        return [Say(What.FIRST_STEP), *ask(turn, report)]
    return [CardSettled("moved"), *ask_at(turn, report, place, refill=True)]


def change(turn: Turn, report_id: int, step_id: str) -> list[Reply]:
    """One answer again, from the summary's «Hva vil du endre?»."""
    report = access.own_report(turn.uow, turn.me.id, report_id)
    if report.status not in EDITABLE:
        raise WrongState(report.status)
    place = place_of(needs_form(), step_id, NOTHING_SPECIAL)
    if place is None or place.step.closes:
        return [Say(What.CHOOSE_SOMETHING), *ask(turn, report)]
    return [CardSettled("moved"), *ask_at(turn, report, place, refill=True)]


def change_card(turn: Turn, payload: Change) -> list[Reply]:
    """The choice made in the summary."""
    return change(turn, payload.report, payload.inputs.get("change", ""))


def repeat(turn: Turn, report: NeedsReport) -> list[Reply]:
    """The question that is open, asked again as it stood."""
    place = place_of(needs_form(), turn.state.step or "", NOTHING_SPECIAL)
    if place is None or not turn.state.refill:
        return ask(turn, report)
    return ask_at(turn, report, place, refill=True)


def names_a_step(argument: str) -> bool:
    """Whether words such as «tema» name a question of the form."""
    return _named_step(argument) is not None


def _named_step(argument: str) -> str | None:
    options = [
        (s.id, (s.short or s.question, s.id, *(f.label for f in s.fields)))
        for s in needs_form().steps
        if not s.closes
    ]
    found = match_choices(argument, options, 1)
    return found.values[0] if found.values else None


def change_words(turn: Turn, argument: str | None) -> list[Reply]:
    """`endre tema`: finds the question that is meant."""
    report = current(turn) or newest_draft(turn)
    if report is None:
        return [Say(What.NOTHING_OPEN)]
    if not argument:
        return [Say(What.UNKNOWN_FIELD), *ask(turn, report)]
    step_id = _named_step(argument)
    if step_id is None:
        return [Say(What.UNKNOWN_FIELD), *ask(turn, report)]
    return change(turn, report.id, step_id)
