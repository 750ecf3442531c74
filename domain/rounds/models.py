"""A network's round (runde): its year, its deadlines, and how sure we are of each."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, model_validator

from domain.register.names import network_slug

NEW: Final = 0
"""The id of a round that has not been saved."""

_HEADS_BEFORE_OWNER: Final = timedelta(weeks=2)
_COUNTY_PLAN: Final = "LP, Saksgang"
_GAULDAL_PLAN: Final = "GA, Årshjul"


class DeadlineKind(StrEnum):
    """What is due: needs from owner to network, and what the network and the county make of them."""

    NEEDS = "needs"
    DECISION_BASIS = "decision_basis"
    RECOMMENDATION = "recommendation"
    GRANT_LETTER = "grant_letter"
    REPORTING_UNITS = "reporting_units"
    REPORTING_NETWORK = "reporting_network"


class Certainty(StrEnum):
    """How well the sources carry a date: two agree, one says it, or they disagree."""

    AGREED = "agreed"
    SINGLE = "single"
    DOUBTFUL = "doubtful"


class Deadline(BaseModel):
    """A date that lasts to the end of its day in Europe/Oslo; `confirmed` by the network's leader."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: DeadlineKind
    day: date
    source: str
    certainty: Certainty
    confirmed: bool = False


class Audience(StrEnum):
    """Whom a date of the network's own is for."""

    HEADS = "heads"
    OWNERS = "owners"
    MEMBERS = "members"


class OwnDate(BaseModel):
    """A date that the network has set itself; `id` is unique in its round and never used again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: int
    title: str
    day: date
    audience: Audience


class Meeting(BaseModel):
    """A meeting of the network; `id` is unique in its round and never used again.

    `starts` and `ends` are aware moments. `physical` is None when nobody has said. `changes` counts how often it
    was moved or changed, for calendars; a `cancelled` one stays, so that it can be said.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: int
    title: str
    starts: datetime
    ends: datetime
    place: str | None = None
    physical: bool | None = None
    changes: int = 0
    cancelled: bool = False


class Round(BaseModel):
    """One year of one network; `starts` and `ends` are its first and last day.

    `form_on` is whether the network takes needs through the form here; `form_version` the one it froze. `stopped`
    are the steps of the reminder plan that its leader has stopped; `weekly` whether its channels get a summary
    every week. `last_id` is the highest id that one of its own dates or meetings has had.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: int = NEW
    network_id: int
    label: str
    starts: date
    ends: date
    deadlines: tuple[Deadline, ...]
    form_version: str
    form_on: bool = True
    own_dates: tuple[OwnDate, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    stopped: tuple[str, ...] = ()
    weekly: bool = False
    last_id: int = 0

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        kinds = [deadline.kind for deadline in self.deadlines]
        if len(kinds) != len(set(kinds)):
            raise ValueError("two deadlines of one kind")
        if DeadlineKind.NEEDS not in kinds:
            raise ValueError("no deadline for the needs")
        if self.ends <= self.starts:
            raise ValueError("ends before it starts")
        return self

    def deadline(self, kind: DeadlineKind) -> Deadline | None:
        """The round's deadline of this kind, if it has one."""
        return next((d for d in self.deadlines if d.kind is kind), None)

    @property
    def confirmed(self) -> bool:
        """Whether the leader has confirmed every date."""
        return all(d.confirmed for d in self.deadlines)

    def reply_by(self, owner_reply_by: date | None = None) -> date:
        """The heads' own date (svarfrist): the owner's choice, or two weeks before the owner's deadline."""
        if owner_reply_by is not None:
            return owner_reply_by
        return next(d.day for d in self.deadlines if d.kind is DeadlineKind.NEEDS) - _HEADS_BEFORE_OWNER


def round_start_year(today: date) -> int:
    """The year in which the round of this day began; a round runs from 1 August to 31 July."""
    return today.year if today.month >= 8 else today.year - 1


def round_label(start_year: int) -> str:
    """The round as people write it: 2026 is «2026/27»."""
    return f"{start_year}/{(start_year + 1) % 100:02}"


def round_period(start_year: int) -> tuple[date, date]:
    """The first and the last day of the round."""
    return date(start_year, 8, 1), date(start_year + 1, 7, 31)


def standard_deadlines(start_year: int, region: str | None = None) -> tuple[Deadline, ...]:
    """What the plans say before anybody has confirmed it; `region` is a network's name.

    Sources: LP is the county's long-term plan, GA that of the Gauldal region. They agree on 1 December,
    1 February and 15 April. On reporting they differ, so outside Gauldal that date is doubtful.
    """
    spring = start_year + 1
    both = f"{_COUNTY_PLAN} / {_GAULDAL_PLAN}"
    common = (
        _deadline(DeadlineKind.NEEDS, date(start_year, 12, 1), both, Certainty.AGREED),
        _deadline(DeadlineKind.DECISION_BASIS, date(spring, 2, 1), both, Certainty.AGREED),
        _deadline(DeadlineKind.RECOMMENDATION, date(spring, 3, 15), _COUNTY_PLAN, Certainty.SINGLE),
        _deadline(DeadlineKind.GRANT_LETTER, date(spring, 4, 15), both, Certainty.AGREED),
    )
    units, network = DeadlineKind.REPORTING_UNITS, DeadlineKind.REPORTING_NETWORK
    if region is not None and network_slug(region) == "gauldal":
        return (
            *common,
            _deadline(units, date(spring, 5, 15), _GAULDAL_PLAN, Certainty.SINGLE),
            _deadline(network, date(spring, 6, 15), _GAULDAL_PLAN, Certainty.SINGLE),
        )
    return (*common, _deadline(network, date(spring, 1, 15), _COUNTY_PLAN, Certainty.DOUBTFUL))


def _deadline(kind: DeadlineKind, day: date, source: str, certainty: Certainty) -> Deadline:
    return Deadline(kind=kind, day=day, source=source, certainty=certainty)
