"""The schedule as data: who is told what, how many days from which date (C6; docs/decisions/0007)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.outbox import MessageKind
from domain.rounds.models import Audience, DeadlineKind


class Anchor(StrEnum):
    """What a step counts its days from, beside the round's deadlines."""

    AUTUMN = "autumn"
    SEASON = "season"
    REPLY_BY = "reply_by"
    UNCONFIRMED = "unconfirmed"
    WEEKLY = "weekly"
    TODAY = "posted"
    OWN_DATE = "date"
    MEETING = "meeting"


class Group(StrEnum):
    """Whom a step is for: those of whom it is true at the moment of planning."""

    UNANSWERED_HEADS = "unanswered_heads"
    OWNERS_WITH_SOMETHING_LEFT = "owners_with_something_left"
    LEADERS = "leaders"
    LEADERS_WITH_DATES_TO_CONFIRM = "leaders_with_dates_to_confirm"
    LEADERS_OF_UNREACHED = "leaders_of_unreached"
    LEADERS_OF_UNDECIDED = "leaders_of_undecided"
    AUTHORITIES = "authorities"
    UH = "uh"
    COUNTY = "county"
    BASIS_MAKERS = "basis_makers"
    NETWORK_REPORTERS = "network_reporters"
    UNIT_REPORTERS = "unit_reporters"
    WAITING_FOR_OUTCOMES = "waiting_for_outcomes"
    ALL_HEADS = "all_heads"
    ALL_OWNERS = "all_owners"
    PARTICIPANTS = "participants"
    CHANNELS = "channels"
    CHANNELS_SHOWING_OTHER_COUNTS = "channels_showing_other_counts"


@dataclass(frozen=True)
class Step:
    """A step of the schedule: days from a date, negative before it, and whom it is for.

    `last`: somebody who has asked for fewer reminders gets it still, as it is the last one before a date or the
    only one there is. `confirmed_only`: a date that is merely «trolig» does not give it.
    """

    name: str
    kind: MessageKind
    anchor: Anchor | DeadlineKind
    days: int
    to: Group
    last: bool = False
    confirmed_only: bool = False


_K, _D, _A, _G = MessageKind, DeadlineKind, Anchor, Group

