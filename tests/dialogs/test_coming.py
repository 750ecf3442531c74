"""The leader sees what is coming and stops it; others, old cards and made-up steps change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dialogs.networks.coming import days_in
from domain.norwegian.commands import Command, understand_command
from tests.transcripts.reading import find_button
from tests.transcripts.stage import Heard, Stage, oslo, shown

INGRID, OLA, KARI = "Ingrid Moen", "Ola Fossen", "Kari Nordli"
START = "head_reminder:needs:start"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path, oslo("2026-11-02 12:00"))
    yield made
    made.close()


def said(heard: list[Heard]) -> str:
    return "\n".join(shown(h) for h in heard)


def stopped(stage: Stage, network: str = "Gauldal") -> tuple[str, ...]:
    with stage.work() as uow:
        found = uow.register.network_by_name(network)
        assert found is not None
        current = uow.rounds.current(found.id, stage.now.date())
        assert current is not None
        return current.stopped


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", 14),
        ("de neste to ukene", 14),
        ("neste uke", 7),
        ("den neste uka", 7),
        ("de neste tre ukene", 21),
        ("de neste 30 dagene", 30),
        ("neste måned", 31),
        ("i dag", 1),
        ("de neste 900 dagene", 366),
        ("det neste året", 366),
        ("i morgen", 2),
        ("framover", 14),
    ],
)
def test_how_far_ahead(text: str, days: int) -> None:
    assert days_in(text) == days


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("hva sender du de neste to ukene?", True),
        ("Hva kommer du til å sende neste uke", True),
        ("hvem skal du minne?", True),
        ("planlagte påminnelser", True),
        ("ka du sende", True),
        ("Hvem får påminnelse i morgen?", True),
        ("stopp påminnelsene til styrerne", True),
        ("hva sender du til nettverket?", False),
        ("hva skal sendes til samarbeidsforum innen 1. februar?", False),
    ],
)
def test_how_it_is_asked_for(text: str, is_it: bool) -> None:
    """And what is a question about the scheme."""
    reading = understand_command(text)
    assert (reading is not None and reading.command is Command.COMING) is is_it


def test_only_ones_own_network_is_shown_and_stopped(stage: Stage) -> None:
    """Somebody else's card, or a head's, does nothing to it."""
    stage.say(INGRID, "hva sender du")
    _, payload = find_button(stage.chat(INGRID).messages, "Stopp eller start", {})
    sure = {**payload, "step": START, "stop": True, "sure": True}
    assert "i Fosen" in said(stage.send_payload(OLA, payload, None))
    assert "Bare lederen" in said(stage.send_payload(KARI, sure, None))
    assert stopped(stage) == ()
    stage.send_payload(OLA, sure, None)
    assert (stopped(stage), stopped(stage, "Fosen")) == ((), (START,))


def test_it_is_asked_once_and_stopped_once(stage: Stage) -> None:
    """Several presses act once; what is stopped is not sent, and goes again when the leader says so."""
    stage.say(KARI, "hei")
    stage.say(INGRID, "hva sender du")
    assert "Skal jeg stoppe dette" in said(stage.press(INGRID, "Stopp eller start"))
    _, sure = find_button(stage.chat(INGRID).messages, "Ja, stopp", {})
    assert "Stoppet." in said(stage.press(INGRID, "Ja, stopp"))
    assert "Det var stoppet fra før." in said(stage.send_payload(INGRID, sure, None))
    assert stopped(stage) == (START,)
    assert "Til Kari" not in said(stage.pass_time(oslo("2026-11-03 12:00")))
    again = said(stage.press(INGRID, "Start igjen"))
    assert "Startet igjen." in again
    assert "påminnelse til én styrer som ikke har svart." in again, "nobody else has written to the bot"
    assert "Hei, Kari!" in said(stage.pass_time(oslo("2026-11-03 14:00")))


def test_an_old_card_shows_how_it_stands(stage: Stage) -> None:
    """A step that is not among those to come, or that there never was."""
    stage.say(INGRID, "hva sender du")
    _, payload = find_button(stage.chat(INGRID).messages, "Stopp eller start", {})
    for step in ("owner_reminder:needs:fortnight", "x"):
        old = {**payload, "step": step, "stop": True, "sure": True, "coming_step": "gone"}
        assert "Dette sender jeg i Gauldal" in said(stage.send_payload(INGRID, old, None))
    assert stopped(stage) == ()


def test_the_list_is_called_what_the_button_said(stage: Stage) -> None:
    """And further than a year there is nothing to see."""
    stage.say(INGRID, "hva sender du")
    for button in ("Fire uker fram", "Fire måneder fram", "Hele året"):
        heading = said(stage.press(INGRID, button)).splitlines()[0]
        assert heading.endswith(f"Dette sender jeg i Gauldal {button.lower()}")
    assert "[Hele året]" not in said(stage.say(INGRID, "hva sender du det neste året"))


def test_what_the_county_gets_cannot_be_stopped(stage: Stage) -> None:
    stage.say(INGRID, "hva sender du de neste 40 dagene")
    title = "Onsdag 2. desember: oversikt til personer hos Statsforvalteren: ingen får det nå"
    refused = stage.press(INGRID, "Stopp eller start", {"Velg én av dem": title})
    assert "kan ikke stoppes for ett av dem" in said(refused)
    assert stopped(stage) == ()


@pytest.mark.parametrize("yes", ["ja", "stopp", "ja, stopp", "Stopp det."])
def test_stopping_is_confirmed_in_words(stage: Stage, yes: str) -> None:
    stage.say(INGRID, "hva sender du")
    stage.press(INGRID, "Stopp eller start")
    assert "Stoppet." in said(stage.say(INGRID, yes))
    assert stopped(stage) == (START,)


@pytest.mark.parametrize("no", ["nei", "avbryt", "tilbake"])
def test_not_stopping_changes_nothing_and_says_so(stage: Stage, no: str) -> None:
    stage.say(INGRID, "hva sender du")
    stage.press(INGRID, "Stopp eller start")
    heard = said(stage.say(INGRID, no))
    assert "Ingenting er endret." in heard
    assert "Svarene er lagret" not in heard
    assert "meld behov" not in heard
    assert "Jeg venter ikke på ja eller nei nå" in said(stage.say(INGRID, "ja"))
    assert stopped(stage) == ()
