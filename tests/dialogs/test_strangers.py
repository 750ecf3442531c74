"""Somebody whom the register does not know, where others read too: one sentence, no card, and no trace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dialogs.events import EventKind
from dialogs.replies import What
from messages.short import SAYINGS
from tests.transcripts.stage import Stage, oslo, shown

TOVE, KARI = "Tove Ny", "Kari Nordli"
SENTENCE = SAYINGS[What.ALONE_PLEASE]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A stage as it runs for real: no persona switch."""
    made = Stage(tmp_path, oslo("2026-11-10 09:00"))
    made.world = replace(made.world, local=False)
    yield made
    made.close()


def kept(stage: Stage) -> bool:
    """Whether anything is stored about Tove's account."""
    event = stage._event(TOVE, EventKind.SAID, None)
    with stage.work() as uow:
        return uow.identity.account(event.who.tenant_id, event.who.aad_object_id) is not None


@pytest.mark.parametrize("text", ["hei", "når er fristen?", "meld behov", "koble gauldal", "demo", "", "👍"])
def test_one_sentence_in_a_channel(stage: Stage, text: str) -> None:
    """Whatever is written; and nothing is kept."""
    (heard,) = stage.say(TOVE, text, "personalet")
    assert shown(heard) == SENTENCE
    assert not kept(stage)


@pytest.mark.parametrize(
    "payload",
    [
        {"verb": "way_in"},
        {"verb": "request_access", "place": "Solbakken barnehage"},
        {"verb": "summary"},
        {"verb": "demo_off"},
        {"verb": "start_report"},
    ],
)
def test_a_press_in_a_channel_leads_nowhere(stage: Stage, payload: dict[str, str]) -> None:
    """The way in is for the personal chat alone."""
    (heard,) = stage.send_payload(TOVE, payload, None, "personalet")
    assert shown(heard) == SENTENCE
    assert not kept(stage)


def test_the_way_in_is_in_the_personal_chat(stage: Stage) -> None:
    """As before, and after the sentence in the channel too."""
    stage.say(TOVE, "hei", "personalet")
    (heard,) = stage.say(TOVE, "hei")
    assert "[Be om å bli lagt inn]" in shown(heard)
    assert kept(stage)


def test_somebody_in_the_register_is_answered_in_a_channel(stage: Stage) -> None:
    """From the first word on, without having been met alone."""
    assert SENTENCE not in "".join(shown(h) for h in stage.say(KARI, "hei", "personalet"))
