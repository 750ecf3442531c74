"""The dates of a round, as everybody sees them and as the leader confirms and changes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dialogs.replies.base import Reply
from domain.norwegian.misdated import Misdated
from domain.rounds.confirming import DayFault
from domain.rounds.meeting_people import Told
from domain.rounds.models import Audience, Deadline, DeadlineKind, OwnDate, Round
from domain.rounds.year import YearEntry


@dataclass(frozen=True)
class DeadlineList(Reply):
    """A round's year as a list. `reply_by` is the head's own date; `leads` who may confirm, the round's number."""

    network: str
    network_id: int
    entries: tuple[YearEntry, ...]
    today: date
    reply_by: date | None = None
    leads: bool = False
    unconfirmed: int = 0
    in_channel: bool = False


@dataclass(frozen=True)
class DeadlinesEverywhere(Reply):
    """To somebody with several networks: the date for needs in each; None for one without a round."""

    networks: tuple[tuple[int, str, Deadline | None], ...]
    today: date


class DatesState(StrEnum):
    """Why the leader sees the dates: asked for, or after something was done or refused."""

    SHOWN = "shown"
    CONFIRMED = "confirmed"
    ALREADY = "already"
    OUTDATED = "outdated"
    UNCHANGED = "unchanged"
    CHOOSE = "choose"


@dataclass(frozen=True)
class RoundDatesCard(Reply):
    """The leader's view: every date, how sure it is, and what can be done. `new` are those just confirmed;
    `lacks` whether the meeting plan lacks something."""

    network: str
    round: Round
    today: date
    state: DatesState = DatesState.SHOWN
    new: tuple[DeadlineKind, ...] = ()
    lacks: bool = False


@dataclass(frozen=True)
class EditDatesCard(Reply):
    """One field per date. `given` is what was written, `faults` what could not be taken of it."""

    network: str
    round: Round
    today: date
    given: Mapping[DeadlineKind, str] = field(default_factory=dict)
    faults: Mapping[DeadlineKind, DayFault] = field(default_factory=dict)
    understood: Mapping[DeadlineKind, date] = field(default_factory=dict)


@dataclass(frozen=True)
class ConfirmMove(Reply):
    """The dates as they were understood, before they hold. `told` are those who would be told.

    `order` are pairs of which the first should come before the second, and does not; `heads` the heads' usual
    date when it goes along. `misdated` are those that were written with another weekday; `other` is the day that
    the words may mean as well.
    """

    network: str
    round: Round
    days: Mapping[DeadlineKind, date]
    today: date
    told: Told
    rest: int
    order: tuple[tuple[DeadlineKind, DeadlineKind], ...] = ()
    heads: date | None = None
    misdated: Mapping[DeadlineKind, Misdated] = field(default_factory=dict)
    other: date | None = None
    tracks = True


@dataclass(frozen=True)
class DatesMoved(Reply):
    """The dates that hold from now on (before, after), who is told, and how many are still not confirmed.

    `rest` is how many were confirmed along with them.
    """

    network: str
    network_id: int
    moved: tuple[tuple[Deadline, Deadline], ...]
    told: Told
    left: int
    rest: int = 0
    heads: date | None = None


@dataclass(frozen=True)
class OwnDatesList(Reply):
    """The dates that the network has set itself, by day. `gone` is one that was just removed, `already` one that
    was removed before."""

    network: str
    round_id: int
    own: tuple[OwnDate, ...]
    today: date
    gone: OwnDate | None = None
    already: bool = False
    choose: bool = False


class OwnFault(StrEnum):
    """What is missing or wrong in a date of the network's own, beside its day."""

    TITLE = "title"
    TITLE_LONG = "title_long"
    PERSONAL = "personal"
    AUDIENCE = "audience"
    FULL = "full"


@dataclass(frozen=True)
class OwnDateCard(Reply):
    """The card for a new date, with what was written and what could not be taken of it."""

    network: str
    round: Round
    title: str | None = None
    day_text: str | None = None
    audience: Audience | None = None
    fault: OwnFault | None = None
    day_fault: DayFault | None = None
    day: date | None = None


@dataclass(frozen=True)
class ConfirmOwnDate(Reply):
    """The date as it was understood, before it holds; `works_before` when nobody is at work that day.

    `misdated` when it was written with another weekday.
    """

    network: str
    round_id: int
    title: str
    day: date
    audience: Audience
    today: date
    works_before: date | None = None
    misdated: Misdated | None = None
    tracks = True


@dataclass(frozen=True)
class OwnDateSet(Reply):
    """The date is set."""

    network: str
    network_id: int
    own: OwnDate
    today: date
