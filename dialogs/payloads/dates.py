"""What the cards about a round's dates may send back: ids, and the dates that the card showed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from dialogs.payloads.base import Id, Payload
from domain.rounds.models import Audience, DeadlineKind

LONGEST_TITLE = 80
MOST_DATES = len(DeadlineKind)
DAY_INPUTS = {kind: f"date_{kind.value}" for kind in DeadlineKind}
"""The input in which each date is written."""

Days = Annotated[dict[DeadlineKind, date], Field(max_length=MOST_DATES)]


class RoundDates(Payload):
    """The dates of a round as its leader sees them."""

    verb: Literal["round_dates"] = "round_dates"
    network: Id | None = None


class ConfirmDates(Payload):
    """Confirms every date, as they were shown."""

    verb: Literal["confirm_dates"] = "confirm_dates"
    round: Id
    seen: Days


class ConfirmChosen(Payload):
    """Confirms those that were ticked."""

    verb: Literal["confirm_chosen"] = "confirm_chosen"
    round: Id
    seen: Days
    accepts: ClassVar[frozenset[str]] = frozenset({"dates_chosen"})


class EditDates(Payload):
    """Opens the card in which dates are written; `days` are those that stand there already."""

    verb: Literal["edit_dates"] = "edit_dates"
    round: Id
    days: Days = Field(default_factory=dict)


class ReadDates(Payload):
    """What was written, to be understood and shown."""

    verb: Literal["read_dates"] = "read_dates"
    round: Id
    seen: Days
    accepts: ClassVar[frozenset[str]] = frozenset(DAY_INPUTS.values())


class StoreDates(Payload):
    """The dates that were shown are to hold; with `rest`, the others are confirmed too."""

    verb: Literal["store_dates"] = "store_dates"
    round: Id
    seen: Days
    days: Annotated[dict[DeadlineKind, date], Field(min_length=1, max_length=MOST_DATES)]
    rest: bool = False


class OwnDates(Payload):
    """The dates of the network's own."""

    verb: Literal["own_dates"] = "own_dates"
    network: Id | None = None


class OwnDateForm(Payload):
    """Opens the card for a new one, with what is known of it."""

    verb: Literal["own_date_form"] = "own_date_form"
    round: Id
    name: Annotated[str, Field(max_length=LONGEST_TITLE)] | None = None
    day: date | None = None
    audience: Audience | None = None


class ReadOwnDate(Payload):
    verb: Literal["read_own_date"] = "read_own_date"
    round: Id
    accepts: ClassVar[frozenset[str]] = frozenset({"own_title", "own_day", "own_audience"})


class StoreOwnDate(Payload):
    verb: Literal["store_own_date"] = "store_own_date"
    round: Id
    name: Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE)]
    day: date
    audience: Audience


class RemoveOwnDate(Payload):
    verb: Literal["remove_own_date"] = "remove_own_date"
    round: Id
    accepts: ClassVar[frozenset[str]] = frozenset({"own_date"})
