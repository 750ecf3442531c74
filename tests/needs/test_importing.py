"""Needs from a sheet with one need in each row: what is understood, what is named as faulty, what is refused."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from domain.needs.form import FormField, needs_form
from domain.needs.models import NeedsReport, Source, Status
from domain.needs.reading import Problem, ProblemKind
from domain.needs.sheets import importing
from domain.needs.sheets.excel import rows
from domain.needs.sheets.excel_scopes import RowScope, ScopeOfRows
from domain.needs.sheets.import_file import LARGEST, MOST_ROWS, FileFault, UnreadableFile
from domain.needs.sheets.import_headings import columns
from domain.needs.sheets.importing import ImportReading, RowFault
from domain.ports import UnitOfWork
from domain.register.files import FaultyRegister, read_register
from messages.sheets.excel import workbook
from messages.sheets.import_sheets import MENDED, faulty, template
from tests.needs.sheets import HEADINGS, ROW, book, packed, saved, with_part
from tests.needs.town import NOW, Town

LEADER = "Ingrid Moen"


def judged(town: Town, uow: UnitOfWork, content: bytes, who: str = LEADER) -> ImportReading:
    return importing.judge(uow, town.people[who], importing.read(content), NOW)


def registered(town: Town, uow: UnitOfWork, content: bytes, who: str = LEADER) -> list[NeedsReport]:
    return importing.register(uow, town.people[who], judged(town, uow, content, who), NOW)


def test_a_whole_row_becomes_a_need_at_its_owner(town: Town, work: UnitOfWork) -> None:
    """Every answer read as the form reads it, sent by the one who registers, with its source and trace."""
    (need,) = registered(town, work, book({}))
    assert (need.status, need.source) == (Status.SENT_TO_OWNER, Source.EXCEL)
    assert need.kindergarten_id == town.places["Solbakken"].id
    assert need.answers == {
        "need": "new",
        "themes": ["play", "language"],
        "title": "Lek som inkluderer alle",
        "today": ROW["Beskrivelse"],
        "better": ROW["Mål"],
        "children": ROW["Hva skal barna merke?"],
        "involved": ["everyone"],
        "how": ROW["Hvordan"],
        "participants": "everyone",
        "headcount": 14,
        "start": "H27",
        "duration": 4,
        "special": ["unknown"],
    }
    trace = work.audit.of("needs_report", need.id)
    assert (trace[0].role, trace[0].after, trace[0].note) == ("leder", "utkast", "excel")
    assert trace[-1].after == "sendt_til_eier"
    assert "need_arrived" in town.waiting(work, "Per Aune")


def test_the_same_file_twice_doubles_nothing(town: Town, work: UnitOfWork) -> None:
    """A need is known by kindergarten, name and round, however its name is spelled out."""
    content = book({}, {"Barnehage": "Bekkefaret"})
    assert len(registered(town, work, content)) == 2
    again = judged(town, work, book({"Behov": "lek som INKLUDERER alle!"}, {"Barnehage": "Bekkefaret"}))
    assert (again.ready, again.already, again.faults) == ((), (2, 3), ())


def test_half_a_row_is_never_registered(town: Town, work: UnitOfWork) -> None:
    """The good ones go in; of the faulty ones nothing is stored, and each fault is named at once."""
    content = book({}, {"Barnehage": "Bekkefaret", "Antall": "mange", "Beskrivelse": "", "Mål": None})
    reading = judged(town, work, content)
    assert [(f.row, f.column) for f in reading.faults] == [(3, "Antall"), (3, "Beskrivelse"), (3, "Mål")]
    assert (reading.rows, len(reading.ready), reading.faulty) == (2, 1, (3,))
    importing.register(work, town.people[LEADER], reading, NOW)
    assert work.needs.of_kindergarten(town.places["Bekkefaret"].id, _round(town, work)) == []


def _round(town: Town, uow: UnitOfWork) -> int:
    current = uow.rounds.current(town.networks["Gauldal"].id, NOW.date())
    assert current is not None
    return current.id


@pytest.mark.parametrize(
    ("changes", "column", "reason"),
    [
        ({"Barnehage": ""}, "Org.nr.", RowFault.NO_PLACE),
        ({"Barnehage": "Sølvbekken barnehage"}, "Barnehage", RowFault.UNKNOWN_PLACE),
        ({"Org.nr.": "123"}, "Org.nr.", RowFault.BAD_ORGNR),
        ({"Org.nr.": "000000000"}, "Org.nr.", RowFault.BAD_ORGNR),
        ({"Org.nr.": "101001016", "Barnehage": ""}, "Org.nr.", RowFault.OWNER_NOT_PLACE),
        ({"Org.nr.": "102001036"}, "Org.nr.", RowFault.TWO_NAMES),
        ({"Barnehage": "Solbakken; Furukollen"}, "Barnehage", RowFault.DIFFERENT_OWNERS),
        ({"Tema": None}, "Tema", RowFault.MISSING),
        ({"Hvem var med": "styrer"}, "Hvem var med", RowFault.ONLY_HEAD),
    ],
)
def test_what_is_wrong_with_a_row(
    town: Town, work: UnitOfWork, changes: dict[str, Any], column: str, reason: RowFault
) -> None:
    """Each fault with the column as it is called in the file."""
    (fault,) = judged(town, work, book(changes)).faults
    assert fault.reason is reason
    assert fault.row == 2
    assert fault.column in (column, "Barnehage")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"Antall": "mange"}, ProblemKind.NOT_A_COUNT),
        ({"Antall": 4000}, ProblemKind.OUT_OF_RANGE),
        ({"Tema": "fiske"}, ProblemKind.UNKNOWN_CHOICE),
        ({"Tema": "lek; språk; ledelse; overganger"}, ProblemKind.TOO_MANY),
        ({"Oppstart": "når det passer"}, ProblemKind.NOT_A_TIME),
        ({"Varighet": "lenge"}, ProblemKind.NOT_A_DURATION),
        ({"Beskrivelse": "x" * 20_000}, ProblemKind.TOO_LONG),
        ({"Beskrivelse": "12345"}, ProblemKind.ONLY_NUMBER),
        ({"Behov": "😀😀"}, ProblemKind.NO_WORDS),
    ],
)
def test_an_answer_that_cannot_be_read(
    town: Town, work: UnitOfWork, changes: dict[str, Any], kind: ProblemKind
) -> None:
    """The form's own reading says why."""
    (fault,) = judged(town, work, book(changes)).faults
    assert isinstance(fault.reason, Problem)
    assert fault.reason.kind is kind
    assert fault.column == next(iter(changes))


