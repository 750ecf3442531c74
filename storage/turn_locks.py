"""Turns of one conversation that reach different processes go one after the other."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import structlog
from sqlalchemy import make_url

if TYPE_CHECKING:
    import psycopg

    _Session: TypeAlias = psycopg.AsyncConnection[Any]

LONGEST: Final = 10.0
"""Seconds that a turn waits for one in another process. Then it goes on all the same: what is stored is guarded by
versions that are compared and by the key of the inbox, and Teams does not wait for ever either."""

AWAY: Final = 2.0
"""Seconds that a turn waits for a database that does not answer; the turn itself will say so."""

_SILENT: Final = 1.5
"""Seconds after which the session is given up for another."""

_FIRST_PAUSE: Final = 0.02
_LONGEST_PAUSE: Final = 0.2
_MOST_AT_ONCE: Final = 200
_ASK: Final = (
    "SELECT CASE WHEN takes THEN pg_try_advisory_lock(key) ELSE pg_advisory_unlock(key) END"
    " FROM unnest(%s::bigint[], %s::bool[]) AS asked (key, takes)"
)

log = structlog.get_logger()


class NoTurnLocks:
    """SQLite: one process alone has the database, and orders its turns itself."""

    async def start(self) -> None:
        """Nothing to prepare."""

    async def close(self) -> None:
        """Nothing to give back."""

    @asynccontextmanager
    async def hold(self, conversation_id: str) -> AsyncIterator[None]:
        """Entered at once."""
        yield


class _No(Enum):
    HELD = auto()
    AWAY = auto()


def _future() -> asyncio.Future[_Session | _No]:
    return asyncio.get_running_loop().create_future()


@dataclass(frozen=True)
class _Asked:
    """A lock to be taken, or given back. The answer is the session that has done it."""

    key: int
    takes: bool
    answer: asyncio.Future[_Session | _No] = field(default_factory=_future)


class PostgresTurnLocks:
    """PostgreSQL: advisory locks of one session of this process, which the server frees when the process dies.

    What many turns ask for at once goes over in one statement. Needs a direct connection, not a pooler that hands
    out transactions.
    """

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._asked: deque[_Asked] = deque()
        self._wake = asyncio.Event()
        self._session: _Session | None = None
        self._away = False
        self._keeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begins; the connection is opened for the first turn, and again when it was lost."""
        self._keeper = asyncio.create_task(self._keep())

    async def close(self) -> None:
        """Frees every lock."""
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        await self._drop()

    @asynccontextmanager
    async def hold(self, conversation_id: str) -> AsyncIterator[None]:
        """Entered when no other process is in it; after LONGEST, or when the database is away, all the same."""
        key = _key(conversation_id)
        session = await self._taken(key)
        try:
            yield
        finally:
            if session is not None and session is self._session:
                self._ask(_Asked(key, takes=False))

    async def _taken(self, key: int) -> _Session | None:
        end = time.monotonic() + LONGEST
        pause = _FIRST_PAUSE
        while True:
            answer = await self._answered(_Asked(key, takes=True))
            if answer is _No.AWAY:
                return None
            if answer is not _No.HELD:
                return answer
            if time.monotonic() + pause > end:
                log.warning("turn.out_of_line")
                return None
            await asyncio.sleep(pause)
            pause = min(_LONGEST_PAUSE, pause * 1.5)

    async def _answered(self, asked: _Asked) -> _Session | _No:
        self._ask(asked)
        try:
            async with asyncio.timeout(AWAY):
                return await asked.answer
        except TimeoutError:
            self._no_more(asked)
            return _No.AWAY
        except asyncio.CancelledError:
            self._no_more(asked)
            raise

    def _no_more(self, asked: _Asked) -> None:
        """Nobody waits for the lock any longer; it may have been taken in this very moment."""
        taken = asked.answer.done() and not asked.answer.cancelled()
        if taken and not isinstance(asked.answer.result(), _No):
            self._ask(_Asked(asked.key, takes=False))

    def _ask(self, asked: _Asked) -> None:
        self._asked.append(asked)
        self._wake.set()

    # --- the one task that speaks with the database: nobody who is cancelled cuts it off -----------------------------

    async def _keep(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._asked:
                asked = [self._asked.popleft() for _ in range(min(_MOST_AT_ONCE, len(self._asked)))]
                await self._answer(asked)

    async def _answer(self, asked: list[_Asked]) -> None:
        try:
            session, done = await asyncio.wait_for(self._done(asked), AWAY)
        except Exception as error:
            if not self._away:
                log.warning("turn_locks.away", error=type(error).__name__)
            self._away = True
            await self._drop()
            for one in (*asked, *self._asked):
                if not one.answer.done():
                    one.answer.set_result(_No.AWAY)
            self._asked.clear()
            return
        self._away = False
        for one, it_is in zip(asked, done, strict=True):
            if not one.answer.done():
                one.answer.set_result(session if it_is else _No.HELD)
            elif one.takes and it_is:
                self._ask(_Asked(one.key, takes=False))

    async def _done(self, asked: list[_Asked]) -> tuple[_Session, list[bool]]:
        import psycopg

        if self._session is not None:
            try:
                return self._session, await _rows(self._session, asked)
            except psycopg.OperationalError:
                # It may be the connection alone that is gone, and all its locks with it.
                await self._drop()
        self._session = await _connect(self._url)
        return self._session, await _rows(self._session, asked)

    async def _drop(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()


TurnLocks: TypeAlias = NoTurnLocks | PostgresTurnLocks


def turn_locks(url: str) -> TurnLocks:
    """The locks that suit the domain's database."""
    is_postgresql = make_url(url).get_backend_name() == "postgresql"
    return PostgresTurnLocks(url) if is_postgresql else NoTurnLocks()


async def _connect(url: str) -> _Session:
    from psycopg.conninfo import make_conninfo

    from storage.postgresql import AsyncConnection

    # The server, too, is to notice within half a minute that the other end is gone.
    alive = {"keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3"}
    options = " ".join(f"-c tcp_{name}={value}" for name, value in alive.items())
    target = make_conninfo(url, application_name="rekompis:turns", options=options, **alive)
    session = await AsyncConnection.connect(target, autocommit=True)
    session.patience = _SILENT
    return session


async def _rows(session: _Session, asked: list[_Asked]) -> list[bool]:
    keys, takes = [one.key for one in asked], [one.takes for one in asked]
    cursor = await session.execute(_ASK, (keys, takes), prepare=True)
    return [row[0] for row in await cursor.fetchall()]


def _key(conversation_id: str) -> int:
    return int.from_bytes(
        blake2b(f"turn:{conversation_id}".encode(errors="surrogatepass"), digest_size=8).digest(), signed=True
    )
