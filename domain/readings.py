"""What a process has read of its database and need not read again as long as it holds."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, TypeVar

MOST: Final = 24
"""Readings kept: what is said at one time is of a few networks, and one with its needs is a megabyte or two."""

_T = TypeVar("_T")


class Readings:
    """Readings by name, each with the version of what it was read from; several threads may ask.

    What is kept must not be changed by whoever gets it. See docs/decisions/0017.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[object, Any]] = OrderedDict()
        self._guard = Lock()

    def get(self, name: Hashable, version: object | None, read: Callable[[], _T]) -> _T:
        """What `read` gives, or gave at this version; None is a version that nobody else may see."""
        if version is None:
            return read()
        with self._guard:
            kept = self._kept.get(name)
            if kept is not None and kept[0] == version:
                self._kept.move_to_end(name)
                found: _T = kept[1]
                return found
        found = read()
        with self._guard:
            self._kept[name] = (version, found)
            self._kept.move_to_end(name)
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return found
