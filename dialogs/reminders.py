"""`påminnelser` and `stopp`: what somebody wants to be reminded of."""

from __future__ import annotations

from dialogs import in_words
from dialogs.payloads import PauseReminders, SetReminders, Stop
from dialogs.payloads.reminders import Stopping
from dialogs.replies import CardSettled, ReminderSettings, Reply, Stopped, StopWhat
from dialogs.report import asking, beginning
from dialogs.snoozing import as_answer
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.clock import local_day
from domain.needs.models import Status
from domain.norwegian.hygiene import clean
from domain.norwegian.misdated import read_misdated
from domain.outreach.models import Level, ReminderChoice
from domain.outreach.reminding import snoozing
from domain.outreach.reminding.choosing import DayProblem, paused, read_pause, unpaused, with_level
from domain.outreach.reminding.putting_off import put_off

LONGEST_SHOWN = 100


def settings(turn: Turn) -> list[Reply]:
    """What one gets now."""
    return [_shown(turn)]


def seen(choice: ReminderChoice) -> str:
    """What a card shows of a choice, so that an old one is known."""
    return f"{choice.level.value}:{choice.paused_until or ''}"


def set_level(turn: Turn, payload: SetReminders) -> list[Reply]:
    """The level that was pressed; a card that shows another choice than today's changes nothing."""
    now = turn.uow.outreach.choice(turn.me.id)
    wanted = unpaused(now) if payload.level is None else with_level(now, payload.level)
    if seen(now) != payload.seen and wanted != now:
        return [CardSettled("stale"), _shown(turn, stale=True)]
    return [CardSettled("moved"), _save(turn, wanted)]


def level_words(turn: Turn, level: Level) -> list[Reply]:
    """«Ikke minn meg mer», «minn meg sjeldnere», «slå på påminnelser»."""
    return [_save(turn, with_level(turn.uow.outreach.choice(turn.me.id), level))]


def pause(turn: Turn, payload: PauseReminders) -> list[Reply]:
    """Until the day that is written on the card."""
    if seen(turn.uow.outreach.choice(turn.me.id)) != payload.seen:
        return [CardSettled("stale"), _shown(turn, stale=True)]
    return [CardSettled("moved"), _paused(turn, clean(payload.inputs.get("pause_until", "")))]


def pause_words(turn: Turn, text: str | None) -> list[Reply]:
    """«Pause til 10. januar»; without a day it shows where to write one."""
    day = text and (read_pause(text, turn.today) or read_misdated(text, turn.today))
    if text and turn.state.flow is not Flow.NONE and day is None:
        return as_answer(turn)
    return [_paused(turn, text) if text else _shown(turn)]


def _paused(turn: Turn, text: str) -> ReminderSettings:
    choice = turn.uow.outreach.choice(turn.me.id)
    day = read_pause(text, turn.today)
    wanted = paused(choice, day, turn.today) if day is not None else DayProblem.NOT_UNDERSTOOD
    if isinstance(wanted, DayProblem):
        return _shown(turn, problem=wanted, given=text[:LONGEST_SHOWN])
    return _save(turn, wanted)


def _save(turn: Turn, choice: ReminderChoice) -> ReminderSettings:
    if choice != turn.uow.outreach.choice(turn.me.id):
        turn.uow.outreach.save_choice(choice)
    snoozing.drop(turn.uow, choice, turn.now)
    return _shown(turn, changed=True)


def _shown(
    turn: Turn,
    *,
    changed: bool = False,
    stale: bool = False,
    problem: DayProblem | None = None,
    given: str | None = None,
) -> ReminderSettings:
    ahead = {local_day(m.due_at) for m in put_off(turn.uow, turn.me.id, turn.now)}
    return ReminderSettings(
        choice=turn.uow.outreach.choice(turn.me.id),
        role=turn.role,
        today=turn.today,
        ahead=tuple(sorted(ahead)),
        changed=changed,
        stale=stale,
        problem=problem,
        given=given,
        misdated=read_misdated(given, turn.today) if given and problem is DayProblem.NOT_UNDERSTOOD else None,
    )


# --- stopp ----------------------------------------------------------------------------------------------------


def stop(turn: Turn) -> list[Reply]:
    """`stopp`: asks what. The question that is open stays open."""
    draft = _draft(turn)
    if draft is None:
        in_words.wait(turn, Stop(what=Stopping.REMINDERS))
    return [StopWhat(draft, open=draft is not None and turn.state.flow is not Flow.NONE)]


def stop_chosen(turn: Turn, payload: Stop) -> list[Reply]:
    """The button of that card. A draft is never thrown away without a question of its own."""
    match payload.what:
        case Stopping.REMINDERS:
            return [CardSettled("moved"), *level_words(turn, Level.OFF)]
        case Stopping.DRAFT:
            return _stop_draft(turn)
        case Stopping.EVERYTHING:
            draft = _draft(turn)
            level_words(turn, Level.OFF)
            turn.state = turn.state.closed()
            return [CardSettled("moved"), Stopped(draft)]


def _stop_draft(turn: Turn) -> list[Reply]:
    if turn.state.flow is Flow.REPORT:
        return beginning.cancel(turn)
    if turn.state.flow is not Flow.NONE:
        return beginning.later(turn)
    draft = asking.newest_draft(turn)
    if draft is None:
        return beginning.later(turn)
    if draft.status is Status.DRAFT:
        return [CardSettled("moved"), *beginning.take_back_one(turn, draft)]
    return [CardSettled("moved"), *asking.ask(turn, draft)]


def _draft(turn: Turn) -> str | None:
    """The name of what is begun, empty when it has none; None when nothing is."""
    if turn.state.flow is Flow.OWNERS_REPORT:
        return ""
    draft = asking.current(turn) or asking.newest_draft(turn)
    return None if draft is None else draft.title or ""
