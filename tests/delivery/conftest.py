from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.databases import Databases
from tests.delivery.world import fill


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with five heads, in a round whose date for needs is confirmed."""
    path = tmp_path_factory.mktemp("filled") / "domain.db"
    database = Database(Databases.fresh_file(path))
    with database.unit_of_work() as uow:
        fill(uow, heads=5)
    database.close()
    return path


@pytest.fixture
def database(filled: Path, tmp_path: Path) -> Iterator[Database]:
    """The domain's database, a copy for each test."""
    path = shutil.copy(filled, tmp_path / "domain.db")
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture
def engine_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/engine.db"
