"""A process that delivers until it is killed: domain URL, engine URL, Teams' URL, executor id, moment, and then
perhaps the point at which it dies, and at which send."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime

import aiohttp

from delivery.service import Delivery
from storage.database import Database
from storage.engines import tune_all_engines
from tests.delivery.crashing import Crash, CrashingSender, CrashingWorker, Point
from tests.delivery.world import RunningClock, mark, render

LOST = 75


async def main(
    domain_url: str,
    engine_url: str,
    teams_url: str,
    executor_id: str,
    moment: str,
    point: str = "",
    nth: str = "0",
) -> int:
    tune_all_engines()
    crash = Crash(Point(point) if point else None, int(nth))
    worker = CrashingWorker(Database(domain_url))
    worker.crash = crash
    lost = asyncio.Event()
    async with aiohttp.ClientSession() as session:
        sender = CrashingSender(session, teams_url)
        sender.crash = crash
        delivery = Delivery(
            engine_url,
            worker,
            RunningClock(datetime.fromisoformat(moment)),
            sender,
            render,
            mark,
            executor_id=executor_id,
            first_pause=0.2,
            liveness_seconds=1,
            lost=lost.set,
        )
        await delivery.start()
        print("READY", flush=True)
        await lost.wait()
        await delivery.stop()
    return LOST


if __name__ == "__main__":
    sys.exit(asyncio.run(main(*sys.argv[1:])))
