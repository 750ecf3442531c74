"""What is said to those who may not, or not here: who may, and where to turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.dialogs.heads import KARI, PER, text
from tests.transcripts.stage import Stage, oslo

COORDINATOR = "Tuva Sørgård"
COUNTY = "Bodil Strøm"
LEADER = "Ingrid Moen"
PPT = "Grethe Volden"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A stage a week before the svarfrist."""
    made = Stage(tmp_path_factory.mktemp("stage"), oslo("2026-11-10 09:00"))
    yield made
    made.close()


def test_a_head_hears_who_sees_who_is_missing(stage: Stage) -> None:
    """Not only the leader does."""
    assert "eier, leder for nettverket og barnehagemyndighet" in text(stage.say(KARI, "hvem mangler"))


@pytest.mark.parametrize("who", [PPT, COUNTY])
def test_who_has_no_sheet_hears_who_has(stage: Stage, who: str) -> None:
    """Heads, owners, leaders, UH and authorities."""
    assert "Excel kan styrer, eier" in text(stage.say(who, "excel"))


def test_the_administrator_belongs_to_no_one_network(stage: Stage) -> None:
    """No word of a channel or of a round that is not open."""
    assert "Du er lagt inn for alle nettverkene" in text(stage.say("Sindre Holm", "sammendrag"))


def test_a_coordinator_coordinates(stage: Stage) -> None:
    """The leader leads."""
    assert "Du koordinerer nettverket" in text(stage.say(COORDINATOR, "hei"))
    assert "Du leder nettverket" in text(stage.say(LEADER, "hei"))


def test_the_owner_who_registers_is_promised_nothing_about_the_owner(stage: Stage) -> None:
    """The promise is the head's."""
    stage.say(PER, "registrer behov for Solbakken barnehage")
    said = text(stage.press(PER, "Registrer behov", {"register_source": "muntlig"}))
    assert "Jeg lagrer underveis." in said
    assert "Eier ser ingenting" not in said
