"""Needs that a person may see, as rows: one need a row, each cell a plain value.

A head sees the own kindergartens' needs, an owner what has been sent to it, a network's leadership what owners
have sent to the network, its UH partner the same without the sums. The kindergarten authority sees how every
kindergarten stands, and no texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import access, overview
from domain.needs.models import (
    ANSWERED,
    EDITABLE,
    WITH_NETWORK,
    NeedsReport,
    OwnersReport,
    OwnersStatus,
    Source,
    Status,
)
from domain.needs.overview import Answer
from domain.needs.sheets.excel_scopes import RowScope, ScopeOfRows
from domain.register import rights

if TYPE_CHECKING:
    from domain.ports import UnitOfWork
    from domain.register.models import Kindergarten


@dataclass(frozen=True)
class Row:
    """One need with what belongs around it; a common need has several kindergartens. `rank` is the owner's
    order of priority, `part_of` the name of the common need that this one was merged into."""

    report: NeedsReport
    kindergarten: str
    orgnr: str
    municipality: str
    owner: str
    ownership: str
    network: str
    rank: int | None
    reported_at: datetime | None
    part_of: str | None = None


@dataclass(frozen=True)
class OwnersRow:
    """An owner's consolidated report that has been sent; one a row in a sheet of its own."""

    report: OwnersReport
    owner: str
    network: str


@dataclass(frozen=True)
class StatusRow:
    """How one kindergarten stands, for those who may see that and no more."""

    kindergarten: str
    orgnr: str
    municipality: str
    owner: str
    ownership: str
    network: str
    answer: Answer


NOTES_FOR_HEADS = (
    Status.RETURNED,
    Status.NOT_FORWARDED,
    Status.PRIORITISED,
    Status.ON_HOLD,
    Status.NOT_PRIORITISED,
)
"""The states whose reason is meant for the head; what owner and leader write to each other is not."""


def rows(uow: UnitOfWork, person_id: int, scope: RowScope, now: datetime) -> list[Row]:
    """The needs of a sheet, by owner and order of priority, then kindergarten; none for an authority."""
    register = uow.register
    held = register.roles_of(person_id)
    match scope.kind:
        case ScopeOfRows.NETWORK | ScopeOfRows.PARTNER:
            kindergartens = register.kindergartens_in_network(scope.id)
        case ScopeOfRows.OWNER:
            owners = [i for i in rights.owners(held) if i in scope.ids]
            kindergartens = [k for i in owners for k in register.kindergartens_of_owner(i)]
        case ScopeOfRows.HEAD:
            kindergartens = [register.kindergarten(i) for i in rights.heads(held) if i in scope.ids]
        case ScopeOfRows.AUTHORITY:
            return []
    found = _rows_of(uow, kindergartens, scope.kind, now)
    return sorted(found, key=lambda r: (r.owner, r.rank or 10_000, r.kindergarten, r.report.id))


def owners_rows(uow: UnitOfWork, person_id: int, scope: RowScope, now: datetime) -> list[OwnersRow]:
    """The consolidated reports that owner or network may read, by owner and in the order they were sent."""
    register = uow.register
    held = register.roles_of(person_id)
    match scope.kind:
        case ScopeOfRows.NETWORK:
            networks = [register.network(scope.id)]
        case ScopeOfRows.OWNER:
            networks = register.networks()
        case _:
            return []
    mine = set(rights.owners(held)) & set(scope.ids)
    found = []
    for network in networks:
        current = uow.rounds.current(network.id, local_day(now))
        for report in uow.owners_reports.in_round(current.id) if current else []:
            shown = scope.kind is ScopeOfRows.NETWORK or set(report.senders) & mine
            if report.status is OwnersStatus.SENT and shown:
                senders = "; ".join(register.owner(i).name for i in report.senders)
                found.append(OwnersRow(report, senders, network.name))
    return sorted(found, key=lambda r: (r.owner, r.network, r.report.sequence))


