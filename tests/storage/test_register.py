from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from domain.needs import overview
from domain.ports import UnitOfWork
from domain.register.errors import InvalidPerson
from domain.register.models import EVERYTHING, Role, Scope, ScopeKind
from domain.register.repository import RegisterRepository
from storage.database import Database
from tests.databases import Databases
from tests.register.contract import TODAY, RegisterContract
from tests.register.registers import SMALL
from tests.storage.seeds import Seeds, at_once


class TestSqlRegister(RegisterContract):
    @pytest.fixture
    def register(self, database: Database) -> Iterator[RegisterRepository]:
        database.today = lambda: TODAY
        with database.unit_of_work() as uow:
            yield uow.register


class TestSqlRegisterInUnitsOfWork(RegisterContract):
    """The same, with every change committed and every answer from another process."""

    @pytest.fixture
    def register(self, databases: Databases, backend: str) -> Iterator[RegisterRepository]:
        url = databases.fresh(backend)
        asked, changed = Database(url, lambda: TODAY), Database(url, lambda: TODAY)
        yield Committed(asked, changed)  # type: ignore[misc]
        asked.close()
        changed.close()
        databases.give_back(url)


class Committed:
    def __init__(self, asked: Database, changed: Database) -> None:
        self._asked = asked
        self._changed = changed

    def __getattr__(self, name: str) -> object:
        changes = name.startswith(("replace_", "add_", "remove_", "retire_", "move_", "rename_", "forget_"))

        def call(*arguments: object) -> object:
            with (self._changed if changes else self._asked).unit_of_work() as uow:
                result = getattr(uow.register, name)(*arguments)
                if changes:
                    uow.commit()
                return result

        return call


def test_what_is_rolled_back_has_not_been(database: Database, seeds: Seeds) -> None:
    with database.unit_of_work() as uow:
        uow.register.add_person_role("Siv Wold", "siv@county.example", Role.ADMIN, EVERYTHING)
        assert uow.register.person_by_email("siv@county.example") is not None
    with database.unit_of_work() as uow:
        assert uow.register.person_by_email("siv@county.example") is None
        assert uow.register.export() == SMALL.in_order()


def test_a_failed_import_changes_nothing(database: Database, seeds: Seeds) -> None:
    with database.unit_of_work() as uow:
        with pytest.raises(KeyError):
            uow.register.replace_all(SMALL.model_copy(update={"owners": ()}))
        with pytest.raises(InvalidPerson):
            uow.register.add_person_role("Siv Wold", "siv", Role.ADMIN, EVERYTHING)
        uow.commit()
    with database.unit_of_work() as uow:
        assert uow.register.export() == SMALL.in_order()


def test_a_change_is_seen_after_its_commit(database: Database, seeds: Seeds) -> None:
    with database.unit_of_work() as uow:
        uow.register.add_person_role("Siv Wold", "siv@county.example", Role.ADMIN, EVERYTHING)
        uow.commit()
        uow.register.add_person_role("Tor Wold", "tor@county.example", Role.ADMIN, EVERYTHING)
        uow.commit()
        assert len(uow.register.people_with(Role.ADMIN, EVERYTHING)) == 2
    with database.unit_of_work() as uow:
        assert len(uow.register.people_with(Role.ADMIN, EVERYTHING)) == 2


def test_two_at_once_get_ids_of_their_own(database: Database, seeds: Seeds) -> None:
    def add(number: int) -> int:
        with database.unit_of_work() as uow:
            added = uow.register.add_person_role(
                f"Person {number}", f"p{number}@county.example", Role.ADMIN, EVERYTHING
            )
            uow.commit()
            return added.id

    ids = at_once(*[lambda n=n: add(n) for n in range(8)])
    assert len(set(ids)) == 8
    with database.unit_of_work() as uow:
        admins = uow.register.people_with(Role.ADMIN, EVERYTHING)
        assert {p.id for p in admins} == set(ids)


def test_questions_after_the_first_cost_no_statements(database: Database, seeds: Seeds) -> None:
    with database.unit_of_work() as uow:
        uow.register.networks()
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    with database.unit_of_work() as uow:
        for kindergarten in uow.register.kindergartens_in_network(seeds.networks[0].id):
            uow.register.network_of_kindergarten(kindergarten.id)
            scope = Scope(kind=ScopeKind.KINDERGARTEN, id=kindergarten.id)
            uow.register.people_with(Role.HEAD, scope)
        now = datetime(2026, 11, 22, tzinfo=UTC)
        overview.network_standing(uow, seeds.networks[0], seeds.rounds[0], now)
    reads = [s for s in statements if s.startswith("SELECT")]
    assert [s.split("FROM ")[1].split()[0] for s in reads] == [
        "round",
        "needs_report",
        "owners_report",
        "needs_report",
        "owners_report",
        "owners_report",
    ]


def test_a_list_can_be_changed_by_who_got_it(uow: UnitOfWork, seeds: Seeds) -> None:
    uow.register.all_people().clear()
    uow.register.networks().clear()
    uow.register.kindergartens_in_network(seeds.networks[0].id).clear()
    assert len(uow.register.all_people()) == 8
    assert len(uow.register.networks()) == 2
    assert len(uow.register.kindergartens_in_network(seeds.networks[0].id)) == 2


def test_a_new_day_is_seen_without_reading_the_register_again(database: Database, seeds: Seeds) -> None:
    county = Scope(kind=ScopeKind.NETWORK, id=seeds.networks[0].id)
    with database.unit_of_work() as uow:
        siv = uow.register.add_person_role(
            "Siv Wold", "siv@county.example", Role.MEMBER, county, TODAY, TODAY + timedelta(days=1)
        )
        uow.commit()
    read: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *arguments: read.append(arguments[2]))
    held = []
    for days in (-1, 0, 1, 2):
        database.today = lambda days=days: TODAY + timedelta(days=days)  # type: ignore[misc]
        with database.unit_of_work() as uow:
            held.append(siv in uow.register.people_with(Role.MEMBER, county))
    assert held == [False, True, True, False]
    assert not [s for s in read if "role_assignment" in s]
