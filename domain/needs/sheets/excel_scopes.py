"""Whose needs a sheet holds: for a network's leadership or partner, an owner, a head, or an authority."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.register import rights
from domain.register.models import Role, ScopeKind

if TYPE_CHECKING:
    from domain.ports import UnitOfWork
    from domain.register.models import RoleAssignment


class ScopeOfRows(StrEnum):
    """Whose needs."""

    NETWORK = "network"
    OWNER = "owner"
    HEAD = "head"
    AUTHORITY = "authority"
    PARTNER = "partner"


@dataclass(frozen=True)
class RowScope:
    """What a sheet holds: a network's reported needs, what owners have been sent, what heads have, or a
    municipality's answers. A partner's is a network's too. `ids` are several only for owners and heads; `name` is
    then empty."""

    kind: ScopeOfRows
    ids: tuple[int, ...]
    name: str

    @property
    def id(self) -> int:
        """The one that it is about, or the first of several."""
        return self.ids[0]


NOT_SHOWN: dict[ScopeOfRows, frozenset[str]] = {
    # The message to the owner stays with the owner, and the sums go to the network's leadership (S42, S40).
    ScopeOfRows.NETWORK: frozenset({"S42"}),
    ScopeOfRows.PARTNER: frozenset({"S42", "S40"}),
    ScopeOfRows.OWNER: frozenset(),
    ScopeOfRows.HEAD: frozenset(),
}
"""Questions of the specification whose answers are left out of a sheet."""


def scope_for(
    uow: UnitOfWork, person_id: int, role: Role | None, network_id: int | None = None
) -> RowScope | None:
    """What this person's sheet holds, by the role that the person acts in; None when there is nothing."""
    roles = uow.register.roles_of(person_id)
    led, owned, heads = rights.led_networks(roles), rights.owners(roles), rights.heads(roles)
    towns = rights.authority_for(roles)
    if led and (role in (Role.LEADER, Role.COORDINATOR) or network_id is not None):
        return _scope(uow, ScopeOfRows.NETWORK, [network_id if network_id in led else led[0]])
    if role is Role.UH and (partners := _partner_of(roles)):
        return _scope(uow, ScopeOfRows.PARTNER, partners[:1])
    if towns and (role is Role.AUTHORITY or not (owned or heads)):
        return _scope(uow, ScopeOfRows.AUTHORITY, towns[:1])
    if owned and role is not Role.HEAD:
        return _scope(uow, ScopeOfRows.OWNER, owned)
    if heads:
        return _scope(uow, ScopeOfRows.HEAD, heads)
    return None


def allowed(uow: UnitOfWork, person_id: int, kind: ScopeOfRows, ids: Sequence[int]) -> RowScope | None:
    """The scope of a signed link, as far as the person still has the right to it; None when nothing is left."""
    roles = uow.register.roles_of(person_id)
    held = {
        ScopeOfRows.NETWORK: rights.led_networks,
        ScopeOfRows.OWNER: rights.owners,
        ScopeOfRows.HEAD: rights.heads,
        ScopeOfRows.AUTHORITY: rights.authority_for,
        ScopeOfRows.PARTNER: _partner_of,
    }
    mine = set(held[kind](roles))
    left = [i for i in ids if i in mine]
    return _scope(uow, kind, left) if left else None


def _partner_of(roles: Iterable[RoleAssignment]) -> list[int]:
    """Ids of the networks that the person's university or college works with."""
    mine = (r.scope for r in roles if r.role is Role.UH)
    return [scope.id for scope in mine if scope.kind is ScopeKind.NETWORK]


def _scope(uow: UnitOfWork, kind: ScopeOfRows, ids: Sequence[int]) -> RowScope:
    return RowScope(kind, tuple(ids), _name(uow, kind, ids[0]) if len(ids) == 1 else "")


def _name(uow: UnitOfWork, kind: ScopeOfRows, id_: int) -> str:
    register = uow.register
    match kind:
        case ScopeOfRows.NETWORK | ScopeOfRows.PARTNER:
            return register.network(id_).name
        case ScopeOfRows.OWNER:
            return register.owner(id_).name
        case ScopeOfRows.HEAD:
            return register.kindergarten(id_).name
        case ScopeOfRows.AUTHORITY:
            return register.municipality(id_).name
