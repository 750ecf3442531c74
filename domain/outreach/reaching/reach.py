"""Who cannot be written to, and why: for the leader, who can reach them in another way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import access, overview
from domain.needs.errors import NoOpenRound
from domain.needs.owners import reply_by
from domain.outreach.planning.left import is_reminded, owner_has_something_left
from domain.register import rights
from domain.register.models import Role, Scope, ScopeKind
from domain.rounds.models import DeadlineKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.needs.overview import NetworkStanding
    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork
    from domain.register.models import Network, Person
    from domain.rounds.models import Deadline, Round


class Why(StrEnum):
    """Why somebody cannot be written to; the last two as Teams has said."""

    NOT_INSTALLED = "not_installed"
    GUEST = "guest"
    REFUSED = "refused"
    GONE = "gone"


class Group(StrEnum):
    """Who is written to alike: what there is to do differs."""

    HEADS = "heads"
    OWNERS = "owners"
    OTHERS = "others"


_GROUPS = {Role.HEAD: Group.HEADS, Role.OWNER: Group.OWNERS}


@dataclass(frozen=True)
class Unreached:
    """Somebody who has something left to do and cannot be told. `reply_by` is a head's own date."""

    person: Person
    role: Role
    places: tuple[str, ...]
    why: Why
    reply_by: date | None = None

    @property
    def group(self) -> Group:
        return _GROUPS.get(self.role, Group.OTHERS)


@dataclass(frozen=True)
class NotReached:
    """Those in a network who have something left and cannot be told; `total` is how many have something left."""

    network: Network
    needs: Deadline
    basis: Deadline | None
    people: tuple[Unreached, ...]
    total: int

    @property
    def number(self) -> int:
        """How many people they are; somebody with two roles is one."""
        return len({u.person.id for u in self.people})

    def groups(self) -> tuple[Group, ...]:
        """The groups that somebody is in, heads first."""
        return tuple(g for g in Group if any(u.group is g for u in self.people))


@dataclass(frozen=True)
class PeopleNotReached:
    """To a leader, in good time before the date for needs: some will not get the reminders."""

    recipient: Person
    found: NotReached


@dataclass(frozen=True)
class _Busy:
    """Somebody with something left to do."""

    person: Person
    role: Role
    places: tuple[str, ...]
    reply_by: date | None = None


def why_not(uow: UnitOfWork, person_ids: Sequence[int]) -> dict[int, Why]:
    """Those of these people who cannot be written to, each with the reason.

    A chat that is there is used. An account that the bot knows well enough is opened a chat with, unless Teams
    has said no to that person.
    """
    reached = uow.identity.with_chat(person_ids)
    left = [i for i in person_ids if i not in reached]
    said_no = uow.outreach.unreachable(left)
    accounts = uow.identity.accounts_of(left)
    can_be_opened = {a.person_id for a in accounts if a.can_be_opened}
    guests = {a.person_id for a in accounts if a.guest}
    found = {}
    for person_id in left:
        if person_id in said_no:
            found[person_id] = Why(said_no[person_id].reason.value)
        elif person_id not in can_be_opened:
            found[person_id] = Why.GUEST if person_id in guests else Why.NOT_INSTALLED
    return found


def not_reached(uow: UnitOfWork, leader_id: int, network_id: int, now: datetime) -> NotReached:
    """For who leads the network. Raises UnknownReport for anybody else, and NoOpenRound."""
    network = access.led_network(uow, leader_id, network_id)
    current = uow.rounds.current(network.id, local_day(now))
    if current is None:
        raise NoOpenRound
    return among(uow, leader_id, overview.network_standing(uow, network, current, now), now)


def among(uow: UnitOfWork, leader_id: int, whole: NetworkStanding, now: datetime) -> NotReached:
    """Those in a network that stands so, for who leads it; the leader is not one of them."""
    current, needs = whole.round, whole.round.deadline(DeadlineKind.NEEDS)
    if needs is None:
        raise NoOpenRound
    busy = [b for b in _busy(uow, whole, now) if b.person.id != leader_id]
    everybody = {b.person.id for b in busy}
    reasons = why_not(uow, sorted(everybody))
    return NotReached(
        network=whole.network,
        needs=needs,
        basis=current.deadline(DeadlineKind.DECISION_BASIS),
        people=tuple(
            Unreached(b.person, b.role, b.places, reasons[b.person.id], b.reply_by)
            for b in busy
            if b.person.id in reasons
        ),
        total=len(everybody),
    )


def people_not_reached(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> PeopleNotReached | None:
    """None when everybody can be reached, or the recipient leads the network no more."""
    recipient = uow.register.person(message.person_id or 0)
    current = uow.rounds.get(message.params.get("round", 0))
    if current.network_id not in rights.led_networks(uow.register.roles_of(recipient.id)):
        return None
    if uow.rounds.current(current.network_id, local_day(now)) != current:
        return None
    found = not_reached(uow, recipient.id, current.network_id, now)
    return PeopleNotReached(recipient, found) if found.people else None


def _busy(uow: UnitOfWork, whole: NetworkStanding, now: datetime) -> list[_Busy]:
    """Heads who have not answered, owners with something left, and who is to write the decision basis."""
    register, current = uow.register, whole.round
    chosen = uow.rounds.replies_by(current.id)
    heads, owners = [], []
    for owner in whole.owners:
        by = reply_by.in_force(current, chosen.get(owner.owner.id))
        for s in owner.kindergartens:
            if is_reminded(s, current):
                place = Scope(kind=ScopeKind.KINDERGARTEN, id=s.kindergarten.id)
                heads += [
                    _Busy(p, Role.HEAD, (s.kindergarten.name,), by)
                    for p in register.people_with(Role.HEAD, place)
                ]
        if owner_has_something_left(owner, current):
            scope = Scope(kind=ScopeKind.OWNER, id=owner.owner.id)
            owners += [
                _Busy(p, Role.OWNER, (owner.owner.name,)) for p in register.people_with(Role.OWNER, scope)
            ]
    return _once([*heads, *owners, *_others(uow, whole.network, current, now)])


def _others(uow: UnitOfWork, network: Network, current: Round, now: datetime) -> list[_Busy]:
    basis = current.deadline(DeadlineKind.DECISION_BASIS)
    if basis is None or basis.day < local_day(now):
        return []
    scope = Scope(kind=ScopeKind.NETWORK, id=network.id)
    return [
        _Busy(person, role, (network.name,))
        for role in (Role.LEADER, Role.COORDINATOR, Role.UH)
        for person in uow.register.people_with(role, scope)
    ]


def _once(busy: list[_Busy]) -> list[_Busy]:
    """Each person once for each role, with all the places, and the first date where they have several."""
    found: dict[tuple[int, Role], _Busy] = {}
    for one in busy:
        before = found.get((one.person.id, one.role))
        if before is not None:
            dates = [d for d in (before.reply_by, one.reply_by) if d is not None]
            places = (*before.places, *one.places)
            one = _Busy(one.person, one.role, places, min(dates, default=None))
        found[one.person.id, one.role] = one
    return list(found.values())
