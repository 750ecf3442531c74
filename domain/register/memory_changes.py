"""Single changes of the register's tables, as a leader makes them in the conversation."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.register.errors import InvalidKindergarten, NotInRegister, OrgnrTaken, WrongScope
from domain.register.memory_tables import MemoryTables, next_id
from domain.register.models import (
    FORGOTTEN,
    ROLE_SCOPES,
    Kindergarten,
    Person,
    Role,
    RoleAssignment,
    Scope,
    ScopeKind,
)
from domain.register.names import clean, compact_orgnr, is_orgnr
from domain.register.people import checked_person
from domain.register.rows import MAX_LENGTH


def add_person_role(
    tables: MemoryTables,
    name: str,
    email: str,
    role: Role,
    scope: Scope,
    starts: date | None,
    ends: date | None,
) -> Person:
    """Gives a role, or gives it other days; see RegisterRepository."""
    name, email = checked_person(name, email)
    if scope.kind not in ROLE_SCOPES[role]:
        raise WrongScope(role, scope.kind)
    require_active(tables, scope)
    person = next((p for p in tables.people.values() if p.email == email), None)
    if person is None:
        person = Person(id=next_id(tables.people), name=name, email=email)
        tables.people[person.id] = person
    given = RoleAssignment(
        person_id=person.id, role=role, scope=scope, starts=starts, ends=ends, by_hand=True
    )
    held = next((r for r in tables.roles if r.key == given.key), None)
    if held is None or (held.starts, held.ends) != (starts, ends):
        tables.roles = {r for r in tables.roles if r.key != given.key} | {given}
    return person


def remove_person_role(tables: MemoryTables, person_id: int, role: Role, scope: Scope) -> None:
    """Takes a role away, whatever its days."""
    tables.roles -= {r for r in tables.roles if r.key == (person_id, role, scope)}


def add_kindergarten(
    tables: MemoryTables, orgnr: str, name: str, municipality_id: int, owner_id: int
) -> Kindergarten:
    """Takes in a kindergarten, or takes back one that was retired; see RegisterRepository."""
    number = compact_orgnr(orgnr)
    if not is_orgnr(number):
        raise InvalidKindergarten("orgnr", orgnr)
    for scope in (
        Scope(kind=ScopeKind.MUNICIPALITY, id=municipality_id),
        Scope(kind=ScopeKind.OWNER, id=owner_id),
    ):
        require_active(tables, scope)
    if owner := next((o for o in tables.owners.values() if o.orgnr == number), None):
        raise OrgnrTaken(ScopeKind.OWNER, owner.id)
    before = next((k for k in tables.kindergartens.values() if k.orgnr == number), None)
    if before is not None and before.active:
        raise OrgnrTaken(ScopeKind.KINDERGARTEN, before.id)
    added = Kindergarten(
        id=before.id if before else next_id(tables.kindergartens),
        orgnr=number,
        name=checked_name(name),
        municipality_id=municipality_id,
        owner_id=owner_id,
        by_hand=True,
    )
    tables.kindergartens[added.id] = added
    return added


def change_kindergarten(tables: MemoryTables, id: int, **changes: Any) -> None:
    """The kindergarten with other values; raises NotInRegister for one that is not there or is retired."""
    require_active(tables, Scope(kind=ScopeKind.KINDERGARTEN, id=id))
    tables.kindergartens[id] = tables.kindergartens[id].model_copy(update=changes)


def forget_person(tables: MemoryTables, person_id: int) -> None:
    """Nobody in the place of a person, without any role; raises NotInRegister."""
    if person_id not in tables.people:
        raise NotInRegister("person", person_id)
    for held in [r for r in tables.roles if r.person_id == person_id]:
        remove_person_role(tables, person_id, held.role, held.scope)
    tables.people[person_id] = Person(
        id=person_id, name=FORGOTTEN, email=f"slettet-{person_id}@slettet.invalid"
    )


def checked_name(name: str) -> str:
    """A kindergarten's name as it is stored; raises InvalidKindergarten."""
    stored = clean(name)
    if not stored or len(stored) > MAX_LENGTH:
        raise InvalidKindergarten("name", name)
    return stored


def require_active(tables: MemoryTables, scope: Scope) -> None:
    """Raises NotInRegister for what is not there, or is retired."""
    if not tables.is_active(scope):
        raise NotInRegister(scope.kind, scope.id)
