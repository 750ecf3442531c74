"""A register as a folder of CSV files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from domain.register.faults import Fault, FaultReason
from domain.register.layout import COLUMNS, NotText, RawRows, Tables
from domain.register.names import clean

# What a spreadsheet takes for a formula when it opens a CSV file, also in full width.
_FORMULA_START: Final = "=+@＝＋＠－-"
_MAY_ACT: Final = re.compile(f"'*[{_FORMULA_START}]")
_MADE_HARMLESS: Final = re.compile(f"'+[{_FORMULA_START}]")


def read_csv_folder(folder: Path, faults: list[Fault]) -> dict[str, RawRows]:
    """The rows of each file that is there; what cannot be read is added to the faults."""
    files = {file.name.casefold(): file for file in folder.iterdir() if file.is_file()}
    tables: dict[str, RawRows] = {}
    for name in COLUMNS:
        file = files.get(f"{name}.csv")
        if file is None:
            faults.append(Fault(sheet=name, reason=FaultReason.MISSING_SHEET))
            continue
        try:
            text = file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            faults.append(Fault(sheet=name, reason=FaultReason.NOT_UTF8))
            continue
        tables[name] = list(_rows(name, text, faults))
    return tables


def write_csv_folder(folder: Path, tables: Tables) -> None:
    """One file per sheet, separated by semicolons; a cell that could act as a formula gets a leading «'»."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        # Excel takes a CSV file for UTF-8 only if it begins with a byte order mark.
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";", lineterminator="\n")
            writer.writerow(COLUMNS[name])
            writer.writerows([_harmless(cell) for cell in row] for row in rows)


def _rows(name: str, text: str, faults: list[Fault]) -> Iterator[tuple[int, list[str | NotText]]]:
    heading = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = "," if heading.count(",") > heading.count(";") else ";"
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            cells: list[str | NotText] = [_as_meant(cell) for cell in record]
            if any(cells):
                yield number, cells
    except csv.Error:
        faults.append(Fault(sheet=name, row=number + 1, reason=FaultReason.UNREADABLE))


def _harmless(cell: str) -> str:
    return f"'{cell}" if _MAY_ACT.match(cell) else cell


def _as_meant(cell: str) -> str:
    text = clean(cell)
    return text[1:] if _MADE_HARMLESS.match(text) else text
