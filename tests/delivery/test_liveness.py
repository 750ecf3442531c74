"""A process whose PostgreSQL hangs keeps its lock and lives on, and holds no lock that is not its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import pytest
from structlog.testing import capture_logs

from delivery import postgres
from delivery.liveness import Liveness
from delivery.postgres import AdvisoryLocks, Lost
from tests.databases import Databases

EVERY = 0.3
SCHEMA = "public"


@pytest.fixture(scope="module")
def server() -> Iterator[Databases]:
    """A PostgreSQL of this module's own: it is made to hang."""
    made = Databases(own_server=True)
    yield made
    made.close()


@pytest.fixture
def url(server: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(postgres, "_PATIENCE", 0.5)
    found = server.fresh("postgresql")
    with psycopg.connect(postgres.conninfo(found)) as connection:
        connection.execute("CREATE TABLE workflow_status (executor_id text, status text)")
    yield found
    server.thaw_postgresql()


@asynccontextmanager
async def locks_of(url: str) -> AsyncIterator[AdvisoryLocks]:
    locks = await AdvisoryLocks.connect(url, "somebody else", SCHEMA)
    try:
        yield locks
    finally:
        await locks.close()


def test_a_server_that_hung_has_given_the_lock_to_nobody(server: Databases, url: str) -> None:
    async def scenario() -> None:
        lost = asyncio.Event()
        mine = Liveness(url, "me", SCHEMA, _nobody, lost.set, every=EVERY)
        await mine.acquire()
        mine.watch()
        with capture_logs() as logs:
            server.freeze_postgresql()
            await _until_logged("engine.lock_away", logs)
            # As long as another needs to take over from somebody who is gone.
            await asyncio.sleep(3 * EVERY)
            server.thaw_postgresql()
            await _until_logged("engine.lock_back", logs)
        assert not lost.is_set()
        async with locks_of(url) as other:
            assert not await other.take("me")
        await mine.stop()
        async with locks_of(url) as other:
            assert await other.take("me")

    asyncio.run(scenario())


def test_a_session_that_lives_on_has_its_own_lock_alone(server: Databases, url: str) -> None:
    async def scenario() -> None:
        async with locks_of(url) as mine, locks_of(url) as other:
            assert await mine.take("me")
            server.freeze_postgresql()
            with pytest.raises(Lost):
                await mine.take("you")
            server.thaw_postgresql()
            assert await mine.lived_on("me", 10.0)
            assert not await other.take("me")
            assert await other.take("you")

    asyncio.run(scenario())


def test_a_session_that_was_ended_meanwhile_has_not_lived_on(server: Databases, url: str) -> None:
    async def scenario() -> None:
        async with locks_of(url) as mine:
            assert await mine.take("me")
            server.freeze_postgresql()
            with pytest.raises(Lost):
                await mine.take("you")
            postgres.cut_off(mine._connection)
            server.thaw_postgresql()
            assert not await mine.lived_on("me", 10.0)

    asyncio.run(scenario())


async def _until_logged(event: str, logs: Sequence[Any]) -> None:
    async with asyncio.timeout(30):
        while all(line["event"] != event for line in logs):  # noqa: ASYNC110 - a log has no event
            await asyncio.sleep(0.02)


async def _nobody(_executor: str) -> int:
    return 0
