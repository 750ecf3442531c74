"""Files in both directions: the sheet for the staff meeting, attachments, and needs from an Excel sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dialogs.replies.base import Reply
from domain.needs.heads.attachments import Attachment
from domain.needs.sheets.importing import Fault


class FileRefusal(StrEnum):
    """Why a file that somebody sent was not taken."""

    TOO_LARGE = "too_large"
    UNREACHABLE = "unreachable"
    NOT_ALLOWED = "not_allowed"
    TOO_MANY = "too_many"
    EMPTY_FILE = "empty_file"
    WRONG_KIND = "wrong_kind"
    MACROS = "macros"
    OLD_EXCEL = "old_excel"
    NOT_EXCEL = "not_excel"
    BROKEN = "broken"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    NO_ROWS = "no_rows"
    NO_HEADINGS = "no_headings"
    NO_DRAFT = "no_draft"
    SEVERAL_DRAFTS = "several_drafts"
    NOT_A_REPORTER = "not_a_reporter"


@dataclass(frozen=True)
class StaffSheetLink(Reply):
    """The sheet for the staff meeting of one's own kindergarten; `filled` when it holds what the draft has."""

    kindergarten: str
    reply_by: date
    filled: bool
    token: str
    draft: bool = False


@dataclass(frozen=True)
class FileNotTaken(Reply):
    """One file that was not taken, and why."""

    name: str
    why: FileRefusal


@dataclass(frozen=True)
class AttachmentList(Reply):
    """A need's files with a token for each. `added` are those that came now; only a writer may remove."""

    report: int
    title: str | None
    kindergarten: str
    items: tuple[tuple[Attachment, str], ...]
    added: tuple[str, ...] = ()
    may_change: bool = False
    go_on: bool = False


@dataclass(frozen=True)
class EmptySheetLink(Reply):
    """The empty sheet for needs, to be filled in and sent back."""

    token: str


@dataclass(frozen=True)
class AttachmentRemoved(Reply):
    name: str
    left: int


@dataclass(frozen=True)
class ImportRead(Reply):
    """What a sheet holds, before anything is registered. `token` leads to the faulty rows in a sheet."""

    name: str
    rows: int
    ready: int
    already: int
    faulty: int
    faults: tuple[Fault, ...]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    personal: tuple[int, ...]
    version: int
    token: str | None
    tracks = True


@dataclass(frozen=True)
class ImportDone(Reply):
    """How many needs were registered; `again` when the same card had done it before."""

    registered: int
    owners: int
    faulty: int
    token: str | None = None
    again: bool = False
