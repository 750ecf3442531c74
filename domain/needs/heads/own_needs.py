"""The needs of one's own kindergarten to read, whatever has become of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import access
from domain.needs.history import last_act, trace
from domain.needs.models import EDITABLE, NeedsReport, Status
from domain.needs.overview import grouped_by_round
from domain.register import rights

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.ports import UnitOfWork
    from domain.register.models import Kindergarten

REASONS_FOR_HEADS = frozenset(
    {
        Status.NOT_FORWARDED,
        Status.PRIORITISED,
        Status.ON_HOLD,
        Status.NOT_PRIORITISED,
        Status.WITHDRAWN,
    }
)
"""The states whose reason the head is told; what owner and leader write to each other is theirs."""


@dataclass(frozen=True)
class History:
    """The days on which a need's versions were sent to the owner, and the reason for where it stands."""

    sent: tuple[date, ...]
    reason: str | None


def readable(uow: UnitOfWork, person_id: int, report_id: int) -> NeedsReport:
    """The need, when this person may write in it or it is about a kindergarten of theirs and has been sent.

    Raises UnknownReport otherwise.
    """
    report = uow.needs.get(report_id)
    heads = rights.heads(uow.register.roles_of(person_id))
    theirs = report is not None and bool(set(report.kindergartens) & set(heads))
    if report is not None and theirs and report.status not in EDITABLE and report.submitted_at is not None:
        return report
    return access.own_report(uow, person_id, report_id)


def withdrawn(
    uow: UnitOfWork, kindergartens: Sequence[Kindergarten], now: datetime
) -> dict[int, list[NeedsReport]]:
    """Kindergarten → its needs in the round that were sent and then withdrawn; a draft that was deleted is gone."""
    found: dict[int, list[NeedsReport]] = {}
    for current, group in grouped_by_round(uow, kindergartens, local_day(now))[0]:
        mine = {k.id for k in group}
        for report in uow.needs.in_round(current.id, [Status.WITHDRAWN]):
            if report.submitted_at is not None:
                for i in mine.intersection(report.kindergartens):
                    found.setdefault(i, []).append(report)
    return found


def history(uow: UnitOfWork, report: NeedsReport) -> History:
    """What the trace tells the head of a need."""
    rows = trace(uow, report.id)
    act = last_act(uow, report.id)
    told = act is not None and act.after is report.status and report.status in REASONS_FOR_HEADS
    return History(
        sent=tuple(local_day(r.at) for r in rows if r.after == Status.SENT_TO_OWNER.value),
        reason=act.note if act is not None and told else None,
    )
