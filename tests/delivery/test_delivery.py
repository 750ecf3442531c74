"""Through the real engine on SQLite, over HTTP to a stand-in for Teams."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

import pytest

from delivery.service import Delivery
from delivery.status import backlog, queue_depth
from domain.clock import OSLO
from domain.needs.heads.head import declare_no_need
from domain.outbox import OutboxMessage, OutboxState
from storage.database import Database
from storage.worker import Worker
from tests.delivery.world import (
    FIRST_STEP,
    QUIET,
    RunningClock,
    StandingClock,
    Teams,
    delivering,
    head,
    leader,
    notice,
    reminder,
    request_of,
    seat,
    state_of,
    teams_at,
    unfinished,
    until,
)


def test_reminders_that_are_due_are_sent_once(database: Database, engine_url: str, tmp_path: Path) -> None:
    with database.unit_of_work() as uow:
        for index in range(5):
            seat(uow, head(uow, index)[0], f"head{index}", FIRST_STEP)
    clock = RunningClock(FIRST_STEP)

    async def scenario() -> None:
        async with teams_at(Teams()) as teams:
            async with delivering(database, engine_url, teams.url, clock, tick_seconds=1) as delivery:
                await until(lambda: len(teams.posts) == 5)
                await until(lambda: not unfinished(database))
                assert await delivery.healthy()
                await asyncio.sleep(1.2)
            # The same after a restart, which plans again.
            async with delivering(database, engine_url, teams.url, clock, tick_seconds=1):
                await asyncio.sleep(1.5)
            assert sorted(teams.texts()) == [f"HeadReminder Styrer Nummer{i}" for i in range(5)]

    asyncio.run(scenario())
    with database.unit_of_work() as uow:
        assert uow.outbox.counts()[OutboxState.SENT.value] == 5
        sent = uow.outbox.get(f"head_reminder:1:needs:20261201:start:p{head(uow, 0)[0]}")
    assert sent is not None
    assert sent.activity_id is not None
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("engine.db*"))
    assert b"head_reminder:1:needs" in stored
    for personal in (b"Nummer", b"styrer0", b"Solbakken", b"chat-head", b"Melhus"):
        assert personal not in stored


def test_every_end_that_a_message_can_have(database: Database, engine_url: str) -> None:
    clock = RunningClock(QUIET)
    now = clock.now()
    with database.unit_of_work() as uow:
        messages = {name: reminder(uow, i, now) for i, name in enumerate(("busy", "gone", "no", "answered"))}
        for name, message in messages.items():
            assert message.person_id is not None
            seat(uow, message.person_id, name, now)
        person, kindergarten = head(uow, 3)
        declare_no_need(uow, person, kindergarten, now)
        messages["homeless"] = reminder(uow, 4, now)
        seat(uow, leader(uow), "again", now)
        messages["again"] = notice(uow, leader(uow), request_of(uow, now), now)
        messages["late"] = reminder(uow, 1, now).model_copy(update={"key": "late", "expires_at": now})
        for message in messages.values():
            uow.outbox.add(message)
        uow.commit()

    async def scenario() -> Teams:
        answers: dict[str, list[tuple[int, dict[str, str]]]] = {
            "chat-busy": [(429, {"Retry-After": "2"})],
            "chat-gone": [(403, {})],
            "chat-no": [(400, {})],
            "chat-again": [(503, {}), (412, {})],
        }
        async with (
            teams_at(Teams(answers=answers)) as teams,
            delivering(database, engine_url, teams.url, clock, first_pause=0.1) as delivery,
        ):
            await until(lambda: not unfinished(database))
            worker = Worker(database)
            waiting = await backlog(worker, clock.now())
            worker.close()
            assert (waiting.counts["failed"], waiting.lag) == (1, 0.0)
            # The engine notes the end of a delivery a moment after the outbox has it.
            async with asyncio.timeout(10):
                while await queue_depth(delivery.engine):  # noqa: ASYNC110 - the engine has no event for it
                    await asyncio.sleep(0.05)
        return teams

    teams = asyncio.run(scenario())
    assert {name: state_of(database, m.key).value for name, m in messages.items()} == {
        "busy": "sent",
        "gone": "unreachable",
        "no": "failed",
        "answered": "obsolete",
        "homeless": "unreachable",
        "again": "sent",
        "late": "obsolete",
    }
    tries = {c: [(t, s) for t, at, _, s in teams.posts if at == c] for c in {p[1] for p in teams.posts}}
    assert "chat-answered" not in tries
    first, second = tries["chat-busy"]
    assert second[0] - first[0] >= 2.0
    assert [status for _, status in tries["chat-again"]] == [503, 412, 201]
    with database.unit_of_work() as uow:
        assert uow.identity.personal_address(messages["gone"].person_id or 0) is None
        assert uow.identity.personal_address(messages["no"].person_id or 0) is not None


def test_a_connection_that_breaks_is_ambiguous(database: Database, engine_url: str) -> None:
    """A receipt is sent again, a reminder is not: it is listed."""
    clock = RunningClock(QUIET)
    now = clock.now()
    with database.unit_of_work() as uow:
        message = reminder(uow, 0, now)
        assert message.person_id is not None
        seat(uow, message.person_id, "head", now)
        seat(uow, leader(uow), "lise", now)
        receipt = notice(uow, leader(uow), request_of(uow, now), now)
        uow.outbox.add(message)
        uow.outbox.add(receipt)
        uow.commit()

    async def scenario() -> None:
        async with (
            teams_at(Teams(hang_up={"chat-head", "chat-lise"}, delay=0.05)) as teams,
            delivering(database, engine_url, teams.url, clock, first_pause=0.1),
        ):
            await until(lambda: len([p for p in teams.posts if p[1] == "chat-lise"]) >= 2)
            teams.hang_up.clear()
            await until(lambda: not unfinished(database))
            assert len([p for p in teams.posts if p[1] == "chat-head"]) == 1

    asyncio.run(scenario())
    assert state_of(database, message.key) is OutboxState.AMBIGUOUS
    assert state_of(database, receipt.key) is OutboxState.SENT


def test_a_reminder_waits_for_working_hours_and_a_receipt_does_not(
    database: Database, engine_url: str
) -> None:
    clock = StandingClock(datetime(2026, 11, 6, 7, 59, 59, 500_000, tzinfo=OSLO))
    now = clock.now()
    with database.unit_of_work() as uow:
        message = reminder(uow, 0, now)
        seat(uow, message.person_id or 0, "head", now)
        seat(uow, leader(uow), "lise", now)
        uow.outbox.add(message)
        uow.outbox.add(notice(uow, leader(uow), request_of(uow, now), now))
        uow.commit()

    async def scenario() -> None:
        async with (
            teams_at(Teams()) as teams,
            delivering(database, engine_url, teams.url, clock),
        ):
            await until(lambda: len(teams.texts("chat-lise")) == 1)
            # Half a second was left: it has looked at the clock again by now.
            await asyncio.sleep(1)
            assert teams.texts("chat-head") == []
            clock.moment = datetime(2026, 11, 6, 8, 0, tzinfo=OSLO)
            await until(lambda: len(teams.texts("chat-head")) == 1)

    asyncio.run(scenario())


@pytest.mark.by_the_clock
def test_stopping_does_not_wait_for_what_sleeps_and_loses_nothing(
    database: Database, engine_url: str
) -> None:
    """Two seconds after it was refused it would have been sent."""
    clock = RunningClock(QUIET)
    now = clock.now()
    with database.unit_of_work() as uow:
        seat(uow, leader(uow), "lise", now)
        receipt = notice(uow, leader(uow), request_of(uow, now), now)
        uow.outbox.add(receipt)
        uow.commit()

    async def scenario() -> None:
        async with teams_at(Teams(answers={"chat-lise": [(429, {"Retry-After": "2"})]})) as teams:
            async with delivering(database, engine_url, teams.url, clock):
                await until(lambda: len(teams.posts) == 1)
                await asyncio.sleep(0.3)
            assert len(teams.posts) == 1
            assert state_of(database, receipt.key) is OutboxState.HANDED
            async with delivering(database, engine_url, teams.url, clock):
                await until(lambda: not unfinished(database))
            assert [status for *_, status in teams.posts] == [429, 201]
            assert teams.posts[1][0] - teams.posts[0][0] >= 2.0

    asyncio.run(scenario())


def test_a_message_that_was_committed_during_a_turn_goes_out_at_once(
    database: Database, engine_url: str
) -> None:
    clock = RunningClock(QUIET)
    now = clock.now()

    async def scenario() -> None:
        async with (
            teams_at(Teams()) as teams,
            delivering(database, engine_url, teams.url, clock, local=True) as delivery,
        ):
            delivery.relay._pause = 600.0  # It looks by itself so seldom from its next look on.
            await asyncio.sleep(1.5)
            with database.unit_of_work() as uow:
                person = leader(uow)
                seat(uow, head(uow, 0)[0], "playground", now, acting_as=head(uow, 1)[0])
                uow.outbox.add(notice(uow, person, request_of(uow, now), now))
                uow.commit()
            delivery.nudge()
            await until(lambda: len(teams.texts()) == 1)
            assert teams.texts("chat-playground") == ["Til Lise Leder\n\nAccessNotice"]

    asyncio.run(scenario())


def test_an_unknown_key_and_a_second_hand_over_do_nothing(database: Database, engine_url: str) -> None:
    clock = RunningClock(QUIET)
    now = clock.now()
    with database.unit_of_work() as uow:
        seat(uow, leader(uow), "lise", now)
        receipt = notice(uow, leader(uow), request_of(uow, now), now)
        uow.outbox.add(receipt)
        uow.commit()

    async def again(delivery: Delivery, message: OutboxMessage) -> None:
        for _ in range(3):
            await delivery.engine.hand(message.key)

    async def scenario() -> None:
        async with (
            teams_at(Teams()) as teams,
            delivering(database, engine_url, teams.url, clock) as delivery,
        ):
            await delivery.engine.hand("no such message")
            await again(delivery, receipt)
            await until(lambda: not unfinished(database))
            await again(delivery, receipt)
            await asyncio.sleep(0.5)
            assert len(teams.posts) == 1

    asyncio.run(scenario())
