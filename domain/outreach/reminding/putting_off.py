"""A reminder that its recipient has put off to another day («minn meg på fredag»), and what it is about.

It is a row of its own in the outbox, `snoozed:{yyyymmdd}:{key of the reminder}`; until it is due, nothing else
reminds the person of the same matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from domain.outbox import MessageKind, OutboxState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork

PREFIX: Final = "snoozed:"

Matter = tuple[MessageKind, tuple[tuple[str, Any], ...]]
"""What a reminder is about: its kind, and the ids that tell it from others of the kind."""

_TELLING: Final = ("round", "label", "kindergarten", "owner", "deadline", "date", "meeting", "municipality")


def matter(kind: MessageKind, params: Mapping[str, Any]) -> Matter:
    """What one reminder is about. A kindergarten's answer is one matter, whoever reminds of it."""
    if kind in (MessageKind.HEAD_REMINDER, MessageKind.NUDGED_BY_OWNER):
        return MessageKind.HEAD_REMINDER, (("kindergarten", params.get("kindergarten")),)
    return kind, tuple((name, params[name]) for name in _TELLING if name in params)


def matters(message: OutboxMessage) -> frozenset[Matter]:
    """Everything that a message reminds of: several things when they were put into one."""
    return frozenset(matter(kind, params) for kind, params in message.parts)


def put_off(uow: UnitOfWork, person_id: int, now: datetime) -> list[OutboxMessage]:
    """The reminders that somebody has put off and that have not come yet, oldest first."""
    ahead = uow.outbox.to_person(person_id, OutboxState.WAITING, now)
    return [m for m in ahead if m.key.startswith(PREFIX) and m.due_at > now]


def is_put_off(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> bool:
    """Whether its recipient wants to hear of this at a later time. What was put off itself never is."""
    if message.person_id is None or message.key.startswith(PREFIX):
        return False
    about = matters(message)
    return any(about & matters(m) for m in put_off(uow, message.person_id, now))
