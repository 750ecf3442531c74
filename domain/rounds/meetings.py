"""A network's meetings in its round: add one, change it, cancel it. Pure: each answers a new round."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

from domain.clock import local_day
from domain.errors import DomainError
from domain.rounds.models import Meeting, Round

USUAL_LENGTH: Final = timedelta(hours=2)
"""How long a meeting lasts when nobody says."""

LONGEST_TITLE: Final = 100
LONGEST_PLACE: Final = 400
"""An address of a digital meeting is long."""

MOST_MEETINGS: Final = 100


Moment = Annotated[AwareDatetime, AfterValidator(lambda at: at.astimezone(UTC))]


class MeetingProblem(StrEnum):
    """Why a meeting cannot be as it was asked for."""

    PAST = "past"
    BEFORE = "before"
    OUTSIDE = "outside"
    ENDS_FIRST = "ends_first"
    THERE_ALREADY = "there_already"
    TOO_MANY = "too_many"


class MeetingRefused(DomainError):
    """The meeting cannot be so."""

    def __init__(self, problem: MeetingProblem) -> None:
        super().__init__(problem)
        self.problem = problem


class MeetingGone(DomainError):
    """The meeting is not there, is cancelled, or has been changed since it was shown."""


class MeetingPlan(BaseModel):
    """A meeting as somebody wants it, in UTC; `physical` is None when nobody has said."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    starts: Moment
    ends: Moment
    place: str | None = None
    physical: bool | None = None


def plan_of(meeting: Meeting) -> MeetingPlan:
    """The meeting as it is now."""
    return MeetingPlan(**{name: getattr(meeting, name) for name in MeetingPlan.model_fields})


def problem(
    current: Round, plan: MeetingPlan, now: datetime, changing: int | None = None
) -> MeetingProblem | None:
    """What is wrong with it; None when it may be so. `changing` is the id of the meeting that it is to be."""
    day = local_day(plan.starts)
    others = [m for m in current.meetings if not m.cancelled and m.id != changing]
    if not current.starts <= day <= current.ends:
        return MeetingProblem.BEFORE if day < current.starts else MeetingProblem.OUTSIDE
    if changing is not None and plan.starts <= now:
        # One that has been held is added, and counts; one that people wait for cannot be moved to where it was.
        return MeetingProblem.PAST
    if plan.ends <= plan.starts or local_day(plan.ends) != day:
        return MeetingProblem.ENDS_FIRST
    if any((m.title.casefold(), m.starts) == (plan.title.casefold(), plan.starts) for m in others):
        return MeetingProblem.THERE_ALREADY
    if changing is None and len(current.meetings) >= MOST_MEETINGS:
        return MeetingProblem.TOO_MANY
    return None


def add(current: Round, plan: MeetingPlan, now: datetime) -> tuple[Round, Meeting]:
    """The round with one more meeting; raises MeetingRefused."""
    _check(current, plan, now)
    added = Meeting(id=current.last_id + 1, **plan.model_dump())
    meetings = _in_order((*current.meetings, added))
    return current.model_copy(update={"meetings": meetings, "last_id": added.id}), added


def change(current: Round, id: int, seen: int, plan: MeetingPlan, now: datetime) -> tuple[Round, Meeting]:
    """The round with a meeting changed; `seen` is its `changes` as it was shown.

    Raises MeetingGone and MeetingRefused. A change of nothing leaves the round as it was.
    """
    before = standing(current, id, seen)
    if plan == plan_of(before):
        return current, before
    _check(current, plan, now, id)
    return _with(current, before.model_copy(update={**plan.model_dump(), "changes": before.changes + 1}))


def cancel(current: Round, id: int, seen: int) -> tuple[Round, Meeting]:
    """The round with a meeting cancelled; raises MeetingGone."""
    before = standing(current, id, seen)
    return _with(current, before.model_copy(update={"cancelled": True, "changes": before.changes + 1}))


def standing(current: Round, id: int, seen: int | None = None) -> Meeting:
    """The meeting, not cancelled, and as it was seen where that is given; raises MeetingGone."""
    found = find(current, id)
    if found is None or found.cancelled or seen not in (None, found.changes):
        raise MeetingGone
    return found


def find(current: Round, id: int) -> Meeting | None:
    """The meeting with this id, also a cancelled one."""
    return next((m for m in current.meetings if m.id == id), None)


def to_come(current: Round, now: datetime) -> tuple[Meeting, ...]:
    """Those that are not over, the next first."""
    return tuple(m for m in _in_order(current.meetings) if not m.cancelled and m.ends > now)


def held(current: Round, now: datetime) -> int:
    """How many are over."""
    return sum(not m.cancelled and m.ends <= now for m in current.meetings)


def _check(current: Round, plan: MeetingPlan, now: datetime, changing: int | None = None) -> None:
    if (found := problem(current, plan, now, changing)) is not None:
        raise MeetingRefused(found)


def _with(current: Round, changed: Meeting) -> tuple[Round, Meeting]:
    meetings = _in_order(changed if m.id == changed.id else m for m in current.meetings)
    return current.model_copy(update={"meetings": meetings}), changed


def _in_order(meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    return tuple(sorted(meetings, key=lambda m: (m.starts, m.id)))
