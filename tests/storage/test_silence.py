"""A PostgreSQL that hangs: who waits hears it in time, no thread is used up, and all goes on by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, text

from domain.ports import UnitOfWork
from storage import database as module
from storage.database import Database
from storage.engines import POOL_SIZE
from storage.errors import CommitUnknown, DatabaseAway
from storage.turn_locks import PostgresTurnLocks
from storage.worker import Worker
from tests.databases import Databases
from tests.wire import Wire

PATIENCE = 1.0

pytestmark = pytest.mark.by_the_clock


@pytest.fixture(scope="module")
def server() -> Iterator[Databases]:
    """A PostgreSQL of this module's own: it is made to hang."""
    made = Databases(own_server=True)
    yield made
    made.close()


@pytest.fixture
def url(server: Databases) -> Iterator[str]:
    found = server.fresh("postgresql")
    yield found
    server.thaw_postgresql()
    server.give_back(found)


@contextmanager
def worker_of(url: str) -> Iterator[Worker]:
    database = Database(url)
    worker = Worker(database)
    worker.soon = PATIENCE
    yield worker
    worker.close()
    database.close()


def write(uow: UnitOfWork) -> None:
    uow.meta.set("a", "1")


def read(uow: UnitOfWork) -> str | None:
    return uow.meta.get("a")


def test_everybody_hears_it_and_nothing_is_stored(server: Databases, url: str) -> None:
    async def scenario() -> None:
        with worker_of(url) as worker:
            assert await worker.run_soon(read) is None
            server.freeze_postgresql()
            # More than there are threads, and one of the house that would wait for longer.
            patient = asyncio.create_task(worker.run(write))
            asked = (worker.run_soon(write) for _ in range(5 * POOL_SIZE))
            heard = await asyncio.gather(*asked, return_exceptions=True)
            assert {type(one) for one in heard} == {DatabaseAway}
            assert not patient.done()
            server.thaw_postgresql()
            await patient
            assert await worker.run_soon(read) == "1"

    asyncio.run(scenario())


def test_who_asks_whether_it_is_there_is_told_in_time(
    server: Databases, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PING_SECONDS", 0.5)
    database = Database(url)
    database.ping()
    server.freeze_postgresql()
    with pytest.raises(DatabaseAway):
        database.ping()
    server.thaw_postgresql()
    database.ping()
    database.close()


def test_work_may_take_longer_than_silence(url: str) -> None:
    def slow(uow: UnitOfWork) -> None:
        for _ in range(3):
            uow._session.rows(text(f"SELECT pg_sleep({PATIENCE / 2})"))  # type: ignore[attr-defined]
        write(uow)

    async def scenario() -> None:
        with worker_of(url) as worker:
            await worker.run_soon(slow)
            assert await worker.run_soon(read) == "1"

    asyncio.run(scenario())


def test_a_table_that_somebody_has_locked_is_as_good_as_away(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PING_SECONDS", 0.5)
    operator = create_engine(url)

    async def scenario() -> None:
        with worker_of(url) as worker:
            with operator.begin() as connection:
                connection.execute(text("LOCK TABLE meta"))
                with pytest.raises(DatabaseAway):
                    await worker.run_soon(write)
                with pytest.raises(DatabaseAway):
                    worker._database.ping()
            assert await worker.run_soon(read) is None
            await worker.run_soon(write)

    asyncio.run(scenario())
    operator.dispose()


def test_only_a_commit_that_was_lost_is_unknown(url: str) -> None:
    async def scenario(what: int) -> str | None:
        with Wire(url) as wire, worker_of(wire.url) as worker:
            await worker.run_soon(read)
            wire.at_commit = what
            with pytest.raises(CommitUnknown):
                await worker.run_soon(write)
            return await worker.run_soon(read)

    assert asyncio.run(scenario(Wire.LOSE_IT)) is None
    assert asyncio.run(scenario(Wire.LOSE_THE_ANSWER)) == "1"


def test_turns_do_without_the_locks_of_others_and_take_them_up_again(server: Databases, url: str) -> None:
    async def scenario() -> None:
        first, second = PostgresTurnLocks(url), PostgresTurnLocks(url)
        await first.start()
        await second.start()
        async with first.hold("a:1"):
            server.freeze_postgresql()
            async with first.hold("a:2"):
                pass
            server.thaw_postgresql()
        async with asyncio.timeout(30):
            while not await _kept_apart(first, second):  # noqa: ASYNC110 - another process' locks have no event
                await asyncio.sleep(0.05)
        await first.close()
        await second.close()

    asyncio.run(scenario())


async def _kept_apart(first: PostgresTurnLocks, second: PostgresTurnLocks) -> bool:
    async with first.hold("a:1"):
        try:
            async with asyncio.timeout(0.2), second.hold("a:1"):
                return False
        except TimeoutError:
            return True
