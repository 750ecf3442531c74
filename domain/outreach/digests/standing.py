"""How the network of a message stands in its round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.needs import overview
from domain.rounds.models import DeadlineKind

if TYPE_CHECKING:
    from datetime import datetime

    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork
    from domain.rounds.models import Deadline


def standing_of(
    uow: UnitOfWork, message: OutboxMessage, now: datetime
) -> tuple[Deadline, overview.NetworkStanding] | None:
    """The date for needs of the round that a message names, and how all stand; None without such a date."""
    current = uow.rounds.get(message.params.get("round", 0))
    deadline = current.deadline(DeadlineKind.NEEDS)
    if deadline is None:
        return None
    network = uow.register.network(current.network_id)
    return deadline, overview.network_standing(uow, network, current, now)
