"""What the documents name exists in the code: settings, metrics, commands, words to type, buttons, terms."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import typer

from bot import metrics
from bot.cli import app
from bot.settings import Settings
from domain.needs.form import FieldKind, needs_form, owners_form
from domain.needs.models import Status
from domain.needs.reading import read_field
from domain.norwegian.commands import Command, understand_command
from domain.norwegian.held_meetings import read_held_meeting
from domain.norwegian.meeting_words import read_cancelling, read_move, read_new_meeting
from domain.outbox import OutboxState
from domain.register.layout import COLUMNS
from domain.register.models import Role
from domain.register.orders import Care, read_order
from domain.rounds.date_orders import read_order as read_date_order
from domain.scheme.answers import Asker, Scheme
from domain.scheme.prepared import prepared
from messages import short
from tests.docs.test_links import DOCUMENTS, ROOT, named

DRIFT = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (ROOT / "docs" / "drift.md", *sorted((ROOT / "docs" / "drift").glob("*.md")))
)
GUIDE = (ROOT / "docs" / "brukerveiledning.md").read_text(encoding="utf-8")
DAY = date(2026, 11, 22)
SETTINGS = {f"REKOMPIS_{name.upper()}" for name in Settings.model_fields}
_PATH = re.compile(r"`((?:bot|dialogs|domain|messages|delivery|storage|manifest|sample|tests)/[\w./-]+)`")


UNNAMED = {Command.STATUS, Command.ASK, Command.DEMO}
"""Commands the guide does not name: the first two are said with other words, the last is there in local mode alone."""


def buttons(text: str) -> set[str]:
    return {" ".join(title.split()) for title in re.findall(r"\*\*\[([^\]]+)\]\*\*", text)}


def typed(text: str) -> set[str]:
    """The words that the guide says one can write."""
    return set(re.findall(r"`([^`\n]+)`", text)) - {"grått"}


def test_the_operators_guide_names_every_setting_and_no_other() -> None:
    assert set(re.findall(r"REKOMPIS_[A-Z_]+", DRIFT)) == SETTINGS


def test_the_readme_names_settings_that_exist_with_their_defaults() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("## Settings\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split(" | ") for line in table.splitlines() if line.startswith("| `")]
    for row in rows:
        names = re.findall(r"`([A-Z_]+)`", row[0])
        assert {f"REKOMPIS_{name}" for name in names} <= SETTINGS
        for name, shown in zip(names, re.findall(r"`([^`]+)`", row[2]), strict=False):
            if "<" not in shown:
                assert shown == str(Settings.model_fields[name.lower()].default)


def test_the_metrics_are_those_that_are_counted() -> None:
    made = {metric.name for metric in metrics.REGISTRY.collect() if metric.name.startswith("rekompis_")}
    secrets = {name.lower() for name in SETTINGS}
    named_there = {name.removesuffix("_total") for name in re.findall(r"`(rekompis_[a-z_]+)", DRIFT)}
    assert named_there - secrets == made


def test_the_states_of_messages_are_all_explained() -> None:
    table = DRIFT.split("| tilstand | betyr |")[1].split("\n\n")[0]
    explained = {name for line in table.splitlines() for name in re.findall(r"`(\w+)`", line.split(" | ")[0])}
    assert explained == {state.value for state in OutboxState}


def test_the_register_is_described_as_it_is_read() -> None:
    for sheet, columns in COLUMNS.items():
        line = next(line for line in DRIFT.splitlines() if line.startswith(f"| `{sheet}`"))
        assert tuple(re.findall(r"`(\w+)`", line)) == (sheet, *columns)
    assert all(role.value in DRIFT for role in Role)


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_command_of_the_command_line_exists(document: Path) -> None:
    known = {command: set[str]() for command in commands(app)}
    known |= {str(g.name): commands(g.typer_instance) for g in app.registered_groups if g.typer_instance}
    for used in re.findall(r"rekompis ((?:[a-z]+ ?){1,2})", "\n".join(spans(document))):
        first, *rest = used.split()
        assert first in known, used
        assert not known[first] or (rest[:1] and rest[0] in known[first]), used


def commands(group: typer.Typer) -> set[str]:
    """The names of a group's own commands."""
    return {str(c.name or getattr(c.callback, "__name__", "")) for c in group.registered_commands}


def spans(document: Path) -> list[str]:
    """What stands as code in a document: blocks and spans."""
    text = document.read_text(encoding="utf-8")
    blocks = re.findall(r"```\n(.*?)```", text, re.DOTALL)
    return blocks + re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_path_exists(document: Path) -> None:
    for path in _PATH.findall(document.read_text(encoding="utf-8")):
        assert (ROOT / path).exists(), path


def test_every_word_the_guide_says_one_can_write_is_understood() -> None:
    scheme = Scheme(prepared())
    assert len(typed(GUIDE)) > 50
    for words in typed(GUIDE):
        understood = understand_command(words) or read_order(words) or corrects(words) or of_a_meeting(words)
        assert understood or read_date_order(words) or scheme.answer(words, Asker(), DAY, ()).found, words


def of_a_meeting(words: str) -> bool:
    """Whether a leader plans, moves or cancels a meeting with these words."""
    return any(read(words, DAY) for read in (read_new_meeting, read_held_meeting, read_move, read_cancelling))


def corrects(words: str) -> bool:
    """Whether words such as «nei, 12 ansatte» are a value of a field of the form."""
    said = words.removeprefix("nei, ")
    asked = (f for f in needs_form().fields if f.kind in (FieldKind.COUNT, FieldKind.DURATION))
    return said != words and any(read_field(f, said, DAY).values for f in asked)


def test_the_guide_names_everything_that_can_be_asked_for_with_a_word() -> None:
    readings = [understand_command(words) for words in typed(GUIDE)]
    named_there = {reading.command for reading in readings if reading}
    assert set(Command) - named_there == UNNAMED
    orders = [read_order(words) for words in typed(GUIDE)]
    assert {order.kind for order in orders if order} == set(Care)


def test_the_guide_quotes_what_is_said_when_something_goes_wrong() -> None:
    whole = (short.failure("7F3A", stored=True), short.failure("7F3A", stored=False), short.away())
    for said in (*whole, short.takes_time()):
        assert f"«{said.text}»" in GUIDE
    for said in (short.too_fast(), short.perhaps_stored()):
        begins, _, _ = str(said.text).partition(" Vent")
        assert f"«{begins} …»" in GUIDE


def test_every_state_of_a_need_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`Status\.(\w+)`", glossary)) == {status.name for status in Status}


def test_every_button_the_guide_names_is_on_some_card() -> None:
    sources = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "messages").rglob("*.py"))
    options = {
        o.label
        for form in (needs_form(), owners_form())
        for s in form.steps
        for f in s.fields
        for o in f.options
    }
    for title in buttons(GUIDE) - {"klammer"}:
        template = re.sub(r"^Bytt til .*", "Bytt til {", title)
        assert title in options or f'"{template}' in sources, title


def test_the_glossary_terms_stand_where_it_says() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [line for line in glossary.splitlines() if line.startswith("| ") and ".py`" in line]
    assert len(rows) > 50
    for row in rows:
        term, _, _, place = (cell.strip() for cell in row.strip("|").split(" | "))
        source = (ROOT / place.strip("` ")).read_text(encoding="utf-8")
        for name in re.findall(r"`([\w.]+)`", term):
            assert re.search(rf"\b{name.split('.')[-1]}\b", source), row
