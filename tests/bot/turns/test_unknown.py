"""PostgreSQL is lost while a turn is committed: what is said of it is true, and it is acted on once whatever follows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import psycopg
import pytest

from bot.data_files import sample_register
from bot.seeding import import_register
from delivery.postgres import conninfo
from domain.needs.models import Status
from storage.database import Database
from tests.bot.turns.house import House, house
from tests.databases import Databases
from tests.protocol.people import Person
from tests.protocol.town import IN_THE_ROUND
from tests.wire import Wire

STORED = "Lagret. Spørsmål 2 av 10."
UNSURE = (
    "Jeg mistet forbindelsen mens jeg lagret, så det er usikkert om det siste ble tatt vare på. "
    "Vent et minutt og skriv «hei», så ser du hvor du er, før du sender noe på nytt."
)

pytestmark = pytest.mark.by_the_clock


@pytest.fixture(scope="module")
def databases() -> Iterator[Databases]:
    made = Databases()
    yield made
    made.close()


@pytest.fixture
def url(databases: Databases) -> Iterator[str]:
    found = databases.fresh("postgresql")
    database = Database(found, lambda: IN_THE_ROUND)
    with database.unit_of_work() as uow:
        import_register(uow, sample_register(), IN_THE_ROUND)
        uow.commit()
    database.close()
    yield found
    databases.give_back(found)


@contextmanager
def beside(url: str) -> Iterator[Database]:
    """The database as others see it, past the wire."""
    database = Database(url, lambda: IN_THE_ROUND)
    try:
        yield database
    finally:
        database.close()


def answers(url: str) -> dict[str, Any]:
    """What is stored of the one need."""
    with beside(url) as database, database.unit_of_work() as uow:
        rounds = uow.rounds.all_current(IN_THE_ROUND)
        (only,) = [need for r in rounds for need in uow.needs.in_round(r.id, list(Status))]
    return only.answers


@asynccontextmanager
async def over_a_wire(url: str) -> AsyncIterator[tuple[Wire, House, Person]]:
    with Wire(url) as wire:
        database = Database(wire.url, lambda: IN_THE_ROUND)
        try:
            async with house(database) as (made, head):
                yield wire, made, head
        finally:
            database.close()


@pytest.mark.parametrize("what", [Wire.LOSE_THE_ANSWER, Wire.LOSE_IT])
def test_a_commit_that_was_not_heard_of_is_looked_for(url: str, what: int) -> None:
    async def scenario() -> None:
        async with over_a_wire(url) as (wire, made, head):
            wire.at_commit = what
            activity = head.message("ja, noe nytt")
            await made.take(activity)
            assert wire.lost.is_set()
            assert STORED in head.chat.heard[-1]
            await made.take(activity)
            assert head.times_heard(STORED) == 1
            assert answers(url) == {"need": "new"}

    asyncio.run(scenario())


@pytest.mark.parametrize(("what", "stored"), [(Wire.LOSE_THE_ANSWER, True), (Wire.LOSE_IT, False)])
def test_what_nobody_can_know_is_not_claimed_either_way(url: str, what: int, stored: bool) -> None:
    async def scenario() -> None:
        async with over_a_wire(url) as (wire, made, head):
            wire.at_commit, wire.cut_off = what, True
            activity = head.message("ja, noe nytt")
            await made.take(activity)
            assert head.chat.heard[-1] == UNSURE
            assert answers(url) == ({"need": "new"} if stored else {})
            wire.cut_off = False
            await made.take(activity)
            assert head.times_heard(STORED) == 1
            assert answers(url) == {"need": "new"}
            await made.take(activity)
            assert head.times_heard(STORED) == 1

    asyncio.run(scenario())


def test_a_commit_that_a_hanging_server_makes_later_is_no_second_one(url: str) -> None:
    async def scenario() -> None:
        async with over_a_wire(url) as (wire, made, head):
            wire.at_commit, made.worker.soon = Wire.HOLD, 1.0
            activity = head.message("ja, noe nytt")
            await made.take(activity)
            # The second look waited in vain for the first transaction, which is still open.
            assert head.chat.heard[-1] == UNSURE
            assert answers(url) == {}
            made.worker.soon = 30.0
            # Who waited before may do so still; nobody knows yet that the other end has gone.
            before = await asyncio.to_thread(waiting_for_a_lock, url)
            again = asyncio.create_task(made.take(activity))
            async with asyncio.timeout(60):
                while await asyncio.to_thread(waiting_for_a_lock, url) <= before:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
            wire.let_go()
            await again
            assert head.times_heard(STORED) == 1
            assert answers(url) == {"need": "new"}

    asyncio.run(scenario())


def waiting_for_a_lock(url: str) -> set[int]:
    """The server's processes that wait for a lock in this database."""
    waiting = (
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with psycopg.connect(conninfo(url)) as connection:
        return {row[0] for row in connection.execute(waiting)}
