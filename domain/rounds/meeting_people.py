"""Who is called to a network's meetings, and who has been told of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from domain.outbox import MessageKind, OutboxMessage, OutboxState
from domain.register.models import Person, Role, RoleAssignment, Scope, ScopeKind

if TYPE_CHECKING:
    from domain.ports import UnitOfWork

CALLED: Final = (Role.LEADER, Role.COORDINATOR, Role.MEMBER, Role.UH, Role.PPT)
"""The roles that are called to the meetings of the network they are held for, or lie in."""

_REMINDED_AHEAD: Final = timedelta(days=10)
"""A reminder goes out on the working day before: never so long before the meeting."""

_ON_ITS_WAY: Final = (OutboxState.SENT, OutboxState.HANDED, OutboxState.AMBIGUOUS)
_TELLS: Final = (MessageKind.MEETING_REMINDER, MessageKind.CHANNEL_MEETING, MessageKind.MEETING_CHANGED)


@dataclass(frozen=True)
class Told:
    """The people and the bound channels that have heard of a meeting or a date."""

    people: frozenset[int] = frozenset()
    bindings: frozenset[int] = frozenset()

    @property
    def anybody(self) -> bool:
        """Whether there are any."""
        return bool(self.people or self.bindings)


NOBODY: Final = Told()


def is_called(uow: UnitOfWork, roles: Iterable[RoleAssignment], network_id: int) -> bool:
    """Whether somebody with these roles is called to the network's meetings."""
    towns = {m.id for m in uow.register.municipalities(network_id)}
    return any(r.role in CALLED and _lies_in(r.scope, network_id, towns) for r in roles)


def called(uow: UnitOfWork, network_id: int) -> list[Person]:
    """Everybody who is called to the network's meetings, each once."""
    towns = uow.register.municipalities(network_id)
    scopes = [(role, Scope(kind=ScopeKind.NETWORK, id=network_id)) for role in CALLED]
    scopes += [(Role.PPT, Scope(kind=ScopeKind.MUNICIPALITY, id=town.id)) for town in towns]
    found = (person for role, scope in scopes for person in uow.register.people_with(role, scope))
    return list({person.id: person for person in found}.values())


def told_of(uow: UnitOfWork, network_id: int, round_id: int, meeting_id: int, starts: datetime) -> Told:
    """Whom a message about the meeting has reached, or is on its way to; `starts` is when it was to begin."""
    sent = [
        message
        for kind in _TELLS
        for state in _ON_ITS_WAY
        for message in uow.outbox.begins_with(f"{kind.value}:{round_id}:meeting{meeting_id}:", state)
    ]
    people = {m.person_id for m in sent if m.person_id is not None}
    bindings = {m.binding_id for m in sent if m.binding_id is not None}
    bundled = _told_in_one(uow, called(uow, network_id), round_id, meeting_id, starts)
    return Told(frozenset(people | bundled), frozenset(bindings))


def _told_in_one(
    uow: UnitOfWork, people: Iterable[Person], round_id: int, meeting_id: int, starts: datetime
) -> set[int]:
    """Those who have heard of it in one message with other things."""
    since = starts - _REMINDED_AHEAD
    return {
        person.id
        for person in people
        for state in _ON_ITS_WAY
        for message in uow.outbox.to_person(person.id, state, since)
        if _speaks_of(message, round_id, meeting_id)
    }


def _speaks_of(message: OutboxMessage, round_id: int, meeting_id: int) -> bool:
    return any(
        kind is MessageKind.MEETING_REMINDER
        and (params.get("round"), params.get("meeting")) == (round_id, meeting_id)
        for kind, params in message.parts
    )


def _lies_in(scope: Scope, network_id: int, towns: set[int]) -> bool:
    if scope.kind is ScopeKind.MUNICIPALITY:
        return scope.id in towns
    return scope == Scope(kind=ScopeKind.NETWORK, id=network_id)
