"""The budget's book of several processes: a row for each tenant and conversation in PostgreSQL.

A page is read under the tenant's lock, changed by the same arithmetic as that of a process alone, and written back:
two round trips. When the database is away, each process goes on by itself with half of the limits.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from psycopg import AsyncConnection, Error, sql
from psycopg.conninfo import make_conninfo

from delivery.book import OwnBook
from delivery.budget import LONGEST_COOL_OFF
from delivery.ledger import FORGOTTEN_AFTER, Limits, Page
from delivery.postgres import conninfo, heard_within

T = TypeVar("T")

_PATIENCE = 2.5
_RECONNECT = 2.0
_FURTHEST = 5.0
_SWEEP_EVERY = 600.0
_OPTIONS = " ".join(
    f"-c {name}={value}"
    for name, value in {
        "lock_timeout": 1500,
        "statement_timeout": 2000,
        # Who hangs with a tenant's lock in hand loses it.
        "idle_in_transaction_session_timeout": 2000,
        # A second's worth of counting is not worth waiting for the disk.
        "synchronous_commit": "off",
    }.items()
)

log = structlog.get_logger()


class SharedBook:
    """A Book that several processes share; moments are the database's clock."""

    def __init__(self, url: str, schema: str, limits: Limits) -> None:
        self.limits = limits
        self._url = url
        self._sql = _Statements(schema)
        self._alone = OwnBook(limits.halved())
        self._connection: AsyncConnection[Any] | None = None
        self._one = asyncio.Lock()
        self._lost = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None

    async def change(self, tenant: str, conversation: str | None, what: Callable[[Page], T]) -> T:
        if self._connection is not None:
            # Not to be cut off in the middle when the caller is.
            shared = asyncio.create_task(self._shared(tenant, _mark(tenant, conversation), what))
            try:
                return await asyncio.shield(shared)
            except (Error, TimeoutError) as error:
                log.warning("budget.away", error=type(error).__name__)
        return await self._alone.change(tenant, conversation, what)

    async def start(self) -> None:
        """Connects, and keeps doing so; the engine's schema must be there."""
        try:
            await self._connect()
        except Error as error:
            log.warning("budget.away", error=type(error).__name__)
            self._lost.set()
        self._keeper = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        await self._drop()

    async def _shared(self, tenant: str, conversation: str, what: Callable[[Page], T]) -> T:
        async with self._one:
            if self._connection is None:
                raise TimeoutError
            try:
                asking = self._on_page(self._connection, tenant, conversation, what)
                return await heard_within(_PATIENCE, self._connection, asking)
            except (Error, TimeoutError):
                await self._drop()
                raise

    async def _on_page(
        self,
        connection: AsyncConnection[Any],
        tenant: str,
        conversation: str,
        what: Callable[[Page], T],
    ) -> T:
        async with connection.pipeline():
            await connection.execute("BEGIN")
            await connection.execute(self._sql.make, [tenant])
            locked = await connection.execute(self._sql.lock, [tenant])
            # A statement of its own: the moment counts from when the lock was got.
            read = await connection.execute(self._sql.read, [tenant, conversation])
            sent, next_at, closed_until = (await locked.fetchall())[0]
            now, before = (await read.fetchall())[0]
        # A clock that was set back is not to stop everything.
        page = Page(self.limits, now, [min(at, now) for at in sent], [min(at, now) for at in before or ()])
        page.next_at = min(next_at, now + _FURTHEST)
        page.closed_until = min(closed_until, now + LONGEST_COOL_OFF)
        result = what(page)
        async with connection.pipeline():
            await connection.execute(self._sql.write, [page.sent, page.next_at, page.closed_until, tenant])
            if conversation and page.conversation and page.conversation != before:
                newest = page.conversation[-1]
                await connection.execute(
                    self._sql.write_conversation, [tenant, conversation, page.conversation, newest]
                )
            await connection.execute("COMMIT")
        return result

    async def _connect(self) -> None:
        target = make_conninfo(
            conninfo(self._url), application_name="rekompis:budget", options=_OPTIONS, connect_timeout="5"
        )
        connection = await AsyncConnection.connect(target, autocommit=True)
        try:
            await heard_within(_PATIENCE, connection, self._prepare(connection))
        except Error:
            await connection.close()
            raise
        self._connection = connection
        self._lost.clear()

    async def _prepare(self, connection: AsyncConnection[Any]) -> None:
        for statement in (*self._sql.tables, self._sql.fill):
            parameters = [self.limits.room] if statement is self._sql.fill else None
            await connection.execute(statement, parameters)

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        self._alone.fill()
        self._lost.set()
        if connection is not None:
            await connection.close()

    async def _keep(self) -> None:
        while True:
            try:
                await asyncio.wait_for(self._lost.wait(), _SWEEP_EVERY)
                await asyncio.sleep(_RECONNECT)
                await self._connect()
                log.info("budget.back")
            except TimeoutError:
                await self._sweep()
            except Error:
                # It has been said that it is away.
                continue

    async def _sweep(self) -> None:
        async with self._one:
            if self._connection is not None:
                asking = self._connection.execute(self._sql.sweep, [FORGOTTEN_AFTER])
                try:
                    await heard_within(_PATIENCE, self._connection, asking)
                except Error:
                    await self._drop()


