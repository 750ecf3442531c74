"""Answers to the questions of a need, from cards and as typed text."""

from __future__ import annotations

from dialogs import answers_in
from dialogs.payloads import AnswerStep, KeepPending, Submit
from dialogs.replies import CardSettled, DraftKept, PendingAnswer, Reply, Say, StepSettled, What
from dialogs.report import beginning, more, whole
from dialogs.report.asking import ask, ask_at, current, place_in, stale
from dialogs.report.changing import change_words as change_words
from dialogs.report.changing import correct as correct
from dialogs.report.changing import names_a_step as names_a_step
from dialogs.report.changing import rectify
from dialogs.report.finishing import no_need_after_all, similar_need, submit
from dialogs.report.moving import repeat as repeat
from dialogs.turn import Turn
from domain.needs import access
from domain.needs.errors import WrongState
from domain.needs.flow import Place
from domain.needs.heads import head
from domain.needs.models import EDITABLE, NeedsReport
from domain.needs.reading import ProblemKind, Reading
from domain.norwegian.choices import yes_or_no
from domain.norwegian.hygiene import has_words


def answer_card(turn: Turn, payload: AnswerStep) -> list[Reply]:
    """An answer from a card. An old card changes nothing and shows where things stand."""
    report = access.own_report(turn.uow, turn.me.id, payload.report)
    place = place_in(report, payload.step)
    if report.status not in EDITABLE:
        raise WrongState(report.status, report.id)
    if place is None or report.version != payload.v or not head.may_change(report, place.step.id):
        return stale(turn, report)
    reading = answers_in.from_card(place.step, payload.inputs, payload.choice, report.answers, turn.today)
    return _take(turn, report, place, reading, given=dict(payload.inputs))


def answer_text(turn: Turn, text: str) -> list[Reply]:
    """A typed answer to the question that is open."""
    report = current(turn)
    if report is not None and turn.state.asked is not None:
        return _asked_beside(turn, report, text)
    if report is not None and (place := place_in(report, turn.state.step or "")) is not None:
        return _answer_at(turn, report, place, text)
    if report is not None and turn.state.step in whole.STANDS:
        return [Say(What.WHOLE_FORM_OPEN)]
    if report is not None and turn.state.step == more.STANDS:
        return rectify(turn, report, text) or more.choose_words(turn, report, text)
    turn.state = turn.state.closed()
    return [Say(What.NOT_UNDERSTOOD)]


def _answer_at(turn: Turn, report: NeedsReport, place: Place, text: str) -> list[Reply]:
    if turn.state.pending is not None:
        decided = yes_or_no(text)
        if decided is not None:
            return _settle_pending(turn, report, place, keep=decided)
    rectified = rectify(turn, report, text)
    if rectified is not None:
        return rectified
    if place.step.closes:
        return _at_the_summary(turn, report, place, text)
    field = answers_in.open_fields(place.step, report.answers, refill=turn.state.refill)
    free = answers_in.takes_free_text(place.step, report.answers, refill=turn.state.refill)
    if free and field[0].multiline and _could_be_a_command(text):
        return _pend(turn, report, place, text)
    reading = answers_in.from_text(place.step, text, report.answers, turn.today, refill=turn.state.refill)
    return _take(turn, report, place, reading)


def _asked_beside(turn: Turn, report: NeedsReport, text: str) -> list[Reply]:
    """An answer to «is the draft to be kept?», or else to the form's own question."""
    turn.state = turn.state.model_copy(update={"asked": None})
    word = text.strip().lower().rstrip(".!")
    if word.startswith(("behold", "ta vare")) or word in ("ja", "lagre"):
        return beginning.later(turn)
    if word.startswith(("slett", "trekk", "kast")) or word == "nei":
        return beginning.take_back_one(turn, report)
    return answer_text(turn, text)


def keep_pending(turn: Turn, payload: KeepPending) -> list[Reply]:
    """«Det var svaret mitt»: the text that was held back is stored."""
    report = access.own_report(turn.uow, turn.me.id, payload.report)
    place = place_in(report, payload.step)
    waiting = turn.state.pending or turn.state.held
    if waiting is None or turn.state.step != payload.step or place is None:
        return stale(turn, report)
    turn.state = turn.state.model_copy(update={"pending": waiting})
    return _settle_pending(turn, report, place, keep=True)


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
    changed = answers_in.changes(reading, report.answers)
    if not reading.values and reading.problems:
        return _not_taken(turn, report, place, reading, given)
    if changed or reading.values:
        values = {**reading.values, **changed}
        report = head.answer(turn.uow, turn.me.id, report.id, report.version, values, turn.now)
        turn.effect = {"report": report.id, "step": place.step.id, "fields": sorted(reading.values)}
    saved = bool(changed or reading.values)
    refill, turn.state = turn.state.refill, turn.state.model_copy(update={"last": place.step.id})
    settled: list[Reply] = [StepSettled("needs", place.step.id, report.answers, report.form_version)]
    stored = tuple(reading.values)
    if reading.problems:
        return settled + ask_at(
            turn,
            report,
            place,
            saved=True,
            partly=True,
            problems=reading.problems,
            hints=reading.hints,
            stored=stored,
        )
    if place.group is not None and not refill:
        return settled + more.onward(turn, report, place, saved=saved, hints=reading.hints, stored=stored)
    if (alike := similar_need(turn, report, changed)) is not None:
        return [*settled, alike]
    return settled + ask(turn, report, saved=saved, hints=reading.hints, stored=stored, after=place.step.id)


def _not_taken(
    turn: Turn, report: NeedsReport, place: Place, reading: Reading, given: dict[str, str] | None
) -> list[Reply]:
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
        partly=not refill and not place.step.more and any(f.id in report.answers for f in place.step.fields),
    )


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
