"""A sheet that somebody sent (.xlsx) as rows of text: read within bounds, whatever the file is."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from io import BytesIO
from typing import Any, Final

from domain.errors import DomainError
from domain.norwegian.hygiene import clean

LARGEST: Final = 5 * 1024 * 1024
"""Bytes of a file; a thousand needs take a tenth of it."""
_LARGEST_UNPACKED: Final = 20 * 1024 * 1024
_MOST_PARTS: Final = 200
MOST_ROWS: Final = 500
MOST_COLUMNS: Final = 80
_ABOVE_THE_HEADINGS: Final = 50
LONGEST_CELL: Final = 6_000
_LONGEST_TEXT: Final = 2_000_000
"""Characters of all cells together."""

_BROKEN = (
    zipfile.BadZipFile,
    SyntaxError,  # what both XML parsers raise
    KeyError,
    IndexError,
    AttributeError,
    ValueError,
    TypeError,
    OSError,
    NotImplementedError,
    EOFError,
    RuntimeError,
    MemoryError,
)
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DECLARES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


class FileFault(StrEnum):
    """Why a file cannot be read at all."""

    EMPTY_FILE = "empty_file"
    TOO_LARGE = "too_large"
    NOT_EXCEL = "not_excel"
    OLD_EXCEL = "old_excel"
    MACROS = "macros"
    BROKEN = "broken"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    NO_ROWS = "no_rows"
    NO_HEADINGS = "no_headings"


class UnreadableFile(DomainError):
    """The file cannot be read; nothing of it was taken."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class LooseRow:
    """A row with the number that it has in the file, its cells as text under the headings."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class LooseSheet:
    """Headings and rows; nothing is judged yet. `merged`: some cells of the sheet are put together."""

    headings: tuple[str, ...]
    rows: tuple[LooseRow, ...]
    merged: bool = False


def read_sheet(content: bytes, is_heading: Any) -> LooseSheet:
    """The first sheet with a row of headings: the first row for which `is_heading` holds.

    Cells that hold a formula give the value they last had. Raises UnreadableFile.
    """
    _look_at_the_package(content)
    # Loaded with the first sheet, and not at every start.
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            # openpyxl warns about decoration that it does not keep.
            warnings.simplefilter("ignore", UserWarning)
            book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            try:
                return _first_sheet([_table(sheet) for sheet in book.worksheets[:10]], content, is_heading)
            finally:
                book.close()
    except _BROKEN as broken:
        raise UnreadableFile(FileFault.BROKEN) from broken


def _look_at_the_package(content: bytes) -> None:
    """Refuses what is not an ordinary workbook before any of it is unpacked to be read."""
    if not content:
        raise UnreadableFile(FileFault.EMPTY_FILE)
    if len(content) > LARGEST:
        raise UnreadableFile(FileFault.TOO_LARGE)
    if content.startswith(_OLD_OFFICE):
        raise UnreadableFile(FileFault.OLD_EXCEL)
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _look_at_the_parts(package)
    except UnreadableFile:
        raise
    except _BROKEN as broken:
        raise UnreadableFile(FileFault.NOT_EXCEL) from broken


def _look_at_the_parts(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    names = {part.filename.casefold() for part in parts}
    if "xl/workbook.xml" not in names:
        raise UnreadableFile(FileFault.NOT_EXCEL)
    if any(name.endswith("vbaproject.bin") for name in names):
        raise UnreadableFile(FileFault.MACROS)
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise UnreadableFile(FileFault.TOO_LARGE)
    left = _LARGEST_UNPACKED
    for part in parts:
        with package.open(part) as opened:
            # The sizes that a package states may be anything: they are counted here.
            first = True
            while chunk := opened.read(1 << 16):
                left -= len(chunk)
                if left < 0:
                    raise UnreadableFile(FileFault.TOO_LARGE)
                if first and _DECLARES.search(chunk):
                    raise UnreadableFile(FileFault.BROKEN)
                first = False


def _first_sheet(tables: Sequence[list[LooseRow]], content: bytes, is_heading: Any) -> LooseSheet:
    for table in tables:
        for place, row in enumerate(table):
            if is_heading(row.cells):
                width = max(n for n, cell in enumerate(row.cells, 1) if cell)
                rows = tuple(
                    LooseRow(r.number, (*r.cells, *[""] * width)[:width]) for r in table[place + 1 :]
                )
                kept = tuple(r for r in rows if any(r.cells))
                if not kept:
                    raise UnreadableFile(FileFault.NO_ROWS)
                if len(kept) > MOST_ROWS:
                    raise UnreadableFile(FileFault.TOO_MANY_ROWS)
                return LooseSheet(row.cells[:width], kept, _has_merged_cells(content))
    if not tables:
        raise UnreadableFile(FileFault.BROKEN)
    raise UnreadableFile(FileFault.NO_HEADINGS if any(tables) else FileFault.NO_ROWS)


def _table(sheet: Any) -> list[LooseRow]:
    found: list[LooseRow] = []
    characters = 0
    for number, cells in enumerate(_rows(sheet), 1):
        texts = tuple(_text(cell) for cell in cells)
        if not any(texts):
            continue
        if len(found) > MOST_ROWS + _ABOVE_THE_HEADINGS:
            raise UnreadableFile(FileFault.TOO_MANY_ROWS)
        characters += sum(map(len, texts))
        if characters > _LONGEST_TEXT:
            raise UnreadableFile(FileFault.TOO_LARGE)
        found.append(LooseRow(number, texts))
    return found


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # What a file says of its own size is not to be trusted, and would be filled up with empty cells.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True):
        if any(cell is not None for cell in row[MOST_COLUMNS:]):
            raise UnreadableFile(FileFault.TOO_MANY_COLUMNS)
        yield row[:MOST_COLUMNS]


def _text(value: object) -> str:
    """A cell as a person would have written it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, datetime | date):
        return f"{value.day}.{value.month}.{value.year}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # One too long is cut a character beyond what any field takes, so that it is named as too long.
    return clean(str(value))[: LONGEST_CELL + 1]


def _has_merged_cells(content: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(content)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        return any(b"<mergeCell " in package.read(name) for name in sheets)
