"""Turns that are turned away are told together: the first when it comes, the others as a number once a minute."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.turns.memory import Memory

TOLD_EVERY: Final = 60.0
"""Seconds between two lines about the same."""


@dataclass
class _Untold:
    told: float
    number: int = 0


class TurnedAway:
    """Who floods or is foreign must not fill the log: counts them by outcome and tenant."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._untold: Memory[tuple[str, str], _Untold] = Memory()

    def one_more(self, outcome: str, tenant_id: str) -> int:
        """How many turns a line is to speak for now, this one with them; 0 if there is to be none."""
        key, now = (outcome, tenant_id), self._clock()
        known = self._untold.get(key)
        if known is not None and now - known.told < TOLD_EVERY:
            known.number += 1
            return 0
        self._untold.keep(key, _Untold(now))
        return 1 + (known.number if known is not None else 0)
