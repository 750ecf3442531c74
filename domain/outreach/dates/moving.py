"""The leader's acts on a round's dates: confirming, moving, and setting dates of the network's own.

Whoever had been told a date that is moved gets a message of it, once and at once.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.errors import DomainError
from domain.needs import access
from domain.needs.errors import UnknownReport
from domain.outreach.dates.who_knows import recipients, to_be_told
from domain.rounds import confirming
from domain.rounds.confirming import Days, days_of
from domain.rounds.meeting_people import Told
from domain.rounds.models import Audience, Deadline, DeadlineKind, OwnDate, Round
from domain.rounds.repository import NoSuchRound
from domain.rounds.trace import note

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork
    from domain.register.models import Network


class DatesOutdated(DomainError):
    """The dates are not those that were shown; `network_id` is whose they are."""

    def __init__(self, network_id: int) -> None:
        super().__init__(network_id)
        self.network_id = network_id


class TooManyDates(DomainError):
    """The round has as many dates of its own as it may have."""


@dataclass(frozen=True)
class Changed:
    """The round as it is now, the dates that were moved (before, after), who is told, and how many more were confirmed."""

    round: Round
    moved: tuple[tuple[Deadline, Deadline], ...]
    told: Told
    rest: int = 0


def confirm(
    uow: UnitOfWork,
    person_id: int,
    round_id: int,
    seen: Days,
    kinds: Collection[DeadlineKind] | None,
    now: datetime,
) -> tuple[DeadlineKind, ...]:
    """Confirms these dates, or all; which of them were not so before.

    Raises UnknownReport for somebody who does not lead the network, DatesOutdated when other dates were shown.
    """
    network, current = _taken(uow, person_id, round_id, now)
    if days_of(current) != dict(seen):
        raise DatesOutdated(network.id)
    wanted = set(kinds) if kinds is not None else set(DeadlineKind)
    after = confirming.confirmed(current, wanted)
    new = tuple(d.kind for d in confirming.unconfirmed(current) if d.kind in wanted)
    if new:
        uow.rounds.save(after)
        _trace(uow, person_id, current, after, now)
    return new


def move(
    uow: UnitOfWork,
    person_id: int,
    round_id: int,
    days: Days,
    seen: Days,
    now: datetime,
    *,
    confirm_rest: bool = False,
) -> Changed:
    """Moves these dates, which confirms them, and tells those who had been told the old ones.

    Raises UnknownReport for somebody who does not lead the network, DatesOutdated when other dates were shown.
    """
    network, current = _taken(uow, person_id, round_id, now)
    if days_of(current) != dict(seen):
        raise DatesOutdated(network.id)
    after = confirming.moved(current, days, network.name)
    if confirm_rest:
        after = confirming.confirmed(after, set(DeadlineKind))
    saved = uow.rounds.save(after)
    _trace(uow, person_id, current, saved, now)
    told = to_be_told(uow, person_id, current, saved, now)
    for message in told:
        uow.outbox.add(message)
    pairs = list(zip(current.deadlines, saved.deadlines, strict=True))
    moved = tuple((a, b) for a, b in pairs if a.day != b.day)
    rest = sum(a.day == b.day and b.confirmed and not a.confirmed for a, b in pairs)
    return Changed(saved, moved, recipients(told), rest)


def would_tell(uow: UnitOfWork, person_id: int, current: Round, days: Days, now: datetime) -> Told:
    """The people and channels that would be told if the dates were moved so."""
    after = confirming.moved(current, days, uow.register.network(current.network_id).name)
    return recipients(to_be_told(uow, person_id, current, after, now))


def add_own(
    uow: UnitOfWork, person_id: int, round_id: int, title: str, day: date, audience: Audience, now: datetime
) -> tuple[Round, OwnDate]:
    """Sets a date of the network's own; one that is there already stays as it is.

    Raises UnknownReport for somebody who does not lead the network, TooManyDates when there is no room.
    """
    _, current = _taken(uow, person_id, round_id, now)
    there = confirming.same_own_date(current, title, day, audience)
    if there is not None:
        return current, there
    if len(current.own_dates) >= confirming.MOST_OWN_DATES:
        raise TooManyDates
    saved = uow.rounds.save(confirming.with_own_date(current, title, day, audience))
    added = saved.own_dates[-1]
    note(uow, person_id, saved, None, _own_state(added), now, "own_date")
    return saved, added


def remove_own(
    uow: UnitOfWork, person_id: int, round_id: int, date_id: int, now: datetime
) -> tuple[Round, OwnDate | None]:
    """Takes a date of the network's own away; None when it was gone already.

    Raises UnknownReport for somebody who does not lead the network.
    """
    _, current = _taken(uow, person_id, round_id, now)
    gone = confirming.own_date(current, date_id)
    if gone is None:
        return current, None
    saved = uow.rounds.save(confirming.without_own_date(current, date_id))
    note(uow, person_id, saved, _own_state(gone), "removed", now, "own_date")
    return saved, gone


def _taken(uow: UnitOfWork, person_id: int, round_id: int, now: datetime) -> tuple[Network, Round]:
    """The round, kept from others, when this person leads its network and it is on."""
    try:
        network = access.led_network(uow, person_id, uow.rounds.get(round_id).network_id)
    except NoSuchRound as gone:
        raise UnknownReport from gone
    current = uow.rounds.for_change(round_id)
    if not current.starts <= local_day(now) <= current.ends:
        raise DatesOutdated(network.id)
    return network, current


# --- the trace ------------------------------------------------------------------------------------------------


def _trace(uow: UnitOfWork, person_id: int, before: Round, after: Round, now: datetime) -> None:
    for a, b in zip(before.deadlines, after.deadlines, strict=True):
        if a != b:
            note(uow, person_id, after, _state(a), _state(b), now, "deadline")


def _state(deadline: Deadline) -> str:
    sure = "confirmed" if deadline.confirmed else "unconfirmed"
    return f"{deadline.kind.value} {deadline.day} {sure}"


def _own_state(own: OwnDate) -> str:
    return f"{own.id} {own.day} {own.audience.value}"
