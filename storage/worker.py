"""Units of work, off the event loop or, when they are quick, on it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from storage.engines import POOL_SIZE
from storage.errors import DatabaseBusy

if TYPE_CHECKING:
    from domain.ports import UnitOfWork
    from storage.database import Database

_T = TypeVar("_T")
PAUSE = 0.1
"""Seconds before the second try, at least."""


class Worker:
    """Runs functions in units of work: one after the other on SQLite, in a small pool of threads on PostgreSQL.

    On SQLite they stand in one line, as several would only wait for each other's lock. What is quick is done
    where the event loop runs: two threads of Python hand one lock to and fro, which takes longer than the work.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._threads = ThreadPoolExecutor(
            1 if database.is_sqlite else POOL_SIZE, thread_name_prefix="storage"
        )
        self._line: tuple[asyncio.AbstractEventLoop, asyncio.Lock] | None = None

    async def run(self, fn: Callable[[UnitOfWork], _T]) -> _T:
        """What the function returns, when all that it wrote is committed; nothing is if it raises.

        The function runs a second time if another transaction was in its way, so it may have no effect but
        on the unit of work. Once begun it runs to its end, also when the caller is cancelled. Raises
        DatabaseAway.
        """
        if not self._database.is_sqlite:
            return await asyncio.wrap_future(self._threads.submit(self._run, fn))
        line = self._of_this_loop()
        await line.acquire()
        try:
            job = asyncio.wrap_future(self._threads.submit(self._run, fn))
        except BaseException:
            line.release()
            raise
        job.add_done_callback(lambda _: line.release())
        return await asyncio.shield(job)

    async def run_quick(self, fn: Callable[[UnitOfWork], _T]) -> _T:
        """The same for what takes a few milliseconds. On SQLite it holds up the event loop for as long, but never
        for another's work, nor for another process' lock."""
        if self._database.is_sqlite:
            async with self._of_this_loop():
                with suppress(DatabaseBusy):
                    return self._run_once(fn, patient=False)
        return await self.run(fn)

    def close(self) -> None:
        """Waits for what has begun; what has not is dropped."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _of_this_loop(self) -> asyncio.Lock:
        loop = asyncio.get_running_loop()
        if self._line is None or self._line[0] is not loop:
            self._line = loop, asyncio.Lock()
        return self._line[1]

    def _run(self, fn: Callable[[UnitOfWork], _T]) -> _T:
        try:
            return self._run_once(fn)
        except DatabaseBusy:
            # Time for the other transaction to end, or the two would meet again.
            time.sleep(PAUSE + random.random() * PAUSE)  # noqa: S311 - not a secret
            return self._run_once(fn)

    def _run_once(self, fn: Callable[[UnitOfWork], _T], *, patient: bool = True) -> _T:
        with self._database.unit_of_work(patient=patient) as uow:
            result = fn(uow)
            if uow.dirty:
                uow.commit()
            return result
