"""What a bound channel may see of its network: facts read at the moment of sending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import overview
from domain.rounds.models import DeadlineKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.needs.overview import ChannelCounts
    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork


@dataclass(frozen=True)
class ChannelSummary:
    """Into a bound channel: only what may be shown to everybody there."""

    network: str
    deadline: date
    confirmed: bool
    source: str
    counts: ChannelCounts


def bound_summary(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> ChannelSummary | None:
    """The summary for the channel of a message; None when it is not bound any more."""
    binding = uow.identity.binding(message.binding_id or 0)
    return channel_summary(uow, binding.network_id, now) if binding else None


def channel_summary(uow: UnitOfWork, network_id: int, now: datetime) -> ChannelSummary | None:
    """The summary of a network for its channel; None outside a round."""
    network = uow.register.network(network_id)
    current = uow.rounds.current(network_id, local_day(now))
    deadline = current.deadline(DeadlineKind.NEEDS) if current else None
    if current is None or deadline is None:
        return None
    whole = overview.network_standing(uow, network, current, now)
    return ChannelSummary(
        network=network.name,
        deadline=deadline.day,
        confirmed=deadline.confirmed,
        source=deadline.source,
        counts=overview.for_channel(whole),
    )
