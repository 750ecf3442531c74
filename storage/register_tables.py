"""The register as a whole: read from its tables, and written back as differences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from pydantic import BaseModel, TypeAdapter
from sqlalchemy import Table, bindparam, select

from domain.register.memory_tables import MemoryTables
from domain.register.models import (
    Kindergarten,
    Municipality,
    Network,
    Owner,
    Person,
    Role,
    RoleAssignment,
    Scope,
    ScopeKind,
)
from storage.session import Session
from storage.tables import kindergarten, municipality, network, owner, person, role_assignment

_M = TypeVar("_M", Network, Municipality, Owner, Kindergarten, Person)

# In an order in which every row finds what it refers to.
_TABLES: Final[Mapping[str, Table]] = {
    "networks": network,
    "municipalities": municipality,
    "owners": owner,
    "kindergartens": kindergarten,
    "people": person,
}


def read_register(session: Session) -> MemoryTables:
    """Everything the register's tables hold."""
    return MemoryTables(
        networks=_by_id(session, network, TypeAdapter(list[Network])),
        municipalities=_by_id(session, municipality, TypeAdapter(list[Municipality])),
        owners=_by_id(session, owner, TypeAdapter(list[Owner])),
        kindergartens=_by_id(session, kindergarten, TypeAdapter(list[Kindergarten])),
        people=_by_id(session, person, TypeAdapter(list[Person])),
        roles=_roles(session),
    )


def write_register(session: Session, before: MemoryTables, after: MemoryTables) -> None:
    """Makes the tables, which hold `before`, hold `after`."""
    for name, table in _TABLES.items():
        _write_table(session, table, getattr(before, name), getattr(after, name))
    keys = [c == bindparam(f"old_{c.name}") for c in role_assignment.primary_key]
    session.write(role_assignment.delete().where(*keys), [_old_key(r) for r in before.roles - after.roles])
    session.write(role_assignment.insert(), [_role_row(role) for role in after.roles - before.roles])


def _by_id(session: Session, table: Table, models: TypeAdapter[list[_M]]) -> dict[int, _M]:
    rows = [dict(row._mapping) for row in session.rows(select(table).order_by(table.c.id))]
    return {item.id: item for item in models.validate_python(rows)}


def _roles(session: Session) -> set[RoleAssignment]:
    return {
        RoleAssignment(
            person_id=row.person_id,
            role=Role(row.role),
            scope=Scope(kind=ScopeKind(row.scope_kind), id=row.scope_id),
            starts=row.starts,
            ends=row.ends,
            by_hand=row.by_hand,
        )
        for row in session.rows(select(role_assignment))
    }


def _role_row(role: RoleAssignment) -> dict[str, Any]:
    return {
        "person_id": role.person_id,
        "role": role.role.value,
        "scope_kind": role.scope.kind.value,
        "scope_id": role.scope.id,
        "starts": role.starts,
        "ends": role.ends,
        "by_hand": role.by_hand,
    }


def _old_key(role: RoleAssignment) -> dict[str, Any]:
    row = _role_row(role)
    return {f"old_{column.name}": row[column.name] for column in role_assignment.primary_key}


def _write_table(
    session: Session, table: Table, before: Mapping[int, BaseModel], after: Mapping[int, BaseModel]
) -> None:
    added = [item for id, item in after.items() if id not in before]
    changed = [item for id, item in after.items() if id in before and item != before[id]]
    columns: dict[str, Any] = {c.name: bindparam(c.name) for c in table.c if c.name != "id"}
    session.write(table.insert(), [item.model_dump(mode="json") for item in added])
    session.write(
        table.update().where(table.c.id == bindparam("old_id")).values(columns),
        [_with_old_id(item.model_dump(mode="json")) for item in changed],
    )


def _with_old_id(row: dict[str, Any]) -> dict[str, Any]:
    return {"old_id": row.pop("id"), **row}
