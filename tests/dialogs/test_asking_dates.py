"""Which dates an answer gives: the asker's own network's, but not when another one is asked about."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from domain.clock import OSLO
from tests.transcripts.reading import as_text
from tests.transcripts.stage import Stage

OWN = "Eier ønsker svar innen"


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    made = Stage(tmp_path, datetime(2026, 11, 10, 10, 0, tzinfo=OSLO))
    made.say("Kari Nordli", "hei")
    return made


def _heard(stage: Stage, text: str) -> str:
    return "\n".join(as_text(heard.outgoing) for heard in stage.say("Kari Nordli", text))


def test_of_ones_own_network_and_in_the_middle_of_a_report(stage: Stage) -> None:
    assert OWN in _heard(stage, "når er fristen?")
    stage.say("Kari Nordli", "meld behov")
    assert OWN in _heard(stage, "når er fristen?")
    stage.close()


def test_not_when_another_network_is_asked_about(stage: Stage) -> None:
    _heard(stage, "når er fristen?")
    about_another = _heard(stage, "og på fosen?")
    assert OWN not in about_another
    assert "om 21 dager" not in about_another
    stage.close()
