"""What people choose about their reminders: ways of naming a day, a pause, another day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.outreach.models import Level, ReminderChoice
from domain.outreach.planning.hours import is_reminder_day
from domain.outreach.reminding import choosing
from domain.outreach.reminding.choosing import (
    Another,
    DayProblem,
    another_day,
    near_days,
    pause_in_force,
    read_day,
    read_pause,
)

TODAY = date(2026, 11, 18)
"""A Wednesday."""

days = st.dates(date(2026, 8, 1), date(2027, 7, 31))
ahead = st.integers(min_value=1, max_value=300)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("på fredag", date(2026, 11, 20)),
        ("I morgen!", date(2026, 11, 19)),
        ("om en uke", date(2026, 11, 25)),
        ("en uke til", date(2026, 11, 25)),
        ("i to uker", date(2026, 12, 2)),
        ("et par dager", date(2026, 11, 20)),
        ("en måned", date(2026, 12, 18)),
        ("10. desember", date(2026, 12, 10)),
        ("10.1", date(2027, 1, 10)),
        ("neste uke", date(2026, 11, 23)),
        ("til over helga", date(2026, 11, 23)),
        ("etter nyttår", date(2027, 1, 2)),
        ("i januar", date(2027, 1, 1)),
        ("til november", date(2027, 11, 1)),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: date) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["", "senere", "snart", "om at jeg skal ringe", "på fredag eller mandag", "99. mai"]
)
def test_what_names_no_day_is_not_guessed_at(text: str) -> None:
    assert read_day(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("i juli", date(2027, 7, 20), date(2027, 8, 1)),
        ("i juli", date(2027, 6, 20), date(2027, 8, 1)),
        ("Hele desember", TODAY, date(2027, 1, 1)),
        ("over november", TODAY, date(2026, 12, 1)),
        ("til juli", date(2027, 6, 20), date(2027, 7, 1)),
        ("i to uker", TODAY, date(2026, 12, 2)),
        ("i leken er vanskelig", TODAY, None),
    ],
)
def test_a_pause_in_a_month_lasts_the_month_out(text: str, today: date, day: date | None) -> None:
    assert read_pause(text, today) == day


def test_new_year_in_january_is_the_one_that_was() -> None:
    assert read_day("etter nyttår", date(2027, 1, 1)) == date(2027, 1, 2)


def test_a_pause_ends_on_its_day() -> None:
    choice = ReminderChoice(person_id=1)
    until = TODAY + timedelta(days=10)
    paused = choosing.paused(choice, until, TODAY)
    assert isinstance(paused, ReminderChoice)
    assert pause_in_force(paused, until - timedelta(days=1)) == until
    assert pause_in_force(paused, until) is None
    assert choosing.unpaused(paused) == choice


def test_a_pause_needs_a_day_ahead_within_a_year() -> None:
    choice = ReminderChoice(person_id=1)
    assert choosing.paused(choice, TODAY, TODAY) is DayProblem.PAST
    assert choosing.paused(choice, TODAY + timedelta(days=367), TODAY) is DayProblem.TOO_LATE


def test_a_level_ends_the_pause_except_fewer() -> None:
    paused = ReminderChoice(person_id=1, paused_until=TODAY + timedelta(days=10))
    assert choosing.with_level(paused, Level.FEWER).paused_until == paused.paused_until
    assert choosing.with_level(paused, Level.ALL) == ReminderChoice(person_id=1)
    assert choosing.with_level(paused, Level.OFF).paused_until is None


def test_a_day_without_reminders_becomes_the_next_one_with() -> None:
    saturday = date(2026, 11, 21)
    found = another_day(saturday, TODAY)
    assert found == Another(saturday, date(2026, 11, 23))
    assert isinstance(found, Another)
    assert found.moved


def test_a_day_after_the_date_is_taken_and_said() -> None:
    about = date(2026, 12, 1)
    found = another_day(date(2026, 12, 3), TODAY, about)
    assert found == Another(date(2026, 12, 3), date(2026, 12, 3), passes=about, suggested=date(2026, 11, 30))


def test_nothing_is_suggested_when_the_date_is_too_near() -> None:
    tomorrow = TODAY + timedelta(days=1)
    found = another_day(TODAY + timedelta(days=5), TODAY, about=tomorrow)
    assert isinstance(found, Another)
    assert (found.passes, found.suggested) == (tomorrow, None)


def test_a_date_that_is_passed_is_not_spoken_of() -> None:
    found = another_day(TODAY + timedelta(days=5), TODAY, about=TODAY - timedelta(days=1))
    assert isinstance(found, Another)
    assert found.passes is None


def test_no_day_behind_and_none_in_another_round() -> None:
    ends = date(2027, 7, 31)
    assert another_day(TODAY, TODAY) is DayProblem.PAST
    assert another_day(date(2027, 7, 5), TODAY, ends=ends) is DayProblem.TOO_LATE
    assert another_day(TODAY + timedelta(days=400), TODAY) is DayProblem.TOO_LATE


@given(today=days, after=ahead, about=days)
def test_whatever_is_asked_comes_on_a_reminder_day_not_before(today: date, after: int, about: date) -> None:
    asked = today + timedelta(days=after)
    found = another_day(asked, today, about)
    assert isinstance(found, Another)
    assert is_reminder_day(found.day)
    assert found.day >= asked
    assert (found.passes is not None) == (today <= about < found.day)
    if found.suggested is not None:
        assert today < found.suggested < about
        assert is_reminder_day(found.suggested)


@given(days)
def test_what_is_offered_lies_ahead_and_is_never_the_same_twice(today: date) -> None:
    offered = near_days(today)
    assert 1 <= len(offered) <= 3
    assert len(set(offered)) == len(offered)
    assert all(day > today and is_reminder_day(day) for day in offered)
