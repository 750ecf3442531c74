"""What a process keeps between units of work because every turn asks for it and it seldom changes.

A version in the table `meta` says whether what is kept still holds, in whichever process it was changed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, TypeVar
from uuid import uuid4

from storage.session import Session
from storage.tables import meta

VERSION: Final = "kept_version"

MOST: Final = 2_000
"""Readings: more networks and days than there are."""

_T = TypeVar("_T")


class Kept:
    """Readings by kind and key, as they were at the version that is current. Several threads may ask."""

    def __init__(self) -> None:
        self._version: str | None = None
        self._read: OrderedDict[Hashable, Any] = OrderedDict()
        self._guard = Lock()

    def get(self, key: Hashable, version: str, read: Callable[[], _T]) -> _T:
        """What `read` gives, or gave at this version. It must not be changed by whoever gets it."""
        with self._guard:
            if version != self._version:
                self._read.clear()
                self._version = version
            elif key in self._read:
                self._read.move_to_end(key)
                found: _T = self._read[key]
                return found
        found = read()
        with self._guard:
            if version == self._version:
                self._read[key] = found
                if len(self._read) > MOST:
                    self._read.popitem(last=False)
        return found


class View:
    """What is kept as one unit of work sees it: its own changes are read from the tables."""

    def __init__(self, kept: Kept, session: Session) -> None:
        self._kept = kept
        self._session = session
        self._version: str | None = None
        self._own = False

    def get(self, key: Hashable, read: Callable[[], _T]) -> _T:
        """What `read` gives, or gave to somebody before."""
        if self._own:
            return read()
        if self._version is None:
            row = self._session.find(meta, name=VERSION)
            self._version = str(row.value) if row else ""
        return self._kept.get(key, self._version, read)

    def changed(self) -> None:
        """This unit of work has changed what is kept: nobody is to trust it once that is committed."""
        if not self._own:
            self._own = True
            self._session.upsert(meta, ("name",), {"name": VERSION, "value": uuid4().hex})

    def committed(self) -> None:
        """What follows is another transaction."""
        self._version, self._own = None, False
