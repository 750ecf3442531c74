"""When scheduled messages may go out: working hours, holidays, July, both clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clock import OSLO, local_day
from domain.outbox import MessageKind, OutboxMessage
from domain.outreach.planning.hours import (
    expires_at,
    first_opening,
    is_reminder_day,
    may_go_out,
    opens_at,
    reminder_day,
    wait,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


@pytest.mark.parametrize(
    ("day", "days", "moved"),
    [
        (date(2026, 12, 1), -2, date(2026, 11, 27)),
        (date(2026, 12, 4), 1, date(2026, 12, 7)),
        (date(2027, 5, 16), 1, date(2027, 5, 18)),
        (date(2027, 1, 1), 0, date(2026, 12, 30)),
        (date(2026, 12, 25), -1, date(2026, 12, 23)),
        (date(2026, 12, 23), 1, date(2026, 12, 28)),
        (date(2027, 3, 30), -1, date(2027, 3, 24)),
        (date(2027, 6, 30), 1, date(2027, 8, 2)),
        (date(2027, 8, 2), -1, date(2027, 6, 30)),
    ],
    ids=["weekend", "Friday", "17 May", "New Year", "Christmas", "past it", "Easter", "into July", "July"],
)
def test_a_reminder_falls_on_a_reminder_day(day: date, days: int, moved: date) -> None:
    """Back before a date, forward after it; nobody is reminded on the eves either."""
    assert reminder_day(day, days) == moved


@pytest.mark.parametrize(
    ("moment", "may"),
    [
        ("2026-11-10 08:00", True),
        ("2026-11-10 07:59", False),
        ("2026-11-10 15:59", True),
        ("2026-11-10 16:00", False),
        ("2026-11-14 10:00", False),
        ("2026-12-24 10:00", False),
        ("2026-12-25 10:00", False),
        ("2026-12-31 10:00", False),
        ("2027-07-06 10:00", False),
    ],
)
def test_working_hours(moment: str, may: bool) -> None:
    """From 8 to 16 on working days, never in July, on Christmas Eve or on New Year's Eve."""
    assert may_go_out(at(moment)) is may


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-10 09:30", "2026-11-10 09:30"),
        ("2026-11-10 03:00", "2026-11-10 08:00"),
        ("2026-11-13 16:00", "2026-11-16 08:00"),
        ("2026-06-30 17:00", "2026-08-03 08:00"),
        ("2026-03-31 16:00", "2026-04-01 08:00"),
        ("2026-04-01 16:00", "2026-04-07 08:00"),
        ("2026-12-23 16:00", "2026-12-28 08:00"),
        ("2026-10-23 16:00", "2026-10-26 08:00"),
        ("2027-03-24 16:00", "2027-03-30 08:00"),
    ],
    ids=["open", "night", "weekend", "July", "evening", "Easter", "Christmas", "autumn", "spring"],
)
def test_first_opening(moment: str, opening: str) -> None:
    assert first_opening(at(moment).astimezone(UTC)) == at(opening)


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        (date(2026, 10, 23), 6),
        (date(2026, 10, 24), 6),
        (date(2026, 10, 25), 7),
        (date(2026, 10, 26), 7),
        (date(2027, 3, 26), 7),
        (date(2027, 3, 27), 7),
        (date(2027, 3, 28), 6),
        (date(2027, 3, 29), 6),
    ],
)
def test_eight_in_oslo_is_eight_on_both_sides_of_a_clock_change(day: date, hour: int) -> None:
    """The clocks go back on 25 October 2026 and forward on 28 March 2027."""
    opens = opens_at(day).astimezone(UTC)
    assert opens.hour == hour
    assert opens.astimezone(OSLO).hour == 8


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 10, 23), "2026-10-26 16:00"),
        (date(2026, 12, 23), "2026-12-28 16:00"),
        (date(2026, 11, 3), "2026-11-04 16:00"),
    ],
)
def test_a_reminder_is_worth_sending_until_the_next_day_is_over(day: date, last: str) -> None:
    """The next reminder day, also across a weekend with a clock change and over Christmas."""
    assert expires_at(day).astimezone(UTC) == at(last).astimezone(UTC)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)))
def test_the_first_opening_is_open_and_not_before(moment: datetime) -> None:
    """Whatever the moment, in UTC."""
    asked = moment.replace(tzinfo=UTC)
    found = first_opening(asked)
    assert found >= asked
    assert may_go_out(found)
    assert is_reminder_day(local_day(found))
    assert found == asked or found.astimezone(OSLO).hour == 8


def test_what_expires_before_it_may_go_is_not_waited_for() -> None:
    """And what answers an act is not held back at night."""
    night = at("2026-11-13 20:00").astimezone(UTC)
    message = OutboxMessage(
        key="k", kind=MessageKind.HEAD_REMINDER, due_at=night, expires_at=night + timedelta(hours=1)
    )
    assert wait(message, night) is None
    assert wait(message.model_copy(update={"expires_at": None}), night) == 60 * 60 * 60
    assert wait(message.model_copy(update={"kind": MessageKind.NEED_ARRIVED, "expires_at": None}), night) == 0
