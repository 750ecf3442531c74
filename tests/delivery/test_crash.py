"""kill -9 in the middle of many sends: a receipt is never lost, a reminder never comes twice, and what is missing is
listed."""

from __future__ import annotations

import asyncio
import collections
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from delivery.engine import SCHEMA
from delivery.liveness import Liveness, TwinAlive
from delivery.postgres import LOCK_CLASS, conninfo
from domain.outbox import OutboxState
from storage.database import Database
from tests.databases import Databases
from tests.delivery.crashing import Point
from tests.delivery.process import run
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
from tests.forking import CONTEXT, forked

FEW = 24
MANY = 500


@pytest.fixture(scope="module")
def databases() -> Iterator[Databases]:
    """A PostgreSQL server of this test's own: it is stopped and started."""
    made = Databases(own_server=True)
    yield made
    made.close()


@dataclass(frozen=True)
class Place:
    """Where a process keeps its things."""

    domain: str
    engine: str


@pytest.fixture
def sqlite(tmp_path: Path) -> Place:
    return Place(f"sqlite:///{tmp_path}/domain.db", f"sqlite:///{tmp_path}/engine.db")


@pytest.fixture
def postgres(databases: Databases) -> Place:
    url = databases.empty("postgresql")
    return Place(url, url)


class Process:
    """A process that delivers."""

    def __init__(self, *arguments: str) -> None:
        self._said, says = CONTEXT.Pipe(duplex=False)
        self._process = forked(run, says, *arguments)
        says.close()

    async def ready(self) -> None:
        """Returns once it delivers, or has died by its own hand."""
        try:
            await asyncio.to_thread(self._said.recv)
        except EOFError:
            assert await self.wait() == -9, "the process has ended"
        finally:
            self._said.close()

    @property
    def returncode(self) -> int | None:
        """Its exit code, if it has ended."""
        return self._process.exitcode

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()

    async def wait(self) -> int:
        """Its exit code, once it has ended."""
        await asyncio.to_thread(self._process.join)
        assert self._process.exitcode is not None
        return self._process.exitcode


@asynccontextmanager
async def process(place: Place, teams: Teams, executor: str, *crash: str) -> AsyncIterator[Process]:
    """A process that delivers, once it does; killed at the end."""
    started = Process(place.domain, place.engine, teams.url, executor, QUIET.isoformat(), *crash)
    try:
        await started.ready()
        yield started
    finally:
        started.kill()
        await started.wait()


@dataclass(frozen=True)
class Sent:
    """What was to be sent: the first half reminders, the second receipts, one to each person."""

    reminders: list[str]
    receipts: list[str]


def put(database: Database, number: int) -> Sent:
    """Puts so many messages into the outbox."""
    now = RunningClock(QUIET).now()
    half = number // 2
    with database.unit_of_work() as uow:
        fill(uow, heads=number)
        request = request_of(uow, now)
        reminders = [reminder(uow, i, now) for i in range(half)]
        receipts = [notice(uow, head(uow, i)[0], request, now) for i in range(half, number)]
        for index in range(number):
            seat(uow, head(uow, index)[0], str(index), now)
        for message in [*reminders, *receipts]:
            uow.outbox.add(message)
        uow.commit()
    return Sent([m.key for m in reminders], [m.key for m in receipts])


def under_way(database: Database) -> set[str]:
    """What was begun and has no end on record."""
    query = "SELECT a.key FROM send_attempt a JOIN outbox o ON o.key = a.key WHERE o.state IN ('waiting', 'handed')"
    with database.engine.connect() as connection:
        return {row[0] for row in connection.execute(text(query))}


def check(database: Database, teams: Teams, sent: Sent, begun: set[str]) -> tuple[int, int]:
    """Every message against what arrived; how many reminders are listed as ambiguous, and receipts that came twice."""
    arrived = collections.Counter(conversation for _, conversation, _, status in teams.posts if status == 201)
    ambiguous, twice = set(), set()
    for index, key in enumerate([*sent.reminders, *sent.receipts]):
        times, state = arrived[f"chat-{index}"], state_of(database, key)
        if key in sent.receipts:
            assert times >= 1
            assert state is OutboxState.SENT
            twice |= {key} if times > 1 else set()
        else:
            assert times <= 1
            assert state in (OutboxState.SENT, OutboxState.AMBIGUOUS)
            assert times == 1 or state is OutboxState.AMBIGUOUS
            ambiguous |= {key} if state is OutboxState.AMBIGUOUS else set()
    assert ambiguous | twice <= begun
    return len(ambiguous), len(twice)


async def killed_and_started_again(place: Place, number: int, *crash: str, posts: int = 0) -> tuple[int, int]:
    """One process dies by itself, or after so many posts; the next one does the rest."""
    database = Database(place.domain)
    database.upgrade()
    try:
        sent = put(database, number)
        async with teams_at(Teams(delay=0.05)) as teams:
            async with process(place, teams, "local", *crash) as first:
                if posts:
                    await until(lambda: len(teams.posts) >= posts, 120)
                    first.kill()
                await asyncio.wait_for(first.wait(), 120)
            begun = under_way(database)
            async with process(place, teams, "local"):
                await until(lambda: not unfinished(database), 120)
            return check(database, teams, sent, begun)
    finally:
        database.close()


@pytest.mark.parametrize("point", [Point.BEFORE_REQUEST, Point.BEFORE_RECORD])
def test_killed_at_a_point(sqlite: Place, point: Point) -> None:
    """The two points whose outcomes differ; all of them, and on both databases, among the long runs below."""
    asyncio.run(killed_and_started_again(sqlite, FEW, point, "10"))


