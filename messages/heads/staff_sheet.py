"""The sheet for the staff meeting: one printable A4 page (.docx) to talk from and write on."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from domain.needs.form import FormField
from domain.needs.heads.staff_sheet import StaffSheet
from messages import cards, words

HEADING = "Hva trenger vi å bli bedre på?"
NO_NAMES = "Ikke skriv navn på barn eller ansatte."
LONGEST = 300
"""Characters of an answer that is there already: more would not leave the page one page."""

_FONT = "Calibri"
_MARGIN, _TEXT_WIDTH = Mm(18), 210 - 36
_EMPTY, _TICKED = "☐", "☒"
_QUESTIONS = (
    ("today", "Hva ser vi i hverdagen som gjør at vi trenger dette?", 4),
    ("better", "Hva vil vi bli bedre til?", 4),
    ("children", "Hva skal barna merke?", 3),
)
_FIXED = datetime(2000, 1, 1, tzinfo=UTC)


def document(sheet: StaffSheet) -> bytes:
    """The bytes of the .docx; the same content gives the same page."""
    made = Document()
    _lay_out(made, sheet)
    made.add_heading(HEADING, level=0)
    _about(made, sheet)
    number = 0
    for number, (field_id, question, lines) in enumerate(_QUESTIONS, 1):
        made.add_heading(f"{number}. {question}", level=1)
        _answer(made, sheet.answers.get(field_id), lines)
    for field_id, question, columns in (
        ("themes", "Hva handler det om? Kryss av for inntil tre.", 2),
        ("involved", "Hvem har vært med på å finne behovet?", 3),
        ("participants", "Hvem skal delta?", 2),
    ):
        field = sheet.form.field(field_id)
        if field is not None:
            number += 1
            made.add_heading(f"{number}. {question}", level=1)
            _ticks(made, field, sheet.answers.get(field_id), columns)
    made.add_heading(f"{number + 1}. Hvor mange, når og hvor lenge?", level=1)
    _numbers(made, sheet)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _lay_out(made: DocxDocument, sheet: StaffSheet) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = Mm(14)
    section.footer_distance = Mm(7)
    properties = made.core_properties
    properties.title = f"Ark til personalmøtet – {sheet.kindergarten}"
    properties.language = "nb-NO"
    properties.author = "Rekompis"
    properties.comments = ""
    properties.created = properties.modified = _FIXED
    for name, size, before, after in (
        ("Normal", 11, 0, 2),
        ("Title", 22, 0, 2),
        ("Heading 1", 12.5, 8, 1),
        ("Footer", 9.5, 0, 0),
    ):
        style: Any = made.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.0
        _say_language(style)
    _without_line(made.styles["Title"])
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{NO_NAMES} Behov {sheet.round_label}. Arket er laget av Rekompis.")


def _say_language(style: Any) -> None:
    """Norwegian, also for a screen reader; and our font instead of the template's theme."""
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in [key for key in fonts.attrib if key.endswith("Theme")]:
        del fonts.attrib[name]
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), _FONT)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "nb-NO")
    properties.append(language)


def _without_line(style: Any) -> None:
    for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        border.getparent().remove(border)


def _about(made: DocxDocument, sheet: StaffSheet) -> None:
    title = sheet.answers.get("title")
    first = made.add_paragraph()
    first.add_run(cards.cut(sheet.kindergarten, 90)).bold = True
    if title:
        first.add_run(f" · {cards.cut(str(title), 80)}")
    told = made.add_paragraph("Skriv stikkord sammen. Styrer legger dem inn i Teams innen ")
    told.add_run(f"{words.day(sheet.reply_by)}.").bold = True
    if any(sheet.answers.get(field_id) for field_id, _, _ in _QUESTIONS):
        told.add_run(" Det som er skrevet fra før, står her. Rett det gjerne.")
    made.add_paragraph().add_run(NO_NAMES).bold = True


def _answer(made: DocxDocument, given: Any, lines: int) -> None:
    if given:
        made.add_paragraph(cards.cut(str(given), LONGEST))
        lines = 1
    for _ in range(lines):
        _line(made.add_paragraph())


def _line(paragraph: Paragraph) -> None:
    """A line to write on: high enough for handwriting."""
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(0), Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(22)
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    between = OxmlElement("w:between")
    for border in (bottom, between):
        for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "7F7F7F")):
            border.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    borders.append(between)
    paragraph._p.get_or_add_pPr().append(borders)


def _ticks(made: DocxDocument, field: FormField, given: Any, columns: int) -> None:
    chosen = set(given if isinstance(given, list) else [given])
    shown = [f"{_TICKED if o.value in chosen else _EMPTY} {o.label}" for o in field.options]
    for start in range(0, len(shown), columns):
        paragraph = made.add_paragraph("\t".join(shown[start : start + columns]))
        paragraph.paragraph_format.space_after = Pt(1)
        for column in range(1, columns):
            stop = Mm(_TEXT_WIDTH * column / columns)
            paragraph.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.LEFT)


def _numbers(made: DocxDocument, sheet: StaffSheet) -> None:
    """Three short answers on one line."""
    parts = []
    for name, field_id in (("Antall ansatte", "headcount"), ("Start", "start"), ("Varighet", "duration")):
        field = sheet.form.field(field_id)
        given = sheet.answers.get(field_id)
        value = words.value(field, given) if field is not None and given is not None else "_" * 14
        parts.append(f"{name}: {value}")
    paragraph = made.add_paragraph("\t".join(parts))
    paragraph.paragraph_format.space_before = Pt(6)
    for column in (1, 2):
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(_TEXT_WIDTH * column / 3))
