"""What a card asks can be answered in words: once, and only while nothing else has come in between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.norwegian.hygiene import clean
from domain.outreach.models import Level
from domain.outreach.reminding.tasks import mine
from domain.rounds.models import DeadlineKind
from tests.transcripts.stage import Heard, Stage, oslo, shown

KARI, INGRID = "Kari Nordli", "Ingrid Moen"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """Two weeks before the heads' date; Kari has just been reminded."""
    made = Stage(tmp_path, oslo("2026-11-03 07:00"))
    made.say(KARI, "hei")
    made.pass_time(oslo("2026-11-03 09:00"))
    # What goes out is over for that day: nothing is looked for in the rest of it.
    made.now = oslo("2026-11-04 09:00")
    yield made
    made.close()


def said(heard: list[Heard]) -> str:
    """Everything that came."""
    return clean("\n".join(shown(h) for h in heard))


def level(stage: Stage) -> Level:
    """How much Kari is reminded."""
    with stage.work() as uow:
        return uow.outreach.choice(stage.people[KARI].id).level


@pytest.mark.parametrize("between", ["hei", "når er fristen?", "tulleprat uten mening"])
def test_a_yes_after_something_else_does_nothing(stage: Stage, between: str) -> None:
    """An order, a question and nonsense."""
    stage.say(KARI, "stopp")
    stage.say(KARI, between)
    stage.say(KARI, "ja")
    assert level(stage) is Level.ALL


def test_a_yes_counts_once(stage: Stage) -> None:
    """The second is no answer to anything."""
    stage.say(KARI, "stopp")
    assert "slått av" in said(stage.say(KARI, "ja"))
    assert level(stage) is Level.OFF
    assert "slått av" not in said(stage.say(KARI, "ja"))


def test_a_day_is_no_answer_to_the_question_of_the_form(stage: Stage) -> None:
    """The form is put aside when another card asks, and nothing is stored."""
    stage.press(KARI, "Meld behov")
    stage.say(KARI, "ja, noe nytt")
    assert "Når skal jeg minne deg" in said(stage.press(KARI, "Minn meg senere"))
    assert "Jeg minner deg fredag 6. november" in said(stage.say(KARI, "fredag"))
    assert "Spørsmål 2 av 10" in said(stage.say(KARI, "fortsett"))


def test_a_meeting_waits_no_longer_when_something_else_is_ordered(stage: Stage) -> None:
    """«Ja» a while later keeps no meeting."""
    stage.say(INGRID, "møte 12. november kl 13 på Støren hotell")
    stage.say(INGRID, "frister")
    stage.say(INGRID, "ja")
    assert "Ingen møter er lagt inn" in said(stage.say(INGRID, "møter"))


@pytest.mark.parametrize("words", ["ikke nå", "Senere."])
def test_a_few_words_to_a_reminder_ask_when(stage: Stage, words: str) -> None:
    assert "Når skal jeg minne deg" not in said(stage.say(INGRID, words)), "she has had no reminder"
    assert "Når skal jeg minne deg igjen?" in said(stage.say(KARI, words))


def test_done_in_one_word_is_about_the_task_that_was_reminded_of(stage: Stage) -> None:
    assert "Beslutningsgrunnlaget" not in said(stage.say(INGRID, "ferdig"))
    stage.say("Helene Vik", "hei")
    stage.pass_time(oslo("2027-01-04 09:00"))
    assert "eslutningsgrunnlaget" in said(stage.say("Helene Vik", "Ferdig!"))
    with stage.work() as uow:
        found = mine(uow, stage.people["Helene Vik"].id, (DeadlineKind.DECISION_BASIS,), stage.now)
        assert [t.done is None for t in found] == [False]


@pytest.mark.parametrize(
    "asked", ["når får jeg påminnelse?", "hvor ofte minner du meg?", "hvorfor får jeg dette?"]
)
def test_questions_about_reminders_show_what_one_gets(stage: Stage, asked: str) -> None:
    assert "Påminnelsene er på." in said(stage.say(KARI, asked))
    assert "Påminnelsene er på." in said(stage.say(KARI, "kan jeg slå av påminnelser?"))
    assert level(stage) is Level.ALL


def test_a_holiday_is_a_pause_and_no_more_messages_is_asked_about(stage: Stage) -> None:
    assert "Pause til søndag 10. januar 2027." in said(stage.say(KARI, "jeg er på ferie til 10. januar"))
    assert "Vil du ikke ha flere påminnelser?" in said(stage.say(KARI, "Jeg vil ikke ha flere meldinger"))
    assert level(stage) is Level.ALL
