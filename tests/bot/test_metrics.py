"""What /metrics shows of a running bot, also when its database is away."""

from __future__ import annotations

import asyncio
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics_page import FRESH, MetricsPage
from delivery.book import OwnBook
from delivery.budget import Budget
from delivery.ledger import Limits
from delivery.status import Backlog
from domain.outbox import OutboxState
from tests.bot.sdk.standins import run, serving
from tests.databases import Databases
from tests.protocol.conftest import NOW
from tests.protocol.teams import Teams
from tests.protocol.town import Bot, Town, _free_port

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]
WITHIN = 2.0
"""Seconds in which a scrape must have its answer."""


def scrape(port: int) -> Samples:
    """Every sample by name and labels; it must come in time."""
    began = time.monotonic()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=60) as response:
        text = response.read().decode()
    assert time.monotonic() - began < WITHIN
    return read(text)


def read(text: str) -> Samples:
    families = text_string_to_metric_families(text)
    return {(s.name, frozenset(s.labels.items())): s.value for family in families for s in family.samples}


def value(samples: Samples, name: str, **labels: str) -> float:
    return samples[f"rekompis_{name}", frozenset(labels.items())]


@contextmanager
def running_on_postgresql(folder: Path) -> Iterator[tuple[Town, Databases, int]]:
    """A bot, its databases, and the port of its metrics."""
    databases, port = Databases(own_server=True), _free_port()
    bot = Bot(folder, now=NOW, metrics_port=str(port), database_url=databases.empty("postgresql"))
    try:
        with Teams() as teams:
            bot.start()
            town = Town(teams, bot)
            yield town, databases, port
            town.close()
    finally:
        bot.kill()
        databases.close()


@pytest.mark.by_the_clock
def test_what_is_done_is_counted_and_shown_in_time_though_the_database_is_away(tmp_path: Path) -> None:
    with running_on_postgresql(tmp_path) as (town, databases, port):
        head = town.person("Kari Nordli")
        head.say("når er fristen for behovsmelding?")
        head.say("hva er telefonnummeret til lederen i nettverket?")
        head.say("meld behov")
        assert head.post({"type": "message"})[0] == 400
        before = scrape(port)
        databases.stop_postgresql()
        time.sleep(FRESH)
        after = scrape(port)
    assert (value(before, "database_up"), value(before, "engine_up")) == (1, 1)
    assert (value(after, "database_up"), value(after, "engine_up")) == (0, 0)
    for found in (before, after):
        assert value(found, "turns_total", kind="said", outcome="ok") == 3
        assert value(found, "turn_seconds_count", kind="said") == 3
        assert 0 < value(found, "turn_seconds_sum", kind="said") < 60
        assert value(found, "turns_under_way") == 0
        assert value(found, "answers_total", outcome="found") == 1
        assert value(found, "answers_total", outcome="declined") == 1
        assert value(found, "refused_total", status="400") == 1
        assert value(found, "sends_total", status="ok") >= 3
        assert value(found, "sends_total", status="429") == 0
        assert {value(found, "outbox", state=state.value) for state in OutboxState} == {0}
        assert value(found, "outbox_lag_seconds") == 0
        assert found["process_resident_memory_bytes", frozenset()] > 1e7


@pytest.mark.by_the_clock
def test_databases_that_do_not_answer_are_asked_once_and_hold_nobody_up() -> None:
    asked: list[str] = []

    async def silent() -> bool:
        asked.append("silent")
        await asyncio.Event().wait()
        return True

    async def broken() -> bool:
        raise ConnectionError

    async def waiting() -> Backlog:
        return Backlog({"waiting": 3}, 90.0)

    async def scenario() -> tuple[Samples, float]:
        app = web.Application()
        app.router.add_get("/metrics", MetricsPage(silent, broken, waiting).get)
        async with serving(app) as url, ClientSession() as session:
            began = time.monotonic()
            pages = await asyncio.gather(*(_page(session, url) for _ in range(5)))
            return read(pages[0]), time.monotonic() - began

    found, seconds = run(scenario())
    assert (len(asked), seconds < WITHIN) == (1, True)
    assert (value(found, "database_up"), value(found, "engine_up")) == (0, 0)
    assert (value(found, "outbox", state="waiting"), value(found, "outbox_lag_seconds")) == (3, 90)


async def _page(session: ClientSession, url: str) -> str:
    async with session.get(f"{url}/metrics") as response:
        return await response.text()


def test_the_budget_tells_of_waits_and_cool_offs() -> None:
    waits: list[float] = []
    pauses: list[int] = []

    async def scenario() -> None:
        budget = Budget(OwnBook(Limits.of(25.0)))
        budget.on_wait = waits.append
        budget.on_cool_off = lambda: pauses.append(1)
        await budget.take("t", "c", scheduled=False)
        assert waits == []
        await budget.refused("t", 500, None)
        assert pauses == []
        await budget.refused("t", 429, 0.3)
        await budget.take("t", "c", scheduled=False)

    run(scenario())
    assert len(pauses) == 1
    assert [0.2 < seconds < 2 for seconds in waits] == [True]
