"""Teams' limit for one bot, kept by all sends of this process together."""

from __future__ import annotations

import asyncio
import time


class Pace:
    """Lets so many through a second.

    The engine's queue limits how many messages are begun; repetitions and what is taken up again after a
    crash pass by it, and are held back here.
    """

    def __init__(self, per_second: float) -> None:
        self._gap = 1 / per_second
        self._last = 0.0
        self._line = asyncio.Lock()

    async def turn(self) -> None:
        """Returns when the caller may send."""
        # One after the other, so that a loop that stood still does not let a crowd through afterwards.
        async with self._line:
            await asyncio.sleep(self._last + self._gap - time.monotonic())
            self._last = time.monotonic()
