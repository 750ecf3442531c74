from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rounds.calendar import is_working_day, next_working_day, previous_working_day

days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 22),  # Sunday
        date(2026, 11, 21),  # Saturday
        date(2026, 12, 25),
        date(2027, 1, 1),
        date(2027, 3, 25),  # Maundy Thursday
        date(2027, 3, 26),  # Good Friday
        date(2027, 3, 29),  # Easter Monday
        date(2027, 5, 6),  # Ascension Day
        date(2027, 5, 17),  # Constitution Day and Whit Monday
    ],
)
def test_days_off(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day", [date(2026, 11, 23), date(2026, 12, 1), date(2026, 12, 24), date(2026, 12, 31), date(2027, 5, 18)]
)
def test_working_days(day: date) -> None:
    assert is_working_day(day)
    assert previous_working_day(day) == next_working_day(day) == day


def test_easter_is_stepped_over() -> None:
    assert previous_working_day(date(2027, 3, 29)) == date(2027, 3, 24)
    assert next_working_day(date(2027, 3, 25)) == date(2027, 3, 30)


def test_the_turn_of_the_year_is_stepped_over() -> None:
    assert next_working_day(date(2027, 1, 1)) == date(2027, 1, 4)
    assert previous_working_day(date(2028, 1, 2)) == date(2027, 12, 31)


@given(days)
def test_both_ways_lead_to_the_nearest_working_day(day: date) -> None:
    before, after = previous_working_day(day), next_working_day(day)
    assert before <= day <= after
    assert is_working_day(before)
    assert is_working_day(after)
    between = (before + timedelta(days=n) for n in range(1, (after - before).days))
    assert not any(is_working_day(d) for d in between)
