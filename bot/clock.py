"""The clock: real time, or in local mode a time that was set and runs on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.ports import UnitOfWork

_SET = "clock_set"
_OFFSET = "clock_offset"


class RunningClock:
    """Real time plus a fixed offset."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self._offset = offset

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC) + self._offset


def clock_from(uow: UnitOfWork, wanted: datetime | None) -> RunningClock:
    """The clock that starts at `wanted`; with the same setting as last time it runs on from where it was.

    So a restart does not turn time back.
    """
    if wanted is None:
        if uow.meta.get(_SET):
            uow.meta.set(_SET, "")
        return RunningClock()
    if uow.meta.get(_SET) == wanted.isoformat() and (stored := uow.meta.get(_OFFSET)):
        return RunningClock(timedelta(seconds=float(stored)))
    offset = wanted - datetime.now(UTC)
    uow.meta.set(_SET, wanted.isoformat())
    uow.meta.set(_OFFSET, str(offset.total_seconds()))
    return RunningClock(offset)
