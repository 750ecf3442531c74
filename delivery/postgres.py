"""Advisory locks in PostgreSQL, on a connection that is held as long as the process lives."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

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


class Lost(Exception):
    """The connection that held the locks is gone, and the locks with it."""


class AdvisoryLocks:
    """Advisory locks of one session: PostgreSQL frees them when the process or its connection dies.

    Needs a direct connection, not a pooler that hands out transactions. Methods raise Lost.
    """

    def __init__(self, connection: psycopg.AsyncConnection[Any], schema: str) -> None:
        self._connection = connection
        self._schema = schema

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
            return cls(await psycopg.AsyncConnection.connect(target, autocommit=True), schema)
        except psycopg.OperationalError as error:
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

    async def close(self) -> None:
        await self._connection.close()

    async def _rows(self, query: Any, *parameters: Any) -> list[tuple[Any, ...]]:
        try:
            # A server that does not answer may have freed the locks long ago.
            async with asyncio.timeout(_PATIENCE):
                cursor = await self._connection.execute(query, parameters or None)
                return await cursor.fetchall()
        except (psycopg.OperationalError, TimeoutError) as error:
            raise Lost from error
