"""What somebody missed while the bot could not write to them, and what of it is sent when it can."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from domain.clock import OSLO, local_day
from domain.outbox import REMINDERS, MessageKind, OutboxMessage, OutboxState
from domain.outreach.content import content_of
from domain.outreach.dates.holding import AGAIN
from domain.outreach.planning import hours

if TYPE_CHECKING:
    from domain.ports import UnitOfWork

AFTER_GREETING: Final = timedelta(minutes=1)
"""The greeting that answers an installation is to come first."""

LOOKS_BACK: Final = timedelta(days=90)
"""What a message is about is forgotten after as many days."""

MOST_NOTICES: Final = 5
"""The greeting shows where everything stands; more than a few messages at once would bury it."""

_NUDGES: Final = REMINDERS | {MessageKind.NUDGED_BY_OWNER}
_SUBJECTS: Final = ("report", "owners_report", "inquiry", "request", "date", "meeting", "deadline")
_ON_THE_WAY: Final = (OutboxState.WAITING, OutboxState.HANDED, OutboxState.SENT)


def send_missed(uow: UnitOfWork, person_id: int, now: datetime) -> int:
    """Puts what is still relevant into the outbox again, once, and returns how many messages that was.

    The latest notice of each matter, and at most the latest reminder that still has time. What is left out is
    noted as done with, so that a later installation does not bring it up. A message that could not be delivered
    the second time either is one that was missed, like any other.
    """
    missed = uow.outbox.to_person(person_id, OutboxState.UNREACHABLE, now - LOOKS_BACK)
    known = uow.outbox.known([_key(m) for m in missed])
    new = [m for m in missed if _key(m) not in known]
    relevant = [m for m in new if content_of(uow, m, now) is not None]
    chosen = {m.key for m in (*_notices(relevant), *_reminder(uow, person_id, relevant, now))}
    for message in new:
        uow.outbox.add(
            OutboxMessage(
                key=_key(message),
                kind=message.kind,
                person_id=person_id,
                params=message.params,
                due_at=now + AFTER_GREETING,
                expires_at=message.expires_at,
            )
        )
        if message.key not in chosen:
            uow.outbox.finish(_key(message), OutboxState.OBSOLETE, now)
    return len(chosen)


def _key(message: OutboxMessage) -> str:
    return f"{AGAIN}{message.key}"


def _notices(relevant: list[OutboxMessage]) -> list[OutboxMessage]:
    """The latest of each matter, of those the latest few, oldest first."""
    latest: dict[str, OutboxMessage] = {}
    for message in relevant:
        # «I answer in your own chat» was said about something that is long over.
        if message.kind not in _NUDGES and message.kind is not MessageKind.MOVED_HERE:
            matter = _matter(message)
            latest.pop(matter, None)
            latest[matter] = message
    return list(latest.values())[-MOST_NOTICES:]


def _matter(message: OutboxMessage) -> str:
    params = message.params
    for name in _SUBJECTS:
        if name in params:
            return f"{name} {params[name]} {params.get('owner')} {params.get('round')}"
    return f"{message.kind.value} {json.dumps(params, sort_keys=True)}"


def _reminder(
    uow: UnitOfWork, person_id: int, relevant: list[OutboxMessage], now: datetime
) -> list[OutboxMessage]:
    """The latest one that may still go out; none when there is another on this day."""
    soon = now + AFTER_GREETING
    in_time = [m for m in relevant if m.kind in _NUDGES and _has_time(m, soon)]
    if not in_time:
        return []
    today = datetime.combine(local_day(now), time(), tzinfo=OSLO)
    others = (m for state in _ON_THE_WAY for m in uow.outbox.to_person(person_id, state, today))
    if any(m.kind in REMINDERS for m in others):
        return []
    return [max(in_time, key=lambda m: m.due_at)]


def _has_time(message: OutboxMessage, moment: datetime) -> bool:
    """Whether it may still go out. A nudge holds as long as a reminder of its day."""
    nudged = message.expires_at is None and moment >= hours.expires_at(local_day(message.due_at))
    return not nudged and hours.wait(message, moment) is not None
