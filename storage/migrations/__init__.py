"""The schema's history, and the way to its newest version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Engine

HEAD: Final = "0004"
"""The newest version; a database that has it need not wait for Alembic to be loaded."""

_LOCK: Final = 0x7EA5_5C3A


def upgrade(engine: Engine) -> None:
    """Runs the versions that the database does not have, all or none."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # Processes that start together take turns. (SQLite's transaction is a lock already.)
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if _version(connection) != HEAD:
            from alembic import command

            command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file of its own; the environment runs on the connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
