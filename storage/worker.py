"""Units of work off the event loop."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
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
    """Runs functions in units of work: in one thread on SQLite, in a small pool on PostgreSQL.

    One thread is faster for SQLite than several that wait for each other's lock.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._threads = ThreadPoolExecutor(
            1 if database.is_sqlite else POOL_SIZE, thread_name_prefix="storage"
        )

    async def run(self, fn: Callable[[UnitOfWork], _T]) -> _T:
        """What the function returns, when all that it wrote is committed; nothing is if it raises.

        The function runs a second time if another transaction was in its way, so it may have no effect but
        on the unit of work. Once begun it runs to its end, also when the caller is cancelled. Raises
        DatabaseAway.
        """
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, fn)

    def close(self) -> None:
        """Waits for what has begun; what has not is dropped."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _run(self, fn: Callable[[UnitOfWork], _T]) -> _T:
        try:
            return self._run_once(fn)
        except DatabaseBusy:
            # Time for the other transaction to end, or the two would meet again.
            time.sleep(PAUSE + random.random() * PAUSE)  # noqa: S311 - not a secret
            return self._run_once(fn)

    def _run_once(self, fn: Callable[[UnitOfWork], _T]) -> _T:
        with self._database.unit_of_work() as uow:
            result = fn(uow)
            if uow.dirty:
                uow.commit()
            return result
