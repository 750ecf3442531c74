"""The register in memory as a process keeps it between units of work, with an index for every question.

The register is small (a nation of 6,000 kindergartens fits in a few megabytes), changes seldom and is asked
in every turn: so a unit of work only asks which version is current.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from threading import Lock

from domain.register.memory import MemoryRegister
from domain.register.memory_tables import MemoryTables
from domain.register.models import (
    EVERYTHING,
    Kindergarten,
    Network,
    Person,
    Role,
    RoleAssignment,
    Scope,
    ScopeKind,
)
from domain.register.names import clean_email
from storage.register_tables import read_register
from storage.session import Session
from storage.tables import meta

VERSION = "register_version"

_Holding = tuple[Role, ScopeKind, int]


class RegisterSnapshot(MemoryRegister):
    """A register as it is on one day, and that is not changed any more; several threads may ask it."""

    def __init__(self, tables: MemoryTables, day: date) -> None:
        super().__init__(lambda: day)
        self._tables = tables
        self.day = day

    @property
    def tables(self) -> MemoryTables:
        return self._tables

    def networks(self) -> list[Network]:
        return list(self._networks)

    def kindergartens_of_owner(self, owner_id: int, network_id: int | None = None) -> list[Kindergarten]:
        owned = self._by_owner.get(owner_id, [])
        return [k for k in owned if network_id in (None, self._network_id(k))]

    def kindergartens_in_network(self, network_id: int) -> list[Kindergarten]:
        return list(self._by_network.get(network_id, []))

    def kindergartens_in_municipality(self, id: int) -> list[Kindergarten]:
        return list(self._by_municipality.get(id, []))

    def person_by_email(self, email: str) -> Person | None:
        return self._by_email.get(clean_email(email))

    def people_with(self, role: Role, scope: Scope) -> list[Person]:
        return self._holders(self._held(role, scope) + self._held(role, EVERYTHING))

    def roles_of(self, person_id: int) -> list[RoleAssignment]:
        order = list(Role)
        return sorted(
            self._by_person.get(person_id, []),
            key=lambda r: (order.index(r.role), r.scope.kind, r.scope.id),
        )

    def all_people(self) -> list[Person]:
        return list(self._everybody)

    def _held(self, role: Role, scope: Scope) -> list[RoleAssignment]:
        return self._by_holding.get((role, scope.kind, scope.id), [])

    @cached_property
    def _networks(self) -> list[Network]:
        return super().networks()

    @cached_property
    def _everybody(self) -> list[Person]:
        return super().all_people()

    @cached_property
    def _roles(self) -> list[RoleAssignment]:
        return self._tables.roles_on(self.day)

    @cached_property
    def _by_email(self) -> dict[str, Person]:
        return {person.email: person for person in self._everybody}

    @cached_property
    def _in_order(self) -> list[Kindergarten]:
        return self._active(lambda _: True)

    @cached_property
    def _by_network(self) -> dict[int, list[Kindergarten]]:
        return _grouped((self._network_id(k), k) for k in self._in_order)

    @cached_property
    def _by_owner(self) -> dict[int, list[Kindergarten]]:
        return _grouped((k.owner_id, k) for k in self._in_order)

    @cached_property
    def _by_municipality(self) -> dict[int, list[Kindergarten]]:
        return _grouped((k.municipality_id, k) for k in self._in_order)

    @cached_property
    def _by_person(self) -> dict[int, list[RoleAssignment]]:
        grouped: dict[int, list[RoleAssignment]] = {}
        for role in self._roles:
            grouped.setdefault(role.person_id, []).append(role)
        return grouped

    @cached_property
    def _by_holding(self) -> dict[_Holding, list[RoleAssignment]]:
        grouped: dict[_Holding, list[RoleAssignment]] = {}
        for role in self._roles:
            grouped.setdefault((role.role, role.scope.kind, role.scope.id), []).append(role)
        return grouped


class RegisterCache:
    """The latest register that this process has seen, and its version."""

    def __init__(self) -> None:
        self._held: tuple[str, RegisterSnapshot] | None = None
        self._reading = Lock()

    def current(self, session: Session, day: date) -> RegisterSnapshot:
        """The register as it is committed now; read anew if its version is another than the one held."""
        version = _version(session)
        if (found := self._held_as(version, day)) is not None:
            return found
        with self._reading:
            if (found := self._held_as(version, day)) is not None:
                return found
            while True:
                snapshot = RegisterSnapshot(read_register(session), day)
                # Several statements: somebody else may have committed a change between two of them.
                before, version = version, _version(session)
                if before == version:
                    break
            self.keep(version, snapshot)
            return snapshot

    def keep(self, version: str, snapshot: RegisterSnapshot) -> None:
        self._held = (version, snapshot)

    def _held_as(self, version: str, day: date) -> RegisterSnapshot | None:
        held = self._held
        if held is None or held[0] != version:
            return None
        if held[1].day != day:
            held = (version, RegisterSnapshot(held[1].tables, day))
            self._held = held
        return held[1]


def _version(session: Session) -> str:
    row = session.find(meta, name=VERSION)
    return str(row.value) if row else ""


def _grouped(pairs: Iterable[tuple[int, Kindergarten]]) -> dict[int, list[Kindergarten]]:
    grouped: dict[int, list[Kindergarten]] = {}
    for key, kindergarten in pairs:
        grouped.setdefault(key, []).append(kindergarten)
    return grouped
