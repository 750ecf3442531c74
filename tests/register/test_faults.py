from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from domain.register.faults import FaultReason as R
from domain.register.faults import FaultyRegister
from domain.register.files import read_register, write_register
from domain.register.layout import COLUMNS
from domain.register.models import Role
from domain.register.rows import ALL, RegisterFile
from tests.register.editing import edit, good_sheets, workbook
from tests.register.registers import DAL_OWNER, SMALL, SOL, TYTTE


class Case(NamedTuple):
    """What is changed in which sheet, and the fault that this makes there."""

    sheet: str
    old: str
    new: str
    reason: R
    row: int
    column: str | None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_register(tmp_path / "register", SMALL)
    return tmp_path / "register"


CASES = {
    "empty required cell": Case("barnehager", "Solbakken", " ", R.EMPTY, 2, "navn"),
    "row cut short": Case("kommuner", "Melhus;Gauldal", "Melhus", R.EMPTY, 2, "nettverk"),
    "no county": Case("nettverk", "Fosen;Trøndelag", "Fosen;", R.EMPTY, 3, "fylke"),
    "too long": Case("eiere", "Kjeden AS", "K" * 201, R.TOO_LONG, 3, "navn"),
    "wrong check digit": Case("eiere", "101001032", "101001033", R.INVALID_ORGNR, 4, "orgnr"),
    "zeros": Case("barnehager", TYTTE, "000000000", R.INVALID_ORGNR, 5, "orgnr"),
    "too short": Case("barnehager", TYTTE, "10200105", R.INVALID_ORGNR, 5, "orgnr"),
    "spoiled by Excel": Case("eiere", "101001032", "1,01E+08", R.INVALID_ORGNR, 4, "orgnr"),
    "bad owner number": Case(
        "barnehager", f"Melhus;{DAL_OWNER}", "Melhus;123", R.INVALID_ORGNR, 2, "eier_orgnr"
    ),
    "gjelder is a bad number": Case(
        "personer", f"styrer;{SOL}", "styrer;102001029", R.INVALID_ORGNR, 2, "gjelder"
    ),
    "no e-mail": Case("personer", "kari@melhus.example", "kari@melhus", R.INVALID_EMAIL, 2, "epost"),
    "two e-mails": Case(
        "personer", "kari@melhus.example", "kari@a.example, k@b.example", R.INVALID_EMAIL, 2, "epost"
    ),
    "ownership": Case("eiere", "kommunal", "statlig", R.UNKNOWN_OWNERSHIP, 2, "eierform"),
    "role": Case("personer", "styrer", "sjef", R.UNKNOWN_ROLE, 2, "rolle"),
    "network of municipality": Case(
        "kommuner", "Melhus;Gauldal", "Melhus;Namdal", R.UNKNOWN_REFERENCE, 2, "nettverk"
    ),
    "municipality of owner": Case(
        "eiere", "kommunal;Melhus", "kommunal;Oslo", R.UNKNOWN_REFERENCE, 2, "kommune"
    ),
    "owner of kindergarten": Case(
        "barnehager", f"Melhus;{DAL_OWNER}", f"Melhus;{SOL}", R.UNKNOWN_REFERENCE, 2, "eier_orgnr"
    ),
    "gjelder unknown number": Case(
        "personer", f"styrer;{SOL}", "styrer;102001060", R.UNKNOWN_REFERENCE, 2, "gjelder"
    ),
    "gjelder unknown name": Case(
        "personer", "barnehagemyndighet;Melhus", "barnehagemyndighet;Hitra", R.UNKNOWN_REFERENCE, 4, "gjelder"
    ),
    "municipality twice": Case("kommuner", "Åfjord", "MELHUS kommune", R.DUPLICATE, 3, "kommune"),
    "network twice": Case("nettverk", "Fosen", "Gauldalsregionen", R.DUPLICATE, 3, "nettverk"),
    "kindergarten twice": Case("barnehager", "102001036", SOL, R.DUPLICATE, 3, "orgnr"),
    "owner twice": Case("eiere", "101001024", DAL_OWNER, R.DUPLICATE, 3, "orgnr"),
    "kindergarten is its owner": Case("barnehager", SOL, DAL_OWNER, R.ORGNR_OF_OWNER, 2, "orgnr"),
    "same role twice": Case(
        "personer",
        "Bodil Strøm;bodil@county.example;statsforvalter;*",
        "Gro Lie;GRO@county.example;statsforvalter;Fosen",
        R.DUPLICATE,
        11,
        "gjelder",
    ),
    "two names": Case(
        "personer",
        "Per Aune;per@melhus.example;barnehagemyndighet",
        "Per Moe;PER@melhus.example;barnehagemyndighet",
        R.TWO_NAMES,
        4,
        "navn",
    ),
    "cells pushed out": Case("barnehager", "Solbakken", "Solbakken; avdeling Sør", R.EXTRA_CELL, 2, None),
    "quote not closed": Case("eiere", "Tyttebær AS", '"Tyttebær AS', R.UNREADABLE, 4, None),
    "column misspelt": Case("eiere", "orgnr", "orgnummer", R.MISSING_COLUMN, 1, "orgnr"),
    "column twice": Case(
        "kommuner", "kommune;nettverk", "kommune;nettverk;Kommune", R.DUPLICATE_COLUMN, 1, "kommune"
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_named_where_it_is(folder: Path, name: str) -> None:
    case = CASES[name]
    edit(folder, case.sheet, case.old, case.new)
    with pytest.raises(FaultyRegister) as refused:
        read_register(folder)
    found = [(f.reason, f.sheet, f.row, f.column) for f in refused.value.faults]
    assert (case.reason, case.sheet, case.row, case.column) in found
    others = {f.reason for f in refused.value.faults} - {case.reason}
    # Only what the change itself makes wrong elsewhere: a number that others point at, a row pushed aside.
    assert others <= {R.UNKNOWN_REFERENCE, R.INVALID_ORGNR}


WRONG = {
    "styrer": DAL_OWNER,
    "eier": SOL,
    "barnehagemyndighet": "Fosen",
    "ppt": SOL,
    "leder": "Melhus",
    "koordinator": ALL,
    "medlem": "Ørland",
    "uh": DAL_OWNER,
    "statsforvalter": "Åfjord",
    "admin": SOL,
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_has_its_kind_of_scope(folder: Path, role: Role) -> None:
    edit(folder, "personer", f"styrer;{SOL}", f"{role};{WRONG[role]}")
    with pytest.raises(FaultyRegister) as refused:
        read_register(folder)
    fault = refused.value.faults[0]
    assert (fault.reason, fault.row, fault.column) == (R.WRONG_SCOPE, 2, "gjelder")
    assert fault.value == WRONG[role]


def test_all_faults_come_at_once_in_the_order_of_the_file(folder: Path) -> None:
    edit(folder, "personer", "kari@melhus.example;styrer", "kari;sjef")
    edit(folder, "barnehager", SOL, "102001029")
    edit(folder, "barnehager", "Vipa;Ørland", "Vipa;")
    (folder / "kommuner.csv").unlink()
    with pytest.raises(FaultyRegister) as refused:
        read_register(folder)
    assert [(f.sheet, f.row, f.column, f.reason.name) for f in refused.value.faults] == [
        ("kommuner", None, None, "MISSING_SHEET"),
        ("barnehager", 2, "orgnr", "INVALID_ORGNR"),
        ("barnehager", 4, "kommune", "EMPTY"),
        ("personer", 2, "epost", "INVALID_EMAIL"),
        ("personer", 2, "rolle", "UNKNOWN_ROLE"),
    ]


def test_rows_are_counted_as_in_a_spreadsheet(folder: Path) -> None:
    edit(folder, "kommuner", "Åfjord;Fosen", '\n"Åf\njord";Namdal')
    with pytest.raises(FaultyRegister) as refused:
        read_register(folder)
    assert {(f.sheet, f.row) for f in refused.value.faults if f.sheet == "kommuner"} == {("kommuner", 4)}


def test_a_sheet_without_rows_would_retire_everything(folder: Path) -> None:
    (folder / "personer.csv").write_text("navn;epost;rolle;gjelder\n", encoding="utf-8")
    (folder / "kommuner.csv").write_text("", encoding="utf-8")
    with pytest.raises(FaultyRegister) as refused:
        read_register(folder)
    found = {(f.sheet, f.reason) for f in refused.value.faults}
    assert {("personer", R.EMPTY_SHEET), ("kommuner", R.MISSING_COLUMN)} <= found


def test_another_encoding_is_named(folder: Path) -> None:
    text = (folder / "eiere.csv").read_text(encoding="utf-8-sig")
    (folder / "eiere.csv").write_bytes(text.encode("cp1252"))
    with pytest.raises(FaultyRegister) as refused:
        read_register(folder)
    assert [(f.sheet, f.reason) for f in refused.value.faults] == [("eiere", R.NOT_UTF8)]


@pytest.mark.parametrize(
    ("value", "shown"), [(date(2026, 5, 1), "2026-05-01 00:00:00"), (True, "True"), ("#REF!", "#REF!")]
)
def test_a_date_or_an_error_is_not_a_name(tmp_path: Path, value: object, shown: str) -> None:
    sheets = good_sheets()
    sheets["barnehager"][1][1] = value
    with pytest.raises(FaultyRegister) as refused:
        read_register(workbook(tmp_path / "r.xlsx", sheets))
    [fault] = refused.value.faults
    assert (fault.sheet, fault.row, fault.column) == ("barnehager", 2, "navn")
    assert (fault.reason, fault.value) == (R.NOT_TEXT, shown)


def test_a_workbook_lacks_a_sheet(tmp_path: Path) -> None:
    sheets = good_sheets()
    del sheets["personer"]
    with pytest.raises(FaultyRegister) as refused:
        read_register(workbook(tmp_path / "r.xlsx", sheets))
    assert [(f.sheet, f.reason) for f in refused.value.faults] == [("personer", R.MISSING_SHEET)]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("borte.xlsx", R.NO_FILE),
        ("liste.txt", R.UNKNOWN_FILE_TYPE),
        ("skadet.xlsx", R.UNREADABLE),
    ],
)
def test_a_path_that_is_no_register(tmp_path: Path, name: str, reason: R) -> None:
    if not name.startswith("borte"):
        (tmp_path / name).write_bytes(b"ikke en arbeidsbok")
    with pytest.raises(FaultyRegister) as refused:
        read_register(tmp_path / name)
    assert [(f.reason, f.value) for f in refused.value.faults] == [(reason, name)]


def test_every_reason_is_shown_above() -> None:
    elsewhere = {
        R.WRONG_SCOPE,
        R.MISSING_SHEET,
        R.EMPTY_SHEET,
        R.NOT_UTF8,
        R.NOT_TEXT,
        R.NO_FILE,
        R.UNKNOWN_FILE_TYPE,
    }
    assert {case.reason for case in CASES.values()} | elsewhere == set(R)


def test_an_empty_folder_misses_every_sheet(tmp_path: Path) -> None:
    with pytest.raises(FaultyRegister) as refused:
        read_register(tmp_path)
    assert [f.sheet for f in refused.value.faults] == list(COLUMNS)


def test_an_empty_register_is_written_but_not_taken_in(tmp_path: Path) -> None:
    write_register(tmp_path / "tom.xlsx", RegisterFile())
    with pytest.raises(FaultyRegister) as refused:
        read_register(tmp_path / "tom.xlsx")
    assert {f.reason for f in refused.value.faults} == {R.EMPTY_SHEET}
