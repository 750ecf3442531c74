"""One budget of several processes, over a real PostgreSQL."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from delivery.budget import Budget
from delivery.errors import NoRoom
from delivery.ledger import MARGIN, Limits, Page
from delivery.postgres import conninfo
from delivery.shared_budget import SharedBook
from tests.databases import Databases
from tests.delivery.connector import Connector, most_in
from tests.delivery.sharing import SCHEMA
from tests.delivery.world import TENANT, address

ROOT = Path(__file__).parents[2]
TOGETHER = 3.0


@pytest.fixture(scope="module")
def databases() -> Iterator[Databases]:
    made = Databases()
    yield made
    made.close()


@pytest.fixture
def url(databases: Databases) -> str:
    return databases.empty("postgresql")


@pytest.mark.by_the_clock
def test_two_processes_together_keep_the_limits(url: str) -> None:
    async def scenario() -> None:
        async with Connector().running() as connector:
            processes = [await started(url, connector.url, name) for name in ("a", "b")]
            for process in processes:
                assert process.stdin is not None
                process.stdin.write(b"go\n")
            assert [await process.wait() for process in processes] == [0, 0]
            connector.keeps_the_limits()
            names = connector.texts()
            assert {"a", "b"} == set(names)
            assert min(names.count("a"), names.count("b")) > len(names) / 4, "neither starves the other"
            first, last = connector.asked[0][0], connector.asked[-1][0]
            assert len(names) / (last - first) > 12

    asyncio.run(scenario())


async def started(*arguments: str) -> asyncio.subprocess.Process:
    """A process that is ready to send."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.delivery.sharing", *arguments, str(TOGETHER)),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"READY\n"
    return process


def two(url: str, scenario: Callable[[Budget, Budget, SharedBook], Awaitable[None]]) -> None:
    """Runs with the budgets of two processes, and the book of the first."""

    async def all_of_it() -> None:
        books = [SharedBook(url, SCHEMA, Limits.of(25)) for _ in range(2)]
        for book in books:
            await book.start()
        try:
            await scenario(Budget(books[0]), Budget(books[1], patience=0.2), books[0])
        finally:
            for book in books:
                await book.stop()

    asyncio.run(all_of_it())


def spends(requests: int) -> Callable[[Page], None]:
    """Takes room for so many replies, all at one moment."""

    def spend(page: Page) -> None:
        assert [page.take(scheduled=False) for _ in range(requests)] == [None] * requests

    return spend


@pytest.mark.by_the_clock
def test_a_cool_off_and_a_full_second_are_everybodys(url: str) -> None:
    """Of a second or two each: somebody who is held up for longer finds room again."""

    async def scenario(one: Budget, other: Budget, book: SharedBook) -> None:
        for conversation in ("a", "b", "c", "d"):
            await book.change(TENANT, conversation, spends(6))
        await book.change(TENANT, "e", spends(5))
        with pytest.raises(NoRoom):
            await other.take(TENANT, "person", scheduled=False)
        await asyncio.sleep(1.0 + MARGIN)
        await book.change(TENANT, "hurried", spends(6))
        with pytest.raises(NoRoom):
            await other.take(TENANT, "hurried", scheduled=False)
        await one.refused(TENANT, 429, 60.0)
        with pytest.raises(NoRoom) as closed:
            await other.take(TENANT, "person", scheduled=True)
        assert 30 < closed.value.seconds <= 60
        await other.take(TENANT, "person", scheduled=False)

    two(url, scenario)


def test_the_rhythm_is_one(url: str) -> None:
    moments: list[float] = []
    begun = time.monotonic()

    async def scenario(one: Budget, other: Budget, _: SharedBook) -> None:
        nonlocal begun
        begun = time.monotonic()

        async def send(budget: Budget, number: int) -> None:
            await budget.turn(address(str(number)))
            moments.append(time.monotonic())

        await asyncio.gather(*(send(one, n) for n in range(13)), *(send(other, n) for n in range(13, 26)))

    two(url, scenario)
    # Twenty-five gaps; not to the millisecond: the database's clock is another one.
    assert moments[-1] - begun >= 0.98


def test_when_the_database_is_away_each_goes_on_with_half_and_comes_back(url: str) -> None:
    async def scenario(one: Budget, _: Budget, book: SharedBook) -> None:
        await one.take(TENANT, "before", scheduled=False)
        await kill_connections(url)
        moments = []
        for number in range(20):
            await one.take(TENANT, f"chat-{number}", scheduled=False)
            moments.append(time.monotonic())
        assert most_in(moments, 1.0) <= 15
        async with asyncio.timeout(60):
            while book._connection is None:  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0.05)
        await one.take(TENANT, "again", scheduled=False)
        assert len(await seen(url)) == 29, "what was sent meanwhile is counted as all that may be sent"

    two(url, scenario)


def test_a_process_that_hangs_with_the_lock_stops_nobody(url: str) -> None:
    async def scenario(one: Budget, _: Budget, book: SharedBook) -> None:
        await one.take(TENANT, "before", scheduled=False)
        async with await psycopg.AsyncConnection.connect(conninfo(url)) as hanging:
            await hanging.execute("SELECT * FROM send_budget FOR UPDATE")
            async with asyncio.timeout(60):
                await one.take(TENANT, "person", scheduled=False)

    two(url, scenario)


async def kill_connections(url: str) -> None:
    async with await psycopg.AsyncConnection.connect(conninfo(url), autocommit=True) as connection:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rekompis:budget'"
        )


async def seen(url: str) -> list[float]:
    async with await psycopg.AsyncConnection.connect(conninfo(url)) as connection:
        cursor = await connection.execute("SELECT sent FROM send_budget WHERE tenant = %s", [TENANT])
        row = await cursor.fetchone()
    assert row is not None
    return list(row[0])


def test_a_clock_that_was_set_back_stops_nothing(url: str) -> None:
    async def scenario(one: Budget, _: Budget, book: SharedBook) -> None:
        await one.take(TENANT, "chat", scheduled=False)
        async with await psycopg.AsyncConnection.connect(conninfo(url)) as connection:
            await connection.execute(
                "UPDATE send_budget SET sent = ARRAY(SELECT at + 3600 FROM unnest(sent) at), next_at = next_at + 3600"
            )
        room = await book.change(TENANT, None, Page.reserve)
        assert room is None or room.seconds <= 5

    two(url, scenario)
