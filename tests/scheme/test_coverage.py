"""Every statement of the inventory is said by a fact, or it is written down why none says it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
import yaml

from domain.scheme.answers import Asker, Scheme
from domain.scheme.model import Description

IDS: Mapping[str, Sequence[str]] = yaml.safe_load(
    (Path(__file__).parent / "inventory_ids.yaml").read_text(encoding="utf-8")
)
STATEMENTS = frozenset(statement for section in IDS.values() for statement in section)
SECTIONS = ("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10", "A11", "A12", "A13")
SILENT = {
    "A13-skjema": "Hva spør behovsmeldingsskjemaet om?",
    "A13-klokkeslett": "Når på dagen går fristen for behovsmelding ut?",
    "A13-utsettelse": "Kan vi få utsettelse på behovsmeldingen?",
    "A13-totalramme": "Hva er totalrammen for Rekom i Trøndelag?",
    "A13-kontakt": "Hva er telefonnummeret til lederen av nettverket?",
    "A13-klage": "Hvordan klager en styrer på vedtaket?",
    "A13-felles": "Kan flere eiere melde behov sammen?",
    "A13-ikke-prioritert": "Hva skjer med behov som ikke blir prioritert?",
    "A13-egenandel": "Er det egenandel i Rekom?",
    "A13-ny-ordning": "Hvordan gjennomfører Trøndelag den nye ordningen?",
    "A13-arkiv": "Hvordan arkiveres behovsmeldingene?",
}
"""A question on each thing that the sources are silent about."""


def covered(description: Description) -> frozenset[str]:
    return frozenset(statement for fact in description.facts for statement in fact.covers)


def test_all_sections_are_here() -> None:
    assert set(SECTIONS) <= IDS.keys()
    assert all(IDS.values())


def test_no_statement_is_listed_twice() -> None:
    counted = Counter(statement for section in IDS.values() for statement in section)

    assert [statement for statement, count in counted.items() if count > 1] == []


def test_every_statement_is_said_or_left_out_with_a_reason(description: Description) -> None:
    assert sorted(STATEMENTS - covered(description) - description.left_out.keys()) == []
    assert [statement for statement, reason in description.left_out.items() if len(reason) < 20] == []


def test_no_statement_is_both_said_and_left_out(description: Description) -> None:
    assert sorted(covered(description) & description.left_out.keys()) == []


def test_no_fact_and_no_reason_names_an_unknown_statement(description: Description) -> None:
    assert sorted((covered(description) | description.left_out.keys()) - STATEMENTS) == []


@pytest.mark.parametrize("statement", SILENT)
def test_what_the_sources_are_silent_about_is_declined(scheme: Scheme, today: date, statement: str) -> None:
    answer = scheme.answer(SILENT[statement], Asker(), today)

    assert statement in STATEMENTS
    assert not answer.found


def test_everything_left_out_as_silent_has_a_question(description: Description) -> None:
    silent = {statement for statement in description.left_out if statement.startswith("A13-")}

    assert silent == SILENT.keys()
