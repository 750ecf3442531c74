"""The ids in what was chosen on a card. A client sends them as text, and anybody can send any text."""

from __future__ import annotations

from typing import Final

LONGEST_ID: Final = 9
"""Digits: every database takes such a number, and no table of ours comes near it."""


def id_in(text: str) -> int | None:
    """The id that a text is, None if it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID else None


def ids_in(text: str) -> list[int]:
    """The ids in a list with commas; whatever is none is left out."""
    found = (id_in(part.strip()) for part in text.split(","))
    return [number for number in found if number is not None][:2000]
