"""What differs between two sendings."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.needs.form import needs_form
from domain.needs.owners.changes import changes

FORM = needs_form()
BEFORE: dict[str, Any] = {
    "need": "new",
    "themes": ["play", "language"],
    "today": "Noen barn blir stående utenfor leken.",
    "headcount": 12,
}


def changed(after: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    return [(c.field.id, c.before, c.after) for c in changes(FORM, BEFORE, after)]


def test_a_field_that_reads_differently() -> None:
    """With what it was and what it is."""
    after = {**BEFORE, "headcount": 14, "themes": ["play"]}
    assert changed(after) == [("themes", ["play", "language"], ["play"]), ("headcount", 12, 14)]


def test_a_field_that_was_empty_or_is() -> None:
    """None stands for nothing."""
    after = {k: v for k, v in BEFORE.items() if k != "today"} | {"better": "Å støtte leken."}
    assert changed(after) == [("today", BEFORE["today"], None), ("better", None, "Å støtte leken.")]


@pytest.mark.parametrize(
    "same",
    [
        {"themes": ["language", "play"]},
        {"today": " Noen barn  blir\nstående utenfor leken. "},
        {"better": ""},
        {"special": []},
    ],
)
def test_what_is_no_change(same: dict[str, Any]) -> None:
    """The order of what is chosen, blanks, and nothing instead of nothing."""
    assert changed({**BEFORE, **same}) == []


answers = st.fixed_dictionaries(
    {},
    optional={
        "themes": st.lists(st.sampled_from(["play", "sami", "language"]), unique=True),
        "today": st.text(max_size=20),
        "headcount": st.integers(1, 300),
        "start": st.sampled_from(["H27", "V28"]),
    },
)


@given(answers, answers)
def test_there_and_back_are_the_same_changes(one: dict[str, Any], other: dict[str, Any]) -> None:
    """And a need has not changed from itself."""
    there = [(c.field.id, c.before, c.after) for c in changes(FORM, one, other)]
    back = [(c.field.id, c.after, c.before) for c in changes(FORM, other, one)]
    assert there == back
    assert changes(FORM, one, one) == ()
