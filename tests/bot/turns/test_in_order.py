"""Turns of one conversation go one after the other, in the order they came, and no conversation waits for another."""

from __future__ import annotations

import asyncio

import pytest

from bot.turns.in_order import InOrder
from storage.turn_locks import NoTurnLocks


def test_turns_of_a_conversation_do_not_overlap_and_keep_their_order() -> None:
    async def scenario() -> list[str]:
        line, seen = InOrder(NoTurnLocks()), []

        async def turn(name: str) -> None:
            async with line.turn("a:1"):
                seen.append(f"{name} begins")
                await asyncio.sleep(0.001)
                seen.append(f"{name} ends")

        await asyncio.gather(*(turn(str(n)) for n in range(5)))
        return seen

    assert asyncio.run(scenario()) == [f"{n} {what}" for n in range(5) for what in ("begins", "ends")]


def test_another_conversation_does_not_wait() -> None:
    async def scenario() -> None:
        line, both = InOrder(NoTurnLocks()), asyncio.Barrier(2)

        async def turn(conversation: str) -> None:
            async with line.turn(conversation):
                await asyncio.wait_for(both.wait(), 60)

        await asyncio.gather(turn("a:1"), turn("a:2"))

    asyncio.run(scenario())


def test_who_fails_or_is_cancelled_holds_up_nobody_and_leaves_nothing() -> None:
    async def scenario() -> None:
        line, inside = InOrder(NoTurnLocks()), asyncio.Event()

        async def stays() -> None:
            async with line.turn("a:1"):
                inside.set()
                await asyncio.sleep(600)

        async def fails() -> None:
            async with line.turn("a:1"):
                raise LookupError

        first, second = asyncio.create_task(stays()), asyncio.create_task(stays())
        await inside.wait()
        second.cancel()
        first.cancel()
        await asyncio.gather(first, second, return_exceptions=True)
        with pytest.raises(LookupError):
            await asyncio.wait_for(fails(), 60)
        async with asyncio.timeout(60), line.turn("a:1"):
            assert len(line) == 1
        assert len(line) == 0

    asyncio.run(scenario())
