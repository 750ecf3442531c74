"""What was missed comes when somebody can be written to, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from domain.needs.models import NeedsReport, Status
from domain.outbox import MessageKind, OutboxMessage, OutboxState
from domain.outreach.reaching.late import AFTER_GREETING, MOST_NOTICES, send_missed
from domain.ports import UnitOfWork
from storage.database import Database
from tests.delivery.world import FIRST_STEP as NOW
from tests.delivery.world import head, leader, notice, owner, request_of

HOUR = timedelta(hours=1)


@pytest.fixture
def uow(database: Database) -> Iterator[UnitOfWork]:
    with database.unit_of_work() as uow:
        yield uow


def miss(uow: UnitOfWork, message: OutboxMessage) -> OutboxMessage:
    """A message that could not be delivered."""
    assert uow.outbox.add(message)
    uow.outbox.finish(message.key, OutboxState.UNREACHABLE, message.due_at)
    return message


def need(uow: UnitOfWork, index: int, status: Status = Status.SENT_TO_OWNER) -> NeedsReport:
    """A need of a head, with the owner."""
    person, kindergarten = head(uow, index)
    current = uow.rounds.all_current(NOW.date())[0]
    return uow.needs.add(
        NeedsReport(
            id=0,
            round_id=current.id,
            kindergarten_id=kindergarten,
            status=status,
            version=2,
            revision=1,
            form_version=current.form_version,
            created_by=person,
            created_at=NOW,
            updated_at=NOW,
            submitted_at=NOW,
        )
    )


def told(
    uow: UnitOfWork, report: NeedsReport, kind: MessageKind, to: int, at: datetime, name: str = ""
) -> OutboxMessage:
    """A notice about a need that was missed."""
    return miss(
        uow,
        OutboxMessage(
            key=f"{kind.value}:{report.id}:{name}:{to}",
            kind=kind,
            person_id=to,
            params={"report": report.id, "version": report.version},
            due_at=at,
        ),
    )


def reminder(
    uow: UnitOfWork, step: str, at: datetime, index: int = 0, *, lasts: timedelta = timedelta(days=1)
) -> OutboxMessage:
    """A reminder of a head that was missed."""
    person, kindergarten = head(uow, index)
    return miss(
        uow,
        OutboxMessage(
            key=f"head_reminder:1:test:{step}:p{person}",
            kind=MessageKind.HEAD_REMINDER,
            person_id=person,
            params={"kindergarten": kindergarten, "step": step, "round": 1},
            due_at=at,
            expires_at=at + lasts,
        ),
    )


def waiting(uow: UnitOfWork) -> list[str]:
    """The keys of what will go out."""
    return [m.key for m in uow.outbox.due(NOW + timedelta(days=9), 100)]


def test_what_was_missed_and_still_holds_comes_after_the_greeting_and_once(uow: UnitOfWork) -> None:
    missed = miss(uow, notice(uow, leader(uow), request_of(uow, NOW), NOW - timedelta(days=20)))
    assert send_missed(uow, leader(uow), NOW) == 1
    again = uow.outbox.get(f"again:{missed.key}")
    assert again is not None
    assert (again.kind, again.params, again.person_id) == (missed.kind, missed.params, missed.person_id)
    assert again.due_at == NOW + AFTER_GREETING
    assert again.state is OutboxState.WAITING
    assert send_missed(uow, leader(uow), NOW + HOUR) == 0
    uow.outbox.finish(again.key, OutboxState.SENT, NOW + HOUR)
    assert send_missed(uow, leader(uow), NOW + 2 * HOUR) == 0
    assert waiting(uow) == []


def test_what_was_missed_the_second_time_too_is_sent_the_third(uow: UnitOfWork) -> None:
    """The app was removed again before the message went out."""
    missed = miss(uow, notice(uow, leader(uow), request_of(uow, NOW), NOW))
    send_missed(uow, leader(uow), NOW)
    uow.outbox.finish(f"again:{missed.key}", OutboxState.UNREACHABLE, NOW)
    assert send_missed(uow, leader(uow), NOW + HOUR) == 1
    assert waiting(uow) == [f"again:again:{missed.key}"]


def test_what_is_over_stays_away_for_good(uow: UnitOfWork) -> None:
    report = need(uow, 0)
    told(uow, report, MessageKind.NEED_ARRIVED, owner(uow), NOW - HOUR)
    uow.needs.save(report.model_copy(update={"status": Status.APPROVED, "version": 3}))
    assert send_missed(uow, owner(uow), NOW) == 0
    returned = uow.needs.get(report.id)
    assert returned is not None
    uow.needs.save(returned.model_copy(update={"status": Status.SENT_TO_OWNER, "version": 4}))
    assert send_missed(uow, owner(uow), NOW + HOUR) == 0


def test_of_each_matter_the_latest(uow: UnitOfWork) -> None:
    report, other = need(uow, 0), need(uow, 1)
    told(uow, report, MessageKind.NEED_ARRIVED, owner(uow), NOW - 3 * HOUR, "first")
    told(uow, other, MessageKind.NEED_ARRIVED, owner(uow), NOW - 2 * HOUR)
    latest = told(uow, report, MessageKind.NEED_ARRIVED, owner(uow), NOW - HOUR, "second")
    assert send_missed(uow, owner(uow), NOW) == 2
    assert len(waiting(uow)) == 2
    assert f"again:{latest.key}" in waiting(uow)
    assert send_missed(uow, owner(uow), NOW + HOUR) == 0


def test_a_crowd_of_notices_is_not_sent(uow: UnitOfWork) -> None:
    for number in range(MOST_NOTICES + 2):
        told(uow, need(uow, number % 5), MessageKind.NEED_ARRIVED, owner(uow), NOW - HOUR)
    assert send_missed(uow, owner(uow), NOW) == MOST_NOTICES
    assert send_missed(uow, owner(uow), NOW + HOUR) == 0


def test_at_most_one_reminder_and_only_while_there_is_time(uow: UnitOfWork) -> None:
    reminder(uow, "old", NOW - timedelta(days=9))
    reminder(uow, "start", NOW - 3 * HOUR)
    latest = reminder(uow, "eve", NOW - HOUR)
    person = head(uow, 0)[0]
    assert send_missed(uow, person, NOW) == 1
    assert waiting(uow) == [f"again:{latest.key}"]
    assert send_missed(uow, person, NOW + HOUR) == 0
    reminder(uow, "over", NOW - timedelta(days=9), 1)
    assert send_missed(uow, head(uow, 1)[0], NOW) == 0


@pytest.mark.parametrize(("days", "number"), [(0, 1), (1, 1), (4, 0)])
def test_a_nudge_holds_as_long_as_a_reminder(uow: UnitOfWork, days: int, number: int) -> None:
    person, kindergarten = head(uow, 0)
    nudged = OutboxMessage(
        key="nudge",
        kind=MessageKind.NUDGED_BY_OWNER,
        person_id=person,
        params={"kindergarten": kindergarten, "by": owner(uow)},
        due_at=NOW - timedelta(days=days),
    )
    miss(uow, nudged)
    assert send_missed(uow, person, NOW) == number


def test_no_second_reminder_on_one_day(uow: UnitOfWork) -> None:
    person = head(uow, 0)[0]
    missed = reminder(uow, "start", NOW - HOUR)
    uow.outbox.add(missed.model_copy(update={"key": "another", "state": OutboxState.WAITING}))
    assert send_missed(uow, person, NOW) == 0
    assert waiting(uow) == ["another"]


def test_an_answer_to_what_was_said_long_ago_is_not_given(uow: UnitOfWork) -> None:
    """«I answer in your own chat»: they are here now."""
    moved = OutboxMessage(key="m", kind=MessageKind.MOVED_HERE, person_id=leader(uow), due_at=NOW)
    miss(uow, moved)
    assert send_missed(uow, leader(uow), NOW) == 0


def test_what_is_too_old_has_been_forgotten(uow: UnitOfWork) -> None:
    miss(uow, notice(uow, leader(uow), request_of(uow, NOW), NOW - timedelta(days=91)))
    assert send_missed(uow, leader(uow), NOW) == 0
