from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.data_files import sample_register
from bot.seeding import import_register
from storage.database import Database
from tests.databases import Databases
from tests.protocol.town import IN_THE_ROUND


@pytest.fixture
def database() -> Iterator[Database]:
    databases = Databases()
    made = Database(databases.fresh("sqlite"), lambda: IN_THE_ROUND)
    with made.unit_of_work() as uow:
        import_register(uow, sample_register(), IN_THE_ROUND)
        uow.commit()
    yield made
    made.close()
    databases.close()
