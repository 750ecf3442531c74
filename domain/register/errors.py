"""What the register refuses, apart from faulty files and missing rights."""

from __future__ import annotations

from datetime import date
from typing import Literal

from domain.errors import DomainError
from domain.register.models import Role, Scope, ScopeKind

Kind = ScopeKind | Literal["person"]


class NotInRegister(DomainError):
    """No such thing: `kind` and `id` say which."""

    def __init__(self, kind: Kind, id: int) -> None:
        super().__init__(kind, id)
        self.kind = kind
        self.id = id


class WrongScope(DomainError):
    """A role cannot be held for a thing of this kind, e.g. head of a network."""

    def __init__(self, role: Role, kind: ScopeKind) -> None:
        super().__init__(role, kind)
        self.role = role
        self.kind = kind


class InvalidPerson(DomainError):
    """A name or an e-mail address that cannot be one; `field` says which."""

    def __init__(self, field: Literal["name", "email"], value: str) -> None:
        super().__init__(field, value)
        self.field = field
        self.value = value


class InvalidKindergarten(DomainError):
    """A name or an organisation number that cannot be a kindergarten's; `field` says which."""

    def __init__(self, field: Literal["name", "orgnr"], value: str) -> None:
        super().__init__(field, value)
        self.field = field
        self.value = value


class OrgnrTaken(DomainError):
    """The number is an owner's, or that of a kindergarten which is in the register already."""

    def __init__(self, kind: ScopeKind, id: int) -> None:
        super().__init__(kind, id)
        self.kind = kind
        self.id = id


class InvalidPeriod(DomainError):
    """A deputy's period that is over, ends before it starts, or is longer than `longest` days."""

    def __init__(self, starts: date, ends: date, longest: int) -> None:
        super().__init__(starts, ends, longest)
        self.starts = starts
        self.ends = ends
        self.longest = longest


class HeldAnyway(DomainError):
    """The person has the role without any end, and needs no period."""

    def __init__(self, person_id: int, role: Role, scope: Scope) -> None:
        super().__init__(person_id, role, scope)
        self.person_id = person_id
        self.role = role
        self.scope = scope


class AlreadyChanged(DomainError):
    """What was to be changed is not as it was shown, e.g. because somebody else has changed it."""
