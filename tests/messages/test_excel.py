"""The sheet of needs: headings and rows as people read them, nothing that runs, times as in Oslo."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.preview.scene import Scene
from domain.needs.form import needs_form
from domain.needs.models import NeedsReport, OwnersStatus, Source, Status
from domain.needs.overview import Answer
from domain.needs.sheets.excel import OwnersRow, Row, StatusRow
from domain.needs.sheets.excel_scopes import ScopeOfRows
from messages import words
from messages.sheets.excel import ANSWER, SOURCE, status_workbook, workbook
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


def sheet(*rows: Row, kind: ScopeOfRows = ScopeOfRows.OWNER) -> Worksheet:
    """The sheet, read back."""
    book = load_workbook(BytesIO(workbook(rows, "Gauldal", kind)))
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
    names = [words.name_of(field) for step in needs_form().core for field in step.fields]
    assert [cell.value for cell in made[1]][9 : 9 + len(names)] == names
    assert len({cell.value for cell in made[1]}) == made.max_column == 9 + len(needs_form().fields) + 7 + 3
    assert cells(made) | {
        "Nettverk": "Gauldal",
        "Eier": "Melhus kommune",
        "Org.nr.": "102001028",
        "Prioritet": 1,
        "Nummer": "B-2026-0001",
        "Status": "meldt til nettverket",
        "Tema": "Lek og vennskap, Inkluderende praksis og miljø, Språk og kommunikasjon",
        "Start": "høsten 2027",
        "Varighet": "4 semestre (to år)",
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


def answered(**answers: Any) -> NeedsReport:
    """A reported need with these answers as well."""
    report = SCENE.need(Status.REPORTED)
    return report.model_copy(update={"answers": {**report.answers, **answers}})


@pytest.mark.parametrize(
    ("kind", "hidden"),
    [
        (ScopeOfRows.HEAD, {"Eiers vurdering"}),
        (ScopeOfRows.OWNER, set()),
        (ScopeOfRows.NETWORK, {"Melding til eier"}),
        (ScopeOfRows.PARTNER, {"Melding til eier", "Anslag i kroner"}),
    ],
)
def test_each_sees_the_columns_that_are_theirs(kind: ScopeOfRows, hidden: set[str]) -> None:
    """The message to the owner stays with the owner, sums with owner and leadership."""
    report = answered(to_owner="Ring meg.", amount=150_000).model_copy(update={"assessment": "Viktig."})
    made = cells(sheet(row(report), kind=kind))
    private = {"Eiers vurdering": "Viktig.", "Melding til eier": "Ring meg.", "Anslag i kroner": 150_000}
    assert {name: made.get(name) for name in private} == {
        name: None if name in hidden else value for name, value in private.items()
    }
    assert not hidden & made.keys()
    assert ("Ring meg." in made.values()) is ("Melding til eier" not in hidden)


def test_what_others_have_said_of_a_need_stands_beside_it() -> None:
    """State, the kindergarten's own order, the owner's view, the reason, where it came from, what it is part of."""
    changes = {"rank": 2, "assessment": "Viktig.", "comment": "Vent ett år.", "source": Source.ORAL}
    report = SCENE.need(Status.ON_HOLD).model_copy(update=changes)
    made = cells(sheet(row(report, part_of="Felles lek", kindergarten="Solbakken; Bekkefaret")))
    assert (
        made
        | {
            "Status": "satt på vent",
            "Barnehage": "Solbakken; Bekkefaret",
            "Barnehagens rekkefølge": 2,
            "Eiers vurdering": "Viktig.",
            "Begrunnelse": "Vent ett år.",
            "Kilde": "muntlig, skrevet inn for barnehagen",
            "Inngår i felles behov": "Felles lek",
        }
        == made
    )


def test_columns_are_those_of_the_versions_that_occur() -> None:
    """An older need alone has its own version's columns; beside a newer one, all, in the newest order."""
    old = SCENE.need(Status.REPORTED).model_copy(update={"form_version": "2026.1"})
    before = [c.value for c in sheet(row(old))[1]]
    both = [c.value for c in sheet(row(old), row(SCENE.need(Status.REPORTED, 1)))[1]]
    newest = [c.value for c in sheet(row(SCENE.need(Status.REPORTED)))[1]]
    assert len(before) < len(newest)
    assert both == newest
    assert set(before) <= set(newest)


def test_the_owners_reports_are_a_second_sheet() -> None:
    """One a row, with what the owner answered once."""
    sent = SCENE.owners_report(2, status=OwnersStatus.SENT, sent_at=WINTER)
    owners = [OwnersRow(sent, "Melhus kommune", "Gauldal")]
    book = load_workbook(
        BytesIO(workbook([row(SCENE.need(Status.REPORTED))], "x", ScopeOfRows.NETWORK, owners))
    )
    assert book.sheetnames == ["Behov", "Samlede meldinger"]
    made = cells(book["Samlede meldinger"])
    assert (made["Eier"], made["Antall behov"], made["Etter frist"]) == ("Melhus kommune", 2, "nei")
    assert made["Sendt"] == datetime(2027, 1, 1, 0, 30)


def test_the_authority_gets_who_has_answered_and_no_more() -> None:
    """Begun is not answered; nothing of what is written."""
    around = ("102001028", "Melhus", "Melhus kommune", "kommunal", "Gauldal")
    rows = [StatusRow(f"Barnehage {a.value}", *around, a) for a in Answer]
    made = load_workbook(BytesIO(status_workbook(rows, "Melhus"))).worksheets[0]
    assert [c.value for c in made[1]] == [
        "Nettverk",
        "Eier",
        "Eierform",
        "Kommune",
        "Barnehage",
        "Org.nr.",
        "Svar",
    ]
    assert [cells(made, n)["Svar"] for n in range(2, 6)] == [ANSWER[a] for a in Answer]


def test_every_source_and_answer_has_its_words() -> None:
    """A new one cannot be forgotten."""
    assert SOURCE.keys() == set(Source)
    assert ANSWER.keys() == set(Answer)
