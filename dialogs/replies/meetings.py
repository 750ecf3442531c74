"""A network's meetings, as its leader plans them and everybody sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dialogs.replies.base import Reply
from domain.norwegian.meeting_words import MeetingWords
from domain.norwegian.misdated import Misdated
from domain.register.models import Network
from domain.rounds.meeting_people import NOBODY, Told
from domain.rounds.meeting_rules import Missing
from domain.rounds.meetings import MeetingPlan, MeetingProblem
from domain.rounds.models import Meeting


class MeetingFault(StrEnum):
    """What a filled-in meeting lacks, or what of it was not understood."""

    NO_DAY = "no_day"
    NO_TIME = "no_time"
    NEITHER = "neither"
    END = "end"
    TITLE = "title"
    PLACE = "place"
    PERSONAL = "personal"
    PERSONAL_PLACE = "personal_place"
    ONE_AT_A_TIME = "one_at_a_time"


class WhyListed(StrEnum):
    """Why the list is shown instead of what was asked for."""

    STALE = "stale"
    UNKNOWN = "unknown"
    SEVERAL = "several"
    THERE_ALREADY = "there_already"


@dataclass(frozen=True)
class FilledMeeting:
    """The form's fields as text; `form` is «physical», «digital» or "" """

    title: str = ""
    when: str = ""
    end: str = ""
    place: str = ""
    form: str = ""


@dataclass(frozen=True)
class MeetingList(Reply):
    """The meetings to come, the next first, and how many are over; `leads` when the reader may change them."""

    network: Network
    round_id: int
    meetings: tuple[Meeting, ...]
    held: int
    today: date
    leads: bool = False
    called: bool = False
    missing: Missing | None = None
    why: WhyListed | None = None


@dataclass(frozen=True)
class MeetingForm(Reply):
    """A form for a new meeting, or for one that is there (its id and `changes`).

    It shows the words, or what was filled in before when that was not understood.
    """

    network: Network
    round_id: int
    words: MeetingWords
    filled: FilledMeeting | None = None
    meeting: tuple[int, int] | None = None
    problem: MeetingFault | MeetingProblem | None = None
    tracks = True


@dataclass(frozen=True)
class ConfirmMeeting(Reply):
    """A meeting as it was understood, before it is stored; `before` is how the one that is there is now.

    `usual_length` when nobody said how long it lasts, `tells` are those who will be told of a change, `misdated`
    when the day was written with another weekday. `held` when it is over already, `no_time` when nobody said at what
    time of the day it was.
    """

    network: Network
    round_id: int
    plan: MeetingPlan
    today: date
    before: Meeting | None = None
    usual_length: bool = False
    tells: Told = NOBODY
    misdated: Misdated | None = None
    held: bool = False
    no_time: bool = False
    tracks = True


@dataclass(frozen=True)
class MeetingSaved(Reply):
    """Stored. `before` is how it was, None for a new one; `held` when it is over already."""

    network: Network
    round_id: int
    meeting: Meeting
    today: date
    before: Meeting | None = None
    told: Told = NOBODY
    missing: Missing | None = None
    held: bool = False


@dataclass(frozen=True)
class ConfirmCancelling(Reply):
    """Whether a meeting is to be cancelled, or taken away when it is over already (`held`)."""

    network: Network
    round_id: int
    meeting: Meeting
    tells: Told = NOBODY
    held: bool = False
    tracks = True


@dataclass(frozen=True)
class MeetingCancelled(Reply):
    """Cancelled, or taken away when it was over already (`held`)."""

    network: Network
    meeting: Meeting
    told: Told = NOBODY
    missing: Missing | None = None
    held: bool = False
