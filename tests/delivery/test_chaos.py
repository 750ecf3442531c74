"""A connector that is busy, broken, slow and gone: everything arrives, once, and never too much at a time."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest
from botbuilder.schema import Activity

from bot.outbound import Replies, TeamsSender, activity_of
from bot.sdk.adapter import RekompisAdapter
from bot.sdk.errors import SendFailed
from delivery.service import Delivery
from domain.address import Address
from domain.identity import Account
from domain.outbox import OutboxState
from domain.ports import UnitOfWork
from messages.outgoing import Outgoing
from storage.database import Database
from storage.engines import tune_all_engines
from storage.worker import Worker
from tests.delivery.connector import Chaos, Connector
from tests.delivery.world import (
    QUIET,
    TENANT,
    RunningClock,
    address,
    fill,
    head,
    mark,
    notice,
    reminder,
    render,
    request_of,
    unfinished,
)


class Noting(RekompisAdapter):
    """Tells the connector when a request to it is made."""

    connector: Connector

    async def send(self, address: Address, activity: Activity) -> str | None:
        self.connector.lets_go(str(address.conversation_id))
        return await super().send(address, activity)


@dataclass
class Talk:
    """People who write to the bot while it sends by itself, and how long each waited for the reply.

    `let_by`: how many other requests were let go before each reply that arrived.
    """

    replies: Replies
    adapter: RekompisAdapter
    connector: Connector
    waited: list[float] = field(default_factory=list)
    let_by: list[int] = field(default_factory=list)
    unsaid: int = 0

    async def goes_on(self, per_second: float) -> None:
        """Replies in so many conversations, one after the other, and in one with somebody in a hurry."""
        async with asyncio.TaskGroup() as group:
            for number in range(1_000_000):
                who = "hurried" if number % 4 == 0 else f"person-{number % 10}"
                group.create_task(self._reply(who, f"svar {number}"))
                await asyncio.sleep(1 / per_second)

    async def _reply(self, who: str, text: str) -> None:
        to = replace(address(who), service_url=self.connector.url)
        begun, others = time.monotonic(), len(self.connector.let_go)
        latest = 0

        async def send() -> str | None:
            nonlocal latest
            latest = len(self.connector.let_go) - others
            return await self.adapter.send(to, activity_of(Outgoing(text=text)))

        try:
            await self.replies.persistently(to, send)
        except SendFailed:
            self.unsaid += 1
        else:
            self.waited.append(time.monotonic() - begun)
            self.let_by.append(latest)


def put(uow: UnitOfWork, people: int, service_url: str, now: datetime) -> None:
    """A reminder for every other head, and a receipt for each of the rest."""
    fill(uow, heads=people)
    request = request_of(uow, now)
    for index in range(people):
        person = head(uow, index)[0]
        uow.identity.save_account(Account(tenant_id=TENANT, aad_object_id=str(index), person_id=person))
        uow.identity.save_address(replace(address(str(index)), service_url=service_url), now)
        uow.outbox.add(reminder(uow, index, now) if index % 2 else notice(uow, person, request, now))
    uow.commit()


@asynccontextmanager
async def sending(
    folder: Path, people: int, connector: Connector, replies_a_second: float
) -> AsyncIterator[tuple[Database, Talk]]:
    """A process' delivery with its outbox full, and people who talk to it."""
    tune_all_engines()
    clock = RunningClock(QUIET)
    database = Database(f"sqlite:///{folder}/domain.db")
    database.upgrade()
    with database.unit_of_work() as uow:
        put(uow, people, connector.url, clock.now())
    worker = Worker(database)
    adapter = await Noting.open()
    adapter.connector = connector
    delivery = Delivery(
        f"sqlite:///{folder}/engine.db",
        worker,
        clock,
        TeamsSender(adapter),
        render,
        mark,
        first_pause=0.1,
    )
    await delivery.start()
    talk = Talk(Replies(delivery.budget), adapter, connector)
    talking = asyncio.create_task(talk.goes_on(replies_a_second))
    try:
        yield database, talk
    finally:
        talking.cancel()
        await asyncio.gather(talking, return_exceptions=True)
        await delivery.stop()
        await adapter.close()
        worker.close()
        database.close()


async def all_sent(database: Database, seconds: float) -> None:
    """Waits until nothing is left to send."""
    async with asyncio.timeout(seconds):
        while unfinished(database):  # noqa: ASYNC110 - another process' database has no event
            await asyncio.sleep(0.1)


def everything_arrived_once(database: Database, connector: Connector, people: int) -> None:
    with database.unit_of_work() as uow:
        assert uow.outbox.counts()[OutboxState.SENT.value] == people
    for index in range(people):
        assert len(connector.texts(f"chat-{index}")) == 1


@pytest.mark.by_the_clock
def test_everything_arrives_in_the_end(tmp_path: Path) -> None:
    people = 20

    async def scenario() -> None:
        chaos = Chaos(busy=1 / 3, retry_after="0.1", broken=0.1, slow=0.1)
        async with (
            Connector(chaos).running() as connector,
            sending(tmp_path, people, connector, 6) as (database, talk),
        ):
            await asyncio.sleep(1.5)
            await connector.gone(1.5)
            await all_sent(database, 120)
            everything_arrived_once(database, connector, people)
            connector.keeps_the_limits()
            assert {201, 429, 500} == set(connector.statuses)
            assert statistics.median(talk.waited) < 5
            assert talk.unsaid < len(talk.waited) / 4

    asyncio.run(scenario())


def test_people_are_answered_while_much_is_sent(tmp_path: Path) -> None:
    people = 75

    async def scenario() -> None:
        async with (
            Connector().running() as connector,
            sending(tmp_path, people, connector, 6) as (database, talk),
        ):
            await all_sent(database, 120)
            everything_arrived_once(database, connector, people)
            connector.keeps_the_limits()
            assert talk.unsaid == 0
            assert statistics.quantiles(talk.let_by, n=20)[18] <= 3, (
                "what the bot says by itself stays behind"
            )

    asyncio.run(scenario())


@pytest.mark.torture
def test_a_long_day_with_a_connector_in_trouble(tmp_path: Path) -> None:
    """350 messages; a third is refused with the whole seconds that Teams gives, and nobody is there for a minute."""
    people = 350

    async def scenario() -> None:
        chaos = Chaos(busy=1 / 3, retry_after="1", broken=0.1, slow=2.0)
        async with (
            Connector(chaos).running() as connector,
            sending(tmp_path, people, connector, 4) as (database, talk),
        ):
            begun = time.monotonic()
            await asyncio.sleep(10)
            await connector.gone(60)
            await all_sent(database, 1800)
            seconds = time.monotonic() - begun
            everything_arrived_once(database, connector, people)
            connector.keeps_the_limits()
            print(
                f"\n{people} messages in {seconds:.0f} s, {len(connector.asked)} requests,"
                f" at most {connector.busiest(1.0)} in a second;"
                f" {len(talk.waited)} replies, median {statistics.median(talk.waited):.2f} s,"
                f" {talk.unsaid} given up"
            )

    asyncio.run(scenario())
