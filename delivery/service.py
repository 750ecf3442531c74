"""Delivery as one thing: dispatcher, engine, relay and ticker, wired to each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from delivery.book import OwnBook
from delivery.budget import Budget
from delivery.engine import SCHEMA, Engine
from delivery.ledger import PER_SECOND, Limits
from delivery.postgres import is_postgres
from delivery.relay import Relay
from delivery.send import Dispatcher
from delivery.shared_budget import SharedBook
from delivery.ticker import Ticker

if TYPE_CHECKING:
    from delivery.ports import Mark, Render, Worker
    from domain.clock import Clock
    from domain.ports import Sender


class Delivery:
    """Everything that sends by itself; once stopped, it is not started again.

    `lost` must end the process (exit code 75). `per_second`: scheduled sends in a tenant, 0 without limits.
    `budget` is for the other requests to Teams, too.
    """

    def __init__(
        self,
        engine_url: str,
        worker: Worker,
        clock: Clock,
        sender: Sender,
        render: Render,
        mark: Mark,
        *,
        local: bool = False,
        executor_id: str = "local",
        tick_seconds: int = 60,
        first_pause: float = 2.0,
        per_second: float = PER_SECOND,
        lost: Callable[[], None] = lambda: None,
        liveness_seconds: float = 10.0,
    ) -> None:
        self.budget = _budget(engine_url, per_second)
        self.dispatcher = Dispatcher(
            worker, clock, sender, self.budget, render, mark, local=local, first_pause=first_pause
        )
        self.engine = Engine(
            engine_url,
            self.dispatcher,
            self._tick,
            executor_id=executor_id,
            tick_seconds=tick_seconds,
            per_second=per_second,
            lost=lost,
            liveness_seconds=liveness_seconds,
        )
        self.relay = Relay(worker, clock, self.engine)
        self._ticker = Ticker(worker, clock, self.relay.nudge, self.engine.forget)

    async def start(self) -> None:
        """Starts the engine, then what needs its schema; raises TwinAlive (PostgreSQL)."""
        await self.engine.start()
        await self.budget.start()
        await self.relay.start()

    async def drain(self, seconds: float) -> None:
        """Begins nothing more, and waits so long for what is being sent; `stop` is to follow."""
        await self.relay.stop()
        await self.dispatcher.drain(seconds)

    async def stop(self, seconds: float = 20.0) -> None:
        """Stops the relay, then the engine, which waits so long for what is being sent."""
        await self.relay.stop()
        await self.engine.stop(seconds)
        await self.budget.stop()

    def nudge(self) -> None:
        """To be called after every commit that may have put something into the outbox."""
        self.relay.nudge()

    async def healthy(self) -> bool:
        """Whether the engine's database answers."""
        return await self.engine.healthy()

    async def _tick(self) -> None:
        await self._ticker()


def _budget(engine_url: str, per_second: float) -> Budget:
    limits = Limits.of(per_second)
    # Without limits there is nothing to share.
    shared = is_postgres(engine_url) and limits.gap
    return Budget(SharedBook(engine_url, SCHEMA, limits) if shared else OwnBook(limits))
