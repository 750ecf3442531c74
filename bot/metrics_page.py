"""GET /metrics: what is counted, and what the databases say within a moment."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot import metrics
from delivery.status import Backlog

log = structlog.get_logger()

T = TypeVar("T")

PATIENCE = 1.5
"""Seconds that a scrape waits for the databases; then it shows what was known before, and that they are away."""

FRESH = 2.0
"""Seconds for which an answer of the databases is good: several may scrape."""


class MetricsPage:
    """What is asked. `database` and `engine` say whether they answer, `waiting` what is to be sent."""

    def __init__(
        self,
        database: Callable[[], Awaitable[bool]],
        engine: Callable[[], Awaitable[bool]],
        waiting: Callable[[], Awaitable[Backlog]],
    ) -> None:
        self._database = _Question(database)
        self._engine = _Question(engine)
        self._waiting = _Question(waiting)

    async def get(self, _request: web.Request) -> web.Response:
        """The page."""
        database, engine, waiting = await asyncio.gather(
            self._database.answer(), self._engine.answer(), self._waiting.answer()
        )
        metrics.DATABASE_UP.set(bool(database))
        metrics.ENGINE_UP.set(bool(engine))
        if waiting is not None:
            metrics.OUTBOX_LAG.set(waiting.lag)
            for state, number in waiting.counts.items():
                metrics.OUTBOX.labels(state).set(number)
        page = generate_latest(metrics.REGISTRY)
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE_LATEST})


class _Question(Generic[T]):
    """Asked once at a time: what is not answered yet is not asked again, or questions would pile up."""

    def __init__(self, ask: Callable[[], Awaitable[T]]) -> None:
        self._ask = ask
        self._task: asyncio.Task[T | None] | None = None
        self._asked = float("-inf")

    async def answer(self) -> T | None:
        """The answer, at most some seconds old; None if there is none in time."""
        if self._task is None or (self._task.done() and time.monotonic() - self._asked > FRESH):
            self._asked = time.monotonic()
            self._task = asyncio.create_task(self._asked_now())
        done, _ = await asyncio.wait([self._task], timeout=PATIENCE)
        return self._task.result() if done else None

    async def _asked_now(self) -> T | None:
        try:
            return await self._ask()
        except Exception as error:
            log.warning("metrics.unanswered", error=type(error).__name__)
            return None
