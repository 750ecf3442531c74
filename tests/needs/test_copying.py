"""What is carried over from one year to the next."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.needs.form import needs_form
from domain.needs.heads.copying import carried_over, is_past

TODAY = date(2026, 11, 10)
ANSWERS: dict[str, Any] = {
    "need": "new",
    "themes": ["play"],
    "today": "Noen barn blir stående utenfor.",
    "start": "H27",
    "duration": 4,
    "title": "Lek for alle",
}


def test_everything_that_still_holds_is_kept() -> None:
    """In the order of the form, nothing added."""
    assert carried_over(ANSWERS, needs_form(), TODAY) == ANSWERS


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("start", "H26"),
        ("start", "V25"),
        ("start", "snart"),
        ("need", "no"),
        ("need", "undecided"),
        ("themes", ["play", "a theme that is gone"]),
        ("participants", "a choice that is gone"),
        ("a_field_of_another_version", "noe"),
        ("continues", "Det som bare gjelder en videreføring"),
    ],
)
def test_what_no_longer_holds_is_asked_again(field: str, value: object) -> None:
    """A start that is past, an answer that is none, choices and fields that this version does not have."""
    kept = carried_over({**ANSWERS, field: value}, needs_form(), TODAY)
    assert field not in kept
    assert kept == {k: v for k, v in ANSWERS.items() if k != field}


@pytest.mark.parametrize(
    ("code", "past"),
    [("H26", True), ("V27", False), ("V26", True), ("H27", False), ("H", True), ("X27", True)],
)
def test_the_present_semester_is_past(code: str, past: bool) -> None:
    """Nothing that is asked for now can start in it."""
    assert is_past(code, TODAY) is past
