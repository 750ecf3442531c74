"""Registers in files that a test can spoil."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from tests.register.registers import DAL_OWNER, SOL


def edit(folder: Path, sheet: str, old: str, new: str) -> None:
    file = folder / f"{sheet}.csv"
    text = file.read_text(encoding="utf-8-sig")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def good_sheets() -> dict[str, list[list[object]]]:
    return {
        "nettverk": [["nettverk", "fylke", "uh"], ["Gauldal", "Trøndelag", None]],
        "kommuner": [["kommune", "nettverk"], ["Melhus", "gauldal"]],
        "eiere": [
            ["orgnr", "navn", "eierform", "kommune"],
            [float(DAL_OWNER), "Melhus", "Kommunal", "Melhus"],
        ],
        "barnehager": [
            ["orgnr", "navn", "kommune", "eier_orgnr"],
            [int(SOL), "Sol", "MELHUS", int(DAL_OWNER)],
        ],
        "personer": [
            ["navn", "epost", "rolle", "gjelder"],
            ["Kari Nordli", "kari@melhus.example", "styrer", int(SOL)],
        ],
    }
