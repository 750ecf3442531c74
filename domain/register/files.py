"""A register in files: a folder of CSV files, or one .xlsx with the same sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeVar

from domain.register import checking
from domain.register.checking_people import NETWORK_SUFFIX, PeopleCheck
from domain.register.csv_folder import write_csv_folder
from domain.register.faults import Fault, FaultReason, FaultyRegister
from domain.register.layout import COLUMNS, Sheet, Tables
from domain.register.models import ROLE_SCOPES, ScopeKind
from domain.register.names import municipality_key
from domain.register.rows import PersonRow, RegisterFile
from domain.register.sheets import read_sheets

__all__ = ["Fault", "FaultReason", "FaultyRegister", "RegisterFile", "read_register", "write_register"]

_Row = TypeVar("_Row")
_SHEET_ORDER: Final = {name: place for place, name in enumerate(COLUMNS)}


def read_register(path: Path) -> RegisterFile:
    """The register in a folder or an .xlsx; raises FaultyRegister with every fault, takes in nothing half."""
    faults: list[Fault] = []
    sheets = read_sheets(path, faults)
    known = checking.Known(sheets, faults)

    def rows(name: str, check: Callable[[checking.RowCheck, set[object]], _Row | None]) -> tuple[_Row, ...]:
        return _checked(sheets, name, known, faults, check)

    register = RegisterFile(
        networks=rows("nettverk", checking.network_row),
        municipalities=rows("kommuner", checking.municipality_row),
        owners=rows("eiere", checking.owner_row),
        kindergartens=rows("barnehager", checking.kindergarten_row),
        people=rows("personer", PeopleCheck().person_row),
    )
    if faults:
        raise FaultyRegister(sorted(faults, key=_place))
    return register


def write_register(path: Path, register: RegisterFile) -> None:
    """Write one .xlsx if the path ends so, else a folder of CSV files; reading it gives the same register."""
    if path.suffix.lower() == ".xlsx":
        # openpyxl is loaded with the first workbook, and not at every start.
        from domain.register.workbook import write_workbook

        write_workbook(path, _tables(register))
    else:
        write_csv_folder(path, _tables(register))


def _checked(
    sheets: Mapping[str, Sheet],
    name: str,
    known: checking.Known,
    faults: list[Fault],
    check: Callable[[checking.RowCheck, set[object]], _Row | None],
) -> tuple[_Row, ...]:
    if name not in sheets:
        return ()
    seen: set[object] = set()
    checked = [check(checking.RowCheck(name, row, known, faults), seen) for row in sheets[name].rows]
    return tuple(row for row in checked if row is not None)


def _place(fault: Fault) -> tuple[int, int]:
    return _SHEET_ORDER.get(fault.sheet or "", -1), fault.row or 0


def _tables(register: RegisterFile) -> Tables:
    municipalities = {municipality_key(row.name) for row in register.municipalities}
    return {
        "nettverk": [(r.name, r.county, ", ".join(r.uh)) for r in register.networks],
        "kommuner": [(r.name, r.network) for r in register.municipalities],
        "eiere": [(r.orgnr, r.name, r.ownership, r.municipality) for r in register.owners],
        "barnehager": [(r.orgnr, r.name, r.municipality, r.owner_orgnr) for r in register.kindergartens],
        "personer": [(r.name, r.email, r.role, _scope_text(r, municipalities)) for r in register.people],
    }


def _scope_text(row: PersonRow, municipalities: set[str]) -> str:
    both = ScopeKind.MUNICIPALITY in ROLE_SCOPES[row.role] and municipality_key(row.scope) in municipalities
    return row.scope + NETWORK_SUFFIX if both and row.scope_kind is ScopeKind.NETWORK else row.scope