def test_a_name_that_is_spelled_wrongly_is_asked_about(town: Town, work: UnitOfWork) -> None:
    """Nothing is guessed: the need of one is not given to another."""
    (fault,) = judged(town, work, book({"Barnehage": "Tirilstian bhg"})).faults
    assert fault.near[0] == "Tirilstien barnehage"


def test_two_rows_with_one_name_are_one_too_many(town: Town, work: UnitOfWork) -> None:
    """The first is taken, the second named."""
    reading = judged(town, work, book({}, {}))
    assert [r.row for r in reading.ready] == [2]
    assert [(f.row, f.reason) for f in reading.faults] == [(3, RowFault.TWICE)]


def test_several_kindergartens_of_one_owner_have_one_need_in_common(town: Town, work: UnitOfWork) -> None:
    """As the owner may write it once for all."""
    (need,) = registered(town, work, book({"Barnehage": "Solbakken barnehage; Bekkefaret"}), "Per Aune")
    assert need.kindergartens == (town.places["Solbakken"].id, town.places["Bekkefaret"].id)


@pytest.mark.parametrize("who", ["Kari Nordli", "Ola Fossen", "Randi Bones"])
def test_nobody_registers_for_others_kindergartens(town: Town, work: UnitOfWork, who: str) -> None:
    """Head, another network's leader, another owner: by name or by number, the kindergarten is not theirs."""
    by_name = judged(town, work, book({}), who)
    by_number = judged(town, work, book({"Org.nr.": "102001028"}), who)
    assert (by_name.ready, by_number.ready) == ((), ())
    assert by_number.faults[0].reason is RowFault.NOT_ALLOWED


