"""Engines for both databases, with the settings that every connection of the process gets."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.pool import ConnectionPoolEntry

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import ExceptionContext

POOL_SIZE: Final = 8
"""Connections to PostgreSQL that one process keeps; as many units of work run at once that somebody waits for."""

BESIDE: Final = 4
"""As many more may be open for what nobody waits for."""

_TO_LOOK: Final = 2
"""And for those who ask whether the database is there."""

_ENDED_BY_THE_SERVER: Final = (
    "-c lock_timeout=10s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s"
)
"""Whom we have cut off, or who hangs with a lock in hand, is not to hold it, nor one of the server's connections."""

_READING: Final = "rekompis_reading"

_TELLS_WHEN_GONE: Final = {
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
"""A server that hangs, or a network that swallows what is sent, is as gone as one that says so: within half a minute.
Seconds, but the second in milliseconds."""

# What psycopg says, without an SQLSTATE, of a connection that is gone, and SQLAlchemy does not recognise.
_GONE: Final = (
    "connection is bad",
    "connection is closed",
    "connection is lost",
    "failed to resolve host",
    "Name or service not known",
    "timeout expired",
)


def make_engine(url: str, *, patient: bool = True) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://…`; makes the folder of a SQLite file.

    One that is not `patient` does not wait for another's lock on a SQLite file. Raises ValueError for another
    kind of database, or SQLite in memory.
    """
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            return _sqlite(parsed, patient=patient)
        case "postgresql":
            return _postgresql(parsed)
        case other:
            raise ValueError(f"not a database that can be used: {other}")


def tune_all_engines() -> None:
    """Gives the engines that other libraries make in this process the same settings; twice is as once.

    The delivery engine leaves SQLite's slow journal on, and waits for ever for a PostgreSQL that has
    gone in a way that SQLAlchemy does not recognise.
    """
    for name, listener in (("connect", _tune_connection), ("handle_error", _mark_disconnect)):
        if not event.contains(Engine, name, listener):
            event.listen(Engine, name, listener)


def reading(connection: Connection) -> Connection:
    """The connection, with transactions that only read and so never wait for a writer."""
    return connection.execution_options(**{_READING: True})


def _sqlite(url: URL, *, patient: bool) -> Engine:
    if not url.database or url.database == ":memory:":
        raise ValueError("SQLite needs a file")
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url.set(drivername="sqlite+pysqlite"), hide_parameters=True)
    event.listen(engine, "connect", _tune_connection)
    event.listen(engine, "connect", _leave_transactions_to_us)
    if not patient:
        event.listen(engine, "connect", _do_not_wait)
    event.listen(engine, "begin", _begin if patient else _begin_to_read)
    return engine


def _postgresql(url: URL) -> Engine:
    # READ COMMITTED: what must not be overwritten has a version, and is set only where that still holds.
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        pool_size=POOL_SIZE,
        max_overflow=BESIDE + _TO_LOOK,
        pool_timeout=4,
        pool_pre_ping=True,
        connect_args={
            **_TELLS_WHEN_GONE,
            "options": f"{_ENDED_BY_THE_SERVER} {url.query.get('options', '')}",
        },
    )
    event.listen(engine, "do_connect", _connect_impatiently)
    event.listen(engine, "handle_error", _mark_disconnect)
    return engine


def _connect_impatiently(
    _dialect: Dialect, _entry: ConnectionPoolEntry, given: list[Any], named: dict[str, Any]
) -> Any:
    # Not imported before it is needed: with SQLite it never is.
    from storage.postgresql import Connection as Impatient

    return Impatient.connect(*given, **named)


def _tune_connection(connection: Any, _entry: ConnectionPoolEntry) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    # The timeout first: switching to WAL already takes a lock.
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _do_not_wait(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA busy_timeout=0").close()


def _leave_transactions_to_us(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    # A unit of work that reads and then writes would fail at once, whatever the timeout, if another had
    # written in between. All of a process' units of work run in one thread and take the lock unopposed:
    # measured, it costs nothing even for those that only read.
    mode = "DEFERRED" if connection.get_execution_options().get(_READING) else "IMMEDIATE"
    try:
        # Asked of the driver itself: it is a part of every turn, and costs a tenth of the usual way.
        connection.connection.cursor().execute(f"BEGIN {mode}")
    except sqlite3.Error:
        connection.exec_driver_sql(f"BEGIN {mode}")  # the usual way tells what is wrong


def _begin_to_read(connection: Connection) -> None:
    # For who does not wait: the lock is taken with the first write. If another process has written since, that fails
    # at once, and all of it is done again by one that waits.
    connection.connection.cursor().execute("BEGIN")


def _mark_disconnect(context: ExceptionContext) -> None:
    error = context.original_exception
    if type(error).__name__ != "OperationalError" or getattr(error, "sqlstate", "unknown") is not None:
        return
    if any(words in str(error) for words in _GONE):
        context.is_disconnect = True
