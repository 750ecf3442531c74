"""A press that wants its answer in the response gets one that is true, whatever becomes of the turn."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.turns import limits, running
from bot.turns.people import STRANGERS_A_DAY
from messages import short
from storage.database import Database
from tests.bot.turns.house import house
from tests.protocol.holding import held
from tests.protocol.people import Person, person
from tests.protocol.teams import TENANT

CARD = "application/vnd.microsoft.card.adaptive"
NOT_LISTED = "Hei! Jeg finner deg ikke i lista. Snakk med lederen for nettverket om å få komme med."
ANOTHER_TENANT = frozenset({"22222222-2222-2222-2222-222222222222"})


def press(head: Person, title: str) -> dict[str, Any]:
    """The newest button with this title, pressed as an Action.Execute."""
    pressed = head.pressing(title)
    action = {"type": "Action.Execute", "verb": pressed["value"].pop("verb"), "data": pressed["value"]}
    value = {"action": action}
    return head.activity("invoke", name="adaptiveCard/action", value=value, replyToId=pressed["replyToId"])


def nothing(who: Person) -> dict[str, Any]:
    return who.activity("invoke", name="adaptiveCard/action", value={"action": {"verb": "menu"}})


def test_a_response_that_is_there_is_not_replaced_when_messages_take_long(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "INVOKE_SECONDS", 0.5)

    async def scenario() -> None:
        async with house(database) as (made, head):
            activity = press(head, "Ja, noe nytt")
            with held(head.teams, head.conversation) as next_card:
                turn = asyncio.create_task(made.take(activity))
                await asyncio.to_thread(next_card.wait)
                body = await turn
            assert (body["type"], "Ja, noe nytt" in str(body["value"])) == (CARD, True)

    asyncio.run(scenario())


def test_a_press_of_a_flood_is_told_so_in_the_response(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with house(database) as (made, head):
            activity = press(head, "Ja, noe nytt")
            heard = len(head.chat.heard)
            monkeypatch.setattr(limits, "BURST", 0)
            for _ in range(3):
                assert (await made.take(activity))["value"] == short.too_fast().text
            assert head.chat.heard[heard:] == []

    asyncio.run(scenario())


def test_who_is_of_another_tenant_hears_one_sentence_whatever_he_sends(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BURST", STRANGERS_A_DAY + 2)

    async def scenario() -> None:
        async with house(database, ANOTHER_TENANT) as (made, foreign):
            for number in range(20):
                await made.take(foreign.message(f"hei {number}"))
            assert foreign.chat.heard == [NOT_LISTED] * STRANGERS_A_DAY
            assert (await made.take(nothing(foreign)))["value"] == NOT_LISTED
            assert foreign.chat.heard == [NOT_LISTED] * STRANGERS_A_DAY

    asyncio.run(scenario())


def test_a_stranger_of_our_own_tenant_hears_nothing_else_either(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BURST", STRANGERS_A_DAY + 4)

    async def scenario() -> None:
        async with house(database, frozenset({TENANT})) as (made, head):
            stranger = person(head.teams, "", "Frida Fremmed")
            for number in range(STRANGERS_A_DAY):
                await made.take(stranger.message(f"hei {number}"))
            heard = list(stranger.chat.heard)
            assert len(heard) == STRANGERS_A_DAY
            assert (await made.take(nothing(stranger)))["value"] == NOT_LISTED
            for number in range(20):
                await made.take(stranger.message(f"er du der {number}"))
            assert stranger.chat.heard == heard

    asyncio.run(scenario())
