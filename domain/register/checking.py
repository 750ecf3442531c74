"""From sheets to a register: every cell judged, every reference followed, every fault kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from typing import Final, TypeVar

from domain.register.faults import Fault, FaultReason
from domain.register.layout import Sheet, SheetRow
from domain.register.models import Ownership
from domain.register.names import (
    clean_email,
    compact_orgnr,
    is_email,
    is_orgnr,
    municipality_key,
    network_slug,
)
from domain.register.rows import MAX_LENGTH, KindergartenRow, MunicipalityRow, NetworkRow, OwnerRow

_E = TypeVar("_E", bound=StrEnum)

_SHOWN: Final = 80
# A sheet with one of these does not show all that it was meant to hold.
_INCOMPLETE: Final = {
    FaultReason.UNREADABLE,
    FaultReason.NOT_UTF8,
    FaultReason.MISSING_SHEET,
    FaultReason.MISSING_COLUMN,
    FaultReason.DUPLICATE_COLUMN,
    FaultReason.NOT_TEXT,
    FaultReason.EXTRA_CELL,
}


class Known:
    """What the sheets name, faulty rows included: one fault is not reported again at each reference."""

    def __init__(self, sheets: Mapping[str, Sheet], faults: list[Fault]) -> None:
        self.networks = _spellings(sheets, "nettverk", "nettverk", network_slug)
        self.municipalities = _spellings(sheets, "kommuner", "kommune", municipality_key)
        self.owners = _spellings(sheets, "eiere", "orgnr", compact_orgnr)
        self.kindergartens = _spellings(sheets, "barnehager", "orgnr", compact_orgnr)
        incomplete = {f.sheet for f in faults if f.reason in _INCOMPLETE}
        self.complete = frozenset(sheets) - incomplete


class RowCheck:
    """One row under judgement; `ok` turns false at its first fault."""

    def __init__(self, sheet: str, row: SheetRow, known: Known, faults: list[Fault]) -> None:
        self._sheet, self._row, self._faults = sheet, row, faults
        self.known = known
        self.ok = True

    def fault(self, column: str, reason: FaultReason) -> None:
        value = self._row.cells.get(column, "")[:_SHOWN]
        self._faults.append(
            Fault(sheet=self._sheet, row=self._row.number, column=column, reason=reason, value=value)
        )
        self.ok = False

    def text(self, column: str, *, required: bool = True) -> str:
        """The cell, "" if it is faulty."""
        cell = self._row.cells.get(column)
        if cell is None:
            # The missing column, or the cell that is no text, has been reported already.
            self.ok = False
            return ""
        if not cell and required:
            self.fault(column, FaultReason.EMPTY)
        elif len(cell) > MAX_LENGTH:
            self.fault(column, FaultReason.TOO_LONG)
            return ""
        return cell

    def orgnr(self, column: str) -> str:
        text = self.text(column)
        number = compact_orgnr(text)
        if text and not is_orgnr(number):
            self.fault(column, FaultReason.INVALID_ORGNR)
            return ""
        return number

    def email(self, column: str) -> str:
        text = self.text(column)
        address = clean_email(text)
        if text and not is_email(address):
            self.fault(column, FaultReason.INVALID_EMAIL)
            return ""
        return address

    def choice(self, column: str, kind: type[_E], unknown: FaultReason) -> _E | None:
        text = self.text(column)
        try:
            return kind(text.casefold())
        except ValueError:
            if text:
                self.fault(column, unknown)
            return None

    def reference(self, column: str, sheet: str, key: str, spellings: Mapping[str, str]) -> str:
        """The spelling that the key stands for; a sheet that could not be read whole accuses nobody."""
        if key in spellings:
            return spellings[key]
        if key and sheet in self.known.complete:
            self.fault(column, FaultReason.UNKNOWN_REFERENCE)
        self.ok = False
        return ""

    def municipality(self, column: str) -> str:
        return self.reference(
            column, "kommuner", municipality_key(self.text(column)), self.known.municipalities
        )

    def only(self, column: str, key: object, seen: set[object]) -> None:
        """A fault if the key has been seen in this sheet before."""
        if not key:
            return
        if key in seen:
            self.fault(column, FaultReason.DUPLICATE)
        seen.add(key)


def network_row(row: RowCheck, seen: set[object]) -> NetworkRow | None:
    name, county = row.text("nettverk"), row.text("fylke")
    uh = row.text("uh", required=False).replace(";", ",").split(",")
    row.only("nettverk", network_slug(name), seen)
    names = tuple(part.strip() for part in uh if part.strip())
    return NetworkRow(name=name, county=county, uh=names) if row.ok else None


def municipality_row(row: RowCheck, seen: set[object]) -> MunicipalityRow | None:
    name = row.text("kommune")
    network = row.reference("nettverk", "nettverk", network_slug(row.text("nettverk")), row.known.networks)
    row.only("kommune", municipality_key(name), seen)
    return MunicipalityRow(name=name, network=network) if row.ok else None


def owner_row(row: RowCheck, seen: set[object]) -> OwnerRow | None:
    orgnr, name = row.orgnr("orgnr"), row.text("navn")
    ownership = row.choice("eierform", Ownership, FaultReason.UNKNOWN_OWNERSHIP)
    municipality = row.municipality("kommune")
    row.only("orgnr", orgnr, seen)
    if not row.ok or ownership is None:
        return None
    return OwnerRow(orgnr=orgnr, name=name, ownership=ownership, municipality=municipality)


def kindergarten_row(row: RowCheck, seen: set[object]) -> KindergartenRow | None:
    orgnr, name, municipality = row.orgnr("orgnr"), row.text("navn"), row.municipality("kommune")
    owner = row.reference("eier_orgnr", "eiere", row.orgnr("eier_orgnr"), row.known.owners)
    row.only("orgnr", orgnr, seen)
    if orgnr and orgnr in row.known.owners:
        row.fault("orgnr", FaultReason.ORGNR_OF_OWNER)
    if not row.ok:
        return None
    return KindergartenRow(
        orgnr=orgnr, name=name, municipality=municipality, owner_orgnr=compact_orgnr(owner)
    )


def _spellings(
    sheets: Mapping[str, Sheet], sheet: str, column: str, key: Callable[[str], str]
) -> dict[str, str]:
    rows: Collection[SheetRow] = sheets[sheet].rows if sheet in sheets else ()
    spelled: dict[str, str] = {}
    for row in rows:
        cell = row.cells.get(column, "")
        if cell:
            spelled.setdefault(key(cell), cell)
    return spelled
