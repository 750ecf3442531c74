"""The register in memory: for tests and for questions from the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from domain.register.errors import Kind, NotInRegister, WrongScope
from domain.register.exporting import exported
from domain.register.memory_tables import MemoryTables, import_register, next_id
from domain.register.models import (
    EVERYTHING,
    ROLE_SCOPES,
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
from domain.register.names import clean_email, match_network, sort_key
from domain.register.people import checked_person
from domain.register.repository import ImportCounts
from domain.register.rows import RegisterFile

_T = TypeVar("_T", Network, Municipality, Owner, Kindergarten, Person)


class MemoryRegister:
    """A RegisterRepository that forgets when the process ends."""

    def __init__(self, register: RegisterFile | None = None) -> None:
        self._tables = MemoryTables()
        if register is not None:
            self.replace_all(register)

    def networks(self) -> list[Network]:
        return _by_name(n for n in self._tables.networks.values() if n.active)

    def network(self, id: int) -> Network:
        return _one(self._tables.networks, ScopeKind.NETWORK, id)

    def network_by_name(self, text: str) -> Network | None:
        by_name = {n.name: n for n in self.networks()}
        name = match_network(text, by_name)
        return by_name[name] if name else None

    def municipality(self, id: int) -> Municipality:
        return _one(self._tables.municipalities, ScopeKind.MUNICIPALITY, id)

    def municipalities(self, network_id: int) -> list[Municipality]:
        found = self._tables.municipalities.values()
        return _by_name(m for m in found if m.active and m.network_id == network_id)

    def owner(self, id: int) -> Owner:
        return _one(self._tables.owners, ScopeKind.OWNER, id)

    def owners(self, network_id: int) -> list[Owner]:
        ids = {k.owner_id for k in self.kindergartens_in_network(network_id)}
        return _by_name(self._tables.owners[id] for id in ids)

    def kindergarten(self, id: int) -> Kindergarten:
        return _one(self._tables.kindergartens, ScopeKind.KINDERGARTEN, id)

    def kindergartens_of_owner(self, owner_id: int, network_id: int | None = None) -> list[Kindergarten]:
        return self._active(lambda k: k.owner_id == owner_id and network_id in (None, self._network_id(k)))

    def kindergartens_in_network(self, network_id: int) -> list[Kindergarten]:
        return self._active(lambda k: self._network_id(k) == network_id)

    def kindergartens_in_municipality(self, id: int) -> list[Kindergarten]:
        return self._active(lambda k: k.municipality_id == id)

    def network_of_kindergarten(self, id: int) -> Network:
        return self.network(self._network_id(self.kindergarten(id)))

    def person(self, id: int) -> Person:
        return _one(self._tables.people, "person", id)

    def person_by_email(self, email: str) -> Person | None:
        wanted = clean_email(email)
        return next((p for p in self.all_people() if p.email == wanted), None)

    def people_with(self, role: Role, scope: Scope) -> list[Person]:
        roles = (r for r in self._tables.roles if r.role is role and r.scope in (scope, EVERYTHING))
        return self._holders(roles)

    def roles_of(self, person_id: int) -> list[RoleAssignment]:
        order = list(Role)
        return sorted(
            (r for r in self._tables.roles if r.person_id == person_id),
            key=lambda r: (order.index(r.role), r.scope.kind, r.scope.id),
        )

    def all_people(self) -> list[Person]:
        return self._holders(self._tables.roles)

    def replace_all(self, register: RegisterFile) -> ImportCounts:
        tables = self._tables.copy()
        counts = import_register(tables, register)
        self._tables = tables
        return counts

    def export(self) -> RegisterFile:
        return exported(
            networks=self.networks(),
            municipalities=[m for m in self._tables.municipalities.values() if m.active],
            owners=[o for o in self._tables.owners.values() if o.active],
            kindergartens=self._active(lambda _: True),
            people=self.all_people(),
            roles=self._tables.roles,
        )

    def add_person_role(self, name: str, email: str, role: Role, scope: Scope) -> Person:
        name, email = checked_person(name, email)
        if scope.kind not in ROLE_SCOPES[role]:
            raise WrongScope(role, scope.kind)
        self._require_active(scope)
        people = self._tables.people
        person = next((p for p in people.values() if p.email == email), None)
        if person is None:
            person = Person(id=next_id(people), name=name, email=email)
            people[person.id] = person
        self._tables.roles.add(RoleAssignment(person_id=person.id, role=role, scope=scope))
        return person

    def remove_person_role(self, person_id: int, role: Role, scope: Scope) -> None:
        self._tables.roles.discard(RoleAssignment(person_id=person_id, role=role, scope=scope))

    def _active(self, wanted: Callable[[Kindergarten], bool]) -> list[Kindergarten]:
        return _by_name(k for k in self._tables.kindergartens.values() if k.active and wanted(k))

    def _network_id(self, kindergarten: Kindergarten) -> int:
        return self._tables.municipalities[kindergarten.municipality_id].network_id

    def _holders(self, roles: Iterable[RoleAssignment]) -> list[Person]:
        return _by_name(self._tables.people[id] for id in {r.person_id for r in roles})

    def _require_active(self, scope: Scope) -> None:
        tables: dict[ScopeKind, Mapping[int, Network | Municipality | Owner | Kindergarten]] = {
            ScopeKind.NETWORK: self._tables.networks,
            ScopeKind.MUNICIPALITY: self._tables.municipalities,
            ScopeKind.OWNER: self._tables.owners,
            ScopeKind.KINDERGARTEN: self._tables.kindergartens,
        }
        if scope.kind is ScopeKind.ALL:
            return
        found = tables[scope.kind].get(scope.id)
        if found is None or not found.active:
            raise NotInRegister(scope.kind, scope.id)


def _one(table: Mapping[int, _T], kind: Kind, id: int) -> _T:
    if id not in table:
        raise NotInRegister(kind, id)
    return table[id]


def _by_name(items: Iterable[_T]) -> list[_T]:
    return sorted(items, key=lambda item: (sort_key(item.name), item.id))
