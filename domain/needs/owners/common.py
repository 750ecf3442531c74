"""A need that an owner writes once for several of its kindergartens (felles behov)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import access, registering
from domain.needs.acting import perform
from domain.needs.errors import UnknownReport
from domain.needs.heads import head
from domain.needs.lifecycle import Act
from domain.needs.models import NeedsReport, Source, Status
from domain.register import rights

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ports import UnitOfWork


def begin(
    uow: UnitOfWork, person_id: int, owner_id: int, kindergarten_ids: Sequence[int], now: datetime
) -> NeedsReport:
    """A draft for some of the owner's kindergartens; all of them lie in one network.

    Raises UnknownReport for kindergartens that are not this owner's, NoOpenRound and FormOff.
    """
    access.owned(uow, person_id, owner_id)
    own = {k.id for k in uow.register.kindergartens_of_owner(owner_id)}
    if not own.issuperset(kindergarten_ids):
        raise UnknownReport
    return registering.begin(uow, person_id, kindergarten_ids, Source.OWNER, now)


def submit(uow: UnitOfWork, person_id: int, report_id: int, version: int, now: datetime) -> NeedsReport:
    """Sends a need to the owner. What the owner itself has written is approved at once: two acts, both logged."""
    report = head.submit(uow, person_id, report_id, version, now)
    if report.source is not Source.OWNER or not _acts_for_its_owner(uow, person_id, report):
        return report
    return perform(uow, person_id, report.id, Act.APPROVE, now, version=report.version)


def open_drafts(uow: UnitOfWork, person_id: int, owner_id: int, now: datetime) -> list[NeedsReport]:
    """The common needs that the owner has begun and not sent, the newest first."""
    access.owned(uow, person_id, owner_id)
    own = {k.id for k in uow.register.kindergartens_of_owner(owner_id)}
    rounds = {
        current.id
        for network_id in {access.network_of(uow, i).id for i in own}
        if (current := uow.rounds.current(network_id, local_day(now)))
    }
    found = [r for i in rounds for r in uow.needs.in_round(i, [Status.DRAFT, Status.RETURNED])]
    mine = [r for r in found if r.source is Source.OWNER and r.kindergarten_id in own]
    return sorted(mine, key=lambda r: r.updated_at, reverse=True)


def _acts_for_its_owner(uow: UnitOfWork, person_id: int, report: NeedsReport) -> bool:
    owner_id = uow.register.kindergarten(report.kindergarten_id).owner_id
    return owner_id in rights.owners(uow.register.roles_of(person_id))
