"""The tables of the register in memory, and the import into them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field, fields
from datetime import date
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

    def is_active(self, scope: Scope) -> bool:
        """Whether what a role is held for is there and not retired."""
        tables: dict[ScopeKind, Mapping[int, Network | Municipality | Owner | Kindergarten]] = {
            ScopeKind.NETWORK: self.networks,
            ScopeKind.MUNICIPALITY: self.municipalities,
            ScopeKind.OWNER: self.owners,
            ScopeKind.KINDERGARTEN: self.kindergartens,
        }
        if scope.kind is ScopeKind.ALL:
            return True
        found = tables[scope.kind].get(scope.id)
        return found is not None and found.active

    def roles_on(self, day: date) -> list[RoleAssignment]:
        """The roles that give rights on the day: within their time, and for something that is active."""
        return [r for r in self.roles if r.holds_on(day) and self.is_active(r.scope)]


def next_id(table: Mapping[int, object]) -> int:
    return max(table, default=0) + 1


def import_register(tables: MemoryTables, register: RegisterFile, today: date) -> ImportCounts:
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
        stays=lambda k: (
            k.by_hand and tables.owners[k.owner_id].active and tables.municipalities[k.municipality_id].active
        ),
    )
    people, roles = _import_people(tables, register.people, today)
    return ImportCounts(
        networks=networks,
        municipalities=municipalities,
        owners=owners,
        kindergartens=kindergartens,
        people=people,
        roles=roles,
    )


def _upsert(
    table: dict[int, _M],
    key: Callable[[_M], str],
    wanted: Iterable[_M],
    stays: Callable[[_M], bool] = lambda _: False,
) -> SheetCounts:
    old = {key(item): item for item in table.values()}
    added = changed = unchanged = 0
    kept: set[int] = set()
    for item in wanted:
        before = old.get(key(item))
        after = item.model_copy(update={"id": before.id if before else next_id(table)})
        added += before is None
        same = before is not None and after == _as_named(before)
        unchanged += same
        changed += before is not None and not same
        table[after.id] = after
        kept.add(after.id)
    leaving = [i for i in table.values() if i.active and i.id not in kept and not stays(i)]
    table.update({item.id: item.model_copy(update={"active": False}) for item in leaving})
    return SheetCounts(added=added, changed=changed, unchanged=unchanged, retired=len(leaving))


def _as_named(item: _M) -> _M:
    """The same once a file has named it."""
    return item.model_copy(update={"by_hand": False}) if isinstance(item, Kindergarten) else item


def _import_people(
    tables: MemoryTables, rows: Iterable[PersonRow], today: date
) -> tuple[SheetCounts, SheetCounts]:
    ids = {person.email: person.id for person in tables.people.values()}
    before = dict(tables.people)
    with_role = {role.person_id for role in tables.roles}
    find = _scope_finder(tables)
    roles: set[RoleAssignment] = set()
    for row in rows:
        id = ids.setdefault(row.email, next_id(tables.people))
        tables.people[id] = Person(id=id, name=row.name, email=row.email)
        roles.add(RoleAssignment(person_id=id, role=row.role, scope=find(row)))
    named = {role.key for role in roles}
    # What was given in the conversation stays, as the file does not know of it.
    roles |= {
        r
        for r in tables.roles
        if r.by_hand and r.key not in named and not r.is_over(today) and tables.is_active(r.scope)
    }
    present = {role.person_id for role in roles}
    unchanged = {i for i in present & with_role if tables.people[i] == before[i]}
    new = present - set(before)
    counts = SheetCounts(
        added=len(new),
        changed=len(present) - len(new) - len(unchanged),
        unchanged=len(unchanged),
        retired=len(with_role - present),
    )
    keys, old_keys = {role.key for role in roles}, {role.key for role in tables.roles}
    role_counts = SheetCounts(
        added=len(keys - old_keys),
        unchanged=len(keys & old_keys),
        retired=len(old_keys - keys),
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