class _Statements:
    """The SQL on two tables, which are not logged: after a crash of the database they are empty."""

    def __init__(self, schema: str) -> None:
        budget = sql.Identifier(schema, "send_budget")
        conversation = sql.Identifier(schema, "send_budget_conversation")

        def of(text: str) -> sql.Composed:
            return sql.SQL(text).format(budget=budget, conversation=conversation)

        self.tables = (
            of(
                "CREATE UNLOGGED TABLE IF NOT EXISTS {budget} (tenant text PRIMARY KEY,"
                " sent double precision[] NOT NULL DEFAULT '{{}}', next_at double precision NOT NULL DEFAULT 0,"
                " closed_until double precision NOT NULL DEFAULT 0)"
            ),
            of(
                "CREATE UNLOGGED TABLE IF NOT EXISTS {conversation} (tenant text, conversation text,"
                " sent double precision[] NOT NULL, newest double precision NOT NULL,"
                " PRIMARY KEY (tenant, conversation))"
            ),
        )
        # What was sent while nobody counted here: as if it had been all that may be sent.
        self.fill = of(
            "UPDATE {budget} SET sent = array_fill(extract(epoch FROM clock_timestamp())::double precision,"
            " ARRAY[%s::int])"
        )
        self.make = of("INSERT INTO {budget} (tenant) VALUES (%s) ON CONFLICT DO NOTHING")
        self.lock = of("SELECT sent, next_at, closed_until FROM {budget} WHERE tenant = %s FOR UPDATE")
        self.read = of(
            "SELECT extract(epoch FROM clock_timestamp())::double precision,"
            " (SELECT sent FROM {conversation} WHERE tenant = %s AND conversation = %s)"
        )
        self.write = of(
            "UPDATE {budget} SET sent = %s::double precision[], next_at = %s, closed_until = %s WHERE tenant = %s"
        )
        self.write_conversation = of(
            "INSERT INTO {conversation} VALUES (%s, %s, %s::double precision[], %s)"
            " ON CONFLICT (tenant, conversation) DO UPDATE SET sent = excluded.sent, newest = excluded.newest"
        )
        self.sweep = of(
            "DELETE FROM {conversation} WHERE newest < extract(epoch FROM clock_timestamp()) - %s"
        )


def _mark(tenant: str, conversation: str | None) -> str:
    """What stands for a conversation: nobody needs its id here."""
    if not conversation:
        return ""
    return hashlib.sha256(f"{tenant}|{conversation}".encode()).hexdigest()[:32]
