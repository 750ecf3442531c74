"""What a leader is told of the whole network: facts read at the moment of sending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.outreach.standing import standing_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork
    from domain.register.models import Person


@dataclass(frozen=True)
class LeaderDigest:
    """To the leader, the day after the date for needs."""

    recipient: Person
    network_id: int
    network: str
    deadline: date
    sent: int
    total: int
    missing: tuple[str, ...]


def leader_digest(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> LeaderDigest | None:
    """None outside a round."""
    found = standing_of(uow, message, now)
    if found is None:
        return None
    deadline, whole = found
    return LeaderDigest(
        recipient=uow.register.person(message.person_id or 0),
        network_id=whole.network.id,
        network=whole.network.name,
        deadline=deadline.day,
        sent=whole.owners_sent,
        total=len(whole.owners),
        missing=tuple(o.owner.name for o in whole.owners if not o.sent),
    )
