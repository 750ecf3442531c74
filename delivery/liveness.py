"""Takes over what a dead process left behind (PostgreSQL, where several processes share the engine).

Every process holds a lock in its executor's name as long as it lives. Whoever finds the lock of another free three
times in a row knows that the other is dead.

Once is not enough: when the database is started again, or a connection breaks, locks are free though their owners live.
They have until the third look to take their lock again, and less than that by their own clock. Who comes later
cannot know whether another has taken over, and must end. A server that only hung has given nobody anything: a session
that lives on when it goes on has its lock still, however long that took.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from delivery.postgres import AdvisoryLocks, Lost

LOOKS: Final = 3
"""Times in a row that a lock is found free before its owner counts as dead."""

_SURE: Final = 1.5
"""Looks between which nobody can have found a lock free three times: two would be the limit."""

_MOMENT: Final = 2.0
"""Seconds that a session is given that was silent, once the server answers others."""

log = structlog.get_logger()


class TwinAlive(Exception):
    """A living process has this executor id already; two of them would send everything twice."""


class Liveness:
    """Holds this executor's lock and looks for dead ones, every so many seconds.

    `lost` is called once, if the lock was lost for so long that another may have taken over.
    """

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
        self._held_at = 0.0
        self._found_free: dict[str, int] = {}

    async def acquire(self, seconds: float = 30.0) -> None:
        """Takes this executor's lock, before the engine starts; raises TwinAlive and Lost."""
        locks = await self._connect()
        for _ in range(max(1, int(seconds * 2))):
            if await locks.take(self._me):
                self._locks = locks
                self._held_at = time.monotonic()
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

    async def _connect(self) -> AdvisoryLocks:
        return await AdvisoryLocks.connect(self._url, f"rekompis:{self._me}", self._schema)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._every)
            try:
                await self._reap()
            except Lost:
                log.warning("engine.lock_away", executor=self._me)
                if not await self._taken_again():
                    log.error("engine.lock_lost", executor=self._me)
                    self._lost()
                    return
                log.info("engine.lock_back", executor=self._me)
            except Exception as error:
                log.warning("engine.recovery", error=type(error).__name__)

    async def _reap(self) -> None:
        assert self._locks is not None
        asked_at = time.monotonic()
        # Asked also when there is nothing to do: it shows whether the lock is still held.
        owners = await self._locks.owners_of_pending()
        self._held_at = asked_at
        before, self._found_free = self._found_free, {}
        for owner in owners:
            if owner != self._me and await self._locks.take(owner):
                try:
                    await self._found(owner, before.get(owner, 0) + 1)
                finally:
                    await self._locks.give_back(owner)

    async def _found(self, owner: str, times: int) -> None:
        if times < LOOKS:
            self._found_free[owner] = times
            return
        count = await self._recover(owner)
        log.warning("engine.recovered", executor=owner, workflows=count)

    async def _taken_again(self) -> bool:
        """Waits for the database; whether the lock was taken again before anybody else can have taken over."""
        self._found_free = {}
        while True:
            try:
                if (sure := await self._try_again()) is not None:
                    return sure
            except Lost:
                pass
            await asyncio.sleep(self._every / 20)

    async def _try_again(self) -> bool | None:
        """None when there is still time to try once more."""
        fresh = await self._connect()
        if self._locks is not None:
            # The server answers now, so a session that is there still does so too.
            if await self._locks.lived_on(self._me, _MOMENT):
                await fresh.close()
                return True
            await self._locks.close()
        self._locks = fresh
        taken = await self._locks.take(self._me)
        # Since the lock was held for certain, or since there was a server that could have given it to another.
        free_for = min(time.monotonic() - self._held_at, await self._locks.server_is_up())
        if free_for > self._every * _SURE:
            return False
        return True if taken else None
