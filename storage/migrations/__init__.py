"""The schema's history, and the way to its newest version."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    inspect,
    select,
    text,
)

from storage.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Engine

HEAD: Final = "0004"
"""The newest version; a database that has it need not wait for Alembic to be loaded."""

_LOCK: Final = 0x7EA5_5C3A

_versions: Final = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""As Alembic makes it."""


def upgrade(engine: Engine) -> None:
    """Runs the versions that the database does not have, all or none; an empty one gets the newest at once."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # It takes as long as it takes, unlike a turn.
            connection.execute(text("SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0"))
            # Processes that start together take turns. (SQLite's transaction is a lock already.)
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        found = inspect(connection).get_table_names()
        if not found:
            _create(connection)
        elif _version(connection, found) != HEAD:
            from alembic import command

            command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file of its own; the environment runs on the connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _create(connection: Connection) -> None:
    """What all versions together make, in a tenth of the time."""
    metadata.create_all(connection, checkfirst=False)
    _versions.create(connection)
    connection.execute(_versions.insert(), {"version_num": HEAD})


def _version(connection: Connection, tables: Sequence[str]) -> str | None:
    if _versions.name not in tables:
        return None
    return connection.execute(select(_versions.c.version_num)).scalar()
