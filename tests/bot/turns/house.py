"""Real turns over a real adapter, database and Teams, in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from bot.attachments import FileLink
from bot.clock import RunningClock
from bot.sdk.adapter import RekompisAdapter
from bot.turns import Turns
from delivery.book import OwnBook
from delivery.budget import Budget
from delivery.ledger import Limits
from dialogs.events import IncomingFile
from dialogs.turn import World
from domain.ports import UnitOfWork
from domain.scheme.answers import Scheme
from domain.scheme.prepared import prepared
from storage.database import Database
from storage.turn_locks import NoTurnLocks
from storage.worker import Worker
from tests.protocol.people import Person, person
from tests.protocol.teams import Teams

T = TypeVar("T")
NOW = datetime(2026, 11, 12, 8, tzinfo=UTC)
SECRET = "Kari Nordli bor i Melhus"


class Faulty(Worker):
    """A worker that fails before it has begun, when it is told to."""

    fails = False

    async def run_soon(self, fn: Callable[[UnitOfWork], T], *, within: float | None = None) -> T:
        if self.fails:
            raise LookupError(SECRET)
        return await super().run_soon(fn, within=within)

    async def run_quick(self, fn: Callable[[UnitOfWork], T]) -> T:
        return await self.run_soon(fn)


class House:
    """Real turns over a real adapter and database; `after_commit` is called after every commit."""

    def __init__(self, adapter: RekompisAdapter, worker: Faulty, tenants: frozenset[str]) -> None:
        self.worker = worker
        self.after_commit: Callable[[], None] = lambda: None
        self._adapter = adapter
        self._turns = Turns(
            adapter,
            Budget(OwnBook(Limits.of(0))),
            worker,
            RunningClock(NOW - datetime.now(UTC)),
            World(Scheme(prepared()), not tenants, lambda *_: ""),
            lambda token: token,
            lambda: self.after_commit(),
            tenants,
            _no_files,
            NoTurnLocks(),
        )

    async def take(self, activity: dict[str, Any]) -> Any:
        """One turn; what is in the response to an invoke."""
        response = await self._adapter.receive(activity, "", self._turns)
        return response.body if response is not None else None

    async def drain(self) -> None:
        """Waits for turns that are under way."""
        await self._turns.drain(10)


async def _no_files(_links: Sequence[FileLink]) -> tuple[IncomingFile, ...]:
    return ()


@asynccontextmanager
async def house(
    database: Database, tenants: frozenset[str] = frozenset()
) -> AsyncIterator[tuple[House, Person]]:
    """With a head who is asked the first question, if the tenant may be met. No tenants: local mode."""
    adapter, worker = await RekompisAdapter.open(), Faulty(database)
    try:
        with Teams() as teams:
            made, head = House(adapter, worker, tenants), person(teams, "", "Kari Nordli")
            await made.take(head.message("meld behov"))
            yield made, head
            await made.drain()
    finally:
        await adapter.close()
        worker.close()
