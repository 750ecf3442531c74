"""The sheet of needs: headings and rows as people read them, nothing that runs, times as in Oslo."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.preview.scene import Scene
from domain.needs.excel import Row
from domain.needs.form import needs_form
from domain.needs.models import NeedsReport, Status
from messages.excel import workbook
from tests.messages.looking import TODAY

SCENE = Scene(TODAY)
SUMMER = datetime(2026, 6, 30, 22, 15, tzinfo=UTC)
WINTER = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)


def row(report: NeedsReport, **other: Any) -> Row:
    """A row of the sheet."""
    return Row(
        **{
            "report": report,
            "kindergarten": "Solbakken barnehage",
            "orgnr": "102001028",
            "municipality": "Melhus",
            "owner": "Melhus kommune",
            "ownership": "kommunal",
            "network": "Gauldal",
            "rank": 1,
            "reported_at": WINTER,
            **other,
        }
    )


def sheet(*rows: Row) -> Worksheet:
    """The sheet, read back."""
    book = load_workbook(BytesIO(workbook(rows, "Gauldal")))
    assert book.sheetnames == ["Behov"]
    assert book.properties.title == "Gauldal"
    return book["Behov"]


def cells(made: Worksheet, number: int = 2) -> dict[str, Any]:
    """A row by its headings."""
    return {str(head.value): cell.value for head, cell in zip(made[1], made[number], strict=True)}


def test_one_need_a_row() -> None:
    """Every field of the form has its column, with the words that people read."""
    made = sheet(row(SCENE.need(Status.REPORTED)), row(SCENE.need(Status.REPORTED, 1), rank=2))
    assert made.max_row == 3
    labels = [field.label for step in needs_form().steps for field in step.fields]
    assert [cell.value for cell in made[1]][9:-3] == labels
    assert cells(made) | {
        "Nettverk": "Gauldal",
        "Eier": "Melhus kommune",
        "Org.nr.": "102001028",
        "Prioritet": 1,
        "Nummer": "B-2026-0001",
        "Status": "meldt til nettverket",
        "Tema (inntil tre)": "Lek og vennskap, Inkluderende praksis og miljø, Språk og kommunikasjon",
        "Start (for eksempel høsten 2027)": "høsten 2027",
        "Varighet (for eksempel to år)": "4 semestre (to år)",
        "Navn på behovet": "Lek som inkluderer alle",
        "Etter frist": "nei",
    } == cells(made)
    assert cells(made, 3)["Prioritet"] == 2


def test_what_is_not_answered_is_empty() -> None:
    """A draft has few answers, no number and no times."""
    made = cells(sheet(row(SCENE.need(Status.DRAFT, answered=False), rank=None, reported_at=None)))
    assert made["Status"] == "utkast"
    for empty in ("Prioritet", "Nummer", "Hverdagen i dag", "Sendt til eier", "Meldt til nettverket"):
        assert made[empty] is None


def test_no_needs_is_a_sheet_with_headings() -> None:
    """The link works although there is nothing yet."""
    made = sheet()
    assert made.max_row == 1
    assert made["A1"].value == "Nettverk"


def test_times_are_those_of_oslo() -> None:
    """Summer time in June, and the New Year comes an hour before UTC's."""
    made = sheet(row(SCENE.need(Status.REPORTED, submitted_at=SUMMER, late=True)))
    assert cells(made)["Sendt til eier"] == datetime(2026, 7, 1, 0, 15)
    assert cells(made)["Meldt til nettverket"] == datetime(2027, 1, 1, 0, 30)
    assert cells(made)["Etter frist"] == "ja"
    last = made.cell(2, made.max_column)
    assert last.is_date
    assert last.number_format == "dd.mm.yyyy hh:mm"


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("https://evil.example";"klikk")',
        "+47 900 00 000",
        "-1+1",
        "@SUM(A1)",
        "=1+1",
        "  =1+1",
        "\t=1+1",
        "＝1+1",
    ],
)
def test_no_text_becomes_a_formula(text: str) -> None:
    """What somebody wrote stays text wherever it stands: a need's title or a kindergarten's name."""
    report = SCENE.need(Status.REPORTED)
    report = report.model_copy(update={"answers": {**report.answers, "title": text, "today": text}})
    made = sheet(row(report, kindergarten=text, owner=text))
    for name in ("Navn på behovet", "Hverdagen i dag", "Barnehage", "Eier"):
        cell = next(c for head, c in zip(made[1], made[2], strict=True) if head.value == name)
        assert cell.data_type == "s"
        assert str(cell.value).lstrip()[0] not in "=+-@＝"
        assert text.strip() in str(cell.value)


@pytest.mark.parametrize("text", ["Lek\x00og\x0bspråk", "\ud83d\ude00 er halve tegn", "#N/A", "x" * 40_000])
def test_no_text_breaks_the_sheet(text: str) -> None:
    """Control characters, halves of characters, error names and endless texts."""
    report = SCENE.need(Status.REPORTED)
    report = report.model_copy(update={"answers": {**report.answers, "today": text}})
    cell = cells(sheet(row(report)))["Hverdagen i dag"]
    assert isinstance(cell, str)
    assert len(cell) <= 32_767


def test_the_headings_stay_in_sight() -> None:
    """Frozen, bold and with a filter."""
    made = sheet(row(SCENE.need(Status.REPORTED)))
    assert made.freeze_panes == "A2"
    assert made.auto_filter.ref == made.dimensions
    assert all(cell.font.bold for cell in made[1])
    assert all(made.column_dimensions[cell.column_letter].width >= 18 for cell in made[1])
