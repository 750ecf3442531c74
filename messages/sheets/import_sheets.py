"""The sheets that go with reading needs from Excel: the template, and the rows that must be mended."""

from __future__ import annotations

from collections import defaultdict
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.styles import PatternFill

from domain.needs.form import FieldKind, FormField, needs_form
from domain.needs.sheets.import_file import LooseSheet
from domain.needs.sheets.importing import ImportReading
from messages import words
from messages.sheets.excel import Sheet, heading_of, written
from messages.sheets.import_faults import reason

MENDED = "Hva må rettes"
_PLACE = ("Barnehage", "Org.nr.", "Kommune")
_MUST = PatternFill("solid", fgColor="FFF2CC")


def template() -> bytes:
    """An empty sheet with the form's columns, obligatory ones coloured, and a second one that explains them."""
    form = needs_form()
    core = [f for s in form.core for f in s.fields]
    more = [(s, f) for s in form.steps if s not in form.core for f in s.fields]
    names = {f.id: words.name_of(f) for f in core} | {f.id: heading_of(s, f) for s, f in more}
    fields = [*core, *(f for _, f in more)]
    must = {
        f.id for f in core if not f.optional and not f.show_if and f.id not in ("need", "special", "title")
    }
    guide = [
        [
            "Barnehage",
            "ja",
            "Navnet, eller skriv org.nr. Flere barnehager med samme eier: skill med semikolon.",
        ],
        ["Org.nr.", "", "Ni sifre. Trengs når flere barnehager har samme navn."],
        ["Kommune", "", "Trengs når flere barnehager har samme navn."],
        *([names[f.id], "ja" if f.id in must else "", _explained(f)] for f in fields),
    ]
    content = written(
        [
            Sheet(
                "Behov", [*_PLACE, *names.values()], [], frozenset(names[f.id] for f in fields if f.multiline)
            ),
            Sheet("Veiledning", ["Kolonne", "Må fylles ut", "Slik"], guide, frozenset({"Slik", "Kolonne"})),
        ],
        "Mal for behov: ett behov på hver rad",
    )
    return _coloured(content, {"Barnehage", *(names[i] for i in must)})


def _explained(field: FormField) -> str:
    """What may stand in a column."""
    match field.kind:
        case FieldKind.CHOICE | FieldKind.CHOICES:
            many = f"Inntil {words.number(field.most)}, med semikolon mellom: " if field.most else "Skriv: "
            return many + "; ".join(option.label for option in field.options)
        case FieldKind.COUNT:
            return "Et tall."
        case FieldKind.MONEY:
            return "Hele kroner."
        case FieldKind.SEMESTER:
            return "For eksempel «høsten 2027»."
        case FieldKind.DURATION:
            return "For eksempel «to år» eller «3 semestre»."
        case FieldKind.DATE:
            return "En dato, for eksempel 12.10.2026."
        case _:
            return f"Tekst, høyst {field.max_length} tegn."


def _coloured(content: bytes, names: set[str]) -> bytes:
    book = load_workbook(BytesIO(content))
    for cell in book["Behov"][1]:
        if cell.value in names:
            cell.fill = _MUST
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def faulty(sheet: LooseSheet, reading: ImportReading) -> bytes:
    """The rows that must be mended, as they stood, each with what is wrong in a column of its own."""
    told: dict[int, list[str]] = defaultdict(list)
    for fault in reading.faults:
        told[fault.row].append(f"{fault.column}: {reason(fault)}" if fault.column else reason(fault))
    rows = [row for row in sheet.rows if row.number in told]
    again = [place for place, name in enumerate(sheet.headings) if name != MENDED]
    headings = [MENDED, *(sheet.headings[place] for place in again)]
    lines = [["\n".join(told[row.number]), *(row.cells[place] for place in again)] for row in rows]
    long = {sheet.headings[place] for place in again if any(len(row.cells[place]) > 60 for row in rows)}
    return written([Sheet("Behov", headings, lines, frozenset({MENDED, *long}))], "Rader som må rettes")
