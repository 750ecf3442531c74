"""A process that delivers until it is killed: domain URL, engine URL, Teams' URL, executor id, moment."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime

from storage.database import Database
from tests.delivery.world import RunningClock, delivering


async def main(domain_url: str, engine_url: str, teams_url: str, executor_id: str, moment: str) -> None:
    database = Database(domain_url)
    clock = RunningClock(datetime.fromisoformat(moment))
    async with delivering(
        database, engine_url, teams_url, clock, executor_id=executor_id, first_pause=0.2, liveness_seconds=1
    ):
        print("READY", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
