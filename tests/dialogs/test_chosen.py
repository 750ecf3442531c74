"""Ids in what was chosen: numbers that a database takes, and nothing else."""

from __future__ import annotations

import pytest

from dialogs.chosen import id_in, ids_in


@pytest.mark.parametrize(("text", "number"), [("7", 7), ("0", 0), ("007", 7), ("999999999", 999_999_999)])
def test_a_number_is_an_id(text: str, number: int) -> None:
    assert id_in(text) == number


@pytest.mark.parametrize(
    "text", ["", " ", "-1", "+1", "1.5", "1e9", "²", "٣", "7 ", "7,8", "0x7", "1_000", "9" * 10, "9" * 5000]
)
def test_anything_else_is_none(text: str) -> None:
    assert id_in(text) is None


def test_a_list_keeps_what_is_an_id() -> None:
    assert ids_in(" 3, 4,²,, x,99999999999 ,5") == [3, 4, 5]
    assert ids_in("") == []
    assert len(ids_in(",".join(map(str, range(3000))))) == 2000
