"""The domain's database: units of work, migrations, and whether it is there."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import exists, select
from sqlalchemy.exc import SQLAlchemyError

from domain.clock import local_day
from storage.engines import make_engine, reading
from storage.errors import AlreadyRunning, as_away
from storage.migrations import upgrade
from storage.silence import heard_within
from storage.tables import account, conversation, inbox, meta
from storage.unit_of_work import Memory, SqlUnitOfWork

if TYPE_CHECKING:
    from sqlalchemy import Engine


_PING_SECONDS: Final = 3.0
_IS_THERE: Final = select(
    *(exists(select(1).select_from(table)) for table in (meta, account, conversation, inbox))
)
"""Whether what every turn needs can be read; somebody may have locked it."""

_UPGRADE_SECONDS: Final = 3600.0


def real_today() -> date:
    """The day in Oslo by the machine's own clock."""
    return local_day(datetime.now(UTC))


class Database:
    """A SQLite file or a PostgreSQL database; several threads may use it.

    `today` says which roles of the register hold; whoever has a clock of their own gives its day.

    Every method raises DatabaseAway when it cannot be reached.
    """

    def __init__(self, url: str, today: Callable[[], date] = real_today) -> None:
        self._engine = make_engine(url)
        self._impatient = make_engine(url, patient=False) if self.is_sqlite else None
        self.today = today
        self._memory = Memory()
        self._lock: int | None = None

    @property
    def engine(self) -> Engine:
        return self._engine

    @property
    def is_sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def unit_of_work(self, *, quick: float | None = None) -> Iterator[SqlUnitOfWork]:
        """A unit of work that is rolled back unless it is committed before it is left.

        One that is `quick` raises DatabaseBusy when it has used so many seconds of processor time, and at once when
        another process writes to a SQLite file.
        """
        engine = self._engine if quick is None else self._impatient or self._engine
        uow = SqlUnitOfWork(engine, self._memory, self.today, quick)
        with _away_is_told():
            try:
                yield uow
            finally:
                uow.close()

    def upgrade(self) -> None:
        """Brings the schema up to date; quick when it is already, and safe from several processes at once."""
        with _away_is_told(), heard_within(_UPGRADE_SECONDS):
            upgrade(self._engine)

    def ping(self) -> None:
        """Asks the database for an answer, without waiting for those who write, nor long for one that hangs."""
        with _away_is_told(), heard_within(_PING_SECONDS), reading(self._engine.connect()) as connection:
            connection.execute(_IS_THERE)

    def lock_process(self) -> None:
        """Keeps other processes from serving the same SQLite database until this one ends or closes it.

        Raises AlreadyRunning. With PostgreSQL there may be several, and nothing happens.
        """
        if not self.is_sqlite or self._lock is not None:
            return
        path = Path(f"{self._engine.url.database}.lock")
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise AlreadyRunning(str(path)) from None
        self._lock = lock

    def close(self) -> None:
        self._engine.dispose()
        if self._impatient is not None:
            self._impatient.dispose()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


@contextmanager
def _away_is_told() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        away = as_away(error)
        if away is None:
            raise
        raise away from error
