"""What can be wrong with a register file, and where."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.errors import DomainError


class FaultReason(StrEnum):
    """Why a file, a sheet, a row or a cell cannot be taken in."""

    NO_FILE = "no_file"
    UNKNOWN_FILE_TYPE = "unknown_file_type"
    UNREADABLE = "unreadable"
    NOT_UTF8 = "not_utf8"
    MISSING_SHEET = "missing_sheet"
    EMPTY_SHEET = "empty_sheet"
    MISSING_COLUMN = "missing_column"
    DUPLICATE_COLUMN = "duplicate_column"
    EXTRA_CELL = "extra_cell"
    NOT_TEXT = "not_text"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    INVALID_ORGNR = "invalid_orgnr"
    INVALID_EMAIL = "invalid_email"
    UNKNOWN_OWNERSHIP = "unknown_ownership"
    UNKNOWN_ROLE = "unknown_role"
    UNKNOWN_REFERENCE = "unknown_reference"
    WRONG_SCOPE = "wrong_scope"
    DUPLICATE = "duplicate"
    ORGNR_OF_OWNER = "orgnr_of_owner"
    TWO_NAMES = "two_names"


class Fault(BaseModel):
    """One fault; `row` counts as a spreadsheet does (the heading is row 1), None where it has no place."""

    model_config = ConfigDict(frozen=True)

    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    reason: FaultReason
    value: str = ""


class FaultyRegister(DomainError):
    """The file cannot be taken in; all its faults, in the order of the sheets."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(*faults)
        self.faults = faults
