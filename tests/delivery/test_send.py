"""Single attempts: what is not to be lost or doubled when a part of the surroundings fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import aiohttp

from delivery.ports import Render
from delivery.send import MAX_ATTEMPTS, Dispatcher, Result
from domain.outbox import OutboxMessage, OutboxState
from domain.outreach.content import Content
from domain.ports import UnitOfWork
from messages.outgoing import Outgoing
from storage.database import Database
from storage.worker import Worker
from tests.delivery.world import (
    QUIET,
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
) -> AsyncIterator[tuple[Dispatcher, Teams]]:
    answers_of_lise = [(status, dict[str, str]()) for status in answers or []]
    worker = Worker(database)
    async with (
        teams_at(Teams(answers={"chat-lise": answers_of_lise})) as teams,
        aiohttp.ClientSession() as session,
    ):
        sender = HttpSender(session, teams.url)
        clock = RunningClock(QUIET)
        yield (
            Dispatcher(Stumbling(worker, *away), clock, sender, rendering, mark, first_pause=0.01),
            teams,
        )
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
        async with dispatching(database, 1, 3, 4) as (dispatcher, teams):
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
        # The database fails at first: the reminder is not to pass for a new attempt because of that.
        async with dispatching(database, 1) as (dispatcher, teams):
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


def test_sends_are_paced_and_nothing_begins_after_the_drain(database: Database) -> None:
    message, receipt = put(database)

    async def scenario() -> None:
        async with dispatching(database) as (dispatcher, teams):
            await asyncio.gather(*(dispatcher.attempt(key, 0, 0) for key in (message.key, receipt.key)))
            assert abs(teams.posts[1][0] - teams.posts[0][0]) >= 0.03
            await dispatcher.drain(1)
            late = asyncio.create_task(dispatcher.attempt("later", 0, 0))
            await asyncio.sleep(0.1)
            assert not late.done()
            late.cancel()

    asyncio.run(scenario())
