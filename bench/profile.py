"""Where the time of a turn goes: processor time of the bot by layer, for a question and for a step of the report.

The time of a stack belongs to the layer of its innermost frame that has one; what the layers' own functions have
called in other libraries is theirs.
"""

from __future__ import annotations

import json
import os
import signal
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bench import bots, load, workloads
from bench.crowd import Crowd, Said

AT_ONCE = 20
SECONDS = 8.0
FUNCTIONS = 12

LAYERS = (
    ("HTTP in", ("aiohttp/web", "bot/sdk/http:")),
    (
        "HTTP out",
        ("aiohttp/client", "aiohttp/connector", "bot/sdk/transport", "bot/sdk/connector", "bot/sdk/shared"),
    ),
    ("decode, SDK", ("bot/sdk/", "botbuilder/", "botframework/", "msrest/", "bot/inbound:", "bot/outbound:")),
    ("unit of work, SQL", ("storage/", "sqlalchemy/", "psycopg/")),
    ("identity", ("dialogs/accounts:", "bot/roster:", "bot/identity:", "domain/identity", "domain/register")),
    ("answer", ("domain/scheme/", "domain/norwegian/", "dialogs/ask:")),
    ("dialog and domain", ("dialogs/", "domain/")),
    ("render", ("messages/", "microsoft_teams/")),
    ("delivery", ("delivery/", "dbos/")),
    ("turns", ("bot/",)),
)
"""The first that fits is a frame's; in this order, since some lie in folders of others."""

OUTERMOST = ("bot/__main__:", "bot/cli:", "bot/serve:")
"""Under all that happens in the main thread: they say nothing about what that is."""

REST = "event loop, threads"


async def main() -> None:
    """Prints both profiles."""
    async with Crowd() as crowd:
        await profile(crowd, "a question", workloads.asked(), workloads.QUESTIONS)
        await profile(crowd, "a step of the report, SQLite", workloads.reported(), workloads.UNTIL_MIXED)


async def profile(crowd: Crowd, name: str, said: Iterator[Said], first: int) -> None:
    """Runs a bot that is watched, and prints where its time went."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "stacks.json"
        async with bots.rekompis(crowd, said, first, program=("bench.sampled", str(file))) as (bot, _):
            os.kill(bot.pid, signal.SIGUSR1)
            run = await load.run(crowd, bot, said, AT_ONCE, SECONDS)
        stacks: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))
    print(f"\n{name}: {run.bot_cpu:.2f} ms of processor time a turn, while it is watched")
    print_shares(stacks)


def print_shares(stacks: dict[str, float]) -> None:
    """By layer, and below the functions of ours that are the innermost most often."""
    layers: dict[str, float] = defaultdict(float)
    functions: dict[str, float] = defaultdict(float)
    for stack, seconds in stacks.items():
        frames = stack.split(";")[::-1]
        layers[next(filter(None, map(layer_of, frames)), REST)] += seconds
        functions[next((frame for frame in frames if ours(frame)), frames[0])] += seconds
    whole = sum(stacks.values()) or 1
    for title, counted in (("layer", layers), ("innermost function of ours", functions)):
        print(f"  by {title}")
        for each, seconds in sorted(counted.items(), key=lambda item: -item[1])[:FUNCTIONS]:
            print(f"    {each:<70}{100 * seconds / whole:>6.1f} %")


def layer_of(frame: str) -> str | None:
    """The layer of a frame, None for what all layers use."""
    if frame.startswith(OUTERMOST):
        return None
    return next((name for name, starts in LAYERS if frame.startswith(starts)), None)


def ours(frame: str) -> bool:
    """Whether a frame is of the bot."""
    return not frame.startswith(OUTERMOST) and frame.startswith(
        ("bot/", "dialogs/", "domain/", "messages/", "storage/", "delivery/")
    )
