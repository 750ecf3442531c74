"""The care of the register and deputies: what is asked, what was understood, what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dialogs.replies.base import Reply
from domain.register.care import Change
from domain.register.models import Role, Scope
from domain.register.orders import Care, Part


class CareProblem(StrEnum):
    """Why a change could not be read."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    UNCLEAR = "unclear"
    NAME = "name"
    EMAIL = "email"
    ORGNR = "orgnr"
    ORGNR_OF_OWNER = "orgnr_of_owner"
    ORGNR_OF_KINDERGARTEN = "orgnr_of_kindergarten"
    ORGNR_TAKEN = "orgnr_taken"
    CLOSED = "closed"
    ALREADY_SO = "already_so"
    LEADERS_ROLE = "leaders_role"
    DAY = "day"
    PERIOD = "period"
    HELD_ANYWAY = "held_anyway"


@dataclass(frozen=True)
class CareMenu(Reply):
    """What a leader can change."""


@dataclass(frozen=True)
class CareForm(Reply):
    """Asks for what a change needs. `options` are (value, title) of what may have been meant, by part.

    `problem` is about `part`, and `detail` what was written there or stands there already. A deputy's form asks
    for whom only where there is a choice (`asks_place`).
    """

    kind: Care
    said: Mapping[Part, str] = field(default_factory=dict)
    options: Mapping[Part, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    problem: CareProblem | None = None
    part: Part | None = None
    detail: str = ""
    asks_place: bool = True


@dataclass(frozen=True)
class CareFacts:
    """A change in names: what it is about, and whom it touches.

    `heads` are those that are head there now; `roles` the roles that end, each with its place, and `deserted` those of head
    and owner that nobody else has there; `drafts` and `with_owner` the needs of the round that are not sent to the network.
    """

    kind: Care
    place: str = ""
    other: str = ""
    before: str = ""
    municipality: str = ""
    orgnr: str = ""
    person: str = ""
    email: str = ""
    heads: tuple[tuple[int, str], ...] = ()
    left: tuple[str, ...] = ()
    roles: tuple[tuple[Role, str], ...] = ()
    deserted: tuple[tuple[Role, str], ...] = ()
    drafts: int = 0
    with_owner: int = 0


@dataclass(frozen=True)
class ConfirmCare(Reply):
    """What was understood, before it is done."""

    facts: CareFacts
    change: Change


@dataclass(frozen=True)
class CareDone(Reply):
    """What was done, and the change that undoes it where one does."""

    facts: CareFacts
    undo: Change | None = None


@dataclass(frozen=True)
class CareCancelled(Reply):
    """Nothing was done: nobody wants it any more, or it is not as it was shown (`changed`)."""

    changed: bool = False
    settles = True


@dataclass(frozen=True)
class DeputyItem:
    """A deputy's person, place and days."""

    person_id: int
    name: str
    role: Role
    scope: Scope
    place: str
    starts: date | None
    ends: date | None


@dataclass(frozen=True)
class ConfirmDeputy(Reply):
    """What was understood of a deputy, before it holds; `earlier` are the days that it replaces."""

    name: str
    email: str
    role: Role
    scope: Scope
    place: str
    starts: date
    ends: date
    earlier: DeputyItem | None = None


@dataclass(frozen=True)
class DeputyAppointed(Reply):
    """Who is deputy from now on, or from a day to come."""

    deputy: DeputyItem
    today: date


@dataclass(frozen=True)
class DeputyList(Reply):
    """The deputies, present and coming."""

    deputies: tuple[DeputyItem, ...]
    today: date
    may_appoint: bool = True


@dataclass(frozen=True)
class ConfirmEnd(Reply):
    """A deputy, before the time is ended."""

    deputy: DeputyItem
    today: date


@dataclass(frozen=True)
class DeputyEnded(Reply):
    """The deputy acts no more."""

    deputy: DeputyItem
    today: date


@dataclass(frozen=True)
class StandingIn(Reply):
    """For whom somebody acts as a deputy, each with the last day."""

    places: tuple[tuple[str, date | None], ...]
