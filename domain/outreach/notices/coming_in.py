"""What is said about the way in: to the leader, and to those who have come in or were moved to their own chat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.identity import RequestState
from domain.norwegian.commands import Command
from domain.outbox import MessageKind, OutboxMessage
from domain.register import claims

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork
    from domain.register.models import Person


@dataclass(frozen=True)
class AccessNotice:
    """Somebody asks to come in (to the leader), or has been let in (to the one who asked).

    `second` when another Teams account is bound to the address already.
    """

    kind: MessageKind
    request_id: int
    name: str
    email: str
    role: str
    place: str
    second: bool = False


@dataclass(frozen=True)
class MovedHere:
    """Somebody asked for something personal in a channel: the conversation goes on here. `command` is what, if one."""

    recipient: Person
    command: Command | None = None


def access_notice(uow: UnitOfWork, message: OutboxMessage, _now: datetime) -> AccessNotice | None:
    """None when there is no such request, or it has been answered."""
    request = uow.identity.request(message.params.get("request", 0))
    if request is None:
        return None
    if message.kind is MessageKind.ACCESS_REQUESTED and request.state is not RequestState.OPEN:
        return None
    register = uow.register
    by_owner = request.scope_kind == "owner"
    place = register.owner(request.scope_id) if by_owner else register.kindergarten(request.scope_id)
    second = message.kind is MessageKind.ACCESS_REQUESTED and claims.is_claim(uow, request)
    return AccessNotice(
        message.kind, request.id, request.name, request.email, request.role, place.name, second
    )


def moved_here(uow: UnitOfWork, message: OutboxMessage, _now: datetime) -> MovedHere | None:
    """Always said: it answers what the person has just written."""
    named = message.params.get("command")
    known = Command(named) if named in set(Command) else None
    return MovedHere(uow.register.person(message.person_id or 0), known)
