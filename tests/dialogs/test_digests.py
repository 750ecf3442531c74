"""`sammendrag` in one's own chat: each role gets its own, and nobody somebody else's."""

from __future__ import annotations

import pytest

from tests.dialogs.heads import text
from tests.transcripts.stage import Stage

LEADER = "Ingrid Moen"
OTHER_LEADER = "Ola Fossen"


@pytest.mark.parametrize(
    ("who", "begins"),
    [
        (LEADER, "0 av 11 eiere i Gauldal har sendt."),
        ("Tuva Sørgård", "0 av 11 eiere i Gauldal har sendt."),
        ("Per Aune", "Melhus kommune"),
        ("Håvard Rognes", "0 av 6 barnehager i Midtre Gauldal har svart."),
        ("Helene Vik", "0 av 11 eiere i Gauldal har sendt."),
        ("Kari Nordli", "Behov i Gauldal: 0 av 11 eiere har meldt inn."),
    ],
)
def test_each_role_has_its_own(stage: Stage, who: str, begins: str) -> None:
    """A head has none before anything can have become of the needs, and sees what the channel sees."""
    assert text(stage.say(who, "sammendrag")).startswith(begins)


def test_an_owner_in_two_networks_gets_both_or_the_one_that_is_named(stage: Stage) -> None:
    both = text(stage.say("Camilla Rød", "sammendrag"))
    assert "nettverket Gauldal" in both
    assert "nettverket Fosen" in both
    named = text(stage.say("Camilla Rød", "sammendrag fosen"))
    assert "nettverket Fosen" in named
    assert "nettverket Gauldal" not in named


def test_the_leader_can_still_see_what_the_channel_sees(stage: Stage) -> None:
    stage.say(LEADER, "sammendrag")
    assert text(stage.press(LEADER, "Slik kanalen ser det")).startswith("Behov i Gauldal:")


def test_who_asks_to_come_in_is_for_the_networks_own_leader(stage: Stage) -> None:
    with stage.work() as uow:
        gauldal = next(n for n in uow.register.networks() if n.name == "Gauldal")
    payload = {"verb": "open_requests", "network": gauldal.id}
    assert "Ingen venter" in text(stage.send_payload(LEADER, payload, None))
    assert "Det har du ikke tilgang til" in text(stage.send_payload(OTHER_LEADER, payload, None))
