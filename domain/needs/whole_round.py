"""What lies in a whole round, read once for everybody who is told of it (docs/decisions/0017)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.needs.models import WITH_NETWORK, OwnersStatus

if TYPE_CHECKING:
    from domain.needs.models import NeedsReport, OwnersReport
    from domain.ports import UnitOfWork


def reported(uow: UnitOfWork, round_id: int) -> tuple[NeedsReport, ...]:
    """The needs that owners have sent to the network, by kindergarten and age; those of closed ones too."""

    def read() -> tuple[NeedsReport, ...]:
        return tuple(uow.needs.in_round(round_id, sorted(WITH_NETWORK)))

    return uow.readings.get(("reported", round_id), uow.needs.version(round_id), read)


def sent(uow: UnitOfWork, round_id: int) -> tuple[OwnersReport, ...]:
    """The consolidated reports that have been sent, by owner and in their sequence."""

    def read() -> tuple[OwnersReport, ...]:
        return tuple(r for r in uow.owners_reports.in_round(round_id) if r.status is OwnersStatus.SENT)

    return uow.readings.get(("sent", round_id), uow.owners_reports.version(round_id), read)
