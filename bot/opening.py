"""What the commands of the command line begin with: settings, the database, the moment it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.settings import BadSettings, Settings, read_settings
from bot.terminal import fail
from domain.clock import local_day

if TYPE_CHECKING:
    from domain.ports import UnitOfWork
    from storage.database import Database


def settings_or_fail() -> Settings:
    """The settings; the command ends when they do not fit together."""
    try:
        return read_settings()
    except BadSettings as bad:
        fail("; ".join(bad.args), 2)


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database, up to date; the command ends when it is out of reach."""
    from storage.database import Database
    from storage.errors import DatabaseAway

    database = Database(settings.database_url, lambda: local_day(now_of(settings)))
    try:
        database.upgrade()
        yield database
    except DatabaseAway as away:
        fail(f"cannot reach the database ({away})")
    finally:
        database.close()


def now_of(settings: Settings) -> datetime:
    """The moment that the settings say, else the machine's."""
    return settings.now or datetime.now(UTC)


def stored_now(uow: UnitOfWork, settings: Settings) -> datetime:
    """The moment of the running installation, whose clock may have been set."""
    from bot.clock import clock_from

    return clock_from(uow, settings.now).now()
