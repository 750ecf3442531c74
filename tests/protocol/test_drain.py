"""SIGTERM: what is under way is finished, nothing new is taken, and the process ends well within twenty seconds."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.protocol.conftest import NOW
from tests.protocol.holding import held, until_nobody_is_let_in
from tests.protocol.people import Person
from tests.protocol.town import Bot, Town, running

WITHIN = 20.0
SIGTERM = 15


def begun(town: Town, name: str) -> Person:
    """Somebody who is asked the first question."""
    head = town.person(name)
    head.say("meld behov")
    return head


@pytest.mark.by_the_clock
def test_a_turn_under_way_is_finished_and_nothing_new_is_taken(tmp_path: Path) -> None:
    with running(tmp_path, now=NOW) as town, ThreadPoolExecutor(2) as pool:
        head, other = begun(town, "Kari Nordli"), town.person("Silje Gravråk")
        kept_open = HTTPConnection("127.0.0.1", int(town.bot.url.rsplit(":", 1)[1]), timeout=60)
        kept_open.request("GET", "/healthz")
        assert kept_open.getresponse().read()
        activity = head.message("ja, noe nytt")
        with held(town.teams, head.conversation) as answer:
            answered = pool.submit(head.post, activity)
            answer.wait()
            told = time.monotonic()
            stopped = pool.submit(town.bot.stop)
            until_nobody_is_let_in(other)
            with closing(kept_open):
                assert _hello_over(kept_open, other) == 503
            assert not answered.done()
            answer.let_go()
            assert answered.result()[0] == 202
            assert stopped.result() == 0
        assert time.monotonic() - told < WITHIN
        assert head.times_heard("Lagret. Spørsmål 2 av 10.") == 1
        assert town.need_of("Kari Nordli").answers == {"need": "new"}
        assert other.chat.heard == []
        town.bot.start()
        assert head.does(activity) == ""


@pytest.mark.torture
def test_an_answer_that_never_arrives_holds_up_nobody(tmp_path: Path) -> None:
    with running(tmp_path, now=NOW) as town, ThreadPoolExecutor(1) as pool:
        head = begun(town, "Kari Nordli")
        with held(town.teams, head.conversation) as answer:
            posted = pool.submit(_post, head, "ja, noe nytt")
            answer.wait()
            told = time.monotonic()
            assert town.bot.stop() == 0
            assert time.monotonic() - told < WITHIN
            posted.result()
        assert town.need_of("Kari Nordli").answers == {"need": "new"}
        town.bot.start()
        assert "Spørsmål 2 av 10." in head.say("fortsett")


def _hello_over(connection: HTTPConnection, person: Person) -> int:
    headers = {"Content-Type": "application/json"}
    connection.request("POST", "/api/messages", json.dumps(person.message("hei")), headers)
    with connection.getresponse() as response:
        return response.status


def _post(head: Person, text: str) -> None:
    try:
        head.post(head.message(text))
    except OSError:
        return  # what is expected: the process ends before Teams has answered it


@pytest.mark.parametrize("after", [0.0, 0.5])
def test_told_to_stop_while_it_starts(tmp_path: Path, after: float) -> None:
    bot = Bot(tmp_path, now=NOW)
    bot.begin()
    _until_it_listens_to(SIGTERM, bot)
    time.sleep(after)
    told = time.monotonic()
    assert bot.stop() == 0
    assert time.monotonic() - told < WITHIN
    assert "Traceback" not in bot.log()


def _until_it_listens_to(number: int, bot: Bot) -> None:
    """Waits until the process has its own way with a signal; before that, its end is the system's."""
    deadline = time.monotonic() + 60
    while not (bot.caught_signals() >> (number - 1)) & 1:
        assert time.monotonic() < deadline, bot.log()
        time.sleep(0.01)
