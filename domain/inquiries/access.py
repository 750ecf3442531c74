"""Who may do what with a question: checked here, whatever a card or a sentence claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.inquiries.errors import NotALeader, NotYours
from domain.register import rights
from domain.register.models import Person, Role, Scope, ScopeKind

if TYPE_CHECKING:
    from domain.inquiries.models import Inquiry
    from domain.ports import UnitOfWork
    from domain.register.models import RoleAssignment


def belongs(uow: UnitOfWork, person_id: int, network_id: int) -> bool:
    """Whether one of the person's roles lies in the network."""
    return any(network_id in _networks_of(uow, r) for r in uow.register.roles_of(person_id))


def led(uow: UnitOfWork, person_id: int) -> list[int]:
    """The networks that the person leads or coordinates; raises NotALeader when there is none."""
    networks = rights.led_networks(uow.register.roles_of(person_id))
    if not networks:
        raise NotALeader
    return networks


def leading_role(uow: UnitOfWork, person_id: int, network_id: int) -> Role:
    """The role in which the person acts for the network; raises NotYours for anybody else."""
    scope = Scope(kind=ScopeKind.NETWORK, id=network_id)
    held = {r.role for r in uow.register.roles_of(person_id) if r.scope == scope}
    for role in (Role.LEADER, Role.COORDINATOR):
        if role in held:
            return role
    raise NotYours


def asked_in_led(uow: UnitOfWork, person_id: int, inquiry_id: int) -> tuple[Inquiry, Role]:
    """The question, and the role in which the person may answer it; raises NotYours."""
    inquiry = uow.inquiries.get(inquiry_id)
    if inquiry is None:
        raise NotYours
    return inquiry, leading_role(uow, person_id, inquiry.network_id)


def to_be_asked(uow: UnitOfWork, network_id: int, asker: int) -> list[Person]:
    """Who is told of a question: the other leaders; the coordinators where there is no other leader."""
    scope = Scope(kind=ScopeKind.NETWORK, id=network_id)
    for role in (Role.LEADER, Role.COORDINATOR):
        others = [p for p in uow.register.people_with(role, scope) if p.id != asker]
        if others:
            return others
    return []


def _networks_of(uow: UnitOfWork, assignment: RoleAssignment) -> set[int]:
    register, scope = uow.register, assignment.scope
    match scope.kind:
        case ScopeKind.NETWORK:
            return {scope.id}
        case ScopeKind.KINDERGARTEN:
            return {register.network_of_kindergarten(scope.id).id}
        case ScopeKind.MUNICIPALITY:
            return {register.municipality(scope.id).network_id}
        case ScopeKind.OWNER:
            owned = register.kindergartens_of_owner(scope.id)
            return {register.network_of_kindergarten(k.id).id for k in owned}
        case _:
            return set()
