from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError

from storage import engines
from storage.engines import make_engine, tune_all_engines

GONE = "postgresql+psycopg:///x?host=/nonexistent"


@pytest.fixture
def tuned() -> Iterator[None]:
    listeners: list[tuple[str, Any]] = [
        ("connect", engines._tune_connection),
        ("handle_error", engines._mark_disconnect),
    ]
    before = [event.contains(Engine, name, listener) for name, listener in listeners]
    tune_all_engines()
    tune_all_engines()
    yield
    for (name, listener), was_there in zip(listeners, before, strict=True):
        if not was_there:
            event.remove(Engine, name, listener)


def pragmas(engine: Engine) -> dict[str, object]:
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    with engine.connect() as connection:
        found = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in names}
    engine.dispose()
    return found


SETTINGS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30000}


def test_sqlite_is_safe_and_patient(tmp_path: Path) -> None:
    assert pragmas(make_engine(f"sqlite:///{tmp_path}/a.db")) == SETTINGS


def test_other_engines_get_the_same_settings(tmp_path: Path, tuned: None) -> None:
    assert pragmas(create_engine(f"sqlite:///{tmp_path}/engine.db")) == SETTINGS


def test_a_lost_postgresql_is_seen_as_lost(tuned: None) -> None:
    engine = create_engine(GONE)
    with pytest.raises(OperationalError) as lost:
        engine.connect()
    assert lost.value.connection_invalidated


def test_our_own_engine_sees_it_without_tuning() -> None:
    with pytest.raises(OperationalError) as lost:
        make_engine(GONE).connect()
    assert lost.value.connection_invalidated


def test_postgresql_may_be_named_without_its_driver() -> None:
    for scheme in ("postgresql", "postgresql+psycopg"):
        assert make_engine(f"{scheme}://u:p@db.example/x").url.drivername == "postgresql+psycopg"
