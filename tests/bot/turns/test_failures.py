"""A fault of ours: the person hears what is stored and a code, and the code stands in one line of the log."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

import pytest
from structlog.testing import capture_logs

from bot.attachments import FileLink
from bot.clock import RunningClock
from bot.data_files import sample_register
from bot.sdk.adapter import RekompisAdapter
from bot.seeding import import_register
from bot.turns import Turns
from delivery.book import OwnBook
from delivery.budget import Budget
from delivery.ledger import Limits
from dialogs.events import IncomingFile
from dialogs.turn import World
from domain.needs.models import Status
from domain.ports import UnitOfWork
from domain.scheme.answers import Scheme
from domain.scheme.prepared import prepared
from storage.database import Database
from storage.turn_locks import NoTurnLocks
from storage.worker import Worker
from tests.databases import Databases
from tests.protocol.people import Person, person
from tests.protocol.teams import Teams
from tests.protocol.town import IN_THE_ROUND

T = TypeVar("T")
NOW = datetime(2026, 11, 12, 8, tzinfo=UTC)
SECRET = "Kari Nordli bor i Melhus"


class Faulty(Worker):
    """A worker that fails before it has begun, when it is told to."""

    fails = False

    async def run(self, fn: Callable[[UnitOfWork], T]) -> T:
        if self.fails:
            raise LookupError(SECRET)
        return await super().run(fn)

    async def run_quick(self, fn: Callable[[UnitOfWork], T]) -> T:
        return await self.run(fn)


class House:
    """Real turns over a real adapter and database; `after_commit` is called after every commit."""

    def __init__(self, adapter: RekompisAdapter, worker: Faulty) -> None:
        self.worker = worker
        self.after_commit: Callable[[], None] = lambda: None
        self._adapter = adapter
        self._turns = Turns(
            adapter,
            Budget(OwnBook(Limits.of(0))),
            worker,
            RunningClock(NOW - datetime.now(UTC)),
            World(Scheme(prepared()), True, lambda *_: ""),
            lambda token: token,
            lambda: self.after_commit(),
            frozenset(),
            _no_files,
            NoTurnLocks(),
        )

    async def take(self, activity: dict[str, Any]) -> None:
        """One turn."""
        await self._adapter.receive(activity, "", self._turns)


async def _no_files(_links: Sequence[FileLink]) -> tuple[IncomingFile, ...]:
    return ()


@pytest.fixture
def database() -> Iterator[Database]:
    databases = Databases()
    made = Database(databases.fresh("sqlite"), lambda: IN_THE_ROUND)
    with made.unit_of_work() as uow:
        import_register(uow, sample_register(), IN_THE_ROUND)
        uow.commit()
    yield made
    made.close()
    databases.close()


@asynccontextmanager
async def house(database: Database) -> AsyncIterator[tuple[House, Person]]:
    """With a head who is asked the first question."""
    adapter, worker = await RekompisAdapter.open(), Faulty(database)
    try:
        with Teams() as teams:
            made, head = House(adapter, worker), person(teams, "", "Kari Nordli")
            await made.take(head.message("meld behov"))
            yield made, head
    finally:
        await adapter.close()
        worker.close()


def answers(database: Database) -> dict[str, Any]:
    """What is stored of the one need."""
    with database.unit_of_work() as uow:
        rounds = uow.rounds.all_current(IN_THE_ROUND)
        (only,) = [need for r in rounds for need in uow.needs.in_round(r.id, list(Status))]
    return only.answers


def code_of(words: str, head: Person, logs: list[Any]) -> str:
    """The code that the person heard, which must stand in the one line about it."""
    found = re.fullmatch(
        r"Noe gikk galt hos oss, kode ([0-9A-F]{4})\. " + re.escape(words), head.chat.heard[-1]
    )
    assert found, head.chat.heard
    (line,) = [entry for entry in logs if found[1] in entry.values()]
    assert line["event"] == "turn.failed"
    assert [entry for entry in logs if entry["event"] == "turn.failed"] == [line]
    assert SECRET not in str(logs)
    return found[1]


def test_a_failure_after_the_commit_says_that_it_is_stored(database: Database) -> None:
    async def scenario() -> None:
        async with house(database) as (made, head):
            made.after_commit = _fails
            with capture_logs() as logs:
                await made.take(head.message("ja, noe nytt"))
            assert answers(database) == {"need": "new"}
            code_of("Det du har skrevet er lagret.", head, logs)

    asyncio.run(scenario())


def test_a_failure_before_the_commit_says_that_it_is_not(database: Database) -> None:
    async def scenario() -> None:
        async with house(database) as (made, head):
            made.worker.fails = True
            activity = head.message("ja, noe nytt")
            with capture_logs() as logs:
                await made.take(activity)
            first = code_of("Det siste ble ikke lagret. Prøv igjen om litt.", head, logs)
            with capture_logs() as logs:
                await made.take(head.message("ja"))
            assert code_of("Det siste ble ikke lagret. Prøv igjen om litt.", head, logs) != first
            made.worker.fails = False
            assert answers(database) == {}
            # What was not stored is taken when Teams sends it again.
            await made.take(activity)
            assert "Lagret. Spørsmål 2 av 10." in head.chat.heard[-1]

    asyncio.run(scenario())


def test_what_failed_after_the_commit_is_answered_when_it_comes_again(database: Database) -> None:
    async def scenario() -> None:
        async with house(database) as (made, head):
            activity = head.message("ja, noe nytt")
            made.after_commit = _fails
            await made.take(activity)
            made.after_commit = lambda: None
            await made.take(activity)
            assert head.times_heard("Lagret. Spørsmål 2 av 10.") == 1
            assert answers(database) == {"need": "new"}

    asyncio.run(scenario())


def _fails() -> None:
    raise LookupError(SECRET)
