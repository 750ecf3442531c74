"""What is kept about reaching people: what each wants, what is done, what a channel shows, who is out of reach."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.needs.channel_counts import ChannelCounts
from domain.register.models import Scope
from domain.rounds.models import DeadlineKind


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Level(StrEnum):
    """How much somebody wants to be reminded: of everything, only the last time before a date, or not at all."""

    ALL = "all"
    FEWER = "fewer"
    OFF = "off"


class ReminderChoice(_Frozen):
    """What a person has chosen for reminders; until `paused_until`, that day not included, nothing reminds."""

    person_id: int
    level: Level = Level.ALL
    paused_until: date | None = None


class TaskDone(_Frozen):
    """Somebody has said that what a deadline asks for is done, for a network, an owner or a kindergarten."""

    round_id: int
    kind: DeadlineKind
    scope: Scope
    done_by: int
    done_at: datetime


class PostedSummary(_Frozen):
    """The last summary in a bound channel: which message it is («» until that is known), and what it shows."""

    binding_id: int
    round_id: int
    activity_id: str
    posted_at: datetime
    shown: ChannelCounts


class OutOfReach(StrEnum):
    """Why somebody cannot be written to: Teams refuses (blocked or removed), or the account is gone."""

    REFUSED = "refused"
    GONE = "gone"


class Unreachable(_Frozen):
    """Teams said that a message to somebody cannot be delivered; forgotten when they are heard of again."""

    person_id: int
    reason: OutOfReach
    seen_at: datetime
