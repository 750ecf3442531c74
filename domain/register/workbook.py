"""A register as an Excel workbook (.xlsx)."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from domain.register.faults import Fault, FaultReason
from domain.register.layout import COLUMNS, NotText, RawRows, Tables
from domain.register.names import clean

_COLUMN_WIDTH = 32
# A SyntaxError is what either XML parser raises: openpyxl takes lxml's where it is installed.
_BROKEN = (InvalidFileException, zipfile.BadZipFile, SyntaxError, KeyError, ValueError, TypeError, OSError)


def read_workbook(path: Path, faults: list[Fault]) -> dict[str, RawRows]:
    """The rows of each known sheet; formulas give the value they last had. Adds to the faults."""
    try:
        with warnings.catch_warnings():
            # openpyxl warns about decoration that it does not keep, such as rules for what may be typed.
            warnings.simplefilter("ignore", UserWarning)
            book = load_workbook(path, data_only=True)
    except _BROKEN:
        faults.append(Fault(reason=FaultReason.UNREADABLE, value=path.name))
        return {}
    sheets = {clean(sheet.title).casefold(): sheet for sheet in book.worksheets}
    missing = [name for name in COLUMNS if name not in sheets]
    faults.extend(Fault(sheet=name, reason=FaultReason.MISSING_SHEET) for name in missing)
    return {name: list(_rows(sheets[name].iter_rows())) for name in COLUMNS if name in sheets}


def write_workbook(path: Path, tables: Tables) -> None:
    """One sheet per table, every cell as text that cannot act as a formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        sheet.append(COLUMNS[name])
        sheet.freeze_panes = "A2"
        for column, heading in enumerate(sheet[1], start=1):
            heading.font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(column)].width = _COLUMN_WIDTH
        for number, row in enumerate(rows, start=2):
            for column, text in enumerate(row, start=1):
                if text:
                    _write_text(sheet.cell(row=number, column=column), text)
    book.save(path)


def _write_text(cell: Any, text: str) -> None:
    cell.value = text
    # Set after the value, which openpyxl would take for a formula; the prefix keeps it text when edited.
    cell.data_type = "s"
    cell.quotePrefix = True


def _rows(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, list[str | NotText]]]:
    for number, row in enumerate(rows, start=1):
        cells = [_content(cell.value, cell.data_type) for cell in row]
        if any(cells):
            yield number, cells


def _content(value: object, data_type: str) -> str | NotText:
    if value is None:
        return ""
    if data_type == "e" or isinstance(value, bool) or not isinstance(value, str | int | float):
        return NotText(str(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value))
