"""One running piece of work, shared by everybody who needs its result."""

import asyncio
from collections.abc import Awaitable, Callable


class SharedTask:
    """Runs `work` at most once at a time: those who come while it runs wait for the same run.

    A waiter that is cancelled or has waited for `patience` seconds leaves; the work goes on for the others.
    """

    def __init__(self, work: Callable[[], Awaitable[None]], patience: float) -> None:
        self._work = work
        self._patience = patience
        self._running: asyncio.Task[None] | None = None

    @property
    def is_running(self) -> bool:
        """Whether a run is under way."""
        return self._running is not None and not self._running.done()

    def start(self) -> "asyncio.Task[None]":
        """Begin a run unless one is under way; `work` must keep its errors to itself."""
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())
        return self._running

    async def join(self) -> None:
        """Wait for the present run, or a new one; raises TimeoutError when patience ends."""
        await asyncio.wait_for(asyncio.shield(self.start()), self._patience)

    async def stop(self) -> None:
        """Break off the run, if any."""
        if self._running is not None and not self._running.done():
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    async def _run(self) -> None:
        await self._work()
