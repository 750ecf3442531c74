from __future__ import annotations

import asyncio
from pathlib import Path

from storage.database import Database
from tests.delivery.world import (
    QUIET,
    RunningClock,
    Teams,
    delivering,
    leader,
    notice,
    request_of,
    seat,
    teams_at,
    unfinished,
    until,
)


def test_what_was_handed_to_an_engine_that_is_lost_is_handed_again(
    database: Database, tmp_path: Path
) -> None:
    clock = RunningClock(QUIET)
    now = clock.now()
    with database.unit_of_work() as uow:
        seat(uow, leader(uow), "lise", now)
        receipt = notice(uow, leader(uow), request_of(uow, now), now)
        uow.outbox.add(receipt)
        uow.outbox.handed([receipt.key])
        uow.commit()

    async def scenario() -> None:
        async with (
            teams_at(Teams()) as teams,
            delivering(database, f"sqlite:///{tmp_path}/new.db", teams.url, clock) as delivery,
        ):
            await until(lambda: not unfinished(database))
            assert await delivery.engine.knows(receipt.key)
            assert not await delivery.engine.knows("unknown")
            assert len(teams.texts()) == 1

    asyncio.run(scenario())
