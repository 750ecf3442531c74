"""The figures of the turns are of real turns: one that is answered wrongly, or not at all, ends the run."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count, islice

import pytest
from aiohttp.test_utils import TestServer

from bench import crowd as people
from bench import load, workloads
from bench.crowd import Crowd, Said, WrongAnswer
from bench.echoes import bare
from bench.load import Run
from bench.running import Bot


@asynccontextmanager
async def echo() -> AsyncIterator[tuple[Crowd, Bot]]:
    async with Crowd() as crowd, TestServer(bare()) as server:
        yield crowd, Bot(str(server.make_url("/api/messages")), os.getpid())


def mistaken() -> Iterator[Said]:
    """The seventh is to be answered with something else than what an echo says."""
    for number in count():
        yield Said(number % 50, f"hei {number}", b"Echo: hei %d" % number if number != 7 else b"svar")


def test_turns_that_are_answered_rightly_are_counted() -> None:
    async def measured() -> Run:
        async with echo() as (crowd, bot):
            return await load.run(crowd, bot, workloads.echoed(), at_once=3, seconds=0.2)

    found = asyncio.run(measured())
    assert found.rate > 0
    assert 0 < found.p50 <= found.p95 <= found.p99


def test_another_answer_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "LONGEST", 0.3)

    async def measured() -> None:
        async with echo() as (crowd, bot):
            await load.run(crowd, bot, mistaken(), at_once=3, seconds=5)

    with pytest.raises(WrongAnswer, match=r"to «hei 7» there was to come «svar», and came \['Echo: hei 7'\]"):
        asyncio.run(measured())


def test_a_refused_turn_ends_the_run() -> None:
    async def measured() -> None:
        async with echo() as (crowd, bot):
            nowhere = Bot(bot.url.replace("messages", "nothing"), bot.pid)
            await load.once(crowd, nowhere, islice(workloads.echoed(), 5), at_once=2)

    with pytest.raises(WrongAnswer, match="the HTTP status 404"):
        asyncio.run(measured())


def test_everybody_takes_every_step_in_order() -> None:
    taken = list(islice(workloads.reported(), people.PEOPLE * len(workloads.REPORT)))
    for person in (0, 1, people.PEOPLE - 1):
        assert [s.text for s in taken if s.person == person] == [text for text, _ in workloads.REPORT]
    mixed = taken[workloads.UNTIL_MIXED :][: len(workloads.REPORT)]
    assert len({s.text for s in mixed}) == len(workloads.REPORT)
