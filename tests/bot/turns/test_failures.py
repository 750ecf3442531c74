"""A fault of ours: the person hears what is stored and a code, and the code stands in one line of the log."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from structlog.testing import capture_logs

from domain.needs.models import Status
from storage.database import Database
from tests.bot.turns.house import SECRET, house
from tests.protocol.people import Channel, Person
from tests.protocol.town import IN_THE_ROUND


def answers(database: Database) -> dict[str, Any]:
    """What is stored of the one need."""
    with database.unit_of_work() as uow:
        rounds = uow.rounds.all_current(IN_THE_ROUND)
        (only,) = [need for r in rounds for need in uow.needs.in_round(r.id, list(Status))]
    return only.answers


def code_of(words: str, head: Person, logs: list[Any]) -> str:
    """The code that the person heard, which must stand in the one line about it."""
    found = re.fullmatch(
        r"Noe gikk galt hos oss, kode ([0-9A-F]{4})\. " + re.escape(words), head.chat.heard[-1]
    )
    assert found, head.chat.heard
    (line,) = [entry for entry in logs if found[1] in entry.values()]
    assert line["event"] == "turn.failed"
    assert [entry for entry in logs if entry["event"] == "turn.failed"] == [line]
    assert SECRET not in str(logs)
    return found[1]


def test_a_failure_after_the_commit_says_that_it_is_stored(database: Database) -> None:
    async def scenario() -> None:
        async with house(database) as (made, head):
            made.after_commit = _fails
            with capture_logs() as logs:
                await made.take(head.message("ja, noe nytt"))
            assert answers(database) == {"need": "new"}
            code_of("Det du har skrevet er lagret.", head, logs)

    asyncio.run(scenario())


def test_a_failure_before_the_commit_says_that_it_is_not(database: Database) -> None:
    async def scenario() -> None:
        async with house(database) as (made, head):
            made.worker.fails = True
            activity = head.message("ja, noe nytt")
            with capture_logs() as logs:
                await made.take(activity)
            first = code_of("Det siste ble ikke lagret. Prøv igjen om litt.", head, logs)
            with capture_logs() as logs:
                await made.take(head.message("ja"))
            assert code_of("Det siste ble ikke lagret. Prøv igjen om litt.", head, logs) != first
            made.worker.fails = False
            assert answers(database) == {}
            # What was not stored is taken when Teams sends it again.
            await made.take(activity)
            assert "Lagret. Spørsmål 2 av 10." in head.chat.heard[-1]

    asyncio.run(scenario())


def test_what_failed_after_the_commit_is_answered_when_it_comes_again(database: Database) -> None:
    async def scenario() -> None:
        async with house(database) as (made, head):
            activity = head.message("ja, noe nytt")
            made.after_commit = _fails
            await made.take(activity)
            made.after_commit = lambda: None
            await made.take(activity)
            assert head.times_heard("Lagret. Spørsmål 2 av 10.") == 1
            assert answers(database) == {"need": "new"}

    asyncio.run(scenario())


def test_an_address_that_was_not_stored_is_stored_with_the_next_message(database: Database) -> None:
    channel = Channel("19:c@thread.tacv2", "Gauldal")

    async def scenario() -> None:
        async with house(database) as (made, head):
            there = head.in_channel(channel)
            made.worker.fails = True
            await made.take(there.message("når er fristen?"))
            made.worker.fails = False
            await made.take(there.message("når er fristen?"))

    asyncio.run(scenario())
    with database.unit_of_work() as uow:
        assert uow.identity.address(channel.id) is not None


def _fails() -> None:
    raise LookupError(SECRET)
