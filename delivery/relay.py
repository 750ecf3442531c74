"""Hands due outbox rows to the engine."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Protocol

import structlog

from domain.outbox import OutboxMessage, OutboxState
from domain.outreach.planning import hours

if TYPE_CHECKING:
    from delivery.ports import Worker
    from domain.clock import Clock
    from domain.ports import UnitOfWork

BATCH = 100
_PAUSE = 1.0
_LONGEST_PAUSE = 60.0
_REST = 2.0
"""Seconds between two full batches: twice as fast as Teams takes them. All at once, thousands of them would keep
the engine, and with it the people who write meanwhile, waiting."""
_TOGETHER = 0.05
"""Seconds in which nudges count as one: many turns at once are one look."""

log = structlog.get_logger()


class Hands(Protocol):
    """What the relay needs of the engine."""

    async def hand(self, key: str, delay: float = 0.0) -> None:
        """Takes a message over; the same key a second time changes nothing."""
        ...


class Relay:
    """Looks for due messages every second, and at once after `nudge`.

    A crash between handing over and marking is harmless: the engine knows the key.
    """

    def __init__(self, worker: Worker, clock: Clock, engine: Hands, *, pause: float = _PAUSE) -> None:
        self._worker = worker
        self._clock = clock
        self._engine = engine
        self._pause = pause
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begins, with what an earlier run handed over and did not see the end of."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stops at once; what is not handed over yet is next time."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def nudge(self) -> None:
        """Says that something may have been put into the outbox; call it from the event loop."""
        self._wake.set()

    async def hand_over(self) -> int:
        """Hands over one batch and returns how many messages it held."""
        now = self._clock.now()
        messages = await self._worker.run(lambda uow: uow.outbox.due(now, BATCH))
        await self._hand(messages)
        if messages:
            await self._worker.run(lambda uow: uow.outbox.handed([m.key for m in messages]))
        return len(messages)

    async def hand_again(self) -> None:
        """Hands over what is marked as handed: the engine's database may have been lost or set back."""
        after = ""
        while batch := await self._worker.run(partial(_handed, after)):
            await self._hand(batch)
            after = batch[-1].key

    async def _hand(self, messages: list[OutboxMessage]) -> None:
        now = self._clock.now()
        for message in messages:
            await self._engine.hand(message.key, hours.wait(message, now) or 0.0)

    async def _run(self) -> None:
        failures = 0
        again = True
        while True:
            self._wake.clear()
            try:
                if again:
                    await self.hand_again()
                    again = False
                full = await self.hand_over() == BATCH
            except Exception as error:
                if not failures:
                    log.error("relay.failed", error=type(error).__name__)
                failures += 1
                await asyncio.sleep(min(_LONGEST_PAUSE, self._pause * 2 ** min(failures, 6)))
                continue
            if failures:
                log.info("relay.recovered", failures=failures)
                failures = 0
            if full:
                await asyncio.sleep(_REST)
            else:
                await self._until_woken()

    async def _until_woken(self) -> None:
        try:
            await asyncio.wait_for(self._wake.wait(), self._pause)
        except TimeoutError:
            return
        await asyncio.sleep(_TOGETHER)


def _handed(after: str, uow: UnitOfWork) -> list[OutboxMessage]:
    return uow.outbox.in_state(OutboxState.HANDED, after, BATCH)
