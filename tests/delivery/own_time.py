"""An event loop with a clock of its own: what waits only for a moment to come does not wait at all.

Only for what has nothing to do with other threads, processes or connections.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from types import SimpleNamespace
from typing import Any, Final

import pytest

_A_STEP: Final = 1e-6
"""Seconds that a round of the loop takes, however little there was to wait for."""


class _Skipping(selectors.SelectSelector):
    """Waits by putting the clock forward."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        assert timeout is not None, "nothing will ever happen any more"
        self.now += max(timeout, _A_STEP)
        return super().select(0)


class _OwnTime(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._skipping = _Skipping()
        super().__init__(self._skipping)

    def time(self) -> float:
        return self._skipping.now


def run_in_own_time(main: Coroutine[Any, Any, None], *modules: str) -> None:
    """Runs it on such a loop, whose time is also the steady clock of these modules."""
    loop = _OwnTime()
    with pytest.MonkeyPatch.context() as patch, asyncio.Runner(loop_factory=lambda: loop) as runner:
        for module in modules:
            patch.setattr(f"{module}.time", SimpleNamespace(monotonic=loop.time))
        runner.run(main)


def seconds() -> float:
    """The time of the running loop."""
    return asyncio.get_running_loop().time()
