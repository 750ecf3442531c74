"""What happens at every tick of the engine's schedule: what is due is planned, and once a day the house is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog

from domain.clock import local_day
from domain.needs.beginning import ensure_rounds
from domain.outreach.planning import planner

if TYPE_CHECKING:
    from delivery.ports import Worker
    from domain.clock import Clock
    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork

_CLEANED = "outreach.cleaned"
_KEEP_PARAMETERS = timedelta(days=90)
_KEEP_TURNS = timedelta(days=30)
_KEEP_QUESTIONS = timedelta(days=548)
"""Eighteen months: a question may come again the year after."""

log = structlog.get_logger()


class Ticker:
    """Plans with the domain's clock; `planned` is called when something was put into the outbox."""

    def __init__(
        self,
        worker: Worker,
        clock: Clock,
        planned: Callable[[], None],
        forget: Callable[[], Awaitable[int]],
    ) -> None:
        self._worker = worker
        self._clock = clock
        self._planned = planned
        self._forget = forget
        self._one = asyncio.Lock()

    async def __call__(self) -> None:
        async with self._one:
            now = self._clock.now()
            # First: on the first day of a round it is this that makes the round.
            purged = await self._worker.run(lambda uow: housekeeping(uow, now))
            if purged:
                log.info("outreach.purged", rows=purged)
            added = await self._plan(now)
            if added:
                log.info("outreach.planned", messages=added)
                self._planned()
            await self._forget()

    async def _plan(self, now: datetime) -> int:
        due = await self._worker.run(lambda uow: planner.due_now(uow, now))
        if not due:
            return 0
        said = [await self._worker.run(partial(_said, one, now)) for one in due]
        added = [await self._worker.run(partial(_put_in, share, now)) for share in planner.shares(said)]
        await self._worker.run(lambda uow: planner.looked_at(uow, due, now))
        return sum(added)


def _said(due: planner.Due, now: datetime, uow: UnitOfWork) -> list[OutboxMessage]:
    return planner.to_be_said(uow, due, now)


def _put_in(found: list[OutboxMessage], now: datetime, uow: UnitOfWork) -> int:
    return planner.put_in(uow, found, now)


def housekeeping(uow: UnitOfWork, now: datetime) -> int:
    """What is done once a day: networks that have none get their round, and what is old is forgotten.

    Old are turns and questions, and the parameters of messages; returns how many rows that was.
    """
    today = local_day(now).isoformat()
    if uow.meta.get(_CLEANED) == today:
        return 0
    ensure_rounds(uow, local_day(now))
    rows = uow.outbox.purge(now - _KEEP_PARAMETERS) + uow.inbox.purge(now - _KEEP_TURNS)
    rows += uow.inquiries.purge(now - _KEEP_QUESTIONS)
    uow.meta.set(_CLEANED, today)
    return rows