def status_rows(uow: UnitOfWork, scope: RowScope, now: datetime) -> list[StatusRow]:
    """How every kindergarten in an authority's municipality stands, private ones too."""
    if scope.kind is not ScopeOfRows.AUTHORITY:
        return []
    found = []
    for standing in overview.standings(uow, uow.register.kindergartens_in_municipality(scope.id), now):
        kindergarten = standing.kindergarten
        owner = uow.register.owner(kindergarten.owner_id)
        found.append(
            StatusRow(
                kindergarten=kindergarten.name,
                orgnr=kindergarten.orgnr,
                municipality=scope.name,
                owner=owner.name,
                ownership=owner.ownership.value,
                network=access.network_of(uow, kindergarten.id).name,
                answer=standing.answer,
            )
        )
    return found


def _rows_of(
    uow: UnitOfWork, kindergartens: Iterable[Kindergarten], kind: ScopeOfRows, now: datetime
) -> list[Row]:
    by_round: dict[int, dict[int, Kindergarten]] = {}
    for kindergarten in kindergartens:
        current = uow.rounds.current(access.network_of(uow, kindergarten.id).id, local_day(now))
        if current is not None:
            by_round.setdefault(current.id, {})[kindergarten.id] = kindergarten
    found = []
    for round_id, group in by_round.items():
        ranks = _ranks(uow, round_id)
        for report in uow.needs.of_kindergartens(list(group), round_id):
            shown = _shown(uow, report, kind)
            if shown is not None:
                found.append(_row(uow, shown, ranks.get(report.id, (None, None))))
    return found


def _shown(uow: UnitOfWork, report: NeedsReport, kind: ScopeOfRows) -> NeedsReport | None:
    """The need as this sheet shows it; None when it is not for it."""
    if kind in (ScopeOfRows.NETWORK, ScopeOfRows.PARTNER):
        return report if report.status in WITH_NETWORK else None
    if kind is ScopeOfRows.HEAD:
        if report.source is Source.OWNER and report.status in EDITABLE:
            return None
        note = report.comment if report.status in NOTES_FOR_HEADS else None
        return report.model_copy(update={"assessment": None, "comment": note})
    if report.status is Status.RETURNED:
        # What the head writes now is the head's own until it is sent again: the owner reads what was sent.
        sent = uow.needs.revision(report.id, report.revision)
        return report.model_copy(update={"answers": sent.answers if sent else {}})
    return report if report.status in ANSWERED - {Status.NO_NEED} else None


def _ranks(uow: UnitOfWork, round_id: int) -> dict[int, tuple[int | None, datetime | None]]:
    """Each reported need's place in its sender's order of priority, supplements after, and when it was sent."""
    ranks: dict[int, tuple[int | None, datetime | None]] = {}
    before: dict[tuple[int, int], int] = {}
    for sent in uow.owners_reports.in_round(round_id):
        if sent.status is OwnersStatus.SENT:
            sender = (sent.owner_id, sent.network_id)
            offset = before.get(sender, 0)
            ranks |= {i: (offset + n, sent.sent_at) for n, i in enumerate(sent.report_ids, 1)}
            before[sender] = offset + len(sent.report_ids)
    return ranks


def _row(uow: UnitOfWork, report: NeedsReport, placed: tuple[int | None, datetime | None]) -> Row:
    register = uow.register
    all_of_them = [register.kindergarten(i) for i in report.kindergartens]
    first = all_of_them[0]
    owner = register.owner(first.owner_id)
    common = uow.needs.get(report.merged_into) if report.merged_into else None
    towns = dict.fromkeys(register.municipality(k.municipality_id).name for k in all_of_them)
    return Row(
        report=report,
        kindergarten="; ".join(k.name for k in all_of_them),
        orgnr="; ".join(k.orgnr for k in all_of_them),
        municipality="; ".join(towns),
        owner=owner.name,
        ownership=owner.ownership.value,
        network=access.network_of(uow, first.id).name,
        rank=placed[0],
        reported_at=placed[1],
        part_of=(common.title or common.number or "") if common else None,
    )
