"""The card of a question is closed when the question comes again from another card."""

from __future__ import annotations

import asyncio
from typing import Any

from storage.database import Database
from tests.bot.turns.house import house
from tests.protocol.people import Person

MOVED = "Se neste melding."


def executed(head: Person, title: str) -> dict[str, Any]:
    """The newest button with this title, pressed as an Action.Execute."""
    pressed = head.pressing(title)
    action = {"type": "Action.Execute", "verb": pressed["value"].pop("verb"), "data": pressed["value"]}
    return head.activity(
        "invoke", name="adaptiveCard/action", value={"action": action}, replyToId=pressed["replyToId"]
    )


def test_the_question_is_closed_and_the_pressed_card_stays(database: Database) -> None:
    """In the chat; the response to the press says nothing of the other card."""

    async def scenario() -> None:
        async with house(database) as (made, head):
            await made.take(head.message("ja, noe nytt"))
            question = head.newest
            await made.take(head.message("hei"))
            greeting = head.newest
            body = await made.take(executed(head, "Fortsett"))
            assert (body["type"], body["value"]) == (
                "application/vnd.microsoft.activity.message",
                MOVED,
            )
            assert (question.text, question.changes) == (MOVED, 1)
            assert greeting.changes == 0
            assert "Hva handler behovet om" in head.newest.text

    asyncio.run(scenario())
