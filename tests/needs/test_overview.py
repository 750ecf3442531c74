"""What a channel may see."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from domain.needs.overview import NetworkStanding, for_channel


def standing(themes: dict[str, int], reported: int = 9, no_need: int = 4) -> NetworkStanding:
    """A network in which owners have sent so much."""
    owners: Any = tuple(SimpleNamespace(sent=n < 2) for n in range(5))
    nobody: Any = None
    return NetworkStanding(nobody, nobody, owners, themes, reported, no_need)


def test_groups_under_three_are_left_out() -> None:
    """A theme of two kindergartens could be recognised."""
    shown = for_channel(standing({"play": 5, "sami": 2, "language": 3}))
    assert shown.themes == (("play", 5), ("language", 3))
    assert shown.hidden_themes


@pytest.mark.parametrize(("number", "said"), [(0, 0), (1, None), (2, None), (3, 3)])
def test_small_numbers_of_kindergartens_are_hidden(number: int, said: int | None) -> None:
    """None says «fewer than three»; nought is nobody."""
    shown = for_channel(standing({}, reported=number, no_need=number))
    assert (shown.with_need, shown.without_need) == (said, said)


def test_owners_are_counted_as_they_are() -> None:
    """How many have sent is what the channel is told."""
    shown = for_channel(standing({}))
    assert (shown.owners_sent, shown.owners_total) == (2, 5)
