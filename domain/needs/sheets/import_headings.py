"""What the columns of a sheet of needs are called, and what each of them holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from domain.data import packaged_yaml
from domain.needs.form import needs_form

PLACE: Final = ("kindergarten", "orgnr", "municipality", "owner")
"""Columns that say whose the need is."""


@cache
def _aliases() -> dict[str, Any]:
    found: dict[str, Any] = packaged_yaml(__package__, "import_columns.yaml")
    return found


@cache
def known_headings() -> dict[str, str]:
    """Every heading that is known, bare, and what it stands for: a place column or a field of the form."""
    known: dict[str, str] = {}
    for step in needs_form().steps:
        for one in step.fields:
            for text in (one.label, one.label.split(" (")[0], one.ask or "", f"{step.short}: {one.label}"):
                known.setdefault(bare(text), one.id)
    data = _aliases()
    for group in (data["fields"], data["place"]):
        known |= {bare(alias): name for name, aliases in group.items() for alias in aliases}
    known.pop("", None)
    return known


def columns(headings: Sequence[str]) -> dict[str, int]:
    """Which column holds what. A name with two meanings takes the second where the first has a column of its own."""
    second = {bare(alias): name for alias, name in _aliases()["second"].items()}
    places = sorted(range(len(headings)), key=lambda n: bare(headings[n]) in second)
    found: dict[str, int] = {}
    for place in places:
        heading = bare(headings[place])
        for name in (known_headings().get(heading), second.get(heading)):
            if name is not None and name not in found:
                found[name] = place
                break
    return found


def bare(heading: str) -> str:
    """A heading without what people put around it: case, punctuation, a remark in brackets, a star."""
    text = re.sub(r"\(.*?\)", " ", heading.casefold())
    return " ".join(re.findall(r"[\w§]+", text))


def is_heading(cells: Sequence[str]) -> bool:
    """Whether a row names where the need is and something about it."""
    found = {known_headings().get(bare(cell)) for cell in cells if cell}
    return bool(found & {"kindergarten", "orgnr"}) and bool(found - {*PLACE, None})


def unread(headings: Sequence[str], used: dict[str, int]) -> tuple[str, ...]:
    """The headings that nothing is read from, without those that nobody expects to be read."""
    ignored, places = {bare(text) for text in _aliases()["ignored"]}, set(used.values())
    return tuple(h for n, h in enumerate(headings) if h and n not in places and bare(h) not in ignored)
