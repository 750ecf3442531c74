"""One budget for every request to Teams: scheduled sends, retries, and the replies of turns.

A scheduled send first waits for its `turn`: the rhythm of 25 a second, before anything is on record about it. Right
before each request, of whatever kind, `take` looks whether the windows have room. Replies go first there.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import structlog

from delivery.errors import NoRoom, SendFailed
from delivery.ledger import FORGOTTEN_AFTER, Page, Wait, Why

if TYPE_CHECKING:
    from delivery.book import Book
    from domain.address import Address
    from domain.ports import Sender

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds that a reply waits for room, or for the end of a cool-off."""

LONGEST_COOL_OFF = 300.0
_LONGEST_HOLD = 2.0
_NOTICED = 0.05
"""Seconds: less is the way to the book and back."""

_MANY = 1000

log = structlog.get_logger()


class _Tenant:
    """Who stands in line in one tenant, in this process."""

    def __init__(self) -> None:
        self.rhythm = asyncio.Lock()
        self.scheduled = asyncio.Lock()
        self.replies = asyncio.Lock()
        self.nobody_in_front = asyncio.Event()
        self.nobody_in_front.set()
        self.refusals = 0
        self.used = time.monotonic()
        self._in_front = 0

    @property
    def is_idle(self) -> bool:
        """Whether nobody stands in line, nor has for so long that a new one would be the same."""
        in_line = self._in_front or any(line.locked() for line in (self.rhythm, self.scheduled, self.replies))
        return not in_line and time.monotonic() - self.used > FORGOTTEN_AFTER

    @contextmanager
    def in_front(self) -> Iterator[None]:
        """A reply is in line: scheduled sends stay behind it."""
        self._in_front += 1
        self.nobody_in_front.clear()
        try:
            yield
        finally:
            self._in_front -= 1
            if not self._in_front:
                self.nobody_in_front.set()


