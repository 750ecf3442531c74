"""One question stands open at a time: the card before it is closed, and nothing is answered twice."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dialogs.test_old_and_foreign_cards import only, said
from tests.transcripts.reading import as_text, find_button
from tests.transcripts.stage import Stage

KARI = "Kari Nordli"
MOVED = "Se neste melding."


def as_it_is(stage: Stage, message: str) -> str:
    """A message of Kari's chat as she sees it now."""
    found = next(m for m in stage.chat(KARI).messages if m.id == message)
    return as_text(found.outgoing)


def at_the_themes(stage: Stage) -> tuple[str, dict[str, Any]]:
    """Kari's need at its second question."""
    stage.say(KARI, "meld behov")
    stage.say(KARI, "ja, noe nytt")
    return themes(stage)


def themes(stage: Stage) -> tuple[str, dict[str, Any]]:
    """The card that asks for themes, and what pressing it sends."""
    filled = {"Tema (inntil tre)": "Lek og vennskap"}
    message, payload = find_button(stage.chat(KARI).messages, "Lagre og gå videre", filled)
    return message.id, payload


@pytest.mark.parametrize(
    "again",
    [("fortsett",), ("meld behov",), ("hei", "[Fortsett]"), ("mine meldinger", "fortsett"), ("blå, grønn",)],
    ids=" ".join,
)
def test_the_card_before_it_is_closed(stage: Stage, again: tuple[str, ...]) -> None:
    """However the question comes again."""
    old, _ = at_the_themes(stage)
    for step in again:
        if step.startswith("["):
            stage.press(KARI, step.strip("[]"))
        else:
            stage.say(KARI, step)
    assert as_it_is(stage, old) == MOVED
    new, payload = themes(stage)
    assert new != old
    stage.send_payload(KARI, payload, new)
    assert only(stage).answers["themes"] == payload["themes"].split(",")


def test_an_answer_on_the_card_before_it_counts_once(stage: Stage) -> None:
    """Where it could not be closed, as on another device; the newer one is closed then, and acts as an old one."""
    old, payload = at_the_themes(stage)
    stage.say(KARI, "fortsett")
    new, same = themes(stage)
    assert "Spørsmål 3 av 10" in said(stage.send_payload(KARI, payload, old))
    assert as_it_is(stage, new) == MOVED
    before = only(stage)
    for message in (old, new):
        assert "gammelt" in said(stage.send_payload(KARI, same, message))
    assert only(stage) == before


def test_the_last_question_can_be_answered_after_old_ones_were_pressed(stage: Stage) -> None:
    """It comes again, and the one it stood in says so."""
    old, payload = at_the_themes(stage)
    stage.send_payload(KARI, payload, old)
    third, _ = find_button(stage.chat(KARI).messages, "Lagre og gå videre", {})
    stage.send_payload(KARI, payload, old)
    assert as_it_is(stage, third.id) == MOVED
    assert "Spørsmål 4 av 10" in said(stage.say(KARI, "Noen barn blir ofte stående utenfor leken ute."))


def test_what_is_no_question_stays(stage: Stage) -> None:
    """A list that was looked at beside it can still be used."""
    at_the_themes(stage)
    stage.say(KARI, "hei")
    greeting, _ = find_button(stage.chat(KARI).messages, "Still et spørsmål", {})
    stage.say(KARI, "fortsett")
    assert "Hei, Kari!" in as_it_is(stage, greeting.id)
