"""«Minn meg senere»: a reminder on another day, from its card or in words."""

from __future__ import annotations

from typing import Any

from dialogs import in_words
from dialogs.events import EventKind
from dialogs.owners import handle, send_in
from dialogs.payloads import Snooze
from dialogs.replies import CardSettled, NothingToRemind, Reply, Snoozed, SnoozeForm
from dialogs.report import answering, beginning
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.norwegian.hygiene import bare, clean
from domain.norwegian.misdated import read_misdated
from domain.outreach.reminding import snoozing
from domain.outreach.reminding.choosing import DayProblem, near_days, read_day
from domain.outreach.reminding.putting_off import Matter, matter
from domain.outreach.reminding.snoozing import Reminding

LONGEST_SHOWN = 100
_NOT_NOW = frozenset(
    {"ikke nå", "ikkje no", "itj nu", "senere", "seinere", "seinare", "ikke nå takk", "en annen dag"}
)


def card(turn: Turn, payload: Snooze) -> list[Reply]:
    """[Minn meg senere] asks when; a day on that card, pressed or written, is taken."""
    found = snoozing.find(turn.uow, turn.me.id, turn.now, _about(payload))
    if found is None:
        return [NothingToRemind()]
    if payload.ask or (payload.day is None and "snooze_day" not in payload.inputs):
        return [*_aside(turn), _form(turn, found, payload)]
    text = clean(payload.inputs.get("snooze_day", ""))
    day = payload.day or read_day(text, turn.today)
    problem = DayProblem.NOT_UNDERSTOOD
    if day is not None:
        chosen = snoozing.choose(turn.uow, found, day, turn.now)
        if not isinstance(chosen, DayProblem):
            return [CardSettled("moved"), Snoozed(found.content, chosen, turn.today)]
        problem = chosen
    return [CardSettled("moved"), _form(turn, found, payload, problem, text if payload.day is None else None)]


def words(turn: Turn, text: str | None) -> list[Reply]:
    """«Minn meg på fredag», «minn meg senere». In the middle of a form it puts what is begun aside as well."""
    day = read_day(text, turn.today) if text else None
    misdated = read_misdated(text, turn.today) if text else None
    if day is None and misdated is None and turn.state.flow is not Flow.NONE and text:
        return as_answer(turn)
    aside = _aside(turn)
    found = snoozing.find(turn.uow, turn.me.id, turn.now)
    if found is None:
        return [*aside, NothingToRemind()]
    if text is None:
        return [*aside, _form(turn, found, Snooze())]
    if day is None:
        return [*aside, _form(turn, found, Snooze(), DayProblem.NOT_UNDERSTOOD, text)]
    chosen = snoozing.choose(turn.uow, found, day, turn.now)
    if isinstance(chosen, DayProblem):
        return [*aside, _form(turn, found, Snooze(), chosen, text)]
    return [*aside, Snoozed(found.content, chosen, turn.today)]


def _aside(turn: Turn) -> list[Reply]:
    """What is begun is put aside: the day that is written next is no answer to its question."""
    if turn.state.flow not in (Flow.REPORT, Flow.OWNERS_REPORT):
        return []
    return beginning.later(turn, settled=turn.event.kind is not EventKind.PRESSED)


def not_now(turn: Turn, text: str) -> list[Reply] | None:
    """«Ikke nå» and «senere» to a reminder that has just come ask when; None for other texts."""
    spoken = bare(text)
    if spoken not in _NOT_NOW or not snoozing.just_reminded(turn.uow, turn.me.id, turn.now):
        return None
    return words(turn, None)


def as_answer(turn: Turn) -> list[Reply]:
    """A text that names no day, while a question is open, is the answer to it."""
    text = clean(turn.event.text)
    if turn.state.flow is Flow.REPORT:
        return answering.answer_text(turn, text)
    if turn.state.flow is Flow.OWNERS_REPORT:
        return send_in.answer_text(turn, text)
    return handle.comment_text(turn, text)


def _form(
    turn: Turn,
    found: Reminding,
    asked: Snooze,
    problem: DayProblem | None = None,
    given: str | None = None,
) -> SnoozeForm:
    in_words.wait(turn, asked.model_copy(update={"ask": False, "day": None}))
    unread = given if problem is DayProblem.NOT_UNDERSTOOD else None
    misdated = read_misdated(unread, turn.today) if unread else None
    return SnoozeForm(
        reminds=found.content,
        days=(misdated.day, misdated.weekdays) if misdated is not None else tuple(near_days(turn.today)),
        today=turn.today,
        problem=problem,
        given=given[:LONGEST_SHOWN] if given else None,
        misdated=misdated,
    )


def _about(payload: Snooze) -> Matter | None:
    """Which reminder a card is about; None for the last one."""
    if payload.kind is None:
        return None
    params: dict[str, Any] = {
        "round": payload.round,
        "kindergarten": payload.kindergarten,
        "owner": payload.owner,
        "deadline": payload.deadline.value if payload.deadline is not None else None,
    }
    return matter(payload.kind, {name: value for name, value in params.items() if value is not None})