class Budget:
    """Keeps Teams' limits for all that this process, or all processes of a SharedBook, send.

    `on_wait` is told how long a request had to wait for room, `on_cool_off` that Teams asked for a pause.
    """

    def __init__(self, book: Book, *, patience: float = PATIENCE) -> None:
        self._book = book
        self._patience = patience
        self._tenants: dict[str, _Tenant] = {}
        self._sweep_at = _MANY
        self._next_in: dict[str, float] = {}
        self.on_wait: Callable[[float], None] = lambda seconds: None
        self.on_cool_off: Callable[[], None] = lambda: None

    async def start(self) -> None:
        await self._book.start()

    async def stop(self) -> None:
        await self._book.stop()

    async def turn(self, address: Address) -> None:
        """Returns when a scheduled send may be begun: 25 a second in a tenant, one a second in a conversation."""
        if self._book.limits.gap and address.conversation_id:
            await self._own_second(conversation_of(address))
        async with self._of(address.tenant_id).rhythm:
            while wait := await self._book.change(address.tenant_id, None, Page.reserve):
                await asyncio.sleep(wait.seconds)
                if wait.why is not Why.CLOSED:
                    return

    async def take(self, tenant_id: str, conversation: str | None, *, scheduled: bool) -> None:
        """Counts one request, which is to be made at once; raises NoRoom.

        A scheduled one waits for room or the end of a cool-off when that is soon. A reply waits at most PATIENCE;
        then it goes in spite of a cool-off, but not when there is no room.
        """
        began = time.monotonic()
        try:
            if scheduled:
                await self._take_scheduled(tenant_id, conversation)
            else:
                await self._take_reply(tenant_id, conversation)
        finally:
            waited = time.monotonic() - began
            if waited > _NOTICED:
                self.on_wait(waited)

    async def refused(self, tenant_id: str, status: int | None, retry_after: float | None) -> None:
        """To be called with the status of every failed request: some begin a cool-off for all."""
        if not (status == 429 or (status == 503 and retry_after is not None)):
            return
        tenant = self._of(tenant_id)
        seconds = retry_after
        if seconds is None:
            seconds = 2.0 ** min(tenant.refusals, 8) * random.uniform(0.5, 1.5)  # noqa: S311
        seconds = min(seconds, LONGEST_COOL_OFF)
        if await self._book.change(tenant_id, None, lambda page: page.close(seconds)):
            tenant.refusals += 1
            self.on_cool_off()
            log.warning("delivery.cool_off", tenant=tenant_id, seconds=round(seconds, 1))

    def accepted(self, tenant_id: str) -> None:
        """To be called after every request that succeeded."""
        self._of(tenant_id).refusals = 0

    async def _own_second(self, conversation: str) -> None:
        now = time.monotonic()
        if len(self._next_in) > _MANY:
            self._next_in = {c: at for c, at in self._next_in.items() if at > now}
        at = max(now, self._next_in.get(conversation, 0.0))
        self._next_in[conversation] = at + 1.0
        await asyncio.sleep(at - now)

    async def _take_scheduled(self, tenant_id: str, conversation: str | None) -> None:
        tenant = self._of(tenant_id)
        while True:
            async with tenant.scheduled:
                await tenant.nobody_in_front.wait()
                wait = await self._book.change(tenant_id, conversation, partial(Page.take, scheduled=True))
                if wait is None:
                    return
                if wait.seconds > _LONGEST_HOLD:
                    raise NoRoom(wait.seconds)
                if wait.why is not Why.CONVERSATION:
                    await asyncio.sleep(wait.seconds)
                    continue
            await asyncio.sleep(wait.seconds)

    async def _take_reply(self, tenant_id: str, conversation: str | None) -> None:
        tenant = self._of(tenant_id)
        end = time.monotonic() + self._patience
        while True:
            with tenant.in_front():
                wait = await self._in_line(tenant, tenant_id, conversation, end)
            if wait is None:
                return
            # For the conversation alone, which is no reason to hold up others.
            await asyncio.sleep(min(wait.seconds, end - time.monotonic()))

    async def _in_line(
        self, tenant: _Tenant, tenant_id: str, conversation: str | None, end: float
    ) -> Wait | None:
        """Takes one after the other; returns a wait only if it is for the conversation."""
        async with tenant.replies:
            while True:
                left = end - time.monotonic()
                take = partial(Page.take, scheduled=False, though_closed=left <= 0)
                wait = await self._book.change(tenant_id, conversation, take)
                if wait is None or (wait.why is Why.CONVERSATION and left > 0):
                    return wait
                if left <= 0:
                    raise NoRoom(wait.seconds)
                await asyncio.sleep(min(wait.seconds, left))

    def _of(self, tenant_id: str) -> _Tenant:
        found = self._tenants.get(tenant_id)
        if found is None:
            if len(self._tenants) >= self._sweep_at:
                self._tenants = {key: tenant for key, tenant in self._tenants.items() if not tenant.is_idle}
                self._sweep_at = max(_MANY, 2 * len(self._tenants))
            found = self._tenants[tenant_id] = _Tenant()
        found.used = time.monotonic()
        return found


class BudgetedSender:
    """A Sender whose every request is a scheduled one of the budget."""

    def __init__(self, sender: Sender, budget: Budget) -> None:
        self._sender = sender
        self._budget = budget

    async def send(self, address: Address, outgoing: Any) -> str | None:
        return await self._spend(
            address, conversation_of(address), lambda: self._sender.send(address, outgoing)
        )

    async def update(self, address: Address, activity_id: str, outgoing: Any) -> None:
        await self._spend(
            address, conversation_of(address), lambda: self._sender.update(address, activity_id, outgoing)
        )

    async def open(self, person: Address) -> str:
        return await self._spend(person, None, lambda: self._sender.open(person))

    async def _spend(self, address: Address, conversation: str | None, call: Callable[[], Awaitable[T]]) -> T:
        await self._budget.take(address.tenant_id, conversation, scheduled=True)
        return await watched(self._budget, address.tenant_id, call())


async def watched(budget: Budget, tenant_id: str, call: Awaitable[T]) -> T:
    """The result of a request; the budget hears how it ended."""
    try:
        result = await call
    except SendFailed as failed:
        await budget.refused(tenant_id, failed.status, failed.retry_after)
        raise
    budget.accepted(tenant_id)
    return result


def conversation_of(address: Address) -> str:
    """What Teams counts as one conversation: a channel with all its threads."""
    return address.conversation_id.partition(";")[0]
