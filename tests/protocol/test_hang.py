"""PostgreSQL hangs: everybody is answered in time, /readyz says it, nothing is half done, and all goes on by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.databases import Databases
from tests.protocol.people import Person
from tests.protocol.test_away import AWAY, ready, town_of, until

TEAMS_WAITS = 10.0
AT_ONCE = 12
"""People; more than there are threads for them."""


@pytest.fixture(scope="module")
def server() -> Iterator[Databases]:
    """A PostgreSQL of this module's own: it is made to hang."""
    databases = Databases(own_server=True)
    yield databases
    databases.close()


@pytest.fixture
def frozen(server: Databases) -> Iterator[Databases]:
    """The same; it goes on at the end at the latest."""
    yield server
    server.thaw_postgresql()


def timed(who: Person, text: str) -> float:
    """Seconds until somebody has heard that nothing can be stored now."""
    began = time.monotonic()
    assert who.say(text) == AWAY
    return time.monotonic() - began


@pytest.mark.by_the_clock
def test_everybody_is_answered_in_time_and_acted_for_once(frozen: Databases, tmp_path: Path) -> None:
    with town_of(tmp_path, frozen.empty("postgresql")) as town:
        head = town.person("Maja Nordfjell")
        head.say("meld behov")
        others = [town.person(f"Frida Fremmed {n}") for n in range(AT_ONCE)]
        answer = head.message("ja, noe nytt")
        press = others[0].activity("invoke", name="adaptiveCard/action", value={"action": {"verb": "menu"}})
        frozen.freeze_postgresql()
        with ThreadPoolExecutor(AT_ONCE + 3) as beside:
            pressed = beside.submit(others[0].post, press)
            asked = [beside.submit(timed, one, "når er fristen?") for one in others[1:]]
            looked = beside.submit(ready, town)
            assert head.does(answer) == AWAY
            assert max(one.result() for one in asked) < TEAMS_WAITS
            assert pressed.result()[0] == 200
            assert others[0].chat.heard == [AWAY]
            assert looked.result() == (503, {"database": False, "engine": False})
        frozen.thaw_postgresql()
        assert "Lagret. Spørsmål 2 av 10." in head.does(answer)
        assert head.does(answer) == ""
        assert town.need_of("Maja Nordfjell").answers == {"need": "new"}
        until(lambda: ready(town)[0] == 200)


@pytest.mark.torture
def test_a_process_lives_on_however_long_it_hangs(frozen: Databases, tmp_path: Path) -> None:
    with town_of(tmp_path, frozen.empty("postgresql")) as town:
        head, owner = town.person("Maja Nordfjell"), town.person("Sverre Nyvoll")
        owner.say("hei")
        head.say("meld behov")
        frozen.freeze_postgresql()
        began = time.monotonic()
        while time.monotonic() - began < 60:
            assert timed(head, "ja, noe nytt") < TEAMS_WAITS
            assert ready(town)[0] == 503
        frozen.thaw_postgresql()
        until(lambda: ready(town)[0] == 200)
        assert "Lagret. Spørsmål 2 av 10." in head.say("ja, noe nytt")
        assert town.bot.runs
        assert "engine.lock_back" in town.bot.log()
