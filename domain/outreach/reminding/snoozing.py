"""«Minn meg på fredag»: which reminder is meant, and the same one again on another day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from domain.clock import local_day
from domain.outbox import REMINDERS, MessageKind, OutboxMessage, OutboxState
from domain.outreach.content import Content, content_of
from domain.outreach.dates.holding import still_holds
from domain.outreach.dates.meetings import MeetingReminder
from domain.outreach.dates.notices import DateReminder
from domain.outreach.models import Level, ReminderChoice
from domain.outreach.planning.hours import expires_at, opens_at
from domain.outreach.reminding import tasks
from domain.outreach.reminding.choosing import Another, DayProblem, another_day
from domain.outreach.reminding.putting_off import PREFIX, Matter, matters, put_off
from domain.outreach.reminding.reminders import HeadReminder, OwnerReminder
from domain.outreach.reminding.tasks import TaskReminder
from domain.register import rights
from domain.register.models import ScopeKind
from domain.rounds.models import DeadlineKind
from domain.rounds.repository import NoSuchRound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from domain.ports import UnitOfWork
    from domain.rounds.models import Round

RECENT: Final = timedelta(days=60)
"""How far back the reminder that somebody speaks of may lie."""

SNOOZABLE: Final = (REMINDERS | {MessageKind.NUDGED_BY_OWNER}) - {MessageKind.COUNTY_DIGEST}

_JUST: Final = timedelta(days=3)
"""How long after a reminder a few words that name nothing can be about it."""

_NEAR: Final = timedelta(days=60)
"""How long before its date a task is what «minn meg på fredag» is about, when nothing has been said of it."""


@dataclass(frozen=True)
class Reminding:
    """A reminder that can come again: the message, and what it says now (of several things the first)."""

    message: OutboxMessage
    content: Content


def find(uow: UnitOfWork, person_id: int, now: datetime, about: Matter | None = None) -> Reminding | None:
    """The last reminder that somebody has had or has put off (of this matter), while it is still needed.

    Without one it is what the person has left to do; a matter of a round that is over is that of the next one.
    None when there is nothing to be reminded of.
    """
    if about is not None and _is_over(uow, about, now):
        about = _in_any_round(about)
    return next(_needed(uow, now, _candidates(uow, person_id, now, about)), None)


def just_reminded(uow: UnitOfWork, person_id: int, now: datetime) -> frozenset[MessageKind]:
    """The kinds of the reminder that is the last thing said to somebody; empty when that is long ago, or another."""
    said = sorted(uow.outbox.to_person(person_id, OutboxState.SENT, now - _JUST), key=lambda m: m.due_at)
    if not said or said[-1].kind not in SNOOZABLE:
        return frozenset()
    return frozenset(kind for kind, _ in matters(said[-1]))


def about_date(content: Content, today: date) -> date | None:
    """The date that a reminder is about, the next of them; None when it is about none, or all have been."""
    dates: tuple[date, ...] = ()
    match content:
        case HeadReminder():
            dates = (content.reply_by, content.deadline)
        case OwnerReminder():
            dates = (content.deadline,)
        case TaskReminder():
            dates = (content.day,)
        case MeetingReminder():
            dates = (local_day(content.meeting.starts),)
        case DateReminder():
            dates = (content.own.day,)
    return next((d for d in sorted(dates) if d >= today), None)


def choose(uow: UnitOfWork, reminding: Reminding, asked: date, now: datetime) -> Another | DayProblem:
    """Reminds on another day instead, the one that was named or the next reminder day; moves what was put off."""
    message, today = reminding.message, local_day(now)
    current = _round(uow, message.params.get("round"))
    ends = current.ends if current is not None and current.ends >= today else None
    chosen = another_day(asked, today, about_date(reminding.content, today), ends)
    if isinstance(chosen, Another):
        _put_off(uow, message, chosen.day, now)
    return chosen


def _put_off(uow: UnitOfWork, message: OutboxMessage, day: date, now: datetime) -> None:
    about = matters(message)
    due = opens_at(day)
    for earlier in put_off(uow, message.person_id or 0, now):
        if about & matters(earlier):
            if earlier.due_at == due:
                return
            uow.outbox.finish(earlier.key, OutboxState.OBSOLETE, now)
    # A key that names a date which has been moved since would make it obsolete.
    undated = f"{message.kind.value}:{message.params.get('round', 0)}:asked:p{message.person_id}"
    key = f"{PREFIX}{day:%Y%m%d}:{message.key if still_holds(uow, message, now) else undated}"
    row = OutboxMessage(
        key=key,
        kind=message.kind,
        person_id=message.person_id,
        params=message.params,
        due_at=due,
        expires_at=expires_at(day),
    )
    # Somebody may go back to a day that was chosen before: a key is never used again.
    again = 1
    while not uow.outbox.add(row):
        again += 1
        row = row.model_copy(update={"key": f"{key}:{again}"})


def drop(uow: UnitOfWork, choice: ReminderChoice, now: datetime) -> None:
    """What was put off does not come when its person has then turned everything off, or paused for longer."""
    until = choice.paused_until
    for message in put_off(uow, choice.person_id, now):
        if choice.level is Level.OFF or (until is not None and local_day(message.due_at) < until):
            uow.outbox.finish(message.key, OutboxState.OBSOLETE, now)


# --- which one is meant ---------------------------------------------------------------------------------------


def _needed(uow: UnitOfWork, now: datetime, found: Iterator[OutboxMessage]) -> Iterator[Reminding]:
    for message in found:
        # Read under the key of what is put off, which nothing that was put off before stands in the way of.
        asked = message.model_copy(update={"key": f"{PREFIX}{message.key}"})
        for kind, params in asked.parts:
            part = asked.model_copy(update={"kind": kind, "params": params})
            try:
                content = content_of(uow, part, now)
            except NoSuchRound:
                continue
            if content is not None:
                yield Reminding(message, content)
                break


def _candidates(
    uow: UnitOfWork, person_id: int, now: datetime, about: Matter | None
) -> Iterator[OutboxMessage]:
    had = uow.outbox.to_person(person_id, OutboxState.SENT, now - RECENT)
    told = sorted(had, key=lambda m: m.due_at) + put_off(uow, person_id, now)
    for message in reversed(told):
        original = _original(uow, message, now)
        if original is not None and _is_about(original, about):
            yield original
    yield from (m for m in _left(uow, person_id, now) if _is_about(m, about))


def _is_about(message: OutboxMessage, about: Matter | None) -> bool:
    found = matters(message)
    return about is None or about in found or about in map(_in_any_round, found)


def _is_over(uow: UnitOfWork, about: Matter, now: datetime) -> bool:
    current = _round(uow, dict(about[1]).get("round"))
    return current is not None and current.ends < local_day(now)


def _in_any_round(about: Matter) -> Matter:
    kind, telling = about
    return kind, tuple((name, value) for name, value in telling if name != "round")


def _original(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> OutboxMessage | None:
    """The reminder as it first was: what was put off without the day, what an owner asked for as the head's own."""
    if message.kind not in SNOOZABLE or not message.params:
        return None
    if message.kind is MessageKind.NUDGED_BY_OWNER:
        return _of_head(uow, message.person_id or 0, message.params.get("kindergarten", 0), now)
    if message.key.startswith(PREFIX):
        return message.model_copy(update={"key": message.key.split(":", 2)[2]})
    return message


