"""One account floods the bot while others ask: they hardly notice, and what the flooder was told is stored, is."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.data_files import sample_register
from bot.turns.limits import BURST, PER_SECOND, TOLD_EVERY
from domain.register.files import read_register
from tests.protocol.conftest import NOW
from tests.protocol.people import Person
from tests.protocol.town import Town, running

MESSAGES = 500
AT_ONCE = 50
OTHERS = 20
ROUNDS = 30
SLOWED = 3.0
"""Times longer, at most, that others wait meanwhile: the flooder's hundred turns and this client share the machine."""

TOO_FAST = "Nå kom det flere meldinger enn jeg rekker å ta imot, så den siste er ikke lagret."
QUESTIONS = ("når er fristen?", "hva gjør barnehageeier?", "hvem leder nettverket?", "hva er rekom?")
FREE_TEXTS = ("today", "better", "children")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with running(tmp_path, now=NOW) as found:
        yield found


def everybody_but(name: str) -> list[str]:
    """Other people of the sample register."""
    names = dict.fromkeys(row.name for row in read_register(sample_register()).people)
    return [other for other in names if other != name]


async def posts(session: aiohttp.ClientSession, person: Person, activity: dict[str, Any]) -> float:
    """Seconds until it was answered."""
    began = time.perf_counter()
    async with session.post(person.bot_url, json=activity) as response:
        assert response.status == 202
    return time.perf_counter() - began


async def asks(session: aiohttp.ClientSession, person: Person) -> list[float]:
    took = []
    for number in range(ROUNDS):
        took.append(await posts(session, person, person.message(QUESTIONS[number % len(QUESTIONS)])))
        await asyncio.sleep(0.05)
    return took


async def p95_of_all(session: aiohttp.ClientSession, people: list[Person]) -> float:
    """Milliseconds, of everybody's questions."""
    took = await asyncio.gather(*(asks(session, person) for person in people))
    return 1000 * statistics.quantiles([one for each in took for one in each], n=20)[-1]


async def floods(session: aiohttp.ClientSession, person: Person, texts: list[str]) -> None:
    left = iter(texts)

    async def one_after_the_other() -> None:
        for text in left:
            await posts(session, person, person.message(text))

    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))


@pytest.mark.torture
def test_a_flood_from_one_account(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    flooder = town.person("Kari Nordli")
    flooder.say("meld behov")
    flooder.say("ja, noe nytt")
    flooder.say("lek og språk")
    others = [town.person(name) for name in everybody_but(flooder.name)[:OTHERS]]
    texts = [f"Melding {number} om hverdagen i barnehagen vår." for number in range(MESSAGES)]
    before = len(flooder.chat.messages)

    async def scenario() -> tuple[float, float, float]:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=200)) as session:
            await p95_of_all(session, others)
            quiet = await p95_of_all(session, others)
            began = time.monotonic()
            flood = asyncio.create_task(floods(session, flooder, texts))
            loud = await p95_of_all(session, others)
            await flood
            return quiet, loud, time.monotonic() - began

    quiet, loud, seconds = asyncio.run(scenario())
    with capsys.disabled():
        print(f"\np95 of others: {quiet:.0f} ms, and {loud:.0f} ms during a flood")
    assert loud < SLOWED * quiet
    assert flooder.times_heard(TOO_FAST) == 1 + int(seconds // TOLD_EVERY)
    answered = len(flooder.chat.messages) - before
    assert BURST - 10 <= answered <= 2 * (BURST + PER_SECOND * seconds)
    acknowledged = [text for text in flooder.chat.heard if text.startswith("Lagret. Spørsmål")]
    stored = town.need_of("Kari Nordli").answers
    assert "Spørsmål 5 av 10." in acknowledged[-1]
    assert {stored[name] for name in FREE_TEXTS} < set(texts)
