"""kill -9 in the middle of many reports: what was said to be stored is there, and every conversation goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

import pytest

from domain.needs.models import NeedsReport, Status
from tests.protocol import need
from tests.protocol.conftest import NOW
from tests.protocol.people import Person
from tests.protocol.town import Town, running

QUIET, AT_THE_SUMMARY = "Kari Nordli", "Tone Varmbu"
HELD_ANSWER, HELD_CARD, HELD_RECEIPT = "Silje Gravråk", "Bente Skjerdingstad", "Marit Eidsmo"
HELD_FOR_EVER = "Stine Kosberg"
HELD = (HELD_ANSWER, HELD_CARD, HELD_FOR_EVER, HELD_RECEIPT)
"""Heads whose answer has reached Teams, but Teams has not said so to the bot."""

RACING = {"Trude Losen": 0.25, "Hanne Bollandsås": 0.08, "Geir Ølstad": 0.03, "Heidi Kregnes": 0.0}
"""Heads who post an answer so many seconds before the process is killed."""


@dataclass
class Crash:
    """What was under way when the bot was killed, and what was stored when it had started again."""

    town: Town
    activities: dict[str, dict[str, Any]]
    stored: dict[str, NeedsReport]
    heard: dict[str, str]


@pytest.fixture(scope="module")
def crash(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crash]:
    """A bot that was killed while four answers were on their way and four had reached Teams, unconfirmed."""
    with running(tmp_path_factory.mktemp("crash"), now=NOW) as town:
        begun = (HELD_ANSWER, HELD_CARD, HELD_FOR_EVER, *RACING)
        heads = {name: _on_the_way(town, name) for name in begun}
        heads |= {name: _at_the_summary(town, name) for name in (AT_THE_SUMMARY, HELD_RECEIPT)}
        town.person("Per Aune").say("hei")
        activities = {name: heads[name].message("lek og språk") for name in begun}
        activities[QUIET] = _pressed(town, QUIET)
        heads[QUIET] = town.person(QUIET)
        activities[HELD_RECEIPT] = heads[HELD_RECEIPT].pressing("Send til Melhus kommune")
        _kill_while_posting(town, heads, activities)
        heard = {name: "\n".join(head.chat.heard) for name, head in heads.items()}
        town.bot.start()
        yield Crash(town, activities, {name: town.need_of(name) for name in heads}, heard)


def _on_the_way(town: Town, name: str) -> Person:
    head = town.person(name)
    head.say("meld behov")
    assert "Lagret." in head.say("ja, noe nytt")
    return head


def _pressed(town: Town, name: str) -> dict[str, Any]:
    head = town.person(name)
    head.say("meld behov")
    press = head.pressing("Ja, noe nytt")
    assert "Lagret." in head.does(press)
    return press


def _at_the_summary(town: Town, name: str) -> Person:
    head = town.person(name)
    head.say("meld behov")
    for answer in (*need.TYPED, "Lek som samler"):
        assert "Lagret." in head.say(answer)
    return head


def _kill_while_posting(town: Town, heads: dict[str, Person], activities: dict[str, dict[str, Any]]) -> None:
    killed = threading.Event()
    held = {heads[name].conversation: threading.Event() for name in HELD}

    def hold(conversation: str) -> None:
        if conversation in held:
            held[conversation].set()
            killed.wait(120)

    town.teams.before_answering = hold
    posts = [_posting(heads[name], activities[name]) for name in HELD]
    for reached in held.values():
        assert reached.wait(60)
    begun = time.monotonic()
    for name, left in sorted(RACING.items(), key=lambda item: -item[1]):
        time.sleep(max(0.0, 0.25 - left - (time.monotonic() - begun)))
        posts.append(_posting(heads[name], activities[name]))
    town.bot.kill()
    killed.set()
    town.teams.before_answering = lambda conversation: None
    for post in posts:
        post.join()


def _posting(head: Person, activity: dict[str, Any]) -> threading.Thread:
    def post() -> None:
        try:
            head.post(activity)
        except (OSError, HTTPException):
            return  # what is expected: the bot dies before it has answered

    thread = threading.Thread(target=post)
    thread.start()
    return thread


def test_what_had_been_said_to_be_stored_is_there(crash: Crash) -> None:
    assert crash.stored[QUIET].answers == {"need": "new"}
    assert crash.stored[AT_THE_SUMMARY].answers == {**need.ANSWERS, "title": "Lek som samler"}
    assert crash.stored[HELD_ANSWER].answers == {"need": "new", "themes": ["play", "language"]}
    assert crash.stored[HELD_RECEIPT].status is Status.SENT_TO_OWNER
    for name in RACING:
        stored = "themes" in crash.stored[name].answers
        assert stored or "Lagret. Spørsmål 3" not in crash.heard[name]


@pytest.mark.parametrize("name", [HELD_ANSWER, *RACING])
def test_an_answer_that_teams_sends_once_more_acts_once_and_is_answered(crash: Crash, name: str) -> None:
    head = crash.town.person(name)
    again = head.does(crash.activities[name])
    assert "Lagret. Spørsmål 3 av 10." in again or "Lagret. Spørsmål 3 av 10." in crash.heard[name]
    stored = crash.town.need_of(name)
    assert stored.answers == {"need": "new", "themes": ["play", "language"]}
    assert stored.version == 3
    assert head.does(crash.activities[name]) == ""
    assert crash.town.need_of(name) == stored
    assert "Lagret. Spørsmål 4 av 10." in head.say(need.TODAY)


def test_a_card_sent_again_is_the_open_one(crash: Crash) -> None:
    head = crash.town.person(HELD_CARD)
    head.does(crash.activities[HELD_CARD])
    head.say(need.TODAY)
    settled = [m.text.split("\n")[-1] for m in head.chat.messages if m.changes]
    assert settled == ["Ja, noe nytt", "Lek og vennskap, Språk og kommunikasjon", need.TODAY]


def test_an_answer_that_never_comes_again_leaves_no_card_astray(crash: Crash) -> None:
    head = crash.town.person(HELD_FOR_EVER)
    assert "Lagret. Spørsmål 4 av 10." in head.say(need.TODAY)
    settled = [m.text.split("\n")[-1] for m in head.chat.messages if m.changes]
    assert settled == ["Ja, noe nytt", "Lek og vennskap, Språk og kommunikasjon"]


def test_a_press_that_teams_sends_once_more_acts_once_and_is_answered(crash: Crash) -> None:
    head = crash.town.person(HELD_RECEIPT)
    assert "Sendt til Melhus kommune." in head.does(crash.activities[HELD_RECEIPT])
    assert crash.town.need_of(HELD_RECEIPT) == crash.stored[HELD_RECEIPT]
    crash.town.person("Per Aune").hears("har meldt et behov: «Lek som samler»")
    assert "Lek som samler: sendt til eier" in head.say("mine meldinger")


def test_what_was_answered_before_is_not_said_again(crash: Crash) -> None:
    head = crash.town.person(QUIET)
    assert "Lagret. Spørsmål 2" not in head.does(crash.activities[QUIET])
    assert crash.town.need_of(QUIET).answers["need"] == "new"
    assert head.times_heard("Lagret. Spørsmål 2 av 10.") == 1


def test_a_card_from_before_can_be_pressed(crash: Crash) -> None:
    head = crash.town.person(AT_THE_SUMMARY)
    assert "Sendt til Melhus kommune." in head.press("Send til Melhus kommune")
    assert crash.town.need_of(AT_THE_SUMMARY).status is Status.SENT_TO_OWNER


def test_the_conversation_goes_on_with_and_without_a_word(crash: Crash) -> None:
    head = crash.town.person(QUIET)
    assert "Lagret. Spørsmål 3 av 10." in head.say("lek og språk")
    crash.town.bot.kill()
    crash.town.bot.start()
    assert "Spørsmål 3 av 10." in head.say("fortsett")
    assert "Lagret. Spørsmål 4 av 10." in head.say(need.TODAY)
    for answer in (*need.TYPED[3:], "Tre ganger kveld"):
        assert "Lagret." in head.say(answer)
    assert "Sendt til Melhus kommune." in head.say("send")
    assert crash.town.need_of(QUIET).answers == {**need.ANSWERS, "title": "Tre ganger kveld"}
