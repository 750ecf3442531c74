"""Excel files as people make them, and as nobody should."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from openpyxl import Workbook

HEADINGS = (
    "Kommune",
    "Barnehage",
    "Org.nr.",
    "Tema",
    "Behov",
    "Beskrivelse",
    "Mål",
    "Hva skal barna merke?",
    "Hvem var med",
    "Hvordan",
    "Målgruppe",
    "Antall",
    "Oppstart",
    "Varighet",
)
ROW: dict[str, Any] = {
    "Kommune": "Melhus",
    "Barnehage": "Solbakken barnehage",
    "Tema": "Lek, språk",
    "Behov": "Lek som inkluderer alle",
    "Beskrivelse": "Noen barn blir ofte stående utenfor leken.",
    "Mål": "Vi vil bli bedre til å støtte leken.",
    "Hva skal barna merke?": "Alle har noen å leke med.",
    "Hvem var med": "hele personalet",
    "Hvordan": "To personalmøter med gruppearbeid",
    "Målgruppe": "Hele personalet",
    "Antall": 14,
    "Oppstart": "høsten 2027",
    "Varighet": "to år",
}
"""A row in which nothing is wrong."""


def book(*rows: dict[str, Any], headings: tuple[str, ...] = HEADINGS, above: tuple[str, ...] = ()) -> bytes:
    """An .xlsx with these rows; each is ROW with changes."""
    made = Workbook()
    sheet = made.worksheets[0]
    for line in above:
        sheet.append([line])
    sheet.append(headings)
    for changes in rows:
        row = {**ROW, **changes}
        sheet.append([row.get(name) for name in headings])
    return saved(made)


def saved(made: Workbook) -> bytes:
    """A workbook's bytes."""
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def packed(**parts: bytes) -> bytes:
    """A zip of an Office file's outward form; `_` stands for `/` in a part's name, `__` for `.`."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", b"<Types/>")
        for name, content in parts.items():
            package.writestr(name.replace("__", ".").replace("_", "/"), content)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The file with one part more, or another in its place."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, part)
    return out.getvalue()
