"""Locks that two processes share, each with a session of its own, on a real PostgreSQL."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import psycopg
import pytest
from sqlalchemy import make_url

from storage import turn_locks as module
from storage.turn_locks import NoTurnLocks, PostgresTurnLocks, turn_locks
from tests.databases import Databases

HERE = "a:1"


@pytest.fixture(scope="module")
def server() -> Iterator[Databases]:
    """A PostgreSQL of this module's own: it is stopped and started."""
    made = Databases(own_server=True)
    yield made
    made.close()


@pytest.fixture(scope="module")
def url(server: Databases) -> str:
    return server.empty("postgresql")


@asynccontextmanager
async def two(url: str) -> AsyncIterator[tuple[PostgresTurnLocks, PostgresTurnLocks]]:
    first, second = PostgresTurnLocks(url), PostgresTurnLocks(url)
    await first.start()
    await second.start()
    try:
        yield first, second
    finally:
        await first.close()
        await second.close()


async def waits(locks: PostgresTurnLocks, seconds: float = 0.15) -> bool:
    """Whether somebody has the lock of HERE; nothing of this attempt is left."""
    try:
        async with asyncio.timeout(seconds), locks.hold(HERE):
            return False
    except TimeoutError:
        return True


def held(url: str) -> int:
    """How many advisory locks there are."""
    target = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(target) as connection:
        row = connection.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone()
    return int(row[0]) if row else 0


async def until_none_is_held(url: str) -> None:
    async with asyncio.timeout(60):
        while await asyncio.to_thread(held, url):  # noqa: ASYNC110 - another process' locks have no event
            await asyncio.sleep(0.01)


def test_the_locks_suit_the_database(url: str) -> None:
    assert isinstance(turn_locks(url), PostgresTurnLocks)
    assert isinstance(turn_locks("sqlite:///var/rekompis.db"), NoTurnLocks)


def test_one_waits_for_the_other_and_no_other_conversation_does(url: str) -> None:
    async def scenario() -> None:
        async with two(url) as (first, second):
            async with first.hold(HERE):
                assert await waits(second)
                async with asyncio.timeout(60), second.hold("a:2\ud800"), first.hold("a:3"):
                    pass
            async with asyncio.timeout(60), second.hold(HERE):
                assert await waits(first)
            await until_none_is_held(url)

    asyncio.run(scenario())


def test_turns_of_two_processes_never_overlap(url: str) -> None:
    async def scenario() -> None:
        inside, turns = 0, 0

        async def turn(locks: PostgresTurnLocks) -> None:
            nonlocal inside, turns
            async with locks.hold(HERE):
                inside += 1
                assert inside == 1
                await asyncio.sleep(0.001)
                inside -= 1
                turns += 1

        async def one_after_the_other(locks: PostgresTurnLocks) -> None:
            for _ in range(10):
                await turn(locks)
                await asyncio.sleep(0.01)

        async with two(url) as both:
            await asyncio.gather(*(one_after_the_other(locks) for locks in both))
            await until_none_is_held(url)
        assert turns == 20

    asyncio.run(scenario())


def test_nothing_is_left_by_who_fails_or_is_cancelled_at_any_moment(url: str) -> None:
    async def scenario() -> None:
        async with two(url) as (first, second):
            with pytest.raises(LookupError):
                async with first.hold(HERE):
                    raise LookupError

            async def turn(number: int) -> None:
                async with first.hold(f"a:{number}"):
                    await asyncio.sleep(60)

            for rounds in range(60):
                task = asyncio.create_task(turn(rounds))
                for _ in range(rounds % 12):
                    await asyncio.sleep(0)
                if rounds % 2:
                    await asyncio.sleep(rounds / 10_000)
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
            assert not await waits(second, 60)
            await until_none_is_held(url)

    asyncio.run(scenario())


def test_who_waits_too_long_goes_on(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        monkeypatch.setattr(module, "LONGEST", 0.2)
        async with two(url) as (first, second), first.hold(HERE):
            async with asyncio.timeout(60), second.hold(HERE):
                pass
            assert held(url) == 1

    asyncio.run(scenario())


def test_a_process_that_dies_gives_its_locks_back(url: str) -> None:
    async def scenario() -> None:
        async with two(url) as (first, second), first.hold(HERE):
            assert await waits(second)
            await first.close()
            assert not await waits(second, 60)

    asyncio.run(scenario())


@pytest.mark.by_the_clock
def test_without_the_database_a_turn_goes_on_at_once_and_with_it_again_in_order(
    server: Databases, url: str
) -> None:
    async def scenario() -> None:
        async with two(url) as (first, second):
            async with first.hold(HERE):
                await asyncio.to_thread(server.stop_postgresql)
                began = time.monotonic()
                async with first.hold("a:2"), second.hold("a:2"):
                    assert time.monotonic() - began < module.AWAY + 1
            await asyncio.to_thread(server.start_postgresql)
            async with first.hold(HERE):
                assert await waits(second)
            await until_none_is_held(url)
            await asyncio.to_thread(server.stop_postgresql)
            await asyncio.to_thread(server.start_postgresql)
            async with first.hold(HERE):
                assert await waits(second)
            await until_none_is_held(url)

    asyncio.run(scenario())


@pytest.mark.by_the_clock
def test_a_database_that_does_not_answer_holds_up_nobody_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        await writer.wait_closed()

    async def scenario() -> None:
        monkeypatch.setattr(module, "AWAY", 0.3)
        server = await asyncio.start_server(silent, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        locks = PostgresTurnLocks(f"postgresql+psycopg://somebody@127.0.0.1:{port}/rekompis?sslmode=disable")
        await locks.start()
        # One after the other they would wait for half a minute.
        async with asyncio.timeout(15):
            await asyncio.gather(*(_turn(locks, str(number)) for number in range(100)))
            await _turn(locks, HERE)
            await locks.close()
        server.close()
        await server.wait_closed()
        await asyncio.sleep(0.05)

    asyncio.run(scenario())


async def _turn(locks: PostgresTurnLocks, conversation: str) -> None:
    async with locks.hold(conversation):
        pass
