"""Two processes on one PostgreSQL: what reaches both acts once, and turns of one conversation do not mix."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from tests.databases import Databases
from tests.protocol import need
from tests.protocol.conftest import NOW
from tests.protocol.holding import held, until_nobody_is_let_in
from tests.protocol.people import Person
from tests.protocol.teams import Teams
from tests.protocol.town import Bot, Town, served

MOMENT = "Dette tar litt tid. Svaret kommer her i chatten."
STOPS_WITHIN = 20.0
SLOW_IS_NOT_AWAY = {"bot.turns.running.INVOKE_SECONDS": 4.0, "storage.worker.SOON": 60.0}
"""A table that somebody has locked stands for work that takes long: for it alone the database is not given up."""
"""Half of what people wait at most. What holds a turn up in the database does so for ten seconds at most."""


@dataclass(frozen=True)
class Pair:
    """Two replicas, and Teams, which may send to either."""

    first: Town
    second: Town

    @property
    def teams(self) -> Teams:
        return self.first.teams

    def person(self, name: str) -> tuple[Person, Person]:
        """Somebody whose messages go to the one or the other."""
        return self.first.person(name), self.second.person(name)

    def to_both(self, name: str, activity: dict[str, Any]) -> list[tuple[int, str]]:
        """What the two answer to one activity that they get at the same time."""
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(lambda person: person.post(activity), self.person(name)))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    databases = Databases()
    url = databases.empty("postgresql")

    def bot(name: str) -> Bot:
        folder: Path = tmp_path_factory.mktemp(name)
        return Bot(folder, instead=SLOW_IS_NOT_AWAY, now=NOW, database_url=url, executor_id=name)

    with Teams() as teams, served(teams, bot("first")) as first, served(teams, bot("second")) as second:
        yield Pair(first, second)
    databases.close()


def test_what_reaches_both_at_once_acts_once_and_is_answered_once(pair: Pair) -> None:
    head, _ = pair.person("Kari Nordli")
    head.say("meld behov")
    for answer in need.TYPED:
        assert [status for status, _ in pair.to_both("Kari Nordli", head.message(answer))] == [202, 202]
    assert pair.first.need_of("Kari Nordli").answers == need.ANSWERS
    said = [text for text in head.chat.heard if text.startswith("Lagret.")]
    assert len(set(said)) == len(said) == len(need.TYPED)


def test_what_comes_again_to_the_other_is_not_answered_again(pair: Pair) -> None:
    head, elsewhere = pair.person("Silje Gravråk")
    head.say("meld behov")
    activity = head.message("ja, noe nytt")
    assert "Lagret. Spørsmål 2 av 10." in head.does(activity)
    stored = pair.first.need_of("Silje Gravråk")
    assert elsewhere.does(activity) == ""
    assert head.does(activity) == ""
    assert pair.first.need_of("Silje Gravråk") == stored


def test_an_invoke_gets_the_same_answer_from_both(pair: Pair) -> None:
    head, elsewhere = pair.person("Marit Eidsmo")
    head.say("meld behov")
    activity = _execute(head, "Ja, noe nytt")
    (status, body), other = pair.to_both("Marit Eidsmo", activity)
    assert status == 200
    assert "Ja, noe nytt" in body
    assert other == (status, body)
    assert elsewhere.post(activity) == (status, body)
    assert head.times_heard("Lagret. Spørsmål 2 av 10.") == 1
    assert pair.first.need_of("Marit Eidsmo").answers == {"need": "new"}


def test_an_edit_bears_the_old_id_and_acts_once(pair: Pair) -> None:
    head, elsewhere = pair.person("Geir Ølstad")
    head.say("meld behov")
    head.say("ja")
    written = head.message("lek")
    head.does(written)
    edited = {**written, "type": "messageUpdate", "text": "språk", "timestamp": "2026-11-12T08:01:00.000Z"}
    assert [status for status, _ in pair.to_both("Geir Ølstad", edited)] == [202, 202]
    assert head.times_heard("Rettet og lagret: Tema") == 1
    assert pair.first.need_of("Geir Ølstad").answers["themes"] == ["language"]
    again = {**edited, "text": "overganger", "timestamp": "2026-11-12T08:02:00.000Z"}
    assert "Rettet og lagret: Tema" in elsewhere.does(again)
    assert pair.first.need_of("Geir Ølstad").answers["themes"] == ["transitions"]


def test_an_answer_that_could_not_be_sent_is_sent_when_the_event_comes_again(pair: Pair) -> None:
    head, elsewhere = pair.person("Trude Losen")
    head.say("meld behov")
    activity = head.message("ja, noe nytt")
    pair.teams.refusing = lambda conversation: 403 if conversation == head.conversation else 0
    try:
        assert "Lagret." not in head.does(activity)
    finally:
        pair.teams.refusing = lambda conversation: 0
    stored = pair.first.need_of("Trude Losen")
    assert stored.answers == {"need": "new"}
    assert "Lagret. Spørsmål 2 av 10." in elsewhere.does(activity)
    assert pair.first.need_of("Trude Losen") == stored
    assert head.does(activity) == ""


def test_quick_messages_to_both_are_taken_one_after_the_other(pair: Pair) -> None:
    head, elsewhere = pair.person("Hanne Bollandsås")
    head.say("meld behov")
    head.say("ja")
    before = len(head.chat.heard)
    with ThreadPoolExecutor(2) as pool:
        with held(pair.teams, head.conversation) as first:
            posts = [pool.submit(head.post, head.message(need.TYPED[1]))]
            first.wait()
            posts.append(pool.submit(elsewhere.post, elsewhere.message(need.TODAY)))
            time.sleep(0.5)
            assert "today" not in pair.first.need_of("Hanne Bollandsås").answers
        assert [post.result()[0] for post in posts] == [202, 202]
    stored = pair.first.need_of("Hanne Bollandsås").answers
    assert stored == {name: need.ANSWERS[name] for name in ("need", "themes", "today")}
    heard = "\n".join(head.chat.heard[before:])
    assert heard.index("Lagret. Spørsmål 3 av 10.") < heard.index("Lagret. Spørsmål 4 av 10.")


def test_a_slow_invoke_is_answered_in_time_and_finished_though_the_process_is_told_to_stop(
    pair: Pair,
) -> None:
    head, elsewhere = pair.person("Bente Skjerdingstad")
    head.say("meld behov")
    activity = _execute(head, "Ja, noe nytt")
    before = len(head.chat.heard)
    with psycopg.connect(_libpq(pair.first.bot.database_url)) as holder, ThreadPoolExecutor(1) as pool:
        holder.execute("LOCK TABLE needs_report IN ACCESS EXCLUSIVE MODE")
        status, body = head.post(activity)
        assert status == 200
        assert MOMENT in body
        assert head.chat.heard[before:] == []
        stopping: Future[int] = pool.submit(pair.first.bot.stop)
        told = time.monotonic()
        until_nobody_is_let_in(head)
        holder.rollback()
        assert stopping.result() == 0
        assert time.monotonic() - told < STOPS_WITHIN
    assert head.times_heard("Lagret. Spørsmål 2 av 10.") == 1
    stored = pair.second.need_of("Bente Skjerdingstad")
    assert stored.answers == {"need": "new"}
    status, body = elsewhere.post(activity)
    assert status == 200
    assert "Ja, noe nytt" in body
    assert head.times_heard("Lagret. Spørsmål 2 av 10.") == 1
    assert pair.second.need_of("Bente Skjerdingstad") == stored
    pair.first.bot.start()


def test_a_process_that_dies_holds_up_nobody(pair: Pair) -> None:
    head, elsewhere = pair.person("Stine Kosberg")
    head.say("meld behov")
    head.say("ja")
    with ThreadPoolExecutor(2) as pool:
        with held(pair.teams, head.conversation) as first:
            lost = pool.submit(_post, head, head.message(need.TYPED[1]))
            first.wait()
            waiting = pool.submit(elsewhere.post, elsewhere.message(need.TODAY))
            time.sleep(0.3)
            assert not waiting.done()
            pair.first.bot.kill()
            assert waiting.result()[0] == 202
        assert lost.result() is None
    stored = pair.second.need_of("Stine Kosberg").answers
    assert stored == {name: need.ANSWERS[name] for name in ("need", "themes", "today")}
    assert head.times_heard("Lagret. Spørsmål 4 av 10.") == 1
    pair.first.bot.start()


@pytest.mark.torture
def test_a_twin_that_waits_for_its_place_ends_when_it_is_told_to(pair: Pair, tmp_path: Path) -> None:
    twin = Bot(tmp_path, now=NOW, database_url=pair.first.bot.database_url, executor_id="first")
    twin.begin()
    with psycopg.connect(_libpq(twin.database_url), autocommit=True) as connection:
        query = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'rekompis:first'"
        deadline = time.monotonic() + 30
        while connection.execute(query).fetchone() != (2,):
            assert time.monotonic() < deadline, twin.log()
            time.sleep(0.05)
    told = time.monotonic()
    assert twin.stop() == 0
    assert time.monotonic() - told < STOPS_WITHIN


def _execute(head: Person, title: str) -> dict[str, Any]:
    pressed = head.pressing(title)
    verb = pressed["value"].pop("verb")
    action = {"type": "Action.Execute", "verb": verb, "data": pressed["value"]}
    return head.activity(
        "invoke", name="adaptiveCard/action", value={"action": action}, replyToId=pressed["replyToId"]
    )


def _post(head: Person, activity: dict[str, Any]) -> int | None:
    """The status; None when there was no answer."""
    try:
        return head.post(activity)[0]
    except (OSError, HTTPException):
        return None


def _libpq(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
