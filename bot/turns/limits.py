"""How much one account may ask of the bot: a flood from one is not to slow the others."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.turns.memory import Memory

BURST: Final = 100
"""Turns that somebody may take as fast as they can; a whole report takes 14, a busy afternoon a hundred."""

PER_SECOND: Final = 2.0
"""Turns a second in the long run."""

TOLD_EVERY: Final = 10.0
"""Seconds between two words about it."""


@dataclass
class _Account:
    left: float
    seen: float
    told: float = float("-inf")


class PersonLimit:
    """A bucket of turns for each account."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._accounts: Memory[tuple[str, str], _Account] = Memory()

    def allows(self, account_id: tuple[str, str]) -> bool:
        """Whether the account may take one more turn now; it is counted if so."""
        now = self._clock()
        account = self._accounts.get(account_id) or _Account(BURST, now)
        account.left = min(BURST, account.left + (now - account.seen) * PER_SECOND)
        account.seen = now
        self._accounts.keep(account_id, account)
        if account.left < 1:
            return False
        account.left -= 1
        return True

    def is_to_be_told(self, account_id: tuple[str, str]) -> bool:
        """Whether an account that was refused is to hear it: every TOLD_EVERY seconds at most."""
        account, now = self._accounts.get(account_id), self._clock()
        if account is None or now - account.told < TOLD_EVERY:
            return False
        account.told = now
        return True
