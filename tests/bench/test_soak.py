"""The bot's memory in a long run: it may not grow with the turns."""

from __future__ import annotations

import asyncio
import os
import statistics
from collections.abc import Iterator
from itertools import islice

import pytest

from bench import bots, load, workloads
from bench.crowd import PEOPLE, Crowd, Said

TURNS = int(os.environ.get("REKOMPIS_SOAK_TURNS", "50000"))
SAMPLES = 50
STEPS_EVERY = 8
GOAL = 200.0
MOST = 205.0
"""With a register of 2,000 kindergartens, which alone takes 11."""
GROWTH = 5.0
"""Megabytes over the last 60 % of the turns."""


def mixed() -> Iterator[Said]:
    """Mostly questions; the other half of the people report meanwhile, one step for some questions."""
    asked = (said for said in workloads.asked() if said.person % 2)
    reported = (said for said in workloads.reported() if not said.person % 2)
    while True:
        yield from islice(asked, STEPS_EVERY - 1)
        yield next(reported)


async def memory() -> list[float]:
    """Megabytes, after each part of the turns."""
    said = mixed()
    async with Crowd() as crowd, bots.rekompis(crowd, said, PEOPLE) as (bot, _):
        found = []
        for _ in range(SAMPLES):
            await load.once(crowd, bot, islice(said, TURNS // SAMPLES))
            found.append(bot.memory())
        return found


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_memory_does_not_grow() -> None:
    found = asyncio.run(memory())
    met = "met" if found[-1] < GOAL else "MISSED"
    print(f"MB in {TURNS} turns:", " ".join(f"{each:.0f}" for each in found), f"(goal {GOAL:.0f}: {met})")
    settled = found[len(found) * 4 // 10 :]
    tenth = len(found) // 10
    assert statistics.median(settled[-tenth:]) - statistics.median(settled[:tenth]) < GROWTH, found
    assert found[-1] < MOST, found
