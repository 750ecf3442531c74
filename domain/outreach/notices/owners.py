"""What the leader is told when an owner has sent: facts read at the moment of sending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.needs import overview

if TYPE_CHECKING:
    from datetime import datetime

    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork


@dataclass(frozen=True)
class OwnerReported:
    """To the leader: an owner has sent."""

    owner: str
    owner_id: int
    network_id: int
    needs: int
    sequence: int
    late: bool
    sent: int
    total: int
    others: tuple[str, ...] = ()


def owner_reported(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> OwnerReported | None:
    """None when there is no such report any more."""
    report = uow.owners_reports.get(message.params.get("owners_report", 0))
    current = uow.rounds.get(report.round_id) if report else None
    if report is None or current is None:
        return None
    whole = overview.network_standing(uow, uow.register.network(report.network_id), current, now)
    return OwnerReported(
        owner=uow.register.owner(report.owner_id).name,
        owner_id=report.owner_id,
        network_id=report.network_id,
        needs=len(report.report_ids),
        sequence=report.sequence,
        late=report.late,
        sent=whole.owners_sent,
        total=len(whole.owners),
        others=tuple(uow.register.owner(i).name for i in report.senders if i != report.owner_id),
    )
