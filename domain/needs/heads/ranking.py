"""The order of importance that a kindergarten gives its own needs (S41): unique, from 1, without gaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import access
from domain.needs.errors import Stale, UnknownReport
from domain.needs.models import NeedsReport, Source, Status

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork

RANKED = frozenset({Status.DRAFT, Status.RETURNED, Status.SENT_TO_OWNER, Status.APPROVED})
"""The states in which the kindergarten's own order still counts: the owner has not sent the need on."""


def rankable(uow: UnitOfWork, person_id: int, kindergarten_id: int, now: datetime) -> list[NeedsReport]:
    """The needs that a head can put in order, those that have a place first; empty with fewer than two."""
    kindergarten = access.own_kindergarten(uow, person_id, kindergarten_id)
    current = uow.rounds.current(access.network_of(uow, kindergarten.id).id, local_day(now))
    if current is None:
        return []
    found = [
        r
        for r in uow.needs.of_kindergarten(kindergarten_id, current.id)
        if r.kindergarten_id == kindergarten_id
        and r.status in RANKED
        and r.source is not Source.OWNER
        and r.answers
    ]
    found.sort(key=lambda r: r.rank or len(found) + 1)
    return found if len(found) > 1 else []


def set_order(
    uow: UnitOfWork,
    person_id: int,
    kindergarten_id: int,
    order: Sequence[tuple[int, int]],
    now: datetime,
) -> list[NeedsReport]:
    """The needs in their new order. `order` holds each need's id and the version that was seen, most important first.

    Raises UnknownReport for a need that is not the head's to rank, and Stale when the needs are others than these
    by now or have changed; nothing is stored then.
    """
    there = {r.id: r for r in rankable(uow, person_id, kindergarten_id, now)}
    if any(report_id not in there for report_id, _ in order):
        raise UnknownReport
    if len(order) != len(there) or any(there[i].version != v for i, v in order):
        raise Stale
    ranked = []
    for rank, (report_id, version) in enumerate(order, 1):
        report = there[report_id]
        if report.rank != rank:
            report = report.model_copy(update={"rank": rank, "version": version + 1, "updated_at": now})
            uow.needs.save(report)
        ranked.append(report)
    return ranked
