"""The Excel sheet of needs: one need a row, in Norwegian, safe to open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from domain.clock import OSLO
from domain.needs.form import Answers, FieldKind, FormField, Step, needs_form, owners_form
from domain.needs.models import Source
from domain.needs.overview import Answer
from domain.needs.sheets.excel import OwnersRow, Row, StatusRow
from domain.needs.sheets.excel_columns import Column, columns
from domain.needs.sheets.excel_scopes import ScopeOfRows
from messages import words

_BEFORE = ("Nettverk", "Eier", "Eierform", "Kommune", "Barnehage", "Org.nr.", "Prioritet", "Nummer", "Status")
_AFTER = ("Etter frist", "Sendt til eier", "Meldt til nettverket")
_OWNERS = ("Nettverk", "Eier", "Nummer", "Antall behov", "Sendt", "Etter frist")
_STATUS = ("Nettverk", "Eier", "Eierform", "Kommune", "Barnehage", "Org.nr.", "Svar")

SOURCE = {
    Source.BOT: "styrer i Rekompis",
    Source.ORAL: "muntlig, skrevet inn for barnehagen",
    Source.EMAIL: "e-post, skrevet inn for barnehagen",
    Source.EXCEL: "Excel, lest inn for barnehagen",
    Source.OWNER: "eier, for flere barnehager",
}
ANSWER = {
    Answer.NEED: "har behov",
    Answer.NO_NEED: "ingen behov i år",
    Answer.BEGUN: "ikke svart",
    Answer.NONE: "ikke svart",
}

_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
_DAY_AND_TIME = "dd.mm.yyyy hh:mm"
_NARROW, _WIDE = 18, 48


@dataclass(frozen=True)
class Sheet:
    """What one sheet of a workbook holds; a wide column is for whole texts."""

    name: str
    headings: Sequence[str]
    lines: Sequence[Sequence[Any]]
    wide: frozenset[str] = frozenset()


def workbook(
    rows: Sequence[Row],
    title: str,
    kind: ScopeOfRows = ScopeOfRows.OWNER,
    owners: Sequence[OwnersRow] = (),
) -> bytes:
    """The bytes of an .xlsx file with a heading row and one row per need; the owners' reports in a second sheet."""
    sheets = [_needs(rows, kind)]
    if owners:
        sheets.append(_owners(owners))
    return written(sheets, title)


def _needs(rows: Sequence[Row], kind: ScopeOfRows) -> Sheet:
    shown = columns([row.report for row in rows], kind)
    around = _around(kind)
    headings = [*_BEFORE, *(heading(c) for c in shown), *(name for name, _ in around), *_AFTER]
    lines = [
        [*_first(row), *_answers(row, shown), *(of(row) for _, of in around), *_last(row)] for row in rows
    ]
    wide = {heading(c) for c in shown if c.field.multiline} | {"Eiers vurdering", "Begrunnelse"}
    return Sheet("Behov", headings, lines, frozenset(wide))


def _owners(rows: Sequence[OwnersRow]) -> Sheet:
    """Everything an owner has answered once for all its needs; the order is that of the first sheet."""
    fields = [f for step in owners_form().steps for f in step.fields if f.kind is not FieldKind.RANKING]
    headings = [*_OWNERS, *(words.name_of(f) for f in fields)]
    lines = [
        [
            row.network,
            row.owner,
            row.report.number,
            len(row.report.report_ids),
            _in_oslo(row.report.sent_at),
            "ja" if row.report.late else "nei",
            *_values(fields, row.report.answers),
        ]
        for row in rows
    ]
    wide = frozenset(words.name_of(f) for f in fields if f.multiline)
    return Sheet("Samlede meldinger", headings, lines, wide)


def status_workbook(rows: Sequence[StatusRow], title: str) -> bytes:
    """The bytes of an .xlsx file with who has answered, and nothing of what they have written."""
    lines = [
        [r.network, r.owner, r.ownership, r.municipality, r.kindergarten, r.orgnr, ANSWER[r.answer]]
        for r in rows
    ]
    return written([Sheet("Status", _STATUS, lines)], title)


def heading(column: Column) -> str:
    """A field's heading; the further questions' fields bear their question's name too, where it says more."""
    return heading_of(column.step, column.field)


def heading_of(step: Step, field: FormField) -> str:
    """The heading of a step's field."""
    name = words.name_of(field)
    if not step.more or not step.short or step.short.casefold() in name.casefold():
        return name
    return f"{step.short}: {name}"


def written(sheets: Sequence[Sheet], title: str) -> bytes:
    """A workbook of these sheets: bold headings that stay in sight, wrapped text, nothing that runs."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet)
    book.properties.title = title
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write(made: Worksheet, sheet: Sheet) -> None:
    made.append([_safe(text) for text in sheet.headings])
    for line in sheet.lines:
        made.append([_safe(cell) for cell in line])
    for row in made.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell, Cell) and cell.is_date:
                cell.number_format = _DAY_AND_TIME
    for cell in made[1]:
        cell.font = Font(bold=True)
    for number, name in enumerate(sheet.headings, 1):
        made.column_dimensions[get_column_letter(number)].width = _WIDE if name in sheet.wide else _NARROW
    made.freeze_panes = "A2"
    made.auto_filter.ref = made.dimensions


def _first(row: Row) -> list[Any]:
    report = row.report
    return [
        row.network,
        row.owner,
        row.ownership,
        row.municipality,
        row.kindergarten,
        row.orgnr,
        row.rank,
        report.number,
        words.STATUS[report.status],
    ]


def _answers(row: Row, shown: Sequence[Column]) -> list[Any]:
    form = needs_form(row.report.form_version)
    return _values([form.field(c.field.id) or c.field for c in shown], row.report.answers)


def _values(fields: Sequence[FormField], given: Answers) -> list[Any]:
    """The answers as people read them; a number stays one, so that a sheet can add it up."""
    numbers = (FieldKind.COUNT, FieldKind.MONEY)
    return [
        None if f.id not in given else given[f.id] if f.kind in numbers else words.value(f, given[f.id])
        for f in fields
    ]


def _around(kind: ScopeOfRows) -> list[tuple[str, Any]]:
    """What others have said of the need; the owner's view is for the owner and the network."""
    found = [
        ("Barnehagens rekkefølge", lambda row: row.report.rank),
        ("Eiers vurdering", lambda row: row.report.assessment),
        ("Begrunnelse", lambda row: row.report.comment),
        (
            "Vedtatt",
            lambda row: row.report.decided_on.strftime("%d.%m.%Y") if row.report.decided_on else None,
        ),
        ("Kilde", lambda row: SOURCE[row.report.source]),
        ("Inngår i felles behov", lambda row: row.part_of),
        ("Versjon", lambda row: row.report.revision or None),
    ]
    return [c for c in found if kind is not ScopeOfRows.HEAD or c[0] != "Eiers vurdering"]


def _last(row: Row) -> list[Any]:
    return [
        "ja" if row.report.late else "nei",
        _in_oslo(row.report.submitted_at),
        _in_oslo(row.reported_at),
    ]


def _in_oslo(moment: datetime | None) -> datetime | None:
    return moment.astimezone(OSLO).replace(tzinfo=None) if moment else None


def _safe(cell: Any) -> Any:
    """Text without what a sheet cannot hold; what could be taken for a formula gets an apostrophe in front."""
    if not isinstance(cell, str):
        return cell
    text = _NOT_IN_XML.sub("", cell)
    return f"'{text}" if _FORMULA.match(text) else text
