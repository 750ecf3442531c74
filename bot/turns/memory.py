"""What the process remembers of people and events: bounded, and of no account when it is gone."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Final, Generic, TypeVar

REMEMBERED: Final = 20_000

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


class Memory(Generic[_K, _V]):
    """The latest REMEMBERED entries."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._most = most
        self._held: OrderedDict[_K, _V] = OrderedDict()

    def __contains__(self, key: _K) -> bool:
        return key in self._held

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: _K) -> _V | None:
        return self._held.get(key)

    def keep(self, key: _K, value: _V) -> None:
        """Keeps the entry as the newest; the oldest goes when there are too many."""
        self._held[key] = value
        self._held.move_to_end(key)
        if len(self._held) > self._most:
            self._held.popitem(last=False)
