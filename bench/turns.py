"""How fast the running bot is, over HTTP, beside a stock botbuilder echo and a bare aiohttp echo.

Two thousand people write, 1, 20 and 100 at once, and every answer is checked. All bots run beside each other and are
measured in turn, several times, so that a machine that others use hits all alike; the figures are medians.
"""

from __future__ import annotations

import statistics
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from bench import load
from bench.bots import BARE, QUESTION, STEP, STEP_POSTGRESQL, STOCK, all_of_them
from bench.crowd import Crowd
from bench.load import Run
from bench.running import Bot, timed_start

AT_ONCE = (1, 20, 100)
ROUNDS = 3
SECONDS = 3.0
STARTS = 3
GOAL_AT = 20
GOALS = ((QUESTION, 5.0, None), (STEP, 2.0, 100.0), (STEP_POSTGRESQL, 2.0, 100.0))
"""Times the stock echo, and milliseconds at most for the 95th percentile, at GOAL_AT."""

Runs = dict[str, list[Run]]
"""By the bot's name, in the order of the rounds."""


async def main() -> None:
    """Starts the bots, measures, stops them."""
    await print_starts()
    async with AsyncExitStack() as stack:
        crowd = await stack.enter_async_context(Crowd())
        warm = {name: await stack.enter_async_context(bot) for name, bot in all_of_them(crowd).items()}
        for at_once in AT_ONCE:
            runs: Runs = {name: [] for name in warm}
            for _ in range(ROUNDS):
                for name, (bot, said) in warm.items():
                    runs[name].append(await load.run(crowd, bot, said, at_once, SECONDS))
            print_runs(at_once, runs)
        print_memory({name: bot for name, (bot, _) in warm.items()})


async def print_starts() -> None:
    """From the start of the process until it is ready: with an empty folder, and with what that left."""
    new, again = [], []
    for _ in range(STARTS):
        with tempfile.TemporaryDirectory() as folder:
            new.append(await timed_start(Path(folder)))
            again.append(await timed_start(Path(folder)))
    print(
        f"start to ready: {statistics.median(again):.2f} s, with a new database {statistics.median(new):.2f} s"
        f" (medians of {STARTS})"
    )


def print_runs(at_once: int, runs: Runs) -> None:
    """A line for each bot, and for each goal whether it is met."""
    print(f"\n{at_once} at once (medians of {ROUNDS} runs of {SECONDS:.0f} s; ms)")
    titles = ("turns/s", "p50", "p95", "p99", "x stock", "x bare", "cpu a turn", "cpu of load")
    print(f"{'':<22}" + "".join(f"{title:>12}" for title in titles))
    for name, own in runs.items():
        cells = [f"{median(own, 'rate'):.0f}"]
        cells += [f"{median(own, figure):.1f}" for figure in ("p50", "p95", "p99")]
        cells += [f"{times(own, runs[STOCK]):.2f}", f"{times(own, runs[BARE]):.3f}"]
        cells += [f"{median(own, 'bot_cpu'):.2f}", f"{median(own, 'load_cpu'):.2f}"]
        print(f"{name:<22}" + "".join(f"{cell:>12}" for cell in cells), flush=True)
    if at_once == GOAL_AT:
        for name, wanted, p95 in GOALS:
            print_goal(name, times(runs[name], runs[STOCK]), wanted, median(runs[name], "p95"), p95)


def print_goal(name: str, factor: float, wanted: float, p95: float, most: float | None) -> None:
    """What was wanted, what came."""
    met = factor >= wanted and (most is None or p95 < most)
    also = f" with p95 below {most:.0f} ms" if most is not None else ""
    print(f"{name}: the goal of {wanted:.0f} times the stock echo{also} is {'met' if met else 'MISSED'}")


def print_memory(bots: dict[str, Bot]) -> None:
    """Of every process, in the end and at most."""
    print("\nmemory (MB)")
    for name, bot in bots.items():
        print(f"{name:<22}{bot.memory():>12.0f} now {bot.most_memory():>12.0f} at most")


def median(runs: list[Run], figure: str) -> float:
    """Of one figure."""
    found: list[float] = [getattr(run, figure) for run in runs]
    return statistics.median(found)


def times(ours: list[Run], theirs: list[Run]) -> float:
    """How many times as fast: the median of the rounds."""
    return statistics.median(our.rate / their.rate for our, their in zip(ours, theirs, strict=True))
