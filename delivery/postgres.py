"""Advisory locks in PostgreSQL, on a connection that is held as long as the process lives."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from psycopg import AsyncConnection, OperationalError, sql
from psycopg.conninfo import make_conninfo

T = TypeVar("T")

LOCK_CLASS = 0x7EA5
_PATIENCE = 10.0
_KEEPALIVE = {"keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3"}


def conninfo(url: str) -> str:
    """The address as PostgreSQL knows it, from one that names a SQLAlchemy driver."""
    scheme, rest = url.split("://", 1)
    return f"{scheme.split('+')[0]}://{rest}"


def is_postgres(url: str) -> bool:
    """Whether the address is of a PostgreSQL database."""
    return url.startswith("postgresql")


async def heard_within(seconds: float, connection: AsyncConnection[Any], asking: Coroutine[Any, Any, T]) -> T:
    """What is asked of the connection; after so many seconds it is cut off, and raises OperationalError.

    Not by cancelling: psycopg would ask a server that hangs to break off, and wait for that.
    """
    asked = asyncio.ensure_future(asking)
    done, _ = await asyncio.wait({asked}, timeout=seconds)
    if not done:
        cut_off(connection)
    return await asked


def cut_off(connection: AsyncConnection[Any]) -> None:
    """Ends the connection under whoever waits for an answer."""
    with (
        suppress(OSError, OperationalError),
        socket.socket(fileno=os.dup(connection.fileno())) as line,
    ):
        line.shutdown(socket.SHUT_RDWR)


class Lost(Exception):
    """The connection that held the locks is gone or silent, and the locks may be lost with it."""


class AdvisoryLocks:
    """Advisory locks of one session: PostgreSQL frees them when the process or its connection dies.

    Needs a direct connection, not a pooler that hands out transactions. Methods raise Lost.
    """

    def __init__(self, connection: AsyncConnection[Any], schema: str) -> None:
        self._connection = connection
        self._schema = schema
        self._unanswered: asyncio.Task[list[tuple[Any, ...]]] | None = None

    @classmethod
    async def connect(cls, url: str, name: str, schema: str) -> AdvisoryLocks:
        """Opens the session; the server, too, notices within half a minute that the other end is gone.

        Raises Lost.
        """
        options = " ".join(f"-c tcp_{key}={value}" for key, value in _KEEPALIVE.items())
        target = make_conninfo(
            conninfo(url), application_name=name, options=options, connect_timeout="5", **_KEEPALIVE
        )
        try:
            return cls(await AsyncConnection.connect(target, autocommit=True), schema)
        except OperationalError as error:
            raise Lost from error

    async def take(self, name: str) -> bool:
        """Takes the lock of a name if nobody holds it."""
        rows = await self._rows("SELECT pg_try_advisory_lock(%s, hashtext(%s))", LOCK_CLASS, name)
        return bool(rows[0][0])

    async def give_back(self, name: str) -> None:
        await self._rows("SELECT pg_advisory_unlock(%s, hashtext(%s))", LOCK_CLASS, name)

    async def owners_of_pending(self) -> list[str]:
        """The executors that have begun something that is not finished."""
        query = sql.SQL(
            "SELECT DISTINCT executor_id FROM {}.workflow_status"
            " WHERE status = 'PENDING' AND executor_id IS NOT NULL"
        ).format(sql.Identifier(self._schema))
        return [row[0] for row in await self._rows(query)]

    async def server_is_up(self) -> float:
        """Seconds since the server was started: no lock is older."""
        rows = await self._rows("SELECT extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())")
        return float(rows[0][0])

    async def lived_on(self, name: str, seconds: float) -> bool:
        """Whether what was asked before Lost is answered after all, within so many seconds.

        Then the server only hung, and this session has had its locks all the time. It keeps that of `name` alone:
        another may have been given to it when nobody waited for it any more.
        """
        asked, self._unanswered = self._unanswered, None
        if asked is None:
            return False
        done, _ = await asyncio.wait({asked}, timeout=seconds)
        if not done:
            self._unanswered = asked
            return False
        if asked.exception() is not None:
            return False
        await self._rows("SELECT pg_advisory_unlock_all()")
        return await self.take(name)

    async def close(self) -> None:
        asked, self._unanswered = self._unanswered, None
        if asked is not None:
            cut_off(self._connection)
            await asyncio.gather(asked, return_exceptions=True)
        await self._connection.close()

    async def _rows(self, query: Any, *parameters: Any) -> list[tuple[Any, ...]]:
        asked = self._unanswered = asyncio.create_task(self._asked(query, parameters))
        done, _ = await asyncio.wait({asked}, timeout=_PATIENCE)
        if not done:
            # A server that does not answer may have freed the locks long ago.
            raise Lost
        self._unanswered = None
        try:
            return asked.result()
        except OperationalError as error:
            raise Lost from error

    async def _asked(self, query: Any, parameters: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        cursor = await self._connection.execute(query, parameters or None)
        return await cursor.fetchall()
