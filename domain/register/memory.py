"""The register in memory: for tests and for questions from the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from domain.register import memory_changes
from domain.register.errors import Kind, NotInRegister
from domain.register.exporting import exported
from domain.register.memory_tables import MemoryTables, import_register
from domain.register.models import (
    EVERYTHING,
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
from domain.register.repository import ImportCounts
from domain.register.rows import RegisterFile

_T = TypeVar("_T", Network, Municipality, Owner, Kindergarten, Person)


class MemoryRegister:
    """A RegisterRepository that forgets when the process ends; `today` is the day in Oslo."""

    def __init__(self, today: Callable[[], date], register: RegisterFile | None = None) -> None:
        self._today = today
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

    def all_owners(self) -> list[Owner]:
        return _by_name(o for o in self._tables.owners.values() if o.active)

    def kindergarten(self, id: int) -> Kindergarten:
        return _one(self._tables.kindergartens, ScopeKind.KINDERGARTEN, id)

    def kindergartens_of_owner(self, owner_id: int, network_id: int | None = None) -> list[Kindergarten]:
        return self._active(lambda k: k.owner_id == owner_id and network_id in (None, self._network_id(k)))

    def kindergartens_in_network(self, network_id: int) -> list[Kindergarten]:
        return self._active(lambda k: self._network_id(k) == network_id)

    def kindergartens_in_municipality(self, id: int) -> list[Kindergarten]:
        return self._active(lambda k: k.municipality_id == id)

    def retired_kindergartens(self, network_id: int) -> list[Kindergarten]:
        found = (k for k in self._tables.kindergartens.values() if not k.active)
        return _by_name(k for k in found if self._network_id(k) == network_id)

    def network_of_kindergarten(self, id: int) -> Network:
        return self.network(self._network_id(self.kindergarten(id)))

    def person(self, id: int) -> Person:
        return _one(self._tables.people, "person", id)

    def person_by_email(self, email: str) -> Person | None:
        wanted = clean_email(email)
        return next((p for p in self.all_people() if p.email == wanted), None)

    def anybody(self, email: str) -> Person | None:
        wanted = clean_email(email)
        return next((p for p in self._tables.people.values() if p.email == wanted), None)

    def people_with(self, role: Role, scope: Scope) -> list[Person]:
        now = self._tables.roles_on(self._today())
        return self._holders(r for r in now if r.role is role and r.scope in (scope, EVERYTHING))

    def roles_of(self, person_id: int) -> list[RoleAssignment]:
        order = list(Role)
        return sorted(
            (r for r in self._tables.roles_on(self._today()) if r.person_id == person_id),
            key=lambda r: (order.index(r.role), r.scope.kind, r.scope.id),
        )

    def all_people(self) -> list[Person]:
        return self._holders(self._tables.roles_on(self._today()))

    def deputies(self) -> list[RoleAssignment]:
        today = self._today()
        found = (r for r in self._tables.roles if r.for_a_time and not r.is_over(today))
        return sorted(
            (r for r in found if self._tables.is_active(r.scope)),
            key=lambda r: (r.starts or date.min, r.person_id, r.role, r.scope.kind, r.scope.id),
        )

    def replace_all(self, register: RegisterFile) -> ImportCounts:
        tables = self._tables.copy()
        counts = import_register(tables, register, self._today())
        self._tables = tables
        return counts

    def export(self) -> RegisterFile:
        lasting = [r for r in self._tables.roles if not r.for_a_time and self._tables.is_active(r.scope)]
        return exported(
            networks=self.networks(),
            municipalities=[m for m in self._tables.municipalities.values() if m.active],
            owners=[o for o in self._tables.owners.values() if o.active],
            kindergartens=self._active(lambda _: True),
            people=self._holders(lasting),
            roles=lasting,
        )

    def add_person_role(
        self,
        name: str,
        email: str,
        role: Role,
        scope: Scope,
        starts: date | None = None,
        ends: date | None = None,
    ) -> Person:
        return memory_changes.add_person_role(self._tables, name, email, role, scope, starts, ends)

    def remove_person_role(self, person_id: int, role: Role, scope: Scope) -> None:
        memory_changes.remove_person_role(self._tables, person_id, role, scope)

    def add_kindergarten(self, orgnr: str, name: str, municipality_id: int, owner_id: int) -> Kindergarten:
        return memory_changes.add_kindergarten(self._tables, orgnr, name, municipality_id, owner_id)

    def retire_kindergarten(self, id: int) -> None:
        memory_changes.change_kindergarten(self._tables, id, active=False)

    def move_kindergarten(self, id: int, owner_id: int) -> None:
        memory_changes.require_active(self._tables, Scope(kind=ScopeKind.OWNER, id=owner_id))
        memory_changes.change_kindergarten(self._tables, id, owner_id=owner_id)

    def forget_person(self, person_id: int) -> None:
        memory_changes.forget_person(self._tables, person_id)

    def rename_kindergarten(self, id: int, name: str) -> None:
        memory_changes.change_kindergarten(self._tables, id, name=memory_changes.checked_name(name))

    def _active(self, wanted: Callable[[Kindergarten], bool]) -> list[Kindergarten]:
        return _by_name(k for k in self._tables.kindergartens.values() if k.active and wanted(k))

    def _network_id(self, kindergarten: Kindergarten) -> int:
        return self._tables.municipalities[kindergarten.municipality_id].network_id

    def _holders(self, roles: Iterable[RoleAssignment]) -> list[Person]:
        return _by_name(self._tables.people[id] for id in {r.person_id for r in roles})


def _one(table: Mapping[int, _T], kind: Kind, id: int) -> _T:
    if id not in table:
        raise NotInRegister(kind, id)
    return table[id]


def _by_name(items: Iterable[_T]) -> list[_T]:
    return sorted(items, key=lambda item: (sort_key(item.name), item.id))
