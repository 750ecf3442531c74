from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from domain.needs.errors import Stale
from domain.ports import UnitOfWork
from storage import worker as module
from storage.database import Database
from storage.errors import DatabaseAway, DatabaseBusy
from storage.worker import Worker
from tests.databases import Databases


@pytest.fixture
def worker(database: Database) -> Iterator[Worker]:
    made = Worker(database)
    yield made
    made.close()


def test_what_returns_is_committed(worker: Worker) -> None:
    def write(uow: UnitOfWork) -> str:
        uow.meta.set("a", "1")
        return "done"

    async def turns() -> tuple[str, str | None]:
        return await worker.run(write), await worker.run(lambda uow: uow.meta.get("a"))

    assert asyncio.run(turns()) == ("done", "1")


def test_what_raises_is_rolled_back_and_not_tried_again(worker: Worker) -> None:
    calls = []

    def fail(uow: UnitOfWork) -> None:
        calls.append(1)
        uow.meta.set("a", "1")
        raise Stale

    async def turns() -> str | None:
        with pytest.raises(Stale):
            await worker.run(fail)
        return await worker.run(lambda uow: uow.meta.get("a"))

    assert asyncio.run(turns()) is None
    assert calls == [1]


def test_what_the_function_committed_itself_stays(worker: Worker) -> None:
    def fail_later(uow: UnitOfWork) -> None:
        uow.meta.set("a", "1")
        uow.commit()
        uow.meta.set("b", "1")
        raise Stale

    async def turns() -> list[str | None]:
        with pytest.raises(Stale):
            await worker.run(fail_later)
        return await worker.run(lambda uow: [uow.meta.get("a"), uow.meta.get("b")])

    assert asyncio.run(turns()) == ["1", None]


def test_the_event_loop_goes_on_meanwhile(worker: Worker) -> None:
    ended = threading.Event()

    async def turns() -> bool:
        running = asyncio.create_task(worker.run(lambda _: ended.wait(20)))
        await asyncio.sleep(0)
        ended.set()
        return await running

    assert asyncio.run(turns())


def test_many_turns_at_once_all_count(worker: Worker, database: Database) -> None:
    def count(uow: UnitOfWork) -> None:
        # Takes the row's lock before it reads, as every counter must.
        uow.meta.set("lock", "x")
        uow.meta.set("count", str(int(uow.meta.get("count") or 0) + 1))

    async def turns() -> str | None:
        await asyncio.gather(*(worker.run(count) for _ in range(60)))
        return await worker.run(lambda uow: uow.meta.get("count"))

    assert asyncio.run(turns()) == "60"


def test_a_deadlock_is_tried_again_once(databases: Databases) -> None:
    database = Database(databases.fresh("postgresql"))
    worker = Worker(database)
    met = threading.Barrier(2)
    calls: list[str] = []

    def crossing(first: str, second: str) -> Callable[[UnitOfWork], None]:
        tries: list[int] = []

        def write(uow: UnitOfWork) -> None:
            calls.append(first)
            tries.append(1)
            uow.meta.set(first, first)
            if len(tries) == 1:
                met.wait(10)
            uow.meta.set(second, first)

        return write

    async def turns() -> list[str | None]:
        await asyncio.gather(worker.run(crossing("a", "b")), worker.run(crossing("b", "a")))
        return await worker.run(lambda uow: [uow.meta.get("a"), uow.meta.get("b")])

    values = asyncio.run(turns())
    assert len(calls) == 3
    # The one that was tried again came last.
    assert values == [calls[-1], calls[-1]]
    worker.close()
    database.close()


def test_a_connection_that_is_lost_is_told_and_replaced(databases: Databases) -> None:
    url = databases.fresh("postgresql")
    database = Database(url)
    worker = Worker(database)

    def lose(uow: UnitOfWork) -> None:
        uow.meta.set("a", "1")
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        others = "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        engine = create_engine(url)
        with engine.connect() as connection:
            connection.execute(text(f"{ended} {others}"))
        engine.dispose()
        uow.meta.set("b", "1")

    async def turns() -> str | None:
        await worker.run(lambda uow: uow.meta.get("a"))
        with pytest.raises(DatabaseAway):
            await worker.run(lose)
        return await worker.run(lambda uow: uow.meta.get("a"))

    assert asyncio.run(turns()) is None
    worker.close()
    database.close()


def test_a_lock_that_never_opens_is_told(database: Database, worker: Worker) -> None:
    calls = []

    def busy(_: UnitOfWork) -> None:
        calls.append(1)
        raise DatabaseBusy

    async def turn() -> None:
        await worker.run(busy)

    with pytest.raises(DatabaseBusy):
        asyncio.run(turn())
    assert calls == [1, 1]


