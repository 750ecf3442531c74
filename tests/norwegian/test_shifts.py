"""How far something is to be moved."""

from __future__ import annotations

from datetime import date

import pytest

from domain.norwegian.shifts import Shift, read_shift


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("en uke", Shift(7)),
        ("ei veke", Shift(7)),
        ("med to uker", Shift(14)),
        ("et par uker", Shift(14)),
        ("14 dager senere", Shift(14)),
        ("tre dager tidligere", Shift(-3)),
        ("en uke tilbake", Shift(-7)),
        ("en måned", Shift(months=1)),
        ("en uke fram", Shift(7, either=True)),
        ("fram en uke", Shift(7, either=True)),
        ("en uke fram i tid", Shift(7)),
        ("en uke til.", Shift(7)),
    ],
)
def test_so_far(text: str, shift: Shift) -> None:
    """Later, unless it says earlier; «fram» may be either."""
    assert read_shift(text) == shift


@pytest.mark.parametrize(
    "text", ["om en uke", "uke 49", "null dager", "100 måneder", "en stund", "", "4. desember"]
)
def test_anything_else_is_none(text: str) -> None:
    assert read_shift(text) is None


def test_the_last_of_a_short_month() -> None:
    """31 January and a month is 28 February; the other way it is the last of December."""
    january = date(2027, 1, 31)
    assert Shift(months=1).of(january) == date(2027, 2, 28)
    assert Shift(months=1).other_way().of(january) == date(2026, 12, 31)
    assert Shift(7).other_way().of(january) == date(2027, 1, 24)
