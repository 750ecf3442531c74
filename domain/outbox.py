"""Messages to somebody else or at a later time: a row in the same commit as what caused it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field


class MessageKind(StrEnum):
    """Every kind of message the bot sends by itself."""

    NEED_ARRIVED = "need_arrived"
    NO_NEED_ARRIVED = "no_need_arrived"
    NEED_APPROVED = "need_approved"
    NEED_RETURNED = "need_returned"
    NEED_NOT_FORWARDED = "need_not_forwarded"
    NEED_REPORTED = "need_reported"
    NEED_REPORTED_AGAIN = "need_reported_again"
    NEED_SENT_BACK = "need_sent_back"
    NEED_WITHDRAWN = "need_withdrawn"
    NEED_DECIDED = "need_decided"
    NEED_REGISTERED = "need_registered"
    NEED_MERGED = "need_merged"
    OWNER_REPORTED = "owner_reported"
    JOINT_ASKED = "joint_asked"
    JOINT_ANSWERED = "joint_answered"
    JOINT_TAKEN_OUT = "joint_taken_out"
    JOINT_SENT = "joint_sent"
    NUDGED_BY_OWNER = "nudged_by_owner"
    ACCESS_REQUESTED = "access_requested"
    ACCESS_GRANTED = "access_granted"
    INQUIRY_ASKED = "inquiry_asked"
    INQUIRY_ANSWERED = "inquiry_answered"
    INQUIRY_DECLINED = "inquiry_declined"
    HEAD_REMINDER = "head_reminder"
    OWNER_REMINDER = "owner_reminder"
    OWNER_DIGEST = "owner_digest"
    BASIS_REMINDER = "basis_reminder"
    REPORTING_REMINDER = "reporting_reminder"
    DATE_REMINDER = "date_reminder"
    MEETING_REMINDER = "meeting_reminder"
    DATES_TO_CONFIRM = "dates_to_confirm"
    PEOPLE_NOT_REACHED = "people_not_reached"
    OUTCOMES_MISSING = "outcomes_missing"
    LEADER_DIGEST = "leader_digest"
    AUTHORITY_DIGEST = "authority_digest"
    UH_DIGEST = "uh_digest"
    COUNTY_DIGEST = "county_digest"
    OUTCOME_DIGEST = "outcome_digest"
    CHANNEL_SUMMARY = "channel_summary"
    SUMMARY_UPDATE = "summary_update"
    CHANNEL_MEETING = "channel_meeting"
    DATE_CHANGED = "date_changed"
    MEETING_CHANGED = "meeting_changed"
    MOVED_HERE = "moved_here"


REMINDERS = frozenset(
    {
        MessageKind.OWNER_REMINDER,
        MessageKind.OWNER_DIGEST,
        MessageKind.HEAD_REMINDER,
        MessageKind.BASIS_REMINDER,
        MessageKind.REPORTING_REMINDER,
        MessageKind.DATE_REMINDER,
        MessageKind.MEETING_REMINDER,
        MessageKind.DATES_TO_CONFIRM,
        MessageKind.PEOPLE_NOT_REACHED,
        MessageKind.OUTCOMES_MISSING,
        MessageKind.LEADER_DIGEST,
        MessageKind.AUTHORITY_DIGEST,
        MessageKind.UH_DIGEST,
        MessageKind.COUNTY_DIGEST,
        MessageKind.OUTCOME_DIGEST,
    }
)
"""What a person gets because of the calendar: at most one message a day, with all of it in one."""

SCHEDULED = REMINDERS | {
    MessageKind.CHANNEL_SUMMARY,
    MessageKind.SUMMARY_UPDATE,
    MessageKind.CHANNEL_MEETING,
}
"""Kinds that keep to working hours; the others answer something that somebody has just done."""


REPEATABLE = frozenset(
    {
        MessageKind.NEED_RETURNED,
        MessageKind.NEED_ARRIVED,
        MessageKind.NEED_APPROVED,
        MessageKind.NEED_NOT_FORWARDED,
        MessageKind.NEED_REPORTED,
        MessageKind.NEED_REPORTED_AGAIN,
        MessageKind.NEED_SENT_BACK,
        MessageKind.NEED_WITHDRAWN,
        MessageKind.NEED_DECIDED,
        MessageKind.NEED_REGISTERED,
        MessageKind.NEED_MERGED,
        MessageKind.OWNER_REPORTED,
        MessageKind.JOINT_ASKED,
        MessageKind.JOINT_ANSWERED,
        MessageKind.JOINT_TAKEN_OUT,
        MessageKind.JOINT_SENT,
        MessageKind.ACCESS_REQUESTED,
        MessageKind.ACCESS_GRANTED,
        MessageKind.INQUIRY_ASKED,
        MessageKind.INQUIRY_ANSWERED,
        MessageKind.INQUIRY_DECLINED,
        MessageKind.DATE_CHANGED,
        MessageKind.MEETING_CHANGED,
        MessageKind.SUMMARY_UPDATE,
    }
)
"""Kinds that are sent again when a crash left it unknown whether they arrived; the others are not."""


ALSO: Final = "also"
"""The parameter of a message that says more than one thing: the other kinds and parameters."""

Part = tuple[MessageKind, dict[str, Any]]


class OutboxState(StrEnum):
    """The way of a message: waiting → handed (to the engine) → one of the ends."""

    WAITING = "waiting"
    HANDED = "handed"
    SENT = "sent"
    OBSOLETE = "obsolete"
    UNREACHABLE = "unreachable"
    FAILED = "failed"
    AMBIGUOUS = "ambiguous"


class OutboxMessage(BaseModel):
    """A message to a person or to a bound channel. `params` holds ids and numbers only, no personal data.

    `key` is unique for ever: the same thing is never said twice.
    """

    model_config = ConfigDict(frozen=True)

    key: str
    kind: MessageKind
    person_id: int | None = None
    binding_id: int | None = None
    params: dict[str, Any] = Field(default_factory=dict)
    due_at: datetime
    expires_at: datetime | None = None
    state: OutboxState = OutboxState.WAITING
    attempts: int = 0
    activity_id: str | None = None
    created_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def parts(self) -> list[Part]:
        """What the message says: kinds and parameters, its own first."""
        own = {name: value for name, value in self.params.items() if name != ALSO}
        return [
            (self.kind, own),
            *((MessageKind(kind), params) for kind, params in self.params.get(ALSO, ())),
        ]

    def with_also(self, parts: Iterable[Part]) -> Self:
        """The same message, which says these things too."""
        more = [[kind.value, params] for kind, params in parts]
        if not more:
            return self
        return self.model_copy(update={"params": {**self.params, ALSO: [*self.params.get(ALSO, ()), *more]}})
