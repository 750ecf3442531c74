"""From rows of loose cells to sheets with known columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from domain.register.csv_folder import read_csv_folder
from domain.register.faults import Fault, FaultReason
from domain.register.layout import COLUMNS, NotText, RawRows, Sheet, SheetRow


def read_sheets(path: Path, faults: list[Fault]) -> dict[str, Sheet]:
    """The sheets that could be read from a folder or a workbook; what could not is added to the faults."""
    if path.is_dir():
        tables = read_csv_folder(path, faults)
        return {name: _sheet(name, rows, faults, strict=True) for name, rows in tables.items()}
    if not path.is_file():
        faults.append(Fault(reason=FaultReason.NO_FILE, value=path.name))
        return {}
    if path.suffix.lower() != ".xlsx":
        faults.append(Fault(reason=FaultReason.UNKNOWN_FILE_TYPE, value=path.name))
        return {}
    # openpyxl is loaded with the first workbook, and not at every start.
    from domain.register.workbook import read_workbook

    tables = read_workbook(path, faults)
    return {name: _sheet(name, rows, faults, strict=False) for name, rows in tables.items()}


def _sheet(name: str, table: RawRows, faults: list[Fault], *, strict: bool) -> Sheet:
    rows = iter(table)
    heading_number, heading = next(rows, (1, []))
    columns = [cell.casefold() if isinstance(cell, str) else "" for cell in heading]
    faults.extend(_heading_faults(name, heading_number, columns))
    kept: list[SheetRow] = []
    for number, cells in rows:
        faults.extend(_cell_faults(name, number, columns, cells, strict=strict))
        kept.append(SheetRow(number, _by_column(name, columns, cells)))
    if not kept:
        faults.append(Fault(sheet=name, reason=FaultReason.EMPTY_SHEET))
    return Sheet(name, frozenset(columns) & frozenset(COLUMNS[name]), tuple(kept))


def _heading_faults(name: str, number: int, columns: list[str]) -> Iterator[Fault]:
    for column in COLUMNS[name]:
        if column not in columns:
            yield Fault(sheet=name, row=number, column=column, reason=FaultReason.MISSING_COLUMN)
        elif columns.count(column) > 1:
            yield Fault(sheet=name, row=number, column=column, reason=FaultReason.DUPLICATE_COLUMN)


def _cell_faults(
    name: str, number: int, columns: list[str], cells: Sequence[str | NotText], *, strict: bool
) -> Iterator[Fault]:
    for position, cell in enumerate(cells):
        column = columns[position] if position < len(columns) else ""
        if isinstance(cell, NotText):
            if column in COLUMNS[name]:
                reason = FaultReason.NOT_TEXT
                yield Fault(sheet=name, row=number, column=column, reason=reason, value=cell.value)
        elif strict and cell and not column:
            # In a CSV file an unquoted separator has pushed the row's cells one column too far.
            yield Fault(sheet=name, row=number, reason=FaultReason.EXTRA_CELL, value=cell)


def _by_column(name: str, columns: list[str], cells: Sequence[str | NotText]) -> dict[str, str]:
    found: dict[str, str] = {}
    for position, column in enumerate(columns):
        cell = cells[position] if position < len(cells) else ""
        if column in COLUMNS[name] and isinstance(cell, str):
            found.setdefault(column, cell)
    return found