@pytest.mark.torture
@pytest.mark.parametrize("point", Point)
@pytest.mark.parametrize("backend", ["sqlite", "postgres"])
def test_five_hundred_killed_at_a_point(
    backend: str, point: Point, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    place: Place = request.getfixturevalue(backend)
    found = asyncio.run(killed_and_started_again(place, MANY, point, "250"))
    with capsys.disabled():
        print(f"\n{backend}, {point}: {found[0]} ambiguous, {found[1]} twice of {MANY}")


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("backend", ["sqlite", "postgres"])
def test_five_hundred_killed_at_any_moment(
    backend: str, seed: int, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    place: Place = request.getfixturevalue(backend)
    posts = random.Random(seed).randrange(20, MANY - 20)
    found = asyncio.run(killed_and_started_again(place, MANY, posts=posts))
    with capsys.disabled():
        print(f"\n{backend}, after {posts} posts: {found[0]} ambiguous, {found[1]} twice of {MANY}")


async def killed_for_good(place: Place, number: int) -> float:
    """Two processes on one database, one of them killed for good: seconds until the other has done it all."""
    database = Database(place.domain)
    database.upgrade()
    lost = asyncio.Event()
    options: dict[str, Any] = {"executor_id": "b", "liveness_seconds": 2.0, "lost": lost.set}
    try:
        async with (
            teams_at(Teams(delay=0.2)) as teams,
            process(place, teams, "a") as first,
            delivering(database, place.engine, teams.url, RunningClock(QUIET), **options) as delivery,
        ):
            sent = put(database, number)
            await until(lambda: len(teams.posts) >= number // 3, 120)
            first.kill()
            await first.wait()
            begun, began = under_way(database), asyncio.get_running_loop().time()
            await until(lambda: not unfinished(database), 120)
            took = asyncio.get_running_loop().time() - began
            check(database, teams, sent, begun | under_way(database))
            assert await delivery.healthy()
            await refuses_a_twin(place.engine)
            await goes_on_when_the_connection_breaks(place.engine, lost)
            await ends_when_another_has_the_lock(place.engine, lost)
        return took
    finally:
        database.close()


def test_killed_and_taken_over_by_another_process(postgres: Place) -> None:
    asyncio.run(killed_for_good(postgres, 2 * FEW))


@pytest.mark.torture
def test_a_dead_process_work_is_finished_within_half_a_minute(
    postgres: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of five hundred, so that there is much under way: what is left takes twelve seconds at the permitted rate."""
    took = asyncio.run(killed_for_good(postgres, MANY))
    with capsys.disabled():
        print(f"\ntaken over and finished after {took:.1f} s")
    assert took < 30


async def database_restarted(place: Place, databases: Databases, number: int) -> None:
    """The database goes away and comes back in the middle; the process lives on and does the rest."""
    database = Database(place.domain)
    database.upgrade()
    sent = put(database, number)
    database.close()
    async with teams_at(Teams()) as teams:
        async with process(place, teams, "a") as first:
            await until(lambda: len(teams.posts) >= number // 3, 120)
            await asyncio.to_thread(databases.stop_postgresql)
            await asyncio.sleep(1)
            await asyncio.to_thread(databases.start_postgresql)
            await until(lambda: not unfinished(database), 120)
            assert first.returncode is None
        check(database, teams, sent, {*sent.reminders, *sent.receipts})
    # Whatever Teams had answered was recorded: nothing is in doubt, and nothing came twice.
    assert len(teams.texts()) == number
    database.close()


def test_postgresql_restarted_in_the_middle(postgres: Place, databases: Databases) -> None:
    asyncio.run(database_restarted(postgres, databases, 2 * FEW))


@pytest.mark.torture
def test_postgresql_restarted_in_the_middle_of_many(postgres: Place, databases: Databases) -> None:
    asyncio.run(database_restarted(postgres, databases, MANY))


async def refuses_a_twin(url: str) -> None:
    twin = Liveness(url, "b", SCHEMA, recover=_nobody, lost=lambda: None)
    with pytest.raises(TwinAlive):
        await twin.acquire(0.5)


async def goes_on_when_the_connection_breaks(url: str, lost: asyncio.Event) -> None:
    async with await psycopg.AsyncConnection.connect(conninfo(url), autocommit=True) as connection:
        await cut_off(connection)
        async with asyncio.timeout(60):
            while await takes(connection):
                await connection.execute("SELECT pg_advisory_unlock_all()")
                await asyncio.sleep(0.02)
    assert not lost.is_set()


async def ends_when_another_has_the_lock(url: str, lost: asyncio.Event) -> None:
    async with await psycopg.AsyncConnection.connect(conninfo(url), autocommit=True) as connection:
        await cut_off(connection)
        async with asyncio.timeout(60):
            while not await takes(connection):
                # It was quicker, and has taken it again: once more.
                await cut_off(connection)
            await lost.wait()


async def cut_off(connection: psycopg.AsyncConnection[Any]) -> None:
    query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rekompis:b'"
    await connection.execute(query)


async def takes(connection: psycopg.AsyncConnection[Any]) -> bool:
    cursor = await connection.execute("SELECT pg_try_advisory_lock(%s, hashtext('b'))", [LOCK_CLASS])
    row = await cursor.fetchone()
    return bool(row and row[0])


async def _nobody(executor_id: str) -> int:
    raise AssertionError(executor_id)
