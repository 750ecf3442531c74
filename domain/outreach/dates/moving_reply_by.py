"""An owner moves the heads' own date (svarfrist): those who had been told the old one hear of it at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from domain.clock import OSLO, local_day
from domain.needs import overview
from domain.needs.owners import reply_by
from domain.needs.owners.reply_by import ReplyBy
from domain.outbox import MessageKind, OutboxMessage, OutboxState
from domain.outreach.dates.holding import key_prefix
from domain.outreach.planning.left import is_reminded
from domain.register.models import Role, Scope, ScopeKind
from domain.rounds.models import DeadlineKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.ports import UnitOfWork
    from domain.rounds.models import Round

_K: Final = MessageKind
_ON_THEIR_WAY: Final = (OutboxState.WAITING, OutboxState.HANDED)
_ARRIVED: Final = (OutboxState.SENT, OutboxState.AMBIGUOUS)
_NAMING: Final = frozenset({_K.HEAD_REMINDER, _K.NUDGED_BY_OWNER, _K.DATE_CHANGED})


@dataclass(frozen=True)
class Moved:
    """The heads' date as it is now, and how many heads are told."""

    now: ReplyBy
    told: int


def move(uow: UnitOfWork, person_id: int, owner_id: int, day: date | None, now: datetime) -> Moved:
    """Asks the heads for an answer by this day (None: the usual one), and tells those who had been told another.

    Raises UnknownReport for somebody who does not act for the owner, DayRefused for a day that may not be chosen.
    """
    before = {r.id: reply_by.of_round(uow, owner_id, r) for r in reply_by.rounds_of(uow, owner_id, now)}
    after = reply_by.choose(uow, person_id, owner_id, day, now)
    told = [m for r, was in _moved(uow, owner_id, before, now) for m in _messages(uow, owner_id, r, was, now)]
    others = [m for m in told if m.person_id != person_id]
    for message in others:
        uow.outbox.add(message)
    return Moved(after, len({m.person_id for m in others}))


def _moved(
    uow: UnitOfWork, owner_id: int, before: dict[int, date], now: datetime
) -> Iterator[tuple[Round, date]]:
    for current in reply_by.rounds_of(uow, owner_id, now):
        was = before[current.id]
        if reply_by.of_round(uow, owner_id, current) != was:
            yield current, was


def _messages(
    uow: UnitOfWork, owner_id: int, current: Round, was: date, now: datetime
) -> Iterator[OutboxMessage]:
    """One to each head who has been told a date of a kindergarten that has not answered."""
    needs = current.deadline(DeadlineKind.NEEDS)
    day = reply_by.of_round(uow, owner_id, current)
    if needs is None or day < local_day(now):
        return
    told: set[int] = set()
    for kindergarten, person in _asked(uow, owner_id, current, now):
        known = _known(uow, person, kindergarten, current, was)
        if person in told or known in (None, day):
            continue
        told.add(person)
        params: dict[str, Any] = {"round": current.id, "step": "changed", "deadline": needs.kind.value}
        params |= {"kindergarten": kindergarten, "was": needs.day.isoformat(), "reply_by": f"{known}"}
        # The day at the end: this goes only while it is the heads' date.
        start = key_prefix(_K.DATE_CHANGED, current, needs.kind, needs.day)
        yield OutboxMessage(
            key=f"{start}{now:%Y%m%d%H%M%S%f}:p{person}:{day:%Y%m%d}",
            kind=_K.DATE_CHANGED,
            person_id=person,
            params=params,
            due_at=now,
        )


def _asked(uow: UnitOfWork, owner_id: int, current: Round, now: datetime) -> Iterator[tuple[int, int]]:
    """The kindergartens that are asked to answer, each with its heads."""
    own = uow.register.kindergartens_of_owner(owner_id)
    places = [
        k
        for r, found in overview.grouped_by_round(uow, own, local_day(now))[0]
        for k in found
        if r == current
    ]
    for standing in overview.standings(uow, [k for k in places if k.active], now):
        if is_reminded(standing, current):
            scope = Scope(kind=ScopeKind.KINDERGARTEN, id=standing.kindergarten.id)
            for person in uow.register.people_with(Role.HEAD, scope):
                yield standing.kindergarten.id, person.id


def _known(uow: UnitOfWork, person_id: int, kindergarten_id: int, current: Round, was: date) -> date | None:
    """The day that a head has been told; None when nobody has told it.

    Whoever waits for a message that the date was moved to this day knows the one before it.
    """
    since = datetime.combine(current.starts, time(), OSLO)
    for state in _ON_THEIR_WAY:
        for message in uow.outbox.to_person(person_id, state, since):
            if message.kind is _K.DATE_CHANGED and message.params.get("kindergarten") == kindergarten_id:
                return date.fromisoformat(message.params["reply_by"])
    arrived = (m for state in _ARRIVED for m in uow.outbox.to_person(person_id, state, since))
    return was if any(_tells(m, kindergarten_id) for m in arrived) else None


def _tells(message: OutboxMessage, kindergarten_id: int) -> bool:
    """Whether a message names the svarfrist of a kindergarten, alone or with other things."""
    return any(
        kind in _NAMING and params.get("kindergarten") == kindergarten_id for kind, params in message.parts
    )
