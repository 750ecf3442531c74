"""How a register file is laid out: its sheets, their columns, and cells before anybody has judged them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "nettverk": ("nettverk", "fylke", "uh"),
    "kommuner": ("kommune", "nettverk"),
    "eiere": ("orgnr", "navn", "eierform", "kommune"),
    "barnehager": ("orgnr", "navn", "kommune", "eier_orgnr"),
    "personer": ("navn", "epost", "rolle", "gjelder"),
}
"""The sheets and their columns, as they are named in the file."""


@dataclass(frozen=True)
class NotText:
    """A cell that holds something else than text or a number: a date, an error, true or false."""

    value: str


RawRows = Iterable[tuple[int, Sequence[str | NotText]]]
"""Rows that are not blank, each with its number in the file."""


@dataclass(frozen=True)
class SheetRow:
    """Cells by column; a cell that is not text is missing."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """A sheet's rows; `columns` are those of its known columns that it has."""

    name: str
    columns: frozenset[str]
    rows: tuple[SheetRow, ...]


Tables = Mapping[str, Sequence[Sequence[str]]]
"""Sheet name → rows of cells in the order of its columns, ready to be written."""
