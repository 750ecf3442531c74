"""Units of work, off the event loop or, when they are quick, on it."""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar

from storage import silence
from storage.engines import BESIDE, POOL_SIZE
from storage.errors import DatabaseAway, DatabaseBusy

if TYPE_CHECKING:
    from domain.ports import UnitOfWork
    from storage.database import Database

_T = TypeVar("_T")
PAUSE: Final = 0.1
"""Seconds before the second try, at least."""

QUICK: Final = 0.08
"""Seconds of processor time after which a unit of work was not quick: a step of the report takes a tenth of that, what
an owner of a thousand kindergartens asks for up to ten times as much."""

SOON: Final = 4.0
"""Seconds that somebody who waits for an answer is let wait for a PostgreSQL that is silent. Teams waits ten, and the
turn may have waited for the locks and the budget before, and waits for the way out after."""

_LONG_IN_LINE: Final = 1.0
"""Seconds in line after which a server that was found silent meanwhile need not be asked once more."""


class Worker:
    """Runs functions in units of work: one after the other on SQLite, in a small pool of threads on PostgreSQL.

    On SQLite they stand in one line, as several would only wait for each other's lock. What is quick is done
    where the event loop runs: two threads of Python hand one lock to and fro, which takes longer than the work.

    On PostgreSQL what somebody waits for (`run_soon`) has threads of its own. When the server hangs, a thread is free
    again after `soon` seconds, and who stood in line for it meanwhile hears the same at once.
    """

    def __init__(self, database: Database) -> None:
        self.soon = SOON
        self._database = database
        self._threads = ThreadPoolExecutor(
            1 if database.is_sqlite else POOL_SIZE, thread_name_prefix="storage"
        )
        self._beside = ThreadPoolExecutor(BESIDE, thread_name_prefix="storage-beside")
        self._line: tuple[asyncio.AbstractEventLoop, asyncio.Lock] | None = None
        self._silent_at = -math.inf

    async def run(self, fn: Callable[[UnitOfWork], _T]) -> _T:
        """What the function returns, when all that it wrote is committed; nothing is if it raises.

        The function runs a second time if another transaction was in its way, so it may have no effect but
        on the unit of work. Once begun it runs to its end, also when the caller is cancelled. Raises
        DatabaseAway, and of its kinds CommitUnknown when it is not known what is committed.
        """
        if not self._database.is_sqlite:
            return await asyncio.wrap_future(self._beside.submit(self._run, fn))
        return await self._in_line(fn)

    async def run_soon(self, fn: Callable[[UnitOfWork], _T], *, within: float | None = None) -> _T:
        """The same for somebody who waits: PostgreSQL is given up when it is silent for `within` seconds (`soon`)."""
        if self._database.is_sqlite:
            return await self._in_line(fn)
        asked = time.monotonic()
        return await asyncio.wrap_future(self._threads.submit(self._soon, fn, asked, within or self.soon))

    async def _in_line(self, fn: Callable[[UnitOfWork], _T]) -> _T:
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
        for another's work, nor for another process' lock. What takes longer after all is begun again in the thread."""
        if self._database.is_sqlite:
            async with self._of_this_loop():
                with suppress(DatabaseBusy):
                    return self._run_once(fn, quick=QUICK)
        return await self.run_soon(fn)

    def close(self) -> None:
        """Waits for what has begun; what has not is dropped."""
        for threads in (self._threads, self._beside):
            threads.shutdown(wait=True, cancel_futures=True)

    def _of_this_loop(self) -> asyncio.Lock:
        loop = asyncio.get_running_loop()
        if self._line is None or self._line[0] is not loop:
            self._line = loop, asyncio.Lock()
        return self._line[1]

    def _soon(self, fn: Callable[[UnitOfWork], _T], asked: float, within: float) -> _T:
        if asked < self._silent_at and time.monotonic() - asked > _LONG_IN_LINE:
            raise DatabaseAway("it was silent a moment ago")
        return self._run(fn, within)

    def _run(self, fn: Callable[[UnitOfWork], _T], within: float = silence.LONGEST) -> _T:
        with silence.heard_within(within):
            try:
                return self._run_once(fn)
            except DatabaseBusy:
                # Time for the other transaction to end, or the two would meet again.
                time.sleep(PAUSE + random.random() * PAUSE)  # noqa: S311 - not a secret
                return self._run_once(fn)
            finally:
                if silence.left() <= 0:
                    self._silent_at = time.monotonic()

    def _run_once(self, fn: Callable[[UnitOfWork], _T], *, quick: float | None = None) -> _T:
        with self._database.unit_of_work(quick=quick) as uow:
            result = fn(uow)
            if uow.dirty:
                uow.commit()
            return result
