"""What the register refuses, apart from faulty files and missing rights."""

from __future__ import annotations

from typing import Literal

from domain.errors import DomainError
from domain.register.models import Role, ScopeKind

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