@pytest.mark.parametrize(
    "headings",
    [
        tuple(h.upper() for h in HEADINGS),
        tuple(f" {h} * " for h in HEADINGS),
        tuple({"Behov": "Tittel", "Beskrivelse": "Behov"}.get(h, h) for h in HEADINGS),
        tuple({"Beskrivelse": "Behovsbeskrivelse", "Målgruppe": "Hvem"}.get(h, h) for h in HEADINGS),
        tuple(
            {"Mål": "Målsetting", "Antall": "Antall ansatte", "Oppstart": "Start"}.get(h, h) for h in HEADINGS
        ),
        tuple(
            {"Hvem var med": "Hvem", "Målgruppe": "Målgruppe (hvem skal delta)"}.get(h, h) for h in HEADINGS
        ),
    ],
)
def test_headings_as_people_write_them(town: Town, work: UnitOfWork, headings: tuple[str, ...]) -> None:
    """Case, stars, other words, and words that mean the one thing or the other."""
    values = [ROW.get(name) for name in HEADINGS]
    made = Workbook()
    made.worksheets[0].append(["Behovsmeldinger 2026/27"])
    made.worksheets[0].append([])
    made.worksheets[0].append(headings)
    made.worksheets[0].append(values)
    reading = judged(town, work, saved(made))
    assert reading.faults == ()
    (row,) = reading.ready
    assert row.row == 4
    assert (row.answers["title"], row.answers["today"]) == (ROW["Behov"], ROW["Beskrivelse"])
    assert (row.answers["participants"], row.answers["involved"]) == ("everyone", ["everyone"])


def test_cells_are_read_as_they_look(town: Town, work: UnitOfWork) -> None:
    """Dates, whole numbers with decimals, spaces that do not break."""
    changes = {"Oppstart": datetime(2027, 8, 15), "Antall": 14.0, "Org.nr.": "102 001 028"}
    (row,) = judged(town, work, book(changes)).ready
    assert (row.answers["start"], row.answers["headcount"]) == ("H27", 14)


def test_a_title_that_is_missing_is_made_from_the_themes(town: Town, work: UnitOfWork) -> None:
    """As in the chat."""
    (row,) = judged(town, work, book({"Behov": ""})).ready
    assert row.answers["title"] == "Lek og vennskap, språk og kommunikasjon"


def test_columns_that_are_missing_or_unknown_are_named(town: Town, work: UnitOfWork) -> None:
    """Once for the whole sheet."""
    headings = (*(h for h in HEADINGS if h != "Hvordan"), "Merknad", "Fargekode")
    reading = judged(town, work, book({}, headings=headings))
    assert (reading.missing, reading.unknown) == (("how",), ("Fargekode",))


def test_what_may_point_to_a_person_is_pointed_out(town: Town, work: UnitOfWork) -> None:
    """Registered all the same, when somebody has looked."""
    (row,) = judged(town, work, book({"Beskrivelse": "Ring meg på 912 34 567 om dette."})).ready
    assert row.personal


def test_merged_cells_are_explained(town: Town, work: UnitOfWork) -> None:
    """A name over several rows stands in the first of them only."""
    made = load_workbook(BytesIO(book({}, {"Behov": "Språk", "Barnehage": None})))
    made.worksheets[0].merge_cells("B2:B3")
    (fault,) = judged(town, work, saved(made)).faults
    assert (fault.row, fault.reason) == (3, RowFault.MERGED)


def test_a_formula_gives_its_value_and_is_never_run(town: Town, work: UnitOfWork) -> None:
    """One that Excel has not worked out is an empty cell; a text that looks like one stays a text."""
    (fault,) = judged(town, work, book({"Beskrivelse": "=1+1"})).faults
    assert fault.reason is RowFault.MISSING
    made = load_workbook(BytesIO(book({})))
    cell = made.worksheets[0]["F2"]
    cell.value = "=HYPERLINK(1) er et behov"
    cell.data_type = "s"
    (need,) = registered(town, work, saved(made))
    sheet = workbook(rows(work, town.people["Per Aune"], _owner(town, work), NOW), "x")
    shown = [c.value for c in load_workbook(BytesIO(sheet)).worksheets[0][2]]
    assert need.answers["today"] == "=HYPERLINK(1) er et behov"
    assert "'=HYPERLINK(1) er et behov" in shown


