"""Takes over what a dead process left behind (PostgreSQL, where several processes share the engine).

Every process holds a lock in its executor's name as long as it lives. Whoever gets the lock of another knows
that the other is dead.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from delivery.postgres import AdvisoryLocks, Lost

log = structlog.get_logger()


class TwinAlive(Exception):
    """A living process has this executor id already; two of them would send everything twice."""


class Liveness:
    """Holds this executor's lock and looks for dead ones. `lost` is called once if the lock is lost."""

    def __init__(
        self,
        url: str,
        executor_id: str,
        schema: str,
        recover: Callable[[str], Awaitable[int]],
        lost: Callable[[], None],
        *,
        every: float = 10.0,
    ) -> None:
        self._url = url
        self._me = executor_id
        self._schema = schema
        self._recover = recover
        self._lost = lost
        self._every = every
        self._locks: AdvisoryLocks | None = None
        self._task: asyncio.Task[None] | None = None

    async def acquire(self, seconds: float = 30.0) -> None:
        """Takes this executor's lock, before the engine starts; raises TwinAlive."""
        locks = await AdvisoryLocks.connect(self._url, f"rekompis:{self._me}", self._schema)
        for _ in range(max(1, int(seconds * 2))):
            if await locks.take(self._me):
                self._locks = locks
                return
            await asyncio.sleep(0.5)
        await locks.close()
        raise TwinAlive(self._me)

    def watch(self) -> None:
        """Begins to look for dead executors."""
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Gives the lock back; call it when the engine has stopped."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._locks is not None:
            await self._locks.close()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._every)
            try:
                await self._reap()
            except Lost:
                log.error("engine.lock_lost", executor=self._me)
                self._lost()
                return
            except Exception as error:
                log.warning("engine.recovery", error=type(error).__name__)

    async def _reap(self) -> None:
        assert self._locks is not None
        # Asked also when there is nothing to do: it shows whether the lock is still held.
        for owner in await self._locks.owners_of_pending():
            if owner != self._me and await self._locks.take(owner):
                try:
                    count = await self._recover(owner)
                    log.warning("engine.recovered", executor=owner, workflows=count)
                finally:
                    await self._locks.give_back(owner)
