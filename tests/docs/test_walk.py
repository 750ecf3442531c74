"""The README's five minutes, done as they are written: every word typed, every button pressed, every answer seen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.transcripts.stage import Heard, Stage, oslo, shown

ROOT = Path(__file__).parents[2]
READER = "Kari Nordli"
DAYS = ("2026-10-20 10:00", "2026-11-22 12:00", "2027-02-03 09:00")
"""Before every date, between the heads' and the owners', and after both: a reader may come at any time."""

_STEP = re.compile(r"`(?P<typed>[^`]+)`|\*\*\[(?P<pressed>[^\]]+)\]\*\*")
_SEEN = re.compile(r"«(?P<said>[^»]+)»|\*\*\[(?P<button>[^\]]+)\]\*\*")


@dataclass(frozen=True)
class Row:
    """One row of a table of the walk: what the reader does, and what is promised."""

    typed: str | None
    pressed: str | None
    promised: tuple[str, ...]
    in_channel: bool


def rows() -> list[Row]:
    """The walk's rows, in order."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    walk = readme.split("## Five minutes\n")[1].split("### Be reminded\n")[0]
    found, in_channel = [], False
    for line in walk.splitlines():
        if line.startswith("| you"):
            in_channel = "in the channel" in line
        elif line.startswith("| ") and not line.startswith("| ---"):
            does, sees = (cell.strip() for cell in line.strip("|").split(" | "))
            step = _STEP.fullmatch(does)
            assert step is not None, does
            promised = tuple(m["said"] or f"[{m['button']}]" for m in _SEEN.finditer(sees))
            found.append(Row(step["typed"], step["pressed"], promised, in_channel))
    return found


def do(stage: Stage, row: Row) -> list[Heard]:
    """Does what a row says, in the reader's own chat or in the channel."""
    place = "gauldal" if row.in_channel else None
    if row.typed is not None:
        return stage.say(READER, row.typed, place)
    assert row.pressed is not None
    return stage.press(READER, row.pressed, channel=place)


@pytest.mark.parametrize("day", DAYS)
def test_the_walk_goes_as_the_readme_says(day: str, tmp_path: Path) -> None:
    stage = Stage(tmp_path, oslo(day))
    try:
        walk = rows()
        assert len(walk) > 25
        for row in walk:
            text = "\n".join(shown(heard) for heard in do(stage, row))
            for promise in row.promised:
                assert promise in text, f"{row.typed or row.pressed}: «{promise}» is not in\n{text}"
    finally:
        stage.close()


def test_the_reminder_comes_to_the_one_who_follows_the_readme(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.split("### Be reminded\n")[1].split("\n## ")[0]
    start = re.search(r"REKOMPIS_NOW=(\d{4}-\d\d-\d\d)T(\d\d:\d\d)", section)
    promise = re.search(r"«([^»]+)»", section)
    assert start is not None
    assert promise is not None
    stage = Stage(tmp_path, oslo(f"{start[1]} {start[2]}"))
    try:
        stage.install(READER)
        heard = stage.pass_time(oslo(f"{start[1]} 08:10"))
        assert promise[1] in "\n".join(shown(h) for h in heard if h.chat == f"a:{READER}")
    finally:
        stage.close()