def _owner(town: Town, uow: UnitOfWork) -> RowScope:
    return RowScope(ScopeOfRows.OWNER, (town.places["Solbakken"].owner_id,), "Melhus kommune")


def test_what_goes_out_can_come_in_again(town: Town, work: UnitOfWork) -> None:
    """The sheet of needs has the columns that are read: everything in it is known to be there."""
    registered(town, work, book({}, {"Barnehage": "Solbakken barnehage; Bekkefaret", "Behov": "Felles"}))
    content = workbook(rows(work, town.people["Per Aune"], _owner(town, work), NOW), "Melhus")
    again = judged(town, work, content)
    assert (again.rows, again.already, again.faults, again.unknown) == (2, (2, 3), (), ())


def test_the_template_can_be_filled_in(town: Town, work: UnitOfWork) -> None:
    """Each of its columns is read, and none is missing; the explanation is not taken for needs."""
    with pytest.raises(UnreadableFile) as empty:
        importing.read(template())
    assert empty.value.fault is FileFault.NO_ROWS
    made = load_workbook(BytesIO(template()))
    sheet = made["Behov"]
    names = [str(c.value) for c in sheet[1]]
    assert list(columns(names)) == ["kindergarten", "orgnr", "municipality", *(f.id for f in _in_order())]
    filled = {
        "Barnehage": "Solbakken barnehage",
        "Tema": "Lek og vennskap",
        "Hverdagen i dag": ROW["Beskrivelse"],
        "Dette vil vi bli bedre til": ROW["Mål"],
        "Dette skal barna merke": ROW["Hva skal barna merke?"],
        "Hvem var med": "Hele personalet",
        "Hvordan var de med": ROW["Hvordan"],
        "Hvem skal delta": "Hele personalet",
        "Omtrent hvor mange ansatte": 14,
        "Start": "H27",
        "Varighet": "4 semestre",
        "Melding til eier": "Ring gjerne.",
    }
    sheet.append([filled.get(name) for name in names])
    reading = judged(town, work, saved(made))
    assert (reading.faults, reading.missing, reading.unknown) == ((), (), ())
    assert reading.ready[0].answers["to_owner"] == "Ring gjerne."


def _in_order() -> list[FormField]:
    """The form's fields, core first, as the template has them."""
    form = needs_form()
    return [f for more in (False, True) for s in form.steps if s.more is more for f in s.fields]


def test_the_faulty_rows_come_back_and_can_be_mended(town: Town, work: UnitOfWork) -> None:
    """All faults of a row in its first cell; mended and sent again, the row is whole."""
    content = book({}, {"Barnehage": "Bekkefaret", "Antall": "mange", "Varighet": ""})
    sheet = importing.read(content)
    returned = faulty(sheet, importing.judge(work, town.people[LEADER], sheet, NOW))
    made = load_workbook(BytesIO(returned))
    (heads, row) = made.worksheets[0].iter_rows(values_only=True)
    assert heads == (MENDED, *HEADINGS)
    assert row[0] == "Antall: Skriv et tall, for eksempel 12.\nVarighet: Mangler svar."
    made.worksheets[0].cell(2, heads.index("Antall") + 1).value = 12
    made.worksheets[0].cell(2, heads.index("Varighet") + 1).value = "ett år"
    reading = judged(town, work, saved(made))
    assert (len(reading.ready), reading.faults, reading.unknown) == (1, (), ())


def _bomb() -> bytes:
    return with_part(book({}), "xl/media/stor.bin", b"\0" * (30 * 1024 * 1024))


def _entities() -> bytes:
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet>&a;</worksheet>'
    return with_part(book({}), "xl/worksheets/sheet1.xml", laughs)


