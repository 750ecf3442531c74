"""Dates with a weekday that is not their own."""

from __future__ import annotations

from datetime import date

import pytest

from domain.norwegian.misdated import Misdated, names_day, read_misdated

TODAY = date(2026, 11, 12)
FRIDAY = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("torsdag 4. desember", date(2026, 12, 3)),
        ("torsdag 4. desember 2026", date(2026, 12, 3)),
        ("til torsdag den 4. desember kl 9", date(2026, 12, 3)),
        ("tors 4.12", date(2026, 12, 3)),
        ("tysdag 4. desember", date(2026, 12, 1)),
        ("mandag 4.12.2026", date(2026, 12, 7)),
        ("4. desember, lørdag", date(2026, 12, 5)),
        ("4. desember (torsdag)", date(2026, 12, 3)),
    ],
)
def test_both_days_are_told(text: str, weekdays: date) -> None:
    """That of the date, and the nearest of the weekday."""
    assert read_misdated(text, TODAY) == Misdated(FRIDAY, weekdays)
    assert names_day(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "fredag 4. desember",
        "4. desember",
        "torsdag",
        "fredag i uke 49",
        "neste torsdag",
        "mandag 31. november",
        "mandag eller torsdag 4. desember",
        "på torsdag har vi møte",
        "",
        "torsdag 4. desember " * 20,
    ],
)
def test_nothing_is_wrong_where_nothing_contradicts(text: str) -> None:
    assert read_misdated(text, TODAY) is None
