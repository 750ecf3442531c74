"""Units of work, off the event loop or, when they are quick and nothing else is being done, on it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from storage.engines import POOL_SIZE
from storage.errors import DatabaseBusy

if TYPE_CHECKING:
    from domain.ports import UnitOfWork
    from storage.database import Database

_T = TypeVar("_T")
PAUSE = 0.1
"""Seconds before the second try, at least."""


class Worker:
    """Runs functions in units of work: in one thread on SQLite, in a small pool on PostgreSQL.

    One thread is faster for SQLite than several that wait for each other's lock. A quick one that finds the
    thread idle is faster still where the event loop runs: two threads of Python hand one lock to and fro.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._threads = ThreadPoolExecutor(
            1 if database.is_sqlite else POOL_SIZE, thread_name_prefix="storage"
        )
        self._alone = Lock()
        self._counting = Lock()
        self._waiting = 0

    async def run(self, fn: Callable[[UnitOfWork], _T]) -> _T:
        """What the function returns, when all that it wrote is committed; nothing is if it raises.

        The function runs a second time if another transaction was in its way, so it may have no effect but
        on the unit of work. Once begun it runs to its end, also when the caller is cancelled. Raises
        DatabaseAway.
        """
        job = self._threads.submit(self._run, fn)
        with self._counting:
            self._waiting += 1
        job.add_done_callback(self._ended)
        return await asyncio.wrap_future(job)

    async def run_quick(self, fn: Callable[[UnitOfWork], _T]) -> _T:
        """The same for what takes a few milliseconds, and is worth more to be done at once.

        On SQLite it holds up the event loop, but never for another's work, nor for another process' lock.
        """
        if self._database.is_sqlite and not self._waiting and self._alone.acquire(blocking=False):
            try:
                return self._run_once(fn, patient=False)
            except DatabaseBusy:
                pass
            finally:
                self._alone.release()
        return await self.run(fn)

    def close(self) -> None:
        """Waits for what has begun; what has not is dropped."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _ended(self, _job: Future[Any]) -> None:
        with self._counting:
            self._waiting -= 1

    def _run(self, fn: Callable[[UnitOfWork], _T]) -> _T:
        if not self._database.is_sqlite:
            return self._run_twice(fn)
        with self._alone:
            return self._run_twice(fn)

    def _run_twice(self, fn: Callable[[UnitOfWork], _T]) -> _T:
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
