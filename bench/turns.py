"""How fast the running bot is, over HTTP, with a stand-in for Teams in this process.

Prints the time from start to ready, then turns a second and latencies for a question of the scheme and for a
step of the report (committed to SQLite before it is answered), with 1 and 20 people writing at once. Each
figure is the median of three runs.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import ClientSession, TCPConnector

from bench.running import running_bot, timed_start
from bench.world import World

RUNS = 3
SECONDS = 3.0
QUESTIONS = (
    "når er fristen for behovsmelding?",
    "hva gjør barnehageeier?",
    "hvem lager beslutningsgrunnlaget?",
    "hvor mye får et nettverk til koordinering?",
    "hvem fatter vedtak?",
    "hva er PPT?",
    "må vi bruke skjemaet?",
)


async def load(people: int, turn: Callable[[int, int], Awaitable[None]]) -> tuple[float, float, float]:
    """Turns a second, median and 95th percentile in milliseconds, of a closed loop."""
    times: list[float] = []
    end = time.perf_counter() + SECONDS

    async def one(person: int) -> None:
        number = 0
        while time.perf_counter() < end:
            started = time.perf_counter()
            await turn(person, number)
            times.append(time.perf_counter() - started)
            number += 1

    started = time.perf_counter()
    await asyncio.gather(*(one(p) for p in range(people)))
    seconds = time.perf_counter() - started
    cuts = statistics.quantiles(times, n=20)
    return len(times) / seconds, cuts[9] * 1000, cuts[18] * 1000


async def measure(name: str, people: int, turn: Callable[[int, int], Awaitable[None]]) -> None:
    """Prints one line: the median run."""
    runs = sorted([await load(people, turn) for _ in range(RUNS)])
    rate, p50, p95 = runs[RUNS // 2]
    print(f"{name:<28} {people:>3} at once  {rate:>7.0f} turns/s   p50 {p50:>6.1f} ms   p95 {p95:>6.1f} ms")


async def main() -> None:
    """Starts the bot, measures, stops it."""
    with tempfile.TemporaryDirectory() as folder:
        for attempt in ("start to ready (new database)", "start to ready"):
            print(f"{attempt:<32} {await timed_start(Path(folder)):.2f} s")
        async with (
            World() as world,
            ClientSession(connector=TCPConnector(limit=0)) as http,
            running_bot(Path(folder)) as url,
        ):
            await figures(world, http, url)


async def figures(world: World, http: ClientSession, url: str) -> None:
    """The figures that the module's docstring names."""

    async def ask(person: int, number: int) -> None:
        await world.say(http, url, person, QUESTIONS[(person + number) % len(QUESTIONS)])

    async def step(person: int, number: int) -> None:
        await world.say(http, url, person, "endre tema" if number % 2 else "lek")

    for people in (1, 20):
        await measure("a question", people, ask)
    for person in range(20):
        await world.say(http, url, person, "meld behov")
        await world.say(http, url, person, "ja")
    for people in (1, 20):
        await measure("a step of the report", people, step)
