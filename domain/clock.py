"""Time as the domain sees it: an injected clock, UTC inside, Europe/Oslo at the edges."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


class Clock(Protocol):
    """What the domain asks for the time; one implementation per process."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


def local_day(moment: datetime) -> date:
    """The calendar day of an aware moment in Europe/Oslo."""
    return moment.astimezone(OSLO).date()