def _wide() -> bytes:
    made = Workbook()
    made.worksheets[0].append(["Barnehage", "Tema", *[f"K{n}" for n in range(300)]])
    return saved(made)


HOSTILE: dict[str, tuple[Callable[[], bytes], FileFault]] = {
    "empty": (lambda: b"", FileFault.EMPTY_FILE),
    "fifty megabytes": (lambda: b"PK\x03\x04" + b"\0" * (50 * 1024 * 1024), FileFault.TOO_LARGE),
    "a little too large": (lambda: b"x" * (LARGEST + 1), FileFault.TOO_LARGE),
    "text": (lambda: b"Barnehage;Tema\n", FileFault.NOT_EXCEL),
    "pdf": (lambda: b"%PDF-1.7 ...", FileFault.NOT_EXCEL),
    "old or locked": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, FileFault.OLD_EXCEL),
    "half a zip": (lambda: book({})[:2000], FileFault.NOT_EXCEL),
    "a zip of nothing": (lambda: packed(), FileFault.NOT_EXCEL),
    "word": (lambda: packed(word_document__xml=b"<x/>"), FileFault.NOT_EXCEL),
    "macros": (lambda: with_part(book({}), "xl/vbaProject.bin", b"x"), FileFault.MACROS),
    "a zip bomb": (_bomb, FileFault.TOO_LARGE),
    "entities": (_entities, FileFault.BROKEN),
    "broken xml": (lambda: with_part(book({}), "xl/worksheets/sheet1.xml", b"<worksheet"), FileFault.BROKEN),
    "no workbook in it": (lambda: with_part(book({}), "xl/workbook.xml", b"<x/>"), FileFault.BROKEN),
    "ten thousand rows": (
        lambda: book(*[{}] * 10_000, headings=("Barnehage", "Tema")),
        FileFault.TOO_MANY_ROWS,
    ),
    "a row too many": (
        lambda: book(*[{}] * (MOST_ROWS + 1), headings=("Barnehage", "Tema")),
        FileFault.TOO_MANY_ROWS,
    ),
    "too wide": (_wide, FileFault.TOO_MANY_COLUMNS),
    "no rows": (lambda: book(), FileFault.NO_ROWS),
    "an empty sheet": (lambda: saved(Workbook()), FileFault.NO_ROWS),
    "other headings": (lambda: book({}, headings=("Navn", "Adresse")), FileFault.NO_HEADINGS),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(name: str) -> None:
    """Quickly, and without anything but the refusal."""
    make, fault = HOSTILE[name]
    content = make()
    begun = time.process_time()
    with pytest.raises(UnreadableFile) as refused:
        importing.read(content)
    assert refused.value.fault is fault
    assert time.process_time() - begun < 5


def test_a_cell_far_away_costs_nothing() -> None:
    """A mark in the last row that a sheet can have: what lies between is not made up."""
    made = load_workbook(BytesIO(book({})))
    made.worksheets[0].cell(1_048_576, 1).value = "x"
    begun = time.process_time()
    assert len(importing.read(saved(made)).rows) == 2
    assert time.process_time() - begun < 30


def test_the_most_rows_are_judged_quickly(town: Town, work: UnitOfWork) -> None:
    """A whole county's, within a turn."""
    sheet = importing.read(book(*[{"Behov": f"Behov {chr(65 + n % 26)}{n}"} for n in range(MOST_ROWS)]))
    begun = time.process_time()
    assert len(importing.judge(work, town.people[LEADER], sheet, NOW).ready) == MOST_ROWS
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
def test_a_broken_part_is_a_broken_file_whoever_reads_it(tmp_path: Path, part: str) -> None:
    """Needs and register alike: openpyxl has another parser where lxml is installed."""
    content = with_part(book({}), part, b"<x")
    with pytest.raises(UnreadableFile):
        importing.read(content)
    (tmp_path / "register.xlsx").write_bytes(content)
    with pytest.raises(FaultyRegister):
        read_register(tmp_path / "register.xlsx")
