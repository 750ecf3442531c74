"""How fast an owner of 1,000 kindergartens is answered, through the whole running bot.

Prints the median and the 95th percentile, in milliseconds, of `til behandling`, one of its pages, one municipality,
who has not answered, and approving a hundred needs at once. The goal for `til behandling` is 300 ms.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from bench.big_owner import OWNER, Built, build
from bench.running import running_bot
from bench.world import World
from domain.needs.owners.desk import View
from storage.database import Database

KINDERGARTENS = 1000
GOAL = 300.0
TIMES = 40
AT_ONCE = 100
NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)


async def main() -> None:
    """Builds the register, starts the bot, measures, stops it."""
    with tempfile.TemporaryDirectory() as folder:
        built = _built(f"sqlite:///{folder}/bench.db")
        async with World() as world, ClientSession() as http:
            world.people = [OWNER]
            async with running_bot(Path(folder), now=NOW.isoformat()) as url:
                await figures(world, http, url, built)


def _built(url: str) -> Built:
    database = Database(url)
    try:
        database.upgrade()
        with database.unit_of_work() as uow:
            built = build(uow, KINDERGARTENS, NOW)
            uow.commit()
        return built
    finally:
        database.close()


async def figures(world: World, http: ClientSession, url: str, built: Built) -> None:
    """The figures that the module's docstring names."""
    owner = built.owner.id

    def pressing(**payload: Any) -> Callable[[int], Awaitable[None]]:
        return lambda _: world.press(http, url, 0, payload)

    async def hundred(number: int) -> None:
        ids = built.waiting[number * AT_ONCE : (number + 1) * AT_ONCE]
        await world.press(http, url, 0, {"verb": "approve_all", "owner": owner, "reports": list(ids)})

    await world.say(http, url, 0, "hei")
    print(f"an owner of {KINDERGARTENS} kindergartens, {len(built.waiting)} needs wait")
    p95 = await measure("til behandling", TIMES, lambda _: world.say(http, url, 0, "til behandling"))
    print(f"{'':<28} the goal of {GOAL:.0f} ms is {'met' if p95 <= GOAL else 'MISSED'}")
    await measure("a page in the middle", TIMES, pressing(verb="to_handle", owner=owner, page=40))
    await measure(
        "one municipality", TIMES, pressing(verb="to_handle", owner=owner, place=built.owner.municipality_id)
    )
    missing = pressing(verb="to_handle", owner=owner, view=View.UNANSWERED.value)
    await measure("who has not answered", TIMES, missing)
    await measure("the greeting", TIMES, lambda _: world.say(http, url, 0, "hei"))
    await measure(f"approving {AT_ONCE} at once", len(built.waiting) // AT_ONCE, hundred)


async def measure(name: str, times: int, turn: Callable[[int], Awaitable[None]]) -> float:
    """Prints one line for so many turns, one after the other; the 95th percentile."""
    taken = []
    for number in range(times):
        started = time.perf_counter()
        await turn(number)
        taken.append((time.perf_counter() - started) * 1000)
    cuts = statistics.quantiles(taken, n=20, method="inclusive")
    print(f"{name:<28} {times:>4} times   p50 {cuts[9]:>6.1f} ms   p95 {cuts[18]:>6.1f} ms")
    return cuts[18]
