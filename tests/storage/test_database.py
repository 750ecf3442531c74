from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError, OperationalError

from storage.database import Database
from storage.errors import AlreadyRunning, DatabaseAway, DatabaseBusy, as_away
from tests.databases import Databases
from tests.storage.seeds import Seeds

LOCKER = """
import sys
from storage.database import Database
from storage.errors import AlreadyRunning

database = Database(sys.argv[1])
try:
    database.lock_process()
except AlreadyRunning as refused:
    print("refused", refused)
else:
    print("locked", flush=True)
    sys.stdin.read()
"""


def lock_elsewhere(url: str) -> subprocess.Popen[str]:
    root = str(Path(__file__).parents[2])
    return subprocess.Popen(
        [sys.executable, "-c", LOCKER, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
    )


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_one_process_serves_a_sqlite_database(databases: Databases) -> None:
    url = databases.fresh("sqlite")
    path = url.removeprefix("sqlite:///")
    with lock_elsewhere(url) as other:
        assert first_line(other) == "locked"
        database = Database(url)
        with pytest.raises(AlreadyRunning, match=r"\.db\.lock"):
            database.lock_process()
        other.kill()
    database.lock_process()
    database.lock_process()
    with lock_elsewhere(url) as other:
        assert first_line(other) == f"refused {path}.lock"
    database.close()
    with lock_elsewhere(url) as other:
        assert first_line(other) == "locked"
        other.kill()


def test_several_processes_may_serve_postgresql(databases: Databases) -> None:
    url = databases.fresh("postgresql")
    first, second = Database(url), Database(url)
    first.lock_process()
    second.lock_process()
    assert not first.is_sqlite
    first.close()
    second.close()


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/var/deep/rekompis.db")
    database.upgrade()
    database.ping()
    assert database.is_sqlite
    database.close()
    assert (tmp_path / "var" / "deep" / "rekompis.db").exists()


@pytest.mark.parametrize("url", ["mysql://localhost/x", "sqlite://", "sqlite:///:memory:"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"not a database|needs a file"):
        Database(url)


def test_a_ping_does_not_wait_for_a_writer(database: Database) -> None:
    with database.unit_of_work() as uow:
        uow.meta.set("a", "1")
        answered = threading.Thread(target=database.ping)
        answered.start()
        answered.join(60)
        assert not answered.is_alive()


def test_readers_that_go_on_to_write_take_turns(database: Database) -> None:
    """With a plain BEGIN the second would fail at once on SQLite, as what it has read is old."""
    inside = threading.Event()
    failures: list[Exception] = []

    def read_then_write() -> None:
        inside.set()
        try:
            with database.unit_of_work() as uow:
                uow.meta.get("a")
                uow.meta.set("second", "1")
                uow.commit()
        except DatabaseAway as failure:
            failures.append(failure)

    with database.unit_of_work() as uow:
        uow.meta.get("a")
        other = threading.Thread(target=read_then_write)
        other.start()
        inside.wait(60)
        other.join(0.2)
        uow.meta.set("first", "1")
        uow.commit()
    other.join(60)
    assert failures == []
    with database.unit_of_work() as uow:
        assert (uow.meta.get("first"), uow.meta.get("second")) == ("1", "1")


def test_a_lock_is_busy_and_a_fault_of_ours_is_not_away(databases: Databases) -> None:
    url = databases.fresh("sqlite")
    impatient = create_engine(url)
    database = Database(url)
    with database.unit_of_work() as uow, impatient.connect() as connection:
        # As a pragma: engines are given patience when they connect once the process has tuned them all.
        connection.execute(text("PRAGMA busy_timeout=0"))
        uow.meta.set("a", "1")
        with pytest.raises(OperationalError) as locked:
            connection.execute(text("INSERT INTO meta VALUES ('b', '1')"))
        with pytest.raises(OperationalError) as wrong:
            connection.execute(text("SELECT * FROM no_such_table"))
    assert type(as_away(locked.value)) is DatabaseBusy
    assert as_away(wrong.value) is None
    impatient.dispose()
    database.close()


def test_a_broken_reference_is_seen_as_the_fault_it_is(database: Database, seeds: Seeds) -> None:
    with pytest.raises(IntegrityError), database.unit_of_work() as uow:
        uow.needs.add(seeds.need(kindergarten_id=4711))
