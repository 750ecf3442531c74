"""A process that delivers until it is killed, perhaps by itself, at a point of a send."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from multiprocessing.connection import Connection

import aiohttp

from delivery.service import Delivery
from storage.database import Database
from storage.engines import tune_all_engines
from tests.delivery.crashing import Crash, CrashingSender, CrashingWorker, Point
from tests.delivery.world import RunningClock, mark, render

LOST = 75


def run(ready: Connection, *arguments: str) -> None:
    """Delivers, and says so once it does: domain URL, engine URL, Teams' URL, executor id, moment, and then
    perhaps the point at which it dies, and at which send."""
    sys.exit(asyncio.run(_main(ready, *arguments)))


async def _main(
    ready: Connection,
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
            liveness_seconds=3,
            lost=lost.set,
        )
        await delivery.start()
        ready.send(True)
        await lost.wait()
        await delivery.stop()
    return LOST
