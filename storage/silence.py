"""How long a thread waits for a database server that says nothing: it may hang, or the network swallow what is sent.

What is measured is silence, not work: what is answered piece by piece may take as long as it needs.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

LONGEST: Final = 30.0
"""Seconds of silence after which what nobody waits for is cut off."""


class _Patience(threading.local):
    """Of this thread; `spent` is the silence since the server was last heard."""

    seconds: float = LONGEST
    spent: float = 0.0
    counts: bool = False


_mine = _Patience()


@contextmanager
def heard_within(seconds: float) -> Iterator[None]:
    """What this thread asks a server meanwhile is cut off when that has been silent for so long."""
    before = _mine.seconds, _mine.spent, _mine.counts
    _mine.seconds, _mine.spent, _mine.counts = seconds, 0.0, True
    try:
        yield
    finally:
        _mine.seconds, _mine.spent, _mine.counts = before


def left() -> float:
    """Seconds that this thread will wait for an answer."""
    return _mine.seconds - _mine.spent


def heard() -> None:
    """The server has answered."""
    _mine.spent = 0.0


def unheard(seconds: float) -> None:
    """It has not, for so long: who asks it once more, of another connection, is not to wait as long again."""
    if _mine.counts:
        _mine.spent += seconds
