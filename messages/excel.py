"""The Excel sheet of needs: one need a row, in Norwegian, safe to open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from domain.clock import OSLO
from domain.needs.excel import Row
from domain.needs.form import needs_form
from messages import words

_BEFORE = ("Nettverk", "Eier", "Eierform", "Kommune", "Barnehage", "Org.nr.", "Prioritet", "Nummer", "Status")
_AFTER = ("Etter frist", "Sendt til eier", "Meldt til nettverket")

_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
_DAY_AND_TIME = "dd.mm.yyyy hh:mm"
_NARROW, _WIDE = 18, 48


def workbook(rows: Sequence[Row], title: str) -> bytes:
    """The bytes of an .xlsx file with a heading row and one row per need."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Behov"
    fields = [f for step in needs_form().steps for f in step.fields]
    sheet.append([*_BEFORE, *(f.label for f in fields), *_AFTER])
    for row in rows:
        sheet.append([_safe(cell) for cell in _cells(row, fields)])
    for line in sheet.iter_rows():
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell, Cell) and cell.is_date:
                cell.number_format = _DAY_AND_TIME
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    widths = [_NARROW] * len(_BEFORE) + [_WIDE if f.multiline else _NARROW for f in fields]
    for column, width in enumerate(widths + [_NARROW] * len(_AFTER), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    book.properties.title = title
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(row: Row, fields: Sequence[Any]) -> list[Any]:
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
        *(words.value(f, report.answers[f.id]) if f.id in report.answers else None for f in fields),
        "ja" if report.late else "nei",
        report.submitted_at.astimezone(OSLO).replace(tzinfo=None) if report.submitted_at else None,
        row.reported_at.astimezone(OSLO).replace(tzinfo=None) if row.reported_at else None,
    ]


def _safe(cell: Any) -> Any:
    """Text without what a sheet cannot hold; what could be taken for a formula gets an apostrophe in front."""
    if not isinstance(cell, str):
        return cell
    text = _NOT_IN_XML.sub("", cell)
    return f"'{text}" if _FORMULA.match(text) else text
