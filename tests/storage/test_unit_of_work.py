from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from domain.needs.errors import Stale
from domain.ports import UnitOfWork
from storage.database import Database
from tests.databases import Databases
from tests.storage.seeds import NOW, Seeds, message

# Commits ten units of work, tells of each when it is committed, writes an eleventh, and waits.
WRITER = """
import sys, time
from datetime import UTC, datetime
from domain.outbox import MessageKind, OutboxMessage
from domain.needs.errors import Stale
from domain.ports import UnitOfWork
from storage.database import Database

database = Database(sys.argv[1])
for number in range(11):
    with database.unit_of_work() as uow:
        due = datetime(2026, 11, 22, tzinfo=UTC)
        uow.outbox.add(OutboxMessage(key=str(number), kind=MessageKind.NEED_ARRIVED, due_at=due))
        uow.meta.set("last", str(number))
        if number < 10:
            uow.commit()
        print(number, flush=True)
        if number == 10:
            time.sleep(60)
"""


def add_and_fail(uow: UnitOfWork) -> None:
    uow.outbox.add(message("b"))
    raise Stale


def test_nothing_is_stored_without_commit(database: Database, seeds: Seeds) -> None:
    with database.unit_of_work() as uow:
        uow.needs.add(seeds.need())
        uow.outbox.add(message("a"))
    with pytest.raises(Stale), database.unit_of_work() as uow:
        add_and_fail(uow)
    with database.unit_of_work() as uow:
        assert uow.needs.of_kindergarten(seeds.kindergartens[0].id, seeds.rounds[0].id) == []
        assert uow.outbox.known(["a", "b"]) == set()


def test_it_is_dirty_from_the_first_write_to_the_commit(database: Database) -> None:
    with database.unit_of_work() as uow:
        assert not uow.dirty
        uow.meta.get("a")
        uow.register.networks()
        assert not uow.dirty
        uow.meta.set("a", "1")
        assert uow.dirty
        uow.commit()
        assert not uow.dirty


def test_after_a_commit_comes_another_transaction(database: Database) -> None:
    with database.unit_of_work() as uow:
        uow.meta.set("a", "1")
        uow.commit()
        uow.meta.set("a", "2")
        uow.meta.set("b", "2")
    with database.unit_of_work() as uow:
        assert uow.meta.get("a") == "1"
        assert uow.meta.get("b") is None


def test_an_empty_unit_of_work_may_commit(database: Database) -> None:
    with database.unit_of_work() as uow:
        uow.commit()
        assert not uow.dirty


def test_a_killed_process_loses_nothing_it_has_committed(databases: Databases, backend: str) -> None:
    url = databases.fresh(backend)
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, url],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == "10":
                break
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    database = Database(url)
    with database.unit_of_work() as uow:
        assert uow.meta.get("last") == "9"
        assert [m.key for m in uow.outbox.due(NOW, 20)] == [str(n) for n in range(10)]
        uow.meta.set("last", "again")
        uow.commit()
    database.close()
