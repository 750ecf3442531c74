"""A nation in one morning: six thousand heads and three hundred channels, all due at eight o'clock."""

from __future__ import annotations

import asyncio
import collections
import statistics
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bench import nation
from bench.running import Bot, bot_process
from bench.world import World
from storage.database import Database

EIGHT = datetime(2026, 11, 24, 7, tzinfo=UTC)
"""Eight o'clock in Oslo on the day of the heads' last reminder and the channels' first summary."""

BEFORE = datetime(2026, 11, 24, 6, 59, 40, tzinfo=UTC)
PERMITTED = 25.0
TURNS_A_SECOND = 2.0
QUESTIONS = ("når er fristen?", "hva gjør barnehageeier?", "hva er PPT?", "må vi bruke skjemaet?")


class Connector(World):
    """Keeps what is sent, when and to whom, and when it was asked who somebody is."""

    def __init__(self) -> None:
        super().__init__(nation.TENANT)
        self.sent: list[tuple[float, str]] = []
        self.asked: list[float] = []

    async def _member(self, request: web.Request) -> web.Response:
        # Not a message, but a request, which Teams counts as well.
        self.asked.append(time.monotonic())
        return web.json_response({"id": request.match_info["m"]})

    async def _sent(self, request: web.Request) -> web.Response:
        self.sent.append((time.monotonic(), request.match_info["rest"].split("/")[1]))
        return await super()._sent(request)


def most_within(moments: list[float], seconds: float) -> int:
    """The most that fell into any window of so many seconds."""
    most, first = 0, 0
    for last, moment in enumerate(moments):
        while moments[first] <= moment - seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


def begins(moments: list[float]) -> int:
    """The first of the moments after which there are many: from there on the reminders go out."""
    return next(i for i in range(len(moments)) if moments[i + int(PERMITTED / 2)] - moments[i] < 1)


async def ask(http: aiohttp.ClientSession, bot: Bot, connector: Connector, person: int, text: str) -> float:
    """Somebody asks; seconds until the turn is over, answer included."""
    began = time.perf_counter()
    await connector.say(http, bot.url, person, text)
    return time.perf_counter() - began


async def morning(folder: Path, heads: int) -> tuple[list[str], nation.Nation]:
    """Runs it all; the figures as lines."""
    async with Connector() as connector, aiohttp.ClientSession() as http:
        database = Database(f"sqlite:///{folder}/bench.db")
        database.upgrade()
        with database.unit_of_work() as uow:
            built = nation.build(uow, BEFORE, connector.url, heads=heads)
            uow.commit()
            people = [p.id for p in uow.register.all_people()]
        due = heads + built.channels
        turns: list[float] = []
        async with bot_process(folder, now=BEFORE.isoformat()) as bot:

            async def people_ask() -> None:
                for number in count():
                    # One after the other of many people, at a steady pace whatever the answers take.
                    asked = ask(http, bot, connector, people[number * 7 % len(people)], QUESTIONS[number % 4])
                    pending.append(asyncio.create_task(asked))
                    await asyncio.sleep(1 / TURNS_A_SECOND)

            pending: list[asyncio.Task[float]] = []
            asking = asyncio.create_task(people_ask())
            await arrived(connector, due, seconds=60 + 2 * due / PERMITTED)
            asking.cancel()
            with suppress(asyncio.CancelledError):
                await asking
            turns = list(await asyncio.gather(*pending))
            memory = bot.most_memory()
        return list(figures(connector, due, turns, memory)), built


async def arrived(connector: Connector, due: int, seconds: float) -> None:
    """Waits until as many conversations as are due have got something."""
    end = time.monotonic() + seconds
    while len({c for _, c in connector.sent}) < due:
        assert time.monotonic() < end, f"only {len({c for _, c in connector.sent})} of {due} in time"
        await asyncio.sleep(0.2)


def figures(connector: Connector, due: int, turns: list[float], memory: float) -> Iterator[str]:
    """Checks everything, and says it."""
    moments = sorted([at for at, _ in connector.sent] + connector.asked)
    most = most_within(moments, 1.0)
    yield f"most requests in any second: {most}"
    assert most <= 30
    by_place: dict[str, list[float]] = collections.defaultdict(list)
    for at, place in connector.sent:
        by_place[place].append(at)
    for seconds, permitted in ((1, 7), (2, 8), (30, 60), (3600, 1800)):
        assert max(most_within(times, seconds) for times in by_place.values()) <= permitted
    # Everything that was sent in the busy time, answers of turns included, against what is permitted.
    busy = moments[begins(moments) :]
    rate = (len(busy) - 1) / (busy[-1] - busy[0])
    yield f"{len(busy)} requests for {due} messages and the answers meanwhile: {rate:.1f} a second"
    assert rate >= 0.9 * PERMITTED
    p95 = statistics.quantiles(turns, n=20)[18] * 1000
    yield f"turns meanwhile: p50 {statistics.median(turns) * 1000:.0f} ms, p95 {p95:.0f} ms"
    assert p95 < 300
    yield f"most memory of the process: {memory:.0f} MB"
    assert memory < 300


@pytest.mark.torture
def test_a_nation_is_reminded_at_the_permitted_rate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines, _ = asyncio.run(morning(tmp_path, 6000))
    with capsys.disabled():
        print("\n" + "\n".join(lines))
