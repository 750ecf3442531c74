"""Rows asked of the driver itself: what is wrong is told as on the usual way."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.errors import DatabaseAway
from tests.databases import Databases

WAITING = text("SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'meta'::regclass")
OTHERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def postgresql(databases: Databases) -> Iterator[Database]:
    url = databases.fresh("postgresql")
    made = Database(url)
    yield made
    made.close()
    databases.give_back(url)


def _cancel_who_waits(operator: Connection) -> None:
    deadline = time.monotonic() + 60
    while not (found := operator.execute(WAITING).all()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    operator.execute(text("SELECT pg_cancel_backend(:pid)"), {"pid": found[0][0]})


def test_a_no_of_the_server_is_told_as_it_is(postgresql: Database) -> None:
    """And not as the failure of the transaction that follows from it, which would be a fault of ours."""
    with postgresql.engine.connect() as operator:
        operator.execute(text("LOCK TABLE meta IN ACCESS EXCLUSIVE MODE"))
        cancelling = threading.Thread(target=_cancel_who_waits, args=[operator])
        cancelling.start()
        with pytest.raises(DatabaseAway, match="QueryCanceled"), postgresql.unit_of_work() as uow:
            uow.meta.get("a")
        cancelling.join(60)
        operator.rollback()
    with postgresql.unit_of_work() as uow:
        assert uow.meta.get("a") is None


def test_a_connection_that_is_gone_is_told_and_replaced(postgresql: Database) -> None:
    def loses_it() -> None:
        with postgresql.unit_of_work() as uow:
            uow.meta.set("a", "1")
            with postgresql.engine.connect() as operator:
                operator.execute(OTHERS)
            uow.meta.get("a")

    with pytest.raises(DatabaseAway):
        loses_it()
    with postgresql.unit_of_work() as uow:
        assert uow.meta.get("a") is None


def test_a_fault_of_ours_is_seen(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE meta RENAME TO elsewhere"))
    try:
        with pytest.raises(DBAPIError), database.unit_of_work() as uow:
            uow.meta.get("a")
    finally:
        with database.engine.begin() as connection:
            connection.execute(text("ALTER TABLE elsewhere RENAME TO meta"))


def test_nothing_goes_on_in_a_transaction_that_the_database_has_ended(tmp_path: Path) -> None:
    """As a full disk does on SQLite: what is written after that would be stored without what was written before."""
    database = Database(f"sqlite:///{tmp_path / 'x.db'}")
    database.upgrade()
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER full BEFORE INSERT ON meta WHEN NEW.name = 'second'"
                " AND EXISTS (SELECT 1 FROM meta WHERE name = 'first')"
                " BEGIN SELECT RAISE(ROLLBACK, 'full'); END"
            )
        )

    def writes() -> None:
        with database.unit_of_work() as uow:
            uow.meta.set("first", "1")
            uow.meta.set("second", "2")
            uow.commit()

    with pytest.raises(DBAPIError):
        writes()
    with database.unit_of_work() as uow:
        assert [uow.meta.get(name) for name in ("first", "second")] == [None, None]
    database.close()
