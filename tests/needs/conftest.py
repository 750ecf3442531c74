from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.ports import UnitOfWork
from tests.databases import Databases
from tests.needs.town import Town, build


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    databases = Databases()
    made = build(databases)
    yield made
    made.database.close()
    databases.close()


@pytest.fixture
def work(town: Town) -> Iterator[UnitOfWork]:
    """A unit of work in the town, rolled back when the test ends."""
    with town.tried() as uow:
        yield uow
