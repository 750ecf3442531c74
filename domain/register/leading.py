"""Which part of the register lies in a network that somebody leads, and in which role they lead it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.register import rights
from domain.register.models import Kindergarten, Municipality, Owner, Role, Scope, ScopeKind
from domain.register.rights import NotAllowed

if TYPE_CHECKING:
    from domain.ports import UnitOfWork


def leading_role(uow: UnitOfWork, person_id: int, scope: Scope) -> Role | None:
    """Leader or coordinator of a network that the scope lies in; None for somebody who leads none of them."""
    held = {
        r.scope.id: r.role
        for r in reversed(uow.register.roles_of(person_id))
        if r.role in (Role.LEADER, Role.COORDINATOR)
    }
    return next((held[n] for n in sorted(networks_of(uow, scope)) if n in held), None)


def required_leading_role(uow: UnitOfWork, person_id: int, scope: Scope) -> Role:
    """The same; raises NotAllowed when there is none."""
    role = leading_role(uow, person_id, scope)
    if role is None:
        raise NotAllowed(Role.LEADER)
    return role


def networks_of(uow: UnitOfWork, scope: Scope) -> set[int]:
    """The networks that a scope lies in: an owner's are those of its kindergartens, and of its seat."""
    register = uow.register
    match scope.kind:
        case ScopeKind.NETWORK:
            return {scope.id}
        case ScopeKind.MUNICIPALITY:
            return {register.municipality(scope.id).network_id}
        case ScopeKind.KINDERGARTEN:
            return {register.network_of_kindergarten(scope.id).id}
        case ScopeKind.OWNER:
            seat = register.municipality(register.owner(scope.id).municipality_id)
            own = register.kindergartens_of_owner(scope.id)
            return {seat.network_id, *(register.network_of_kindergarten(k.id).id for k in own)}
        case ScopeKind.ALL:
            return set()


def led_kindergartens(uow: UnitOfWork, person_id: int) -> list[Kindergarten]:
    """The active kindergartens in the networks that a person leads."""
    return [k for n in _led(uow, person_id) for k in uow.register.kindergartens_in_network(n)]


def closed_kindergartens(uow: UnitOfWork, person_id: int) -> list[Kindergarten]:
    """Those in the same networks that are closed."""
    return [k for n in _led(uow, person_id) for k in uow.register.retired_kindergartens(n)]


def led_municipalities(uow: UnitOfWork, person_id: int) -> list[Municipality]:
    """The municipalities in those networks."""
    return [m for n in _led(uow, person_id) for m in uow.register.municipalities(n)]


def led_owners(uow: UnitOfWork, person_id: int) -> list[Owner]:
    """The owners with a kindergarten or their seat in those networks."""
    led = set(_led(uow, person_id))
    owners = uow.register.all_owners()
    return [o for o in owners if led & networks_of(uow, Scope(kind=ScopeKind.OWNER, id=o.id))]


def _led(uow: UnitOfWork, person_id: int) -> list[int]:
    return rights.led_networks(uow.register.roles_of(person_id))
