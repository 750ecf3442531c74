from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.ports import UnitOfWork
from storage.database import Database
from tests.databases import BACKENDS, Databases
from tests.storage.seeds import Seeds, seed


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    made = Databases()
    yield made
    made.close()


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def database(databases: Databases, backend: str) -> Iterator[Database]:
    url = databases.fresh(backend)
    made = Database(url)
    yield made
    made.close()
    databases.give_back(url)


@pytest.fixture
def uow(database: Database) -> Iterator[UnitOfWork]:
    with database.unit_of_work() as opened:
        yield opened


@pytest.fixture
def seeds(database: Database) -> Seeds:
    """What most rows refer to, committed before the test's own unit of work."""
    with database.unit_of_work() as uow:
        seeded = seed(uow)
        uow.commit()
    return seeded
