"""Single attempts: what is not to be lost or doubled when a part of the surroundings fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import aiohttp

from delivery.book import OwnBook
from delivery.budget import Budget
from delivery.ledger import Limits
from delivery.ports import Render
from delivery.send import MAX_ATTEMPTS, Dispatcher, Result
from domain.address import Address
from domain.outbox import OutboxMessage, OutboxState
from domain.outreach.content import Content
from domain.ports import UnitOfWork
from messages.outgoing import Outgoing
from storage.database import Database
from storage.worker import Worker
from tests.delivery.world import (
    QUIET,
    TENANT,
    HttpSender,
    RunningClock,
    Teams,
    head,
    leader,
    mark,
    notice,
    reminder,
    render,
    request_of,
    seat,
    state_of,
    teams_at,
)

T = TypeVar("T")


class Stumbling:
    """A worker whose database is away at the calls with these numbers (from 1)."""

    def __init__(self, worker: Worker, *away: int) -> None:
        self._worker = worker
        self._away = away
        self._calls = 0

    async def run(self, fn: Callable[[UnitOfWork], T]) -> T:
        self._calls += 1
        if self._calls in self._away:
            raise ConnectionError
        return await self._worker.run(fn)


@asynccontextmanager
async def dispatching(
    database: Database,
    *away: int,
    answers: list[int] | None = None,
    rendering: Render = render,
    after: str | None = None,
) -> AsyncIterator[tuple[Dispatcher, Teams]]:
    headers = {"Retry-After": after} if after else {}
    answers_of_lise = [(status, headers) for status in answers or []]
    worker = Worker(database)
    async with (
        teams_at(Teams(answers={"chat-lise": answers_of_lise})) as teams,
        aiohttp.ClientSession() as session,
    ):
        sender = HttpSender(session, teams.url)
        clock = RunningClock(QUIET)
        budget = Budget(OwnBook(Limits.of(25)))
        stumbling = Stumbling(worker, *away)
        teams.let_go = sender.let_go
        yield Dispatcher(stumbling, clock, sender, budget, rendering, mark, first_pause=0.01), teams
    worker.close()


def put(database: Database) -> tuple[OutboxMessage, OutboxMessage]:
    """A reminder and a receipt that can be delivered."""
    now = RunningClock(QUIET).now()
    with database.unit_of_work() as uow:
        seat(uow, head(uow, 0)[0], "head", now)
        seat(uow, leader(uow), "lise", now)
        messages = reminder(uow, 0, now), notice(uow, leader(uow), request_of(uow, now), now)
        for message in messages:
            uow.outbox.add(message)
        uow.commit()
    return messages


def test_an_answer_of_teams_is_recorded_when_the_database_is_back(database: Database) -> None:
    message, _ = put(database)

    async def scenario() -> None:
        # To look, to look again, to claim; then what it has to record.
        async with dispatching(database, 1, 3, 6, 7) as (dispatcher, teams):
            assert await dispatcher.attempt(message.key, 0, 0) == Result(end="sent")
            assert len(teams.posts) == 1

    asyncio.run(scenario())
    assert state_of(database, message.key) is OutboxState.SENT


def test_an_attempt_that_was_begun_before_a_crash(database: Database) -> None:
    message, receipt = put(database)
    with database.unit_of_work() as uow:
        for key in (message.key, receipt.key):
            assert uow.outbox.claim_attempt(key, 0, QUIET)
        uow.commit()

    async def scenario() -> None:
        # The database fails at the claim: the reminder is not to pass for a new attempt because of that.
        async with dispatching(database, 2) as (dispatcher, teams):
            assert await dispatcher.attempt(message.key, 0, 0) == Result(end="ambiguous")
            assert await dispatcher.attempt(receipt.key, 0, 0) == Result(end="sent")
            assert await dispatcher.attempt(receipt.key, 0, 0) == Result(end="sent")
            assert teams.texts("chat-head") == []
            assert len(teams.texts("chat-lise")) == 1

    asyncio.run(scenario())


def test_it_gives_up_after_the_last_attempt(database: Database) -> None:
    _, receipt = put(database)

    async def scenario() -> None:
        async with dispatching(database, answers=[503, 503]) as (dispatcher, _):
            result = await dispatcher.attempt(receipt.key, 0, MAX_ATTEMPTS - 2)
            assert result["counted"]
            assert result["retry"] > 0
            assert await dispatcher.attempt(receipt.key, 1, MAX_ATTEMPTS - 1) == Result(end="failed")

    asyncio.run(scenario())
    assert state_of(database, receipt.key) is OutboxState.FAILED


def test_a_message_that_cannot_be_rendered_is_tried_again_and_not_sent(database: Database) -> None:
    _, receipt = put(database)

    def fails(content: Content, mark: str | None) -> Outgoing:
        raise KeyError("no such text")

    async def scenario() -> None:
        async with dispatching(database, rendering=fails) as (dispatcher, teams):
            assert (await dispatcher.attempt(receipt.key, 0, 0))["counted"]
            assert await dispatcher.attempt(receipt.key, 1, MAX_ATTEMPTS - 1) == Result(end="failed")
            assert teams.posts == []

    asyncio.run(scenario())


def test_a_conversation_gets_one_a_second_and_nothing_begins_after_the_drain(database: Database) -> None:
    _, receipt = put(database)
    again = receipt.model_copy(update={"key": "again"})
    with database.unit_of_work() as uow:
        uow.outbox.add(again)
        uow.commit()

    async def scenario() -> None:
        async with dispatching(database) as (dispatcher, teams):
            await asyncio.gather(*(dispatcher.attempt(key, 0, 0) for key in (receipt.key, again.key)))
            assert teams.let_go[1] - teams.let_go[0] >= 1.0
            await dispatcher.drain(1)
            late = asyncio.create_task(dispatcher.attempt("later", 0, 0))
            await asyncio.sleep(0.1)
            assert not late.done()
            late.cancel()

    asyncio.run(scenario())


def test_a_crash_while_it_waits_for_its_turn_leaves_no_attempt_on_record(database: Database) -> None:
    message, receipt = put(database)

    async def scenario() -> None:
        async with dispatching(database, answers=[429], after="60") as (dispatcher, _):
            refused = await dispatcher.attempt(receipt.key, 0, 0)
            assert refused == Result(retry=60.0, counted=True)
            waiting = asyncio.create_task(dispatcher.attempt(message.key, 0, 0))
            await asyncio.sleep(0.2)
            assert not waiting.done()
            waiting.cancel()
        async with dispatching(database) as (dispatcher, teams):
            assert await dispatcher.attempt(message.key, 0, 0) == Result(end="sent")
            assert len(teams.texts("chat-head")) == 1

    asyncio.run(scenario())


def test_what_was_not_sent_for_want_of_room_is_tried_again_and_does_not_count(database: Database) -> None:
    message, _ = put(database)

    async def scenario() -> None:
        worker = Worker(database)
        budget = Budget(OwnBook(Limits.of(25)))
        refused: list[asyncio.Task[None]] = []

        class Refusing(HttpSender):
            async def send(self, address: Address, outgoing: Any) -> str | None:
                raise AssertionError("there was no room")

        def closing(content: Content, mark: str | None) -> Outgoing:
            # Between the claim and the request, somebody else was refused.
            refused.append(asyncio.create_task(budget.refused(TENANT, 429, 30.0)))
            return render(content, mark)

        async with aiohttp.ClientSession() as session:
            sender = Refusing(session, "")
            dispatcher = Dispatcher(worker, RunningClock(QUIET), sender, budget, closing, mark)
            await budget.take(TENANT, "chat-head", scheduled=True)
            result = await dispatcher.attempt(message.key, 0, MAX_ATTEMPTS - 1)
            assert result["counted"] is False
            assert 10 < result["retry"] <= 30
        worker.close()

    asyncio.run(scenario())
    assert state_of(database, message.key) is OutboxState.WAITING
