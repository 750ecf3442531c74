"""What the cards about a network's meetings may send back. `v` is the meeting's `changes` as the card showed it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime, Field

from dialogs.payloads.base import Id, Payload
from domain.rounds.meetings import LONGEST_PLACE, LONGEST_TITLE

FIELDS = frozenset({"meeting_title", "meeting_when", "meeting_end", "meeting_place", "meeting_form"})
"""What one fills in about a meeting."""

Moment = Annotated[
    AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2101, 1, 1, tzinfo=UTC))
]
Version = Annotated[int, Field(ge=0, le=10_000)]


class Meetings(Payload):
    """A network's meetings; the card that was open is `put_away` without being stored."""

    verb: Literal["meetings"] = "meetings"
    network: Id | None = None
    put_away: bool = False


class NewMeeting(Payload):
    """An empty form."""

    verb: Literal["new_meeting"] = "new_meeting"
    network: Id | None = None


class EditMeeting(Payload):
    """The form with the meeting of the button, or the one that was chosen, as it is."""

    verb: Literal["edit_meeting"] = "edit_meeting"
    round: Id
    meeting: Id | None = None
    accepts: ClassVar[frozenset[str]] = frozenset({"chosen_meeting"})


class ReadMeeting(Payload):
    """The filled-in form, to be read and shown; of a meeting that is there when one is named."""

    verb: Literal["read_meeting"] = "read_meeting"
    round: Id
    meeting: Id | None = None
    v: Version = 0
    accepts: ClassVar[frozenset[str]] = FIELDS


class ShownMeeting(Payload):
    """A meeting as a card showed it. Its form is open again with `again`, else it is stored."""

    verb: Literal["shown_meeting"] = "shown_meeting"
    round: Id
    meeting: Id | None = None
    v: Version = 0
    name: Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE)]
    starts: Moment
    ends: Moment
    place: Annotated[str, Field(max_length=LONGEST_PLACE)] | None = None
    physical: bool | None = None
    again: bool = False


class CancelMeeting(Payload):
    """Asks whether the meeting is to be cancelled; done when `sure`."""

    verb: Literal["cancel_meeting"] = "cancel_meeting"
    round: Id
    meeting: Id | None = None
    v: Version = 0
    sure: bool = False
    accepts: ClassVar[frozenset[str]] = frozenset({"chosen_meeting"})
