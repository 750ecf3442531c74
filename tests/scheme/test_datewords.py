"""Dates in words."""

from datetime import date, timedelta

import pytest

from domain.scheme.datewords import day_name, in_full
from domain.scheme.deadlines import next_occurrence

DAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (10, "tirsdag 1. desember 2026, om 10 dager"),
        (2, "tirsdag 1. desember 2026, om 2 dager"),
        (1, "tirsdag 1. desember 2026, i morgen"),
        (0, "tirsdag 1. desember 2026, i dag"),
        (-1, "var tirsdag 1. desember 2026"),
        (-400, "var tirsdag 1. desember 2026"),
    ],
)
def test_in_full(before: int, words: str) -> None:
    assert in_full(DAY, DAY - timedelta(days=before)) == words


def test_every_weekday_and_month_has_its_name() -> None:
    week = [day_name(date(2026, 6, 1) + timedelta(days=n)).split()[0] for n in range(7)]
    assert week == ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]
    year = [day_name(date(2026, month, 1)).split()[2] for month in range(1, 13)]
    assert year[0] == "januar"
    assert year[11] == "desember"
    assert len(set(year)) == 12


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 12, 1), 2026),
        (date(2026, 12, 2), 2027),
        (date(2026, 1, 1), 2026),
        (date(2026, 11, 30), 2026),
    ],
)
def test_the_next_occurrence_counts_today(today: date, expected: int) -> None:
    assert next_occurrence(12, 1, today) == date(expected, 12, 1)
