"""The heads' own date (svarfrist): what an owner has asked for, and what it may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.errors import DomainError
from domain.needs import access
from domain.needs.errors import NoOpenRound
from domain.needs.models import AuditRow
from domain.needs.overview import grouped_by_round
from domain.register.models import Role
from domain.rounds.models import DeadlineKind, Round

if TYPE_CHECKING:
    from domain.ports import UnitOfWork
    from domain.register.models import Owner


class DayProblem(StrEnum):
    """Why a day cannot be the heads' date."""

    PAST = "past"
    TOO_LATE = "too_late"
    CLOSED = "closed"


class DayRefused(DomainError):
    """The day cannot be the heads' date."""

    def __init__(self, problem: DayProblem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class ReplyBy:
    """The date that an owner's heads are asked to answer by.

    `usual` is the one they have when the owner says nothing, `latest` the first of its networks' own dates.
    """

    owner: Owner
    day: date
    usual: date
    latest: date

    @property
    def chosen(self) -> bool:
        """Whether the owner has chosen it."""
        return self.day != self.usual

    def problem(self, day: date, today: date) -> DayProblem | None:
        """What is wrong with a day; None when it may be chosen."""
        if self.latest < today:
            return DayProblem.CLOSED
        if day < today:
            return DayProblem.PAST
        return DayProblem.TOO_LATE if day > self.latest else None


def of_owner(uow: UnitOfWork, owner: Owner, now: datetime) -> ReplyBy:
    """How it is now; the first of them where networks differ. Raises NoOpenRound."""
    rounds = rounds_of(uow, owner.id, now)
    if not rounds:
        raise NoOpenRound
    return ReplyBy(
        owner=owner,
        day=min(of_round(uow, owner.id, r) for r in rounds),
        usual=min(r.reply_by() for r in rounds),
        latest=min(_networks_day(r) for r in rounds),
    )


def of_round(uow: UnitOfWork, owner_id: int, current: Round) -> date:
    """The date that an owner's heads have in one round; never after the network's own."""
    return in_force(current, uow.rounds.reply_by(owner_id, current.id))


def in_force(current: Round, chosen: date | None) -> date:
    """The heads' date, given what the owner has chosen: a network's date that moved ahead of it goes first."""
    return min(current.reply_by(chosen), _networks_day(current))


def choose(uow: UnitOfWork, person_id: int, owner_id: int, day: date | None, now: datetime) -> ReplyBy:
    """Asks the heads for an answer by this day, in all the owner's networks; None: by the usual one again.

    Raises UnknownReport for somebody who does not act for the owner, DayRefused for a day that may not be chosen.
    """
    owner = access.owned(uow, person_id, owner_id)
    before = of_owner(uow, owner, now)
    if day is not None and (problem := before.problem(day, local_day(now))) is not None:
        raise DayRefused(problem)
    for current in rounds_of(uow, owner_id, now):
        uow.rounds.set_reply_by(owner_id, current.id, day)
    after = of_owner(uow, owner, now)
    if after.day != before.day:
        uow.audit.add(
            AuditRow(
                at=now,
                person_id=person_id,
                role=Role.OWNER.value,
                subject="reply_by",
                subject_id=owner_id,
                before=before.day.isoformat(),
                after=after.day.isoformat(),
            )
        )
    return after


def rounds_of(uow: UnitOfWork, owner_id: int, now: datetime) -> list[Round]:
    """The rounds that an owner's kindergartens are in now."""
    kindergartens = uow.register.kindergartens_of_owner(owner_id)
    return [current for current, _ in grouped_by_round(uow, kindergartens, local_day(now))[0]]


def _networks_day(current: Round) -> date:
    deadline = current.deadline(DeadlineKind.NEEDS)
    if deadline is None:
        raise NoOpenRound
    return deadline.day
