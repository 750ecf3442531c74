"""How many turns and how much of the bot's time it takes a head to report, in each of the ways there are.

A head who only presses, fills in and sends: what the figures leave out is reading and thinking. A turn is one
message or one press; the time is from the request to the end of the bot's turn, summed over the report.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientSession

from bench.running import running_bot
from bench.world import World

ANSWERS = {
    "need": "new",
    "themes": "play,language",
    "today": "Noen barn blir ofte stående utenfor leken, og vi voksne kommer for sent inn.",
    "better": "Vi vil bli bedre til å lede og støtte leken.",
    "children": "Alle har noen å leke med hver dag.",
    "involved": "everyone",
    "how": "Tema på to personalmøter.",
    "participants": "everyone",
    "headcount": "14",
    "start": "høsten 2027",
    "duration": "to år",
    "special": "none",
    "title": "Lek som inkluderer alle",
}
"""What is filled in, by the id of the input."""

TYPED = (
    "ja, noe nytt",
    "lek og språk",
    ANSWERS["today"],
    f"{ANSWERS['better']}\n{ANSWERS['children']}",
    "hele personalet, tema på to personalmøter",
    "hele personalet, 14",
    "høsten 2027, to år",
    "nei",
    ANSWERS["title"],
    "send",
)
PEOPLE = 8
"""Heads for each way; every one reports once."""

Way = Callable[[World, ClientSession, str, int], Awaitable[int]]


async def typed(world: World, http: ClientSession, url: str, person: int) -> int:
    """Everything in writing; how many turns."""
    for text in ("meld behov", *TYPED):
        await world.say(http, url, person, text)
    return 1 + len(TYPED)


async def one_at_a_time(world: World, http: ClientSession, url: str, person: int) -> int:
    """A card for each question; how many turns."""
    await world.say(http, url, person, "meld behov")
    turns = 1
    while True:
        data = _next(world.actions(person))
        await world.press(http, url, person, {**ANSWERS, **data} if data["verb"] == "answer" else data)
        turns += 1
        if data["verb"] == "submit":
            return turns


async def whole_card(world: World, http: ClientSession, url: str, person: int) -> int:
    """Everything on one card, sent from there; how many turns."""
    await world.say(http, url, person, "hele skjemaet")
    send = next(a for a in world.actions(person) if a.get("then") == "send")
    await world.press(http, url, person, {**ANSWERS, **send})
    return 2


async def no_need(world: World, http: ClientSession, url: str, person: int) -> int:
    """«Ingen behov i år»; how many turns."""
    await world.say(http, url, person, "ingen behov")
    await world.press(http, url, person, _first(world.actions(person), "no_need_yes"))
    return 2


WAYS: dict[str, Way] = {
    "one question at a time, cards": one_at_a_time,
    "one question at a time, typed": typed,
    "the whole form on one card": whole_card,
    "no need this year": no_need,
}
RECEIPTS = ("Sendt til", "Ingen behov i år er sendt til")


def _next(actions: list[dict[str, Any]]) -> dict[str, Any]:
    """The press that goes on: «Ja, noe nytt», «Lagre og gå videre», or at the end «Send»."""
    answer = next((a for a in actions if a["verb"] == "answer"), None)
    return answer or _first(actions, "submit")


def _first(actions: list[dict[str, Any]], verb: str) -> dict[str, Any]:
    return next(a for a in actions if a["verb"] == verb)


async def main() -> None:
    """Prints a line for each way."""
    async with World() as world, running_bot() as url, ClientSession() as http:
        # Somebody with several kindergartens is first asked which.
        heads = [n for n, who in enumerate(world.people) if world.people.count(who) == 1]
        for number, (name, way) in enumerate(WAYS.items()):
            seconds, turns = [], 0
            for person in heads[number * PEOPLE : (number + 1) * PEOPLE]:
                started = time.perf_counter()
                turns = await way(world, http, url, person)
                seconds.append(time.perf_counter() - started)
                if not any(words in world.heard(person) for words in RECEIPTS):
                    raise AssertionError(f"{name}: no receipt but {world.heard(person)!r}")
            median = statistics.median(seconds)
            print(f"{name:<30} {turns:>3} turns   {median:.2f} s of the bot's time (median of {PEOPLE})")
