"""What each conversation asked about last, for a little while: so that «og for Gauldal?» can be understood.

Kept in memory only: a question writes nothing, and what is forgotten at a restart costs one full question.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

from domain.scheme.answers import Context

REMEMBERED_FOR = timedelta(minutes=10)
MOST = 10_000


class Recent:
    """The context of the last answer per conversation and person; the oldest go first when there are too many."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[str, tuple[datetime, Context]] = OrderedDict()
        self._lock = Lock()

    def of(self, key: str, now: datetime) -> Context | None:
        """What the conversation was about, when that is not long ago."""
        with self._lock:
            kept = self._kept.get(key)
        return kept[1] if kept and now - kept[0] <= REMEMBERED_FOR else None

    def keep(self, key: str, context: Context, now: datetime) -> None:
        """Remembers what was just answered."""
        with self._lock:
            self._kept[key] = (now, context)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
