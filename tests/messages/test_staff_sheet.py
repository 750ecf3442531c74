"""The sheet for the staff meeting: what stands on it, and that it is one page that everybody can read."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from docx.shared import Pt

from bot.preview.scene import LONG, Scene
from domain.needs.form import needs_form
from domain.needs.heads.staff_sheet import StaffSheet
from messages.heads.staff_sheet import HEADING, LONGEST, NO_NAMES, document
from tests.messages.looking import TODAY

FORM = needs_form()


def sheet(**other: Any) -> StaffSheet:
    """A sheet for Solbakken."""
    values = {
        "kindergarten": "Solbakken barnehage",
        "owner": "Melhus kommune",
        "round_label": "2026/27",
        "reply_by": date(2026, 11, 17),
        "form": FORM,
        **other,
    }
    return StaffSheet(**values)


def read(content: bytes) -> DocxDocument:
    """The document, read back."""
    return Document(BytesIO(content))


def text(made: DocxDocument) -> str:
    """Everything that stands on the page."""
    return "\n".join(p.text for p in (*made.paragraphs, *made.sections[0].footer.paragraphs))


def test_the_questions_that_matter_stand_there() -> None:
    """Kindergarten, date, questions, every theme to tick, lines to write on, no names."""
    made = read(document(sheet()))
    shown = text(made)
    for words in ("Solbakken barnehage", "innen tirsdag 17. november.", NO_NAMES, "Hva skal barna merke?"):
        assert words in shown
    for name in ("themes", "involved", "participants"):
        field = FORM.field(name)
        assert field is not None
        assert all(f"☐ {option.label}" in shown for option in field.options)
    lines = [p for p in made.paragraphs if p._p.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") is not None]
    assert len(lines) == 11
    assert "☒" not in shown


def test_what_the_draft_has_stands_there() -> None:
    """Answers, ticks and numbers; a long answer is cut."""
    answers = {
        "title": "Lek for alle",
        "today": "Noen barn blir stående utenfor. " * 100,
        "themes": ["play"],
        "headcount": 14,
        "start": "H27",
        "duration": 4,
    }
    shown = text(read(document(sheet(answers=answers))))
    for words in ("Lek for alle", "☒ Lek og vennskap", "Antall ansatte: 14", "Start: høsten 2027", "to år"):
        assert words in shown
    assert shown.count("☒") == 1
    assert max(len(line) for line in shown.splitlines()) <= LONGEST


def test_a_screen_reader_finds_its_way() -> None:
    """A title, headings in order, Norwegian, and nothing in tables or pictures."""
    made = read(document(sheet()))
    assert made.core_properties.title == "Ark til personalmøtet – Solbakken barnehage"
    assert made.core_properties.language == "nb-NO"
    styles = [p.style.name for p in made.paragraphs if p.style is not None and p.style.name != "Normal"]
    assert styles == ["Title", *["Heading 1"] * 7]
    assert made.paragraphs[0].text == HEADING
    languages = made.styles.element.findall(f".//{qn('w:lang')}")
    assert "nb-NO" in {one.get(qn("w:val")) for one in languages}
    assert not made.tables
    assert not made.inline_shapes


def _height(made: DocxDocument) -> float:
    """Points that the page's lines take with wide letters; a line holds at least eighty of them."""
    total = 0.0
    for paragraph in made.paragraphs:
        style: Any = paragraph.style
        size = style.font.size or Pt(11)
        own, of_style = paragraph.paragraph_format, style.paragraph_format
        spacing = own.line_spacing
        line = spacing.pt if isinstance(spacing, Pt | int) and spacing and spacing > 100 else size.pt * 1.25
        before = own.space_before if own.space_before is not None else of_style.space_before
        after = own.space_after if own.space_after is not None else of_style.space_after
        room = 80 if "\t" not in paragraph.text else 200
        total += line * max(1, -(-len(paragraph.text) // room)) + (before or Pt(0)).pt + (after or Pt(0)).pt
    return total


@pytest.mark.parametrize("filled", [False, True])
def test_it_is_one_page(filled: bool) -> None:
    """Bare, and with the longest of everything."""
    scene = Scene(TODAY, LONG)
    answers = scene.answers(FORM, everything=True) if filled else {}
    made = read(document(sheet(kindergarten=scene.kindergarten().name, answers=answers)))
    section = made.sections[0]
    width, height = section.page_width, section.page_height
    assert width is not None
    assert height is not None
    assert (round(width.mm), round(height.mm)) == (210, 297)
    assert _height(made) < (297 - 28) / 25.4 * 72
