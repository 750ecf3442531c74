"""The needs that a person may see, as rows: one need a row, each cell a plain value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import access
from domain.needs.models import ANSWERED, WITH_NETWORK, NeedsReport, OwnersStatus, Status
from domain.register import rights
from domain.register.models import Role

if TYPE_CHECKING:
    from domain.ports import UnitOfWork
    from domain.register.models import Kindergarten


class ScopeOfRows(StrEnum):
    """Whose needs."""

    NETWORK = "network"
    OWNER = "owner"
    HEAD = "head"


@dataclass(frozen=True)
class RowScope:
    """What a sheet holds: a network's reported needs, an owner's sent ones, or a head's own."""

    kind: ScopeOfRows
    id: int
    name: str


@dataclass(frozen=True)
class Row:
    """One need with what belongs around it. `rank` is the owner's order of priority."""

    report: NeedsReport
    kindergarten: str
    orgnr: str
    municipality: str
    owner: str
    ownership: str
    network: str
    rank: int | None
    reported_at: datetime | None


def scope_for(
    uow: UnitOfWork, person_id: int, role: Role | None, network_id: int | None = None
) -> RowScope | None:
    """What this person's sheet holds, by the role that the person acts in; None when there is nothing."""
    roles = uow.register.roles_of(person_id)
    led, owned, heads = rights.led_networks(roles), rights.owners(roles), rights.heads(roles)
    if led and (role in (Role.LEADER, Role.COORDINATOR) or network_id is not None):
        chosen = network_id if network_id in led else led[0]
        return RowScope(ScopeOfRows.NETWORK, chosen, uow.register.network(chosen).name)
    if owned and role is not Role.HEAD:
        return RowScope(ScopeOfRows.OWNER, owned[0], uow.register.owner(owned[0]).name)
    if heads:
        return RowScope(ScopeOfRows.HEAD, heads[0], uow.register.kindergarten(heads[0]).name)
    return None


def allowed(uow: UnitOfWork, person_id: int, kind: ScopeOfRows, scope_id: int) -> RowScope | None:
    """The scope of a signed link, when the person still has the right to it; None otherwise."""
    roles = uow.register.roles_of(person_id)
    if kind is ScopeOfRows.NETWORK and scope_id in rights.led_networks(roles):
        return RowScope(kind, scope_id, uow.register.network(scope_id).name)
    if kind is ScopeOfRows.OWNER and scope_id in rights.owners(roles):
        return RowScope(kind, scope_id, uow.register.owner(scope_id).name)
    if kind is ScopeOfRows.HEAD and scope_id in rights.heads(roles):
        return RowScope(kind, scope_id, uow.register.kindergarten(scope_id).name)
    return None


def rows(uow: UnitOfWork, person_id: int, scope: RowScope, now: datetime) -> list[Row]:
    """The rows of a sheet, by owner and order of priority, then kindergarten."""
    match scope.kind:
        case ScopeOfRows.NETWORK:
            kindergartens = uow.register.kindergartens_in_network(scope.id)
            wanted = set(WITH_NETWORK)
        case ScopeOfRows.OWNER:
            kindergartens = uow.register.kindergartens_of_owner(scope.id)
            wanted = set(ANSWERED) - {Status.NO_NEED}
        case ScopeOfRows.HEAD:
            heads = rights.heads(uow.register.roles_of(person_id))
            kindergartens = [uow.register.kindergarten(i) for i in heads]
            wanted = set(Status) - {Status.WITHDRAWN}
    found = [row for k in kindergartens for row in _of_kindergarten(uow, k, wanted, now)]
    return sorted(found, key=lambda r: (r.owner, r.rank or 10_000, r.kindergarten, r.report.id))


def _of_kindergarten(
    uow: UnitOfWork, kindergarten: Kindergarten, wanted: set[Status], now: datetime
) -> list[Row]:
    network = access.network_of(uow, kindergarten.id)
    current = uow.rounds.current(network.id, local_day(now))
    if current is None:
        return []
    owner = uow.register.owner(kindergarten.owner_id)
    ranks: dict[int, tuple[int, datetime | None]] = {}
    offset = 0
    for sent in uow.owners_reports.of_owner(owner.id, network.id, current.id):
        if sent.status is OwnersStatus.SENT:
            ranks |= {i: (offset + n + 1, sent.sent_at) for n, i in enumerate(sent.report_ids)}
            offset += len(sent.report_ids)
    return [
        Row(
            report=report,
            kindergarten=kindergarten.name,
            orgnr=kindergarten.orgnr,
            municipality=uow.register.municipality(kindergarten.municipality_id).name,
            owner=owner.name,
            ownership=owner.ownership.value,
            network=network.name,
            rank=ranks.get(report.id, (None, None))[0],
            reported_at=ranks.get(report.id, (None, None))[1],
        )
        for report in uow.needs.of_kindergarten(kindergarten.id, current.id)
        if report.status in wanted
    ]