STEPS: Final = (
    Step("season", _K.HEAD_REMINDER, _A.SEASON, 0, _G.UNANSWERED_HEADS),
    Step("start", _K.HEAD_REMINDER, _A.REPLY_BY, -14, _G.UNANSWERED_HEADS),
    Step("eve", _K.HEAD_REMINDER, _A.REPLY_BY, -1, _G.UNANSWERED_HEADS, last=True),
    Step("late", _K.HEAD_REMINDER, _A.REPLY_BY, 7, _G.UNANSWERED_HEADS),
    Step("after", _K.OWNER_DIGEST, _A.REPLY_BY, 1, _G.OWNERS_WITH_SOMETHING_LEFT),
    Step("eve", _K.OWNER_REMINDER, _D.NEEDS, -2, _G.OWNERS_WITH_SOMETHING_LEFT, last=True),
    Step("start", _K.DATES_TO_CONFIRM, _A.AUTUMN, 0, _G.LEADERS_WITH_DATES_TO_CONFIRM),
    Step("month", _K.DATES_TO_CONFIRM, _A.UNCONFIRMED, -28, _G.LEADERS_WITH_DATES_TO_CONFIRM, last=True),
    Step("three_weeks", _K.PEOPLE_NOT_REACHED, _D.NEEDS, -21, _G.LEADERS_OF_UNREACHED, last=True),
    Step("week", _K.LEADER_DIGEST, _D.NEEDS, -7, _G.LEADERS),
    Step("after", _K.LEADER_DIGEST, _D.NEEDS, 1, _G.LEADERS, last=True),
    Step("weekly", _K.LEADER_DIGEST, _A.WEEKLY, 0, _G.LEADERS),
    Step("week", _K.CHANNEL_SUMMARY, _D.NEEDS, -7, _G.CHANNELS),
    Step("after", _K.CHANNEL_SUMMARY, _D.NEEDS, 1, _G.CHANNELS),
    Step("weekly", _K.CHANNEL_SUMMARY, _A.WEEKLY, 0, _G.CHANNELS),
    Step("update", _K.SUMMARY_UPDATE, _A.TODAY, 0, _G.CHANNELS_SHOWING_OTHER_COUNTS),
    Step("week", _K.AUTHORITY_DIGEST, _D.NEEDS, -7, _G.AUTHORITIES),
    Step("after", _K.AUTHORITY_DIGEST, _D.NEEDS, 1, _G.AUTHORITIES, last=True),
    Step("after", _K.UH_DIGEST, _D.NEEDS, 1, _G.UH, last=True),
    Step("after", _K.COUNTY_DIGEST, _D.NEEDS, 1, _G.COUNTY, last=True),
    Step("month", _K.BASIS_REMINDER, _D.DECISION_BASIS, -28, _G.BASIS_MAKERS),
    Step("fortnight", _K.BASIS_REMINDER, _D.DECISION_BASIS, -14, _G.BASIS_MAKERS),
    Step("eve", _K.BASIS_REMINDER, _D.DECISION_BASIS, -3, _G.BASIS_MAKERS, last=True),
    Step("week", _K.OUTCOMES_MISSING, _D.GRANT_LETTER, 7, _G.LEADERS_OF_UNDECIDED, last=True),
    Step("fortnight", _K.OUTCOME_DIGEST, _D.GRANT_LETTER, 14, _G.WAITING_FOR_OUTCOMES, last=True),
    Step(
        "month",
        _K.REPORTING_REMINDER,
        _D.REPORTING_NETWORK,
        -28,
        _G.NETWORK_REPORTERS,
        confirmed_only=True,
    ),
    Step(
        "fortnight",
        _K.REPORTING_REMINDER,
        _D.REPORTING_NETWORK,
        -14,
        _G.NETWORK_REPORTERS,
        confirmed_only=True,
    ),
    Step(
        "eve",
        _K.REPORTING_REMINDER,
        _D.REPORTING_NETWORK,
        -3,
        _G.NETWORK_REPORTERS,
        last=True,
        confirmed_only=True,
    ),
    Step("month", _K.REPORTING_REMINDER, _D.REPORTING_UNITS, -28, _G.UNIT_REPORTERS, confirmed_only=True),
    Step(
        "week",
        _K.REPORTING_REMINDER,
        _D.REPORTING_UNITS,
        -7,
        _G.UNIT_REPORTERS,
        last=True,
        confirmed_only=True,
    ),
    Step("week", _K.DATE_REMINDER, _A.OWN_DATE, -7, _G.PARTICIPANTS),
    Step("eve", _K.DATE_REMINDER, _A.OWN_DATE, -1, _G.PARTICIPANTS, last=True),
    Step("week", _K.CHANNEL_MEETING, _A.MEETING, -7, _G.CHANNELS),
    Step("eve", _K.MEETING_REMINDER, _A.MEETING, -1, _G.PARTICIPANTS, last=True),
)
"""In the order of urgency where two are equally near their dates. `kind` and `name` together mean one step, but for
what is reported, whose steps of one name agree in everything but whom they are for."""

AUDIENCES: Final = {
    Audience.HEADS: Group.ALL_HEADS,
    Audience.OWNERS: Group.ALL_OWNERS,
    Audience.MEMBERS: Group.PARTICIPANTS,
}
"""Whom a date of the network's own is for."""

_BY_NAME: Final = {(step.kind, step.name): (number, step) for number, step in reversed([*enumerate(STEPS)])}


def step_of(kind: MessageKind, name: str) -> Step | None:
    """The step that a message belongs to; None for one that no step gives."""
    found = _BY_NAME.get((kind, name))
    return found[1] if found else None


def urgency(kind: MessageKind, name: str) -> tuple[int, int]:
    """What sorts the most urgent first: what is nearest its date, then what comes after one."""
    number, step = _BY_NAME.get((kind, name), (len(STEPS), None))
    if step is None:
        return 0, number
    return (-step.days if step.days <= 0 else 100 + step.days), number
