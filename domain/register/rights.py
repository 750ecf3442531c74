"""What a person's roles let them do: pure functions over role assignments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from domain.errors import DomainError
from domain.register.models import Role, RoleAssignment, ScopeKind

_PRIORITY: Final = (
    Role.LEADER,
    Role.COORDINATOR,
    Role.OWNER,
    Role.HEAD,
    Role.AUTHORITY,
    Role.UH,
    Role.COUNTY,
    Role.PPT,
    Role.MEMBER,
    Role.ADMIN,
)


class NotAllowed(DomainError):
    """The person's roles do not allow this; `needed` is a role that would, where one would."""

    def __init__(self, needed: Role | None = None) -> None:
        super().__init__(needed)
        self.needed = needed


def heads(roles: Iterable[RoleAssignment]) -> list[int]:
    """Ids of the kindergartens that the person is head of."""
    return _held(roles, ScopeKind.KINDERGARTEN, Role.HEAD)


def owners(roles: Iterable[RoleAssignment]) -> list[int]:
    """Ids of the owners that the person acts for."""
    return _held(roles, ScopeKind.OWNER, Role.OWNER)


def led_networks(roles: Iterable[RoleAssignment]) -> list[int]:
    """Ids of the networks that the person leads or coordinates."""
    return _held(roles, ScopeKind.NETWORK, Role.LEADER, Role.COORDINATOR)


def authority_for(roles: Iterable[RoleAssignment]) -> list[int]:
    """Ids of the municipalities that the person is kindergarten authority in."""
    return _held(roles, ScopeKind.MUNICIPALITY, Role.AUTHORITY)


def everywhere(roles: Iterable[RoleAssignment]) -> bool:
    """Whether the person holds a role for all networks, and so for none in particular."""
    return any(r.scope.kind is ScopeKind.ALL for r in roles)


def main_role(roles: Iterable[RoleAssignment]) -> Role | None:
    """The role that a person with several is met in first; None for somebody without any."""
    return min((r.role for r in roles), key=_PRIORITY.index, default=None)


def _held(roles: Iterable[RoleAssignment], kind: ScopeKind, *wanted: Role) -> list[int]:
    held = (r.scope.id for r in roles if r.role in wanted and r.scope.kind is kind)
    return list(dict.fromkeys(held))
