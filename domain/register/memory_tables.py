"""The tables of the register in memory, and the import into them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field, fields
from typing import TypeVar

from domain.register.models import (
    EVERYTHING,
    Kindergarten,
    Municipality,
    Network,
    Owner,
    Person,
    RoleAssignment,
    Scope,
    ScopeKind,
)
from domain.register.names import municipality_key
from domain.register.repository import ImportCounts, SheetCounts
from domain.register.rows import PersonRow, RegisterFile

_M = TypeVar("_M", Network, Municipality, Owner, Kindergarten)


@dataclass
class MemoryTables:
    """Everything by id; nothing is ever taken out but roles."""

    networks: dict[int, Network] = field(default_factory=dict)
    municipalities: dict[int, Municipality] = field(default_factory=dict)
    owners: dict[int, Owner] = field(default_factory=dict)
    kindergartens: dict[int, Kindergarten] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    roles: set[RoleAssignment] = field(default_factory=set)

    def copy(self) -> MemoryTables:
        """Tables of their own, so that an import which fails leaves the first ones alone."""
        return MemoryTables(**{f.name: copy(getattr(self, f.name)) for f in fields(self)})


def next_id(table: Mapping[int, object]) -> int:
    return max(table, default=0) + 1


def import_register(tables: MemoryTables, register: RegisterFile) -> ImportCounts:
    """Make the tables what the file says; see RegisterRepository.replace_all."""
    networks = _upsert(
        tables.networks,
        lambda n: n.slug,
        [Network(id=0, name=r.name, county=r.county, uh=r.uh) for r in register.networks],
    )
    network_ids = {n.name: n.id for n in tables.networks.values() if n.active}
    municipalities = _upsert(
        tables.municipalities,
        lambda m: municipality_key(m.name),
        [Municipality(id=0, name=r.name, network_id=network_ids[r.network]) for r in register.municipalities],
    )
    municipality_ids = {m.name: m.id for m in tables.municipalities.values() if m.active}
    owners = _upsert(
        tables.owners,
        lambda o: o.orgnr,
        [
            Owner(
                id=0,
                orgnr=r.orgnr,
                name=r.name,
                ownership=r.ownership,
                municipality_id=municipality_ids[r.municipality],
            )
            for r in register.owners
        ],
    )
    owner_ids = {o.orgnr: o.id for o in tables.owners.values() if o.active}
    kindergartens = _upsert(
        tables.kindergartens,
        lambda k: k.orgnr,
        [
            Kindergarten(
                id=0,
                orgnr=r.orgnr,
                name=r.name,
                municipality_id=municipality_ids[r.municipality],
                owner_id=owner_ids[r.owner_orgnr],
            )
            for r in register.kindergartens
        ],
    )
    people, roles = _import_people(tables, register.people)
    return ImportCounts(
        networks=networks,
        municipalities=municipalities,
        owners=owners,
        kindergartens=kindergartens,
        people=people,
        roles=roles,
    )


def _upsert(table: dict[int, _M], key: Callable[[_M], str], wanted: Iterable[_M]) -> SheetCounts:
    old = {key(item): item for item in table.values()}
    added = changed = unchanged = 0
    kept: set[int] = set()
    for item in wanted:
        before = old.get(key(item))
        after = item.model_copy(update={"id": before.id if before else next_id(table)})
        added += before is None
        unchanged += after == before
        changed += before is not None and after != before
        table[after.id] = after
        kept.add(after.id)
    leaving = [item for item in table.values() if item.active and item.id not in kept]
    table.update({item.id: item.model_copy(update={"active": False}) for item in leaving})
    return SheetCounts(added=added, changed=changed, unchanged=unchanged, retired=len(leaving))


def _import_people(tables: MemoryTables, rows: Iterable[PersonRow]) -> tuple[SheetCounts, SheetCounts]:
    ids = {person.email: person.id for person in tables.people.values()}
    before = dict(tables.people)
    with_role = {role.person_id for role in tables.roles}
    find = _scope_finder(tables)
    roles: set[RoleAssignment] = set()
    for row in rows:
        id = ids.setdefault(row.email, next_id(tables.people))
        tables.people[id] = Person(id=id, name=row.name, email=row.email)
        roles.add(RoleAssignment(person_id=id, role=row.role, scope=find(row)))
    present = {role.person_id for role in roles}
    unchanged = {i for i in present & with_role if tables.people[i] == before[i]}
    new = present - set(before)
    counts = SheetCounts(
        added=len(new),
        changed=len(present) - len(new) - len(unchanged),
        unchanged=len(unchanged),
        retired=len(with_role - present),
    )
    role_counts = SheetCounts(
        added=len(roles - tables.roles),
        unchanged=len(roles & tables.roles),
        retired=len(tables.roles - roles),
    )
    tables.roles = roles
    return counts, role_counts


def _scope_finder(tables: MemoryTables) -> Callable[[PersonRow], Scope]:
    ids = {
        ScopeKind.KINDERGARTEN: {k.orgnr: k.id for k in tables.kindergartens.values() if k.active},
        ScopeKind.OWNER: {o.orgnr: o.id for o in tables.owners.values() if o.active},
        ScopeKind.MUNICIPALITY: {m.name: m.id for m in tables.municipalities.values() if m.active},
        ScopeKind.NETWORK: {n.name: n.id for n in tables.networks.values() if n.active},
    }

    def find(row: PersonRow) -> Scope:
        if row.scope_kind is ScopeKind.ALL:
            return EVERYTHING
        return Scope(kind=row.scope_kind, id=ids[row.scope_kind][row.scope])

    return find
