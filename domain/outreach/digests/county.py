"""What the county (Statsforvalteren) sees: its networks side by side, each as its own channel sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.outreach.summaries import ChannelSummary, channel_summary
from domain.register.models import Role, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork
    from domain.register.models import Network, Person, RoleAssignment


@dataclass(frozen=True)
class CountySummary:
    """To somebody at the county: the networks in alphabetical order.

    The specification (C5) gives the county no right to read needs or to follow who has answered; so it sees no more
    than what every channel of the networks may show.
    """

    recipient: Person
    networks: tuple[ChannelSummary, ...]


def networks_of(uow: UnitOfWork, roles: Iterable[RoleAssignment]) -> list[Network]:
    """The networks that somebody at the county follows."""
    scopes = [r.scope for r in roles if r.role is Role.COUNTY]
    if any(s.kind is ScopeKind.ALL for s in scopes):
        return uow.register.networks()
    own = {s.id for s in scopes if s.kind is ScopeKind.NETWORK}
    return [n for n in uow.register.networks() if n.id in own]


def county_summary(uow: UnitOfWork, person: Person, now: datetime) -> CountySummary | None:
    """All networks that are in a round; None when there are none."""
    networks = networks_of(uow, uow.register.roles_of(person.id))
    found = [channel_summary(uow, network.id, now) for network in networks]
    there = tuple(summary for summary in found if summary is not None)
    return CountySummary(person, there) if there else None


def county_digest(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> CountySummary | None:
    """The day after the date for needs; None for somebody who is not at the county any more."""
    return county_summary(uow, uow.register.person(message.person_id or 0), now)
