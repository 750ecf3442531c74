from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from storage.database import Database
from storage.migrations import HEAD, alembic_config
from storage.tables import metadata
from tests.databases import Databases
from tests.storage.seeds import at_once


@pytest.fixture
def empty(databases: Databases, backend: str) -> Iterator[Database]:
    database = Database(databases.empty(backend))
    yield database
    database.close()


def test_the_migrated_schema_is_that_of_the_tables(empty: Database) -> None:
    _migrate(empty)
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_a_new_database_is_as_if_it_had_been_migrated(
    empty: Database, databases: Databases, backend: str
) -> None:
    _migrate(empty)
    new = Database(databases.empty(backend))
    new.upgrade()
    try:
        assert _schema(new) == _schema(empty)
        with new.engine.connect() as connection:
            assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [
                HEAD
            ]
    finally:
        new.close()


def _migrate(database: Database) -> None:
    with database.engine.begin() as connection:
        command.upgrade(alembic_config(connection), "head")


def _schema(database: Database) -> dict[str, list[str]]:
    """All that a database says of each table, whatever the order it says it in."""
    looked = inspect(database.engine)
    return {
        table: sorted(
            repr(sorted((key, str(value)) for key, value in part.items()))
            for part in (
                *looked.get_columns(table),
                looked.get_pk_constraint(table),
                *looked.get_foreign_keys(table),
                *looked.get_indexes(table),
                *looked.get_unique_constraints(table),
                *looked.get_check_constraints(table),
            )
        )
        for table in looked.get_table_names()
    }


def test_the_head_is_the_newest_version() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_current_head() == HEAD


def test_upgrading_again_is_quick_and_keeps_everything(empty: Database) -> None:
    empty.upgrade()
    with empty.unit_of_work() as uow:
        uow.meta.set("a", "1")
        uow.commit()
    begun = time.thread_time()
    empty.upgrade()
    assert time.thread_time() - begun < 0.3
    with empty.unit_of_work() as uow:
        assert uow.meta.get("a") == "1"


def test_the_first_schema_is_brought_up_with_what_is_in_it(empty: Database) -> None:
    with empty.engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0001")
    with empty.unit_of_work() as uow:
        uow.meta.set("a", "1")
        uow.commit()
    empty.upgrade()
    with empty.unit_of_work() as uow:
        assert uow.meta.get("a") == "1"
        assert uow.inquiries.open_in([1]) == []


def test_two_may_upgrade_at_once(databases: Databases, backend: str) -> None:
    url = databases.empty(backend)

    def upgrade() -> None:
        database = Database(url)
        database.upgrade()
        database.close()

    assert at_once(upgrade, upgrade, upgrade) == [None, None, None]


def test_a_failed_upgrade_leaves_nothing_behind(empty: Database) -> None:
    with empty.engine.begin() as connection:
        connection.execute(text("CREATE TABLE send_attempt (x INTEGER)"))
    for _ in range(2):
        with pytest.raises(Exception, match="already exists"):
            empty.upgrade()
    with empty.engine.begin() as connection:
        connection.execute(text("DROP TABLE send_attempt"))
    empty.upgrade()
