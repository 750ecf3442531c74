"""One attempt to send one message: looks at it again, sends it, and records what became of it.

What an attempt returns is stored by the engine, so it holds states and seconds only.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypedDict

import structlog

from delivery import posts
from delivery.budget import BudgetedSender
from delivery.destination import Destination, destination_of, lost, reached
from delivery.errors import NoRoom, SendFailed
from domain.outbox import REPEATABLE, OutboxMessage, OutboxState
from domain.outreach.content import Content, content_of
from domain.outreach.planning import hours

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from delivery.budget import Budget
    from delivery.ports import Mark, Render, Worker
    from domain.address import Address
    from domain.clock import Clock
    from domain.ports import Sender, UnitOfWork

MAX_ATTEMPTS = 40
"""With the pauses between them about three hours."""

MAX_PAUSE = 300.0
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
    """Makes the attempts within the budget. `local` is local mode, `first_pause` the first back-off in seconds."""

    def __init__(
        self,
        worker: Worker,
        clock: Clock,
        sender: Sender,
        budget: Budget,
        render: Render,
        mark: Mark,
        *,
        local: bool = False,
        first_pause: float = 2.0,
    ) -> None:
        self._worker = worker
        self._clock = clock
        self._sender: Sender = BudgetedSender(sender, budget)
        self._budget = budget
        self._render = render
        self._mark = mark
        self._local = local
        self._first_pause = first_pause
        self._preparing = asyncio.Semaphore(1)
        self._open = asyncio.Event()
        self._open.set()
        self._busy = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def attempt(self, key: str, number: int, tried: int) -> Result:
        """Attempt `number` (from 0, never used twice for another attempt) after `tried` counted failures."""
        failures = 0
        while (result := await self._once(key, number, tried)) is None:
            # Under the same number: only that tells whether this attempt was begun before a crash.
            await asyncio.sleep(self._pause(failures))
            failures += 1
        return result

    async def _once(self, key: str, number: int, tried: int) -> Result | None:
        """None when the database is away, so that nothing has been begun."""
        try:
            address = await self._worker.run(lambda uow: self._look(uow, key))
        except Exception as error:
            log.warning("delivery.look", key=key, error=type(error).__name__)
            return None
        if address is not None:
            # Nothing is on record about what waits for its turn: a crash then does it no harm.
            await self._budget.turn(address)
        async with self._counted_in():
            try:
                # Some take long to read: people who write meanwhile wait for one of them, not for a crowd.
                async with self._preparing:
                    found = await self._worker.run(lambda uow: self._prepare(uow, key, number))
            except _NotYet as early:
                return Result(retry=early.seconds, counted=False)
            except Exception as error:
                log.warning("delivery.prepare", key=key, error=type(error).__name__)
                return None
            return await self._send(found, tried) if isinstance(found, _Ready) else found

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

    def _look(self, uow: UnitOfWork, key: str) -> Address | None:
        """Where a request is likely to be made now; None when there will be none."""
        message = uow.outbox.get(key)
        if message is None or message.state not in _OPEN or hours.wait(message, self._clock.now()) != 0:
            return None
        destination = destination_of(uow, message, local=self._local)
        return destination.address if destination else None

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
        try:
            ready = await self._opened(ready)
            activity_id = await posts.put(self._sender, ready.destination.address, ready.content, outgoing)
        except NoRoom as full:
            return Result(retry=full.seconds, counted=False)
        except SendFailed as failure:
            return await self._failed(ready, failure, tried)
        except Exception as error:
            # Whether anything left the house is not known, whatever went wrong.
            log.error("delivery.send", key=key, error=type(error).__name__)
            return await self._failed(ready, SendFailed(ambiguous=True), tried)

        def arrived(uow: UnitOfWork) -> None:
            reached(uow, ready.message, ready.destination)
            posts.noted(uow, ready.message, ready.content, activity_id, self._clock.now())

        return await self._finish(key, OutboxState.SENT, activity_id, arrived)

    async def _opened(self, ready: _Ready) -> _Ready:
        """The same with the chat to send into: one that is not there yet is made, and remembered."""
        if not ready.destination.to_open:
            return ready
        person = ready.destination.address
        chat = replace(person, conversation_id=await self._sender.open(person))
        try:
            await self._worker.run(lambda uow: uow.identity.save_address(chat, self._clock.now()))
        except Exception as error:
            # Nothing has been said yet, so the whole may be tried again.
            raise SendFailed from error
        return replace(ready, destination=Destination(chat))

    async def _failed(self, ready: _Ready, failure: SendFailed, tried: int) -> Result:
        key = ready.message.key
        log.warning("delivery.failed", key=key, status=failure.status, ambiguous=failure.ambiguous)
        if failure.ambiguous and ready.message.kind not in REPEATABLE:
            return await self._finish(key, OutboxState.AMBIGUOUS)
        if failure.permanent and failure.status in _GONE and posts.replaces(ready.content):
            # The post is gone, not the channel: the next summary is a new post.
            channel = ready.message.binding_id or 0
            return await self._finish(
                key, OutboxState.OBSOLETE, also=lambda uow: uow.outreach.forget_posted(channel)
            )
        if failure.permanent and failure.status in _GONE:
            return await self._finish(
                key,
                OutboxState.UNREACHABLE,
                also=lambda uow: lost(
                    uow, ready.message, ready.destination, failure.status, self._clock.now()
                ),
            )
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
        self,
        key: str,
        state: OutboxState,
        activity_id: str | None = None,
        also: Callable[[UnitOfWork], None] = lambda uow: None,
    ) -> Result:
        def record(uow: UnitOfWork) -> Result:
            also(uow)
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
