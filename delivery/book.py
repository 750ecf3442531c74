"""What the budget has spent, kept for each tenant and conversation."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol, TypeVar

from delivery.ledger import FORGOTTEN_AFTER, Limits, Page

T = TypeVar("T")

_SWEEP_AFTER = 1000


class Book(Protocol):
    """Keeps what has been sent: of this process (OwnBook) or of all of them (SharedBook)."""

    limits: Limits

    async def change(self, tenant: str, conversation: str | None, what: Callable[[Page], T]) -> T:
        """Runs a function on a page and keeps what it changed; nobody else changes it meanwhile."""
        ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class OwnBook:
    """The book of a process that is alone; conversations and tenants are forgotten an hour after the last request."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._tenants: dict[str, Page] = {}
        self._conversations: dict[tuple[str, str], list[float]] = {}
        self._changes = 0

    async def change(self, tenant: str, conversation: str | None, what: Callable[[Page], T]) -> T:
        page = self._tenants.setdefault(tenant, Page(self.limits, 0.0))
        page.now = time.monotonic()
        page.conversation = self._conversations.get((tenant, conversation), []) if conversation else []
        result = what(page)
        if conversation and page.conversation:
            self._conversations[tenant, conversation] = page.conversation
        self._sweep(page.now)
        return result

    def fill(self) -> None:
        """Counts a full second in every tenant: what others have sent is not known."""
        for page in self._tenants.values():
            page.sent = [time.monotonic()] * self.limits.room

    async def start(self) -> None:
        return

    async def stop(self) -> None:
        return

    def _sweep(self, now: float) -> None:
        self._changes += 1
        if self._changes % _SWEEP_AFTER == 0:
            kept = {k: sent for k, sent in self._conversations.items() if sent[-1] > now - FORGOTTEN_AFTER}
            self._conversations = kept
            self._tenants = {
                tenant: page
                for tenant, page in self._tenants.items()
                if max(page.now, page.closed_until) > now - FORGOTTEN_AFTER
            }
