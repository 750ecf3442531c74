"""What the cards about the year and the calendar may send back."""

from __future__ import annotations

from typing import ClassVar, Literal

from dialogs.payloads.base import Id, Payload


class AnnualWheel(Payload):
    """The year of a network as a picture."""

    verb: Literal["annual_wheel"] = "annual_wheel"
    network: Id | None = None


class Calendar(Payload):
    """Dates and meetings for one's own calendar: one meeting, one date of the network's own, those that were
    ticked (`chosen`), or everything."""

    verb: Literal["calendar"] = "calendar"
    network: Id | None = None
    meeting: Id | None = None
    date: Id | None = None
    chosen: bool = False
    accepts: ClassVar[frozenset[str]] = frozenset({"calendar_entries"})