@pytest.mark.parametrize(
    "url",
    ["postgresql://nobody@127.0.0.1:1/nothing", "postgresql:///x?host=/nonexistent", "sqlite:////proc/x.db"],
)
def test_a_database_that_is_away_is_told(url: str) -> None:
    database = Database(url)
    worker = Worker(database)

    async def turn() -> None:
        await worker.run(lambda uow: uow.meta.get("a"))

    with pytest.raises(DatabaseAway):
        asyncio.run(turn())
    with pytest.raises(DatabaseAway):
        database.ping()
    with pytest.raises(DatabaseAway):
        database.upgrade()
    worker.close()
    database.close()


def _thread_of(worker: Worker) -> Callable[[UnitOfWork], int]:
    return lambda uow: threading.get_ident()


def test_what_is_quick_is_done_here_on_sqlite(worker: Worker) -> None:
    async def turns() -> tuple[int, bool]:
        here = threading.get_ident()
        found = await worker.run_quick(_thread_of(worker))
        return found, found == here

    database = worker._database
    assert asyncio.run(turns())[1] is database.is_sqlite


def test_what_turns_out_to_be_slow_is_begun_again_where_nobody_waits_for_it(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "QUICK", 0.01)
    threads = []

    def slow(uow: UnitOfWork) -> None:
        threads.append(threading.get_ident())
        uow.meta.set("a", "x" * len(threads))
        began = time.thread_time()
        while time.thread_time() - began < 0.02:
            pass
        uow.meta.set("b", "1")

    async def turns() -> list[str | None]:
        await worker.run_quick(slow)
        return await worker.run(lambda uow: [uow.meta.get("a"), uow.meta.get("b")])

    found = asyncio.run(turns())
    if worker._database.is_sqlite:
        assert found == ["xx", "1"]
        assert threads[0] == threading.get_ident() != threads[1]
    else:
        assert found == ["x", "1"]
    assert len(threads) == len(found[0] or "")


def test_what_is_quick_waits_its_turn_behind_what_is_not(worker: Worker) -> None:
    """The event loop goes on meanwhile, and nobody's write is lost."""
    begun, may_end = threading.Event(), threading.Event()

    def slow(uow: UnitOfWork) -> None:
        uow.meta.set("a", "slow")
        begun.set()
        assert may_end.wait(20)

    def quick(uow: UnitOfWork) -> tuple[str | None, int]:
        return uow.meta.get("a"), threading.get_ident()

    async def turns() -> tuple[str | None, int]:
        first = asyncio.create_task(worker.run(slow))
        await asyncio.to_thread(begun.wait, 20)
        second = asyncio.create_task(worker.run_quick(quick))
        await asyncio.sleep(0.05)
        may_end.set()
        await first
        return await second

    seen, thread = asyncio.run(turns())
    if worker._database.is_sqlite:
        assert seen == "slow"
    assert (thread == threading.get_ident()) is worker._database.is_sqlite


def test_what_is_quick_does_not_hold_the_loop_up_for_another_process(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'shared.db'}")
    database.upgrade()
    worker = Worker(database)
    other = sqlite3.connect(tmp_path / "shared.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    rounds, longest = 0, 0.0

    async def watch() -> None:
        nonlocal rounds, longest
        while True:
            began = time.monotonic()
            await asyncio.sleep(0.01)
            longest = max(longest, time.monotonic() - began)
            rounds += 1

    async def turns() -> str | None:
        watching = asyncio.create_task(watch())
        write = asyncio.create_task(worker.run_quick(lambda uow: uow.meta.set("a", "1")))
        while rounds < 30:  # noqa: ASYNC110 - it is the loop that is looked at
            await asyncio.sleep(0.01)
        assert not write.done()
        other.execute("COMMIT")
        await write
        watching.cancel()
        return await worker.run_quick(lambda uow: uow.meta.get("a"))

    assert asyncio.run(turns()) == "1"
    # Whoever waits for a lock here does so for half a minute.
    assert longest < 15
    other.close()
    worker.close()
    database.close()


def test_a_job_that_nobody_waits_for_any_more_stands_in_nobodys_way(worker: Worker) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slow(uow: UnitOfWork) -> None:
        begun.set()
        assert may_end.wait(20)

    async def turns() -> int:
        first = asyncio.create_task(worker.run(slow))
        await asyncio.to_thread(begun.wait, 20)
        given_up = asyncio.create_task(worker.run(lambda uow: uow.meta.set("a", "1")))
        await asyncio.sleep(0)
        given_up.cancel()
        may_end.set()
        await first
        await worker.run(lambda uow: None)
        return await worker.run_quick(_thread_of(worker))

    here = asyncio.run(turns()) == threading.get_ident()
    assert here is worker._database.is_sqlite
