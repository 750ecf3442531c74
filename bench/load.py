"""A closed loop: so many people at once, each waits for the answer before another takes the place."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from typing import Any

from bench.crowd import Crowd, Said, connected
from bench.running import Bot

FEWEST = 20
"""Turns of a run: a slow bot gets longer than it was to have."""


@dataclass(frozen=True)
class Run:
    """What one short run gave: turns a second, milliseconds, and processor time for a turn of bot and load."""

    rate: float
    p50: float
    p95: float
    p99: float
    bot_cpu: float
    load_cpu: float


async def run(crowd: Crowd, bot: Bot, said: Iterator[Said], at_once: int, seconds: float) -> Run:
    """Measures for so many seconds, when as many turns as people are at once are over. Raises WrongAnswer."""
    times: list[float] = []
    warm, enough, over = asyncio.Event(), asyncio.Event(), False

    async def one() -> None:
        async with connected(bot.url) as connection:
            while not over:
                times.append(await crowd.turn(connection, next(said)))
                if warm.is_set() and len(times) >= FEWEST:
                    enough.set()
                elif len(times) >= at_once:
                    warm.set()

    async def measure() -> Run:
        nonlocal over
        await warm.wait()
        bot_before, load_before = bot.cpu(), time.process_time()
        times.clear()
        began = time.perf_counter()
        await asyncio.sleep(seconds)
        await enough.wait()
        taken, milliseconds = time.perf_counter() - began, [each * 1000 for each in times]
        bot_cpu, load_cpu = bot.cpu() - bot_before, time.process_time() - load_before
        over = True
        turns, cuts = len(milliseconds), statistics.quantiles(milliseconds, n=100, method="inclusive")
        return Run(
            turns / taken, cuts[49], cuts[94], cuts[98], bot_cpu / turns * 1000, load_cpu / turns * 1000
        )

    measured, *_ = await together(measure(), *(one() for _ in range(at_once)))
    assert isinstance(measured, Run)
    return measured


async def once(crowd: Crowd, bot: Bot, said: Iterator[Said], at_once: int = 20) -> None:
    """Everything that is to be said, once. Raises WrongAnswer."""

    async def one() -> None:
        async with connected(bot.url) as connection:
            for each in said:
                await crowd.turn(connection, each)

    await together(*(one() for _ in range(at_once)))


async def together(*work: Coroutine[Any, Any, Any]) -> list[Any]:
    """What all of them return; the first that fails ends the others, and is raised alone."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
