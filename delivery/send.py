"""One attempt to send one message: looks at it again, sends it, and records what became of it.

What an attempt returns is stored by the engine, so it holds states and seconds only.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

import structlog

from delivery.destination import Destination, destination_of
from delivery.errors import SendFailed
from delivery.pace import Pace
from domain.outbox import REPEATABLE, OutboxMessage, OutboxState
from domain.outreach import hours
from domain.outreach.content import Content, content_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from delivery.ports import Mark, Render, Worker
    from domain.clock import Clock
    from domain.ports import Sender, UnitOfWork

MAX_ATTEMPTS = 10
MAX_PAUSE = 300.0
PER_SECOND = 25
_LONGEST_RETRY_AFTER = 3600.0
_GONE = frozenset({403, 404})
_OPEN = frozenset({OutboxState.WAITING, OutboxState.HANDED})

log = structlog.get_logger()


class Result(TypedDict, total=False):
    """How an attempt ended: `end` is a state, `retry` seconds until the next attempt.

    `counted`: the next one counts towards MAX_ATTEMPTS.
    """

    end: str
    retry: float
    counted: bool


@dataclass(frozen=True)
class _Ready:
    message: OutboxMessage
    content: Content
    destination: Destination
    name: str


class _NotYet(Exception):
    """Rolls the claim back: no intent to send is to be on record before there is one."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Dispatcher:
    """Makes the attempts. `local` is local mode, `first_pause` the first back-off in seconds."""

    def __init__(
        self,
        worker: Worker,
        clock: Clock,
        sender: Sender,
        render: Render,
        mark: Mark,
        *,
        local: bool = False,
        first_pause: float = 2.0,
    ) -> None:
        self._worker = worker
        self._clock = clock
        self._sender = sender
        self._render = render
        self._mark = mark
        self._local = local
        self._first_pause = first_pause
        self._pace = Pace(PER_SECOND)
        self._open = asyncio.Event()
        self._open.set()
        self._busy = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def attempt(self, key: str, number: int, tried: int) -> Result:
        """Attempt `number` (from 0, never used twice for another attempt) after `tried` counted failures."""
        failures = 0
        while True:
            async with self._counted_in():
                try:
                    found = await self._worker.run(lambda uow: self._prepare(uow, key, number))
                except _NotYet as early:
                    return Result(retry=early.seconds, counted=False)
                except Exception as error:
                    log.warning("delivery.prepare", key=key, error=type(error).__name__)
                else:
                    return await self._send(found, tried) if isinstance(found, _Ready) else found
            # Under the same number: only that tells whether this attempt was begun before a crash.
            await asyncio.sleep(self._pause(failures))
            failures += 1

    async def drain(self, seconds: float) -> None:
        """Begins no more attempts and waits so long for those that are under way."""
        self._open.clear()
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except TimeoutError:
            log.warning("delivery.drain", unfinished=self._busy)

    @asynccontextmanager
    async def _counted_in(self) -> AsyncIterator[None]:
        await self._open.wait()
        self._busy += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._busy -= 1
            if not self._busy:
                self._idle.set()

    def _prepare(self, uow: UnitOfWork, key: str, number: int) -> _Ready | Result:
        now = self._clock.now()
        message = uow.outbox.get(key)
        if message is None:
            return Result(end="unknown")
        if message.state not in _OPEN:
            return Result(end=message.state.value)
        begun_before = not uow.outbox.claim_attempt(key, number, now)
        if begun_before and message.kind not in REPEATABLE:
            log.warning("delivery.ambiguous", key=key)
            return self._end(uow, key, OutboxState.AMBIGUOUS)
        pause = hours.wait(message, now)
        if pause is None:
            return self._end(uow, key, OutboxState.OBSOLETE)
        if pause:
            raise _NotYet(pause)
        content = content_of(uow, message, now)
        if content is None:
            return self._end(uow, key, OutboxState.OBSOLETE)
        destination = destination_of(uow, message, local=self._local)
        if destination is None:
            log.info("delivery.unreachable", key=key)
            return self._end(uow, key, OutboxState.UNREACHABLE)
        name = uow.register.person(message.person_id).name if message.person_id is not None else ""
        return _Ready(message, content, destination, name)

    def _end(self, uow: UnitOfWork, key: str, state: OutboxState, activity_id: str | None = None) -> Result:
        uow.outbox.finish(key, state, self._clock.now(), activity_id)
        return Result(end=state.value)

    async def _send(self, ready: _Ready, tried: int) -> Result:
        key = ready.message.key
        try:
            outgoing = self._render(
                ready.content, self._mark(ready.name) if ready.destination.marked else None
            )
        except Exception as error:
            log.error("delivery.render", key=key, kind=ready.message.kind.value, error=type(error).__name__)
            return await self._again(key, tried, self._pause(tried))
        await self._pace.turn()
        try:
            activity_id = await self._sender.send(ready.destination.address, outgoing)
        except SendFailed as failure:
            return await self._failed(ready, failure, tried)
        except Exception as error:
            # Whether anything left the house is not known, whatever went wrong.
            log.error("delivery.send", key=key, error=type(error).__name__)
            return await self._failed(ready, SendFailed(ambiguous=True), tried)
        return await self._finish(key, OutboxState.SENT, activity_id)

    async def _failed(self, ready: _Ready, failure: SendFailed, tried: int) -> Result:
        key = ready.message.key
        log.warning("delivery.failed", key=key, status=failure.status, ambiguous=failure.ambiguous)
        if failure.ambiguous and ready.message.kind not in REPEATABLE:
            return await self._finish(key, OutboxState.AMBIGUOUS)
        if failure.permanent and failure.status in _GONE:
            gone = ready.destination.address.conversation_id
            return await self._finish(key, OutboxState.UNREACHABLE, forget=gone)
        if failure.permanent:
            return await self._finish(key, OutboxState.FAILED)
        if failure.retry_after is not None:
            return await self._again(key, tried, min(failure.retry_after, _LONGEST_RETRY_AFTER))
        return await self._again(key, tried, self._pause(tried))

    async def _again(self, key: str, tried: int, seconds: float) -> Result:
        if tried + 1 >= MAX_ATTEMPTS:
            return await self._finish(key, OutboxState.FAILED)
        return Result(retry=seconds, counted=True)

    async def _finish(
        self, key: str, state: OutboxState, activity_id: str | None = None, forget: str | None = None
    ) -> Result:
        def record(uow: UnitOfWork) -> Result:
            if forget is not None:
                uow.identity.forget_address(forget)
            return self._end(uow, key, state, activity_id)

        tries = 0
        while True:
            try:
                return await self._worker.run(record)
            except Exception as error:
                # What Teams has answered is not to be lost because the database is away for a while.
                log.error("delivery.record", key=key, state=state.value, error=type(error).__name__)
                await asyncio.sleep(self._pause(tries))
                tries += 1

    def _pause(self, tried: int) -> float:
        jitter = random.uniform(0.5, 1.5)  # noqa: S311
        return min(MAX_PAUSE, self._first_pause * 2.0 ** min(tried, 10) * jitter)
