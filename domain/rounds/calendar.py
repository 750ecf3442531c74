"""Norwegian working days: not Saturdays, Sundays or public holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether people are at work; Christmas Eve and New Year's Eve count as working days, as in law."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def previous_working_day(day: date) -> date:
    """The last working day up to and including this one."""
    while not is_working_day(day):
        day -= _DAY
    return day


def next_working_day(day: date) -> date:
    """The first working day from and including this one."""
    while not is_working_day(day):
        day += _DAY
    return day


@cache
def _holidays(year: int) -> frozenset[date]:
    # Loaded when the first day is asked about, and not at every start.
    from holidays import country_holidays

    return frozenset(country_holidays("NO", years=year, expand=False))