def _left(uow: UnitOfWork, person_id: int, now: datetime) -> Iterator[OutboxMessage]:
    """Reminders of what somebody has to do, whether or not anything has been said of it."""
    held = uow.register.roles_of(person_id)
    for kindergarten_id in rights.heads(held):
        if (asked := _of_head(uow, person_id, kindergarten_id, now)) is not None:
            yield asked
    for owner_id in rights.owners(held):
        networks = {
            uow.register.network_of_kindergarten(k.id).id
            for k in uow.register.kindergartens_of_owner(owner_id)
        }
        for network_id in sorted(networks):
            if (current := uow.rounds.current(network_id, local_day(now))) is not None:
                kind = MessageKind.OWNER_REMINDER
                yield _made(kind, current, DeadlineKind.NEEDS, person_id, {"owner": owner_id})
    for task in tasks.mine(uow, person_id, tasks.KINDS, now):
        if local_day(now) <= task.deadline.day <= local_day(now) + _NEAR:
            basis = task.deadline.kind is DeadlineKind.DECISION_BASIS
            kind = MessageKind.BASIS_REMINDER if basis else MessageKind.REPORTING_REMINDER
            owner = {"owner": task.scope.id} if task.scope.kind is ScopeKind.OWNER else {}
            params = {"deadline": task.deadline.kind.value, **owner}
            yield _made(kind, task.round, task.deadline.kind, person_id, params)


def _of_head(uow: UnitOfWork, person_id: int, kindergarten_id: int, now: datetime) -> OutboxMessage | None:
    network = uow.register.network_of_kindergarten(kindergarten_id)
    current = uow.rounds.current(network.id, local_day(now))
    if current is None:
        return None
    params = {"kindergarten": kindergarten_id}
    return _made(MessageKind.HEAD_REMINDER, current, DeadlineKind.NEEDS, person_id, params)


def _made(
    kind: MessageKind, current: Round, deadline: DeadlineKind, person_id: int, params: Mapping[str, Any]
) -> OutboxMessage:
    day = next((d.day for d in current.deadlines if d.kind is deadline), current.ends)
    subject = "-".join(str(v) for k, v in sorted(params.items()) if isinstance(v, int))
    return OutboxMessage(
        key=f"{kind.value}:{current.id}:{deadline.value}:{day:%Y%m%d}:asked{subject}:p{person_id}",
        kind=kind,
        person_id=person_id,
        params={"round": current.id, "step": "asked", **params},
        due_at=opens_at(day),
    )


def _round(uow: UnitOfWork, round_id: int | None) -> Round | None:
    try:
        return uow.rounds.get(round_id) if round_id is not None else None
    except NoSuchRound:
        return None
