"""The register: questions go to the snapshot, changes to the tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar
from uuid import uuid4

from domain.register.memory import MemoryRegister
from domain.register.models import (
    Kindergarten,
    Municipality,
    Network,
    Owner,
    Person,
    Role,
    RoleAssignment,
    Scope,
)
from domain.register.repository import ImportCounts
from domain.register.rows import RegisterFile
from storage.register_snapshot import VERSION, RegisterCache, RegisterSnapshot
from storage.register_tables import write_register
from storage.session import Session
from storage.tables import meta

_T = TypeVar("_T")


class SqlRegister:
    """A RegisterRepository; within its transaction it sees its own changes."""

    def __init__(self, session: Session, cache: RegisterCache, today: Callable[[], date]) -> None:
        self._session = session
        self._cache = cache
        self._today = today
        self._seen: RegisterSnapshot | None = None
        self._new_version: str | None = None

    def networks(self) -> list[Network]:
        return self._now.networks()

    def network(self, id: int) -> Network:
        return self._now.network(id)

    def network_by_name(self, text: str) -> Network | None:
        return self._now.network_by_name(text)

    def municipality(self, id: int) -> Municipality:
        return self._now.municipality(id)

    def municipalities(self, network_id: int) -> list[Municipality]:
        return self._now.municipalities(network_id)

    def owner(self, id: int) -> Owner:
        return self._now.owner(id)

    def owners(self, network_id: int) -> list[Owner]:
        return self._now.owners(network_id)

    def all_owners(self) -> list[Owner]:
        return self._now.all_owners()

    def kindergarten(self, id: int) -> Kindergarten:
        return self._now.kindergarten(id)

    def kindergartens_of_owner(self, owner_id: int, network_id: int | None = None) -> list[Kindergarten]:
        return self._now.kindergartens_of_owner(owner_id, network_id)

    def kindergartens_in_network(self, network_id: int) -> list[Kindergarten]:
        return self._now.kindergartens_in_network(network_id)

    def kindergartens_in_municipality(self, id: int) -> list[Kindergarten]:
        return self._now.kindergartens_in_municipality(id)

    def retired_kindergartens(self, network_id: int) -> list[Kindergarten]:
        return self._now.retired_kindergartens(network_id)

    def network_of_kindergarten(self, id: int) -> Network:
        return self._now.network_of_kindergarten(id)

    def person(self, id: int) -> Person:
        return self._now.person(id)

    def person_by_email(self, email: str) -> Person | None:
        return self._now.person_by_email(email)

    def anybody(self, email: str) -> Person | None:
        return self._now.anybody(email)

    def people_with(self, role: Role, scope: Scope) -> list[Person]:
        return self._now.people_with(role, scope)

    def roles_of(self, person_id: int) -> list[RoleAssignment]:
        return self._now.roles_of(person_id)

    def all_people(self) -> list[Person]:
        return self._now.all_people()

    def deputies(self) -> list[RoleAssignment]:
        return self._now.deputies()

    def export(self) -> RegisterFile:
        return self._now.export()

    def replace_all(self, register: RegisterFile) -> ImportCounts:
        return self._change(lambda changing: changing.replace_all(register))

    def add_person_role(
        self,
        name: str,
        email: str,
        role: Role,
        scope: Scope,
        starts: date | None = None,
        ends: date | None = None,
    ) -> Person:
        return self._change(lambda c: c.add_person_role(name, email, role, scope, starts, ends))

    def remove_person_role(self, person_id: int, role: Role, scope: Scope) -> None:
        self._change(lambda changing: changing.remove_person_role(person_id, role, scope))

    def add_kindergarten(self, orgnr: str, name: str, municipality_id: int, owner_id: int) -> Kindergarten:
        return self._change(lambda c: c.add_kindergarten(orgnr, name, municipality_id, owner_id))

    def retire_kindergarten(self, id: int) -> None:
        self._change(lambda changing: changing.retire_kindergarten(id))

    def move_kindergarten(self, id: int, owner_id: int) -> None:
        self._change(lambda changing: changing.move_kindergarten(id, owner_id))

    def forget_person(self, person_id: int) -> None:
        self._change(lambda changing: changing.forget_person(person_id))

    def rename_kindergarten(self, id: int, name: str) -> None:
        self._change(lambda changing: changing.rename_kindergarten(id, name))

    def committed(self) -> None:
        """The transaction is committed: what it changed is now what everybody sees."""
        if self._seen is not None and self._new_version is not None:
            self._cache.keep(self._new_version, self._seen)
        self._seen = None
        self._new_version = None

    @property
    def _now(self) -> RegisterSnapshot:
        if self._seen is None:
            self._seen = self._cache.current(self._session, self._today())
        return self._seen

    def _change(self, change: Callable[[MemoryRegister], _T]) -> _T:
        if self._new_version is None:
            self._lock()
        before, day = self._now.tables, self._now.day
        changing = RegisterSnapshot(before.copy(), day)
        result = change(changing)
        write_register(self._session, before, changing.tables)
        # A fresh snapshot, as the other one may have made its indexes before it was changed.
        self._seen = RegisterSnapshot(changing.tables, day)
        self._set_version(uuid4().hex)
        return result

    def _lock(self) -> None:
        # Ids are counted up in memory, so one transaction at a time: the row of the version is the lock,
        # and what somebody else committed while we waited for it must be read.
        same = {"name": VERSION, "value": ""}
        if self._session.insert_new(meta, same) is None:
            row_lock = meta.update().where(meta.c.name == VERSION).values(value=meta.c.value)
            self._session.write(row_lock)
        self._seen = None

    def _set_version(self, version: str) -> None:
        self._session.replace(meta, {"value": version}, name=VERSION)
        self._new_version = version
