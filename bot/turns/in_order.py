"""Turns of one conversation go one after the other, in the order they came; also across replicas."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol


class TurnLocks(Protocol):
    """What keeps the turns of a conversation apart that reach different processes."""

    def hold(self, conversation_id: str) -> AbstractAsyncContextManager[None]:
        """While it is entered, no other process that asks for the same conversation is in it."""
        ...


class InOrder:
    """A line for each conversation, in this process and before the door that all processes share."""

    def __init__(self, shared: TurnLocks) -> None:
        self._shared = shared
        self._lines: dict[str, tuple[asyncio.Lock, int]] = {}

    def __len__(self) -> int:
        """How many conversations have somebody in line."""
        return len(self._lines)

    @asynccontextmanager
    async def turn(self, conversation_id: str) -> AsyncIterator[None]:
        """Entered when it is the turn of whoever asks."""
        lock, waiting = self._lines.get(conversation_id, (asyncio.Lock(), 0))
        self._lines[conversation_id] = (lock, waiting + 1)
        try:
            async with lock, self._shared.hold(conversation_id):
                yield
        finally:
            lock, waiting = self._lines[conversation_id]
            if waiting == 1:
                del self._lines[conversation_id]
            else:
                self._lines[conversation_id] = (lock, waiting - 1)
