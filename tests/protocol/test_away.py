"""PostgreSQL goes away and comes back: people hear it kindly, /readyz says it, and everything resumes by itself."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from domain.needs.models import Status
from tests.databases import Databases
from tests.protocol import need
from tests.protocol.conftest import NOW
from tests.protocol.teams import Teams
from tests.protocol.town import Bot, Town

AWAY = "Jeg får ikke lagret akkurat nå, så det siste er ikke tatt vare på. Prøv igjen om et minutt."
TURN_SECONDS = 10.0
SOON = {"delivery.engine.LONGEST_PAUSE": 1.0}
BACK_WITHIN = 60.0
"""Seconds until the engine has noticed; it looks at longer and longer intervals, ten seconds apart at most and here one."""


@pytest.fixture(scope="module")
def server() -> Iterator[Databases]:
    """A PostgreSQL of this module's own: it is stopped and started."""
    databases = Databases(own_server=True)
    yield databases
    databases.close()


@contextmanager
def town_of(folder: Path, url: str) -> Iterator[Town]:
    """A bot that logs what was wrong with its database, and nothing worse."""
    with Teams() as teams:
        bot = Bot(folder, instead=SOON, now=NOW, database_url=url)
        bot.start()
        town = Town(teams, bot)
        try:
            yield town
            assert bot.stop() == 0
            for trouble in ("Traceback", "turn.failed", "request.failed", "engine.lock_lost"):
                assert trouble not in bot.log(), bot.log()
        finally:
            bot.kill()
            town.close()


def ready(town: Town) -> tuple[int, dict[str, Any]]:
    """What /readyz says."""
    try:
        with urllib.request.urlopen(f"{town.bot.url}/readyz", timeout=20) as response:
            return response.status, json.loads(response.read())
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.loads(refused.read())


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + BACK_WITHIN
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_a_turn_without_the_database_is_taken_when_it_is_back(server: Databases, tmp_path: Path) -> None:
    with town_of(tmp_path, server.empty("postgresql")) as town:
        head = town.person("Maja Nordfjell")
        head.say("meld behov")
        activity = head.message("ja, noe nytt")
        server.stop_postgresql()
        assert head.does(activity) == AWAY
        assert ready(town) == (503, {"database": False, "engine": False})
        server.start_postgresql()
        assert "Lagret. Spørsmål 2 av 10." in head.does(activity)
        assert head.does(activity) == ""
        assert town.need_of("Maja Nordfjell").answers == {"need": "new"}
        until(lambda: ready(town)[0] == 200)
        assert town.bot.runs


@pytest.mark.torture
def test_everything_resumes_after_a_minute_without_the_database(server: Databases, tmp_path: Path) -> None:
    with town_of(tmp_path, server.empty("postgresql")) as town:
        head, owner = town.person("Maja Nordfjell"), town.person("Sverre Nyvoll")
        owner.say("hei")
        head.say("meld behov")
        for answer in (*need.TYPED, "Natur som rom"):
            assert "Lagret." in head.say(answer)
        again = head.message("send")
        server.stop_postgresql()
        stopped = time.monotonic()
        while time.monotonic() - stopped < 60:
            asked = time.monotonic()
            assert head.does(again) == AWAY
            assert owner.say("til behandling") == AWAY
            assert time.monotonic() - asked < 2 * TURN_SECONDS
            assert ready(town) == (503, {"database": False, "engine": False})
            time.sleep(5)
        server.start_postgresql()
        assert town.need_of("Maja Nordfjell").answers == {**need.ANSWERS, "title": "Natur som rom"}
        # Teams may send the event again that was not taken: it is, now, and at once.
        assert "Sendt til Fjellsnerpa barnehage SA." in head.does(again)
        until(lambda: ready(town)[0] == 200)
        owner.hears("har meldt et behov: «Natur som rom»")
        assert "«Natur som rom» er godkjent." in owner.press("Godkjenn")
        head.hears("har godkjent «Natur som rom»")
        assert town.need_of("Maja Nordfjell").status is Status.APPROVED
        assert head.times_heard("Sendt til Fjellsnerpa barnehage SA.") == 1
        assert town.bot.runs
