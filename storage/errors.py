"""What storage can fail with, apart from the domain's own Stale.

StorageError
├── DatabaseAway          the database does not answer: nothing is stored
│   ├── DatabaseBusy      another transaction was in the way: nothing is stored, and trying again may help
│   │   └── NotQuick      it is itself in the way of others, who wait for it: to be done again where nobody does
│   └── CommitUnknown     it went away while it committed: everything may be stored, or nothing
└── AlreadyRunning        another process uses this SQLite database
"""

from __future__ import annotations

import sqlite3
from typing import Final

from sqlalchemy import exc


class StorageError(Exception):
    """The root of storage's own errors."""


class DatabaseAway(StorageError):
    """The database cannot be reached, or cannot store."""


class DatabaseBusy(DatabaseAway):
    """A lock or a serialization conflict that did not pass in time; nothing was stored."""


class NotQuick(DatabaseBusy):
    """A unit of work that was to be quick has taken too long."""


class CommitUnknown(DatabaseAway):
    """The connection was lost between asking for the commit and hearing of it."""


class AlreadyRunning(StorageError):
    """Another process holds the lock beside the database; the path of the lock is the argument."""


_SERIALIZATION_FAILURE: Final = "40001"
_DEADLOCK: Final = "40P01"
_LOCK_NOT_AVAILABLE: Final = "55P03"
_POSTGRESQL_BUSY: Final = frozenset({_SERIALIZATION_FAILURE, _DEADLOCK, _LOCK_NOT_AVAILABLE})
_SQLITE_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_SQLITE_AWAY: Final = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)


def as_away(error: exc.SQLAlchemyError) -> DatabaseAway | None:
    """What the error says about the database's being there; None for a fault of ours, which must be seen."""
    if isinstance(error, exc.TimeoutError):
        return DatabaseAway("no connection became free in time")
    if not isinstance(error, exc.DBAPIError):
        return None
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_away(error.orig)
    if getattr(error.orig, "sqlstate", None) in _POSTGRESQL_BUSY:
        return DatabaseBusy(type(error.orig).__name__)
    if error.connection_invalidated or isinstance(error, exc.OperationalError | exc.InterfaceError):
        return DatabaseAway(type(error.orig).__name__)
    return None


def _sqlite_away(error: sqlite3.Error) -> DatabaseAway | None:
    # The low byte is the error, the rest its variant.
    primary = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    name = getattr(error, "sqlite_errorname", "")
    if primary in _SQLITE_BUSY:
        return DatabaseBusy(name)
    return DatabaseAway(name) if primary in _SQLITE_AWAY else None
