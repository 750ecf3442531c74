"""The year as a picture, and files for one's own calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogs.replies.base import Reply
from domain.rounds.year import YearEntry


@dataclass(frozen=True)
class WheelShown(Reply):
    """The annual wheel of a network; the tokens lead to the picture on light and on dark ground."""

    network: str
    network_id: int
    label: str
    entries: tuple[YearEntry, ...]
    today: date
    light: str
    dark: str


@dataclass(frozen=True)
class CalendarLink(Reply):
    """A calendar file to fetch, with these entries; `others` are those that could be ticked instead.

    `choose` when none was, although some were to be.
    """

    network: str
    network_id: int
    entries: tuple[YearEntry, ...]
    token: str
    others: tuple[YearEntry, ...] = ()
    choose: bool = False


@dataclass(frozen=True)
class NothingToCalendar(Reply):
    """What was to go into the calendar is not there (any more)."""


@dataclass(frozen=True)
class WhichNetwork(Reply):
    """Somebody with several networks is asked which one is meant; `verb` is what then happens."""

    verb: str
    networks: tuple[tuple[int, str], ...]
