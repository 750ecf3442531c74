"""A start is short: what is rarely needed is loaded when it is first used, and what is loaded costs little."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.database import Database

ROOT = Path(__file__).resolve().parents[2]

LATER = {
    "PIL": "the annual wheel",
    "alembic": "a schema that is not the newest",
    "azure.core.pipeline": "nothing",
    "botbuilder.core.bot_framework_adapter": "nothing",
    "cryptography": "jwt",
    "docx": "the sheet for the staff meeting",
    "icalendar": "a calendar file",
    "jwt": "an app id, whose requests bear tokens, or the first link to a file",
    "lxml": "docx, openpyxl",
    "microsoft_teams.cards": "the first card, or beside the first turns",
    "msal": "the first token of our own",
    "msrest.service_client": "nothing",
    "numpy": "openpyxl, where it is installed",
    "oauthlib": "nothing",
    "openpyxl": "an Excel file",
    "requests": "msal",
    "rich": "the help of the command line",
    "snowballstemmer.english_stemmer": "nothing",
    "bot.preview": "`rekompis cards preview`",
}
"""Modules that a start does not load, and what loads them."""

MOST_LOOPS = 28
"""A start may take as much processor time as so many loops of a million additions; about half is usual."""

MOST_MEMORY = 145.0
"""Megabytes of a bot that has just become ready; about 125 are usual."""

# Beside the warm-up, which has just begun, eight threads ask for their first card.
START = """
import asyncio, json, os, signal, sys, time
from concurrent.futures import ThreadPoolExecutor
import bot.cli
bot.cli._load_quickly()
from bot.serve import serve
from bot.settings import read_settings

def first_card(number):
    from dialogs.payloads import read_payload
    from messages import cards
    verb = read_payload({"verb": "menu"}).verb
    body = [cards.heading("Hei"), cards.facts([("Frist", "1. desember")]), cards.hint("Vær så god")]
    return cards.card(body, [cards.button("Meny", verb)], summary="Hei").card

import bot.app
warm_up_beside, reached = bot.app.warm_up_beside, {}

def noted():
    with open("/proc/self/status") as status:
        memory = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))
    reached.update(spent=time.process_time(), memory=memory, loaded=sorted(sys.modules))
    return warm_up_beside()

bot.app.warm_up_beside = noted

def ready(app):
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(first_card, range(8)))
    with open("told.json", "w") as file:
        json.dump({**reached, "cards": made}, file)
    os.kill(os.getpid(), signal.SIGTERM)

sys.exit(asyncio.run(serve(read_settings(), ready)))
"""


@dataclass(frozen=True)
class Started:
    """What a process told when it was ready: seconds of processor time, megabytes, modules, and its first cards."""

    spent: float
    memory: float
    loaded: frozenset[str]
    cards: list[object]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the database is that has been set up."""
    made = tmp_path_factory.mktemp("start")
    database = Database(_url(made))
    database.upgrade()
    database.close()
    return made


@pytest.fixture(scope="module")
def started(folder: Path) -> Started:
    """One start for all the tests, as it takes seconds."""
    return _start(folder)


def test_what_is_rarely_needed_is_loaded_later(started: Started) -> None:
    assert sorted(started.loaded & LATER.keys()) == []


@pytest.mark.by_the_clock
def test_a_start_takes_little_of_the_processor(started: Started, folder: Path) -> None:
    # The first one compiles what nobody has compiled before, and a start can hit upon a moment when all is slow.
    starts = (started.spent, *(_start(folder).spent for _ in range(3)))
    assert any(spent < MOST_LOOPS * _loop() for spent in starts)


def test_what_is_loaded_takes_little_memory(started: Started) -> None:
    assert started.memory < MOST_MEMORY


def test_first_cards_are_whole_whoever_asks_for_them_at_once(started: Started) -> None:
    first = started.cards[0]
    assert isinstance(first, dict)
    assert [part["type"] for part in first["body"]] == ["TextBlock", "FactSet", "Container"]
    assert first["actions"][0]["data"] == {"verb": "menu"}
    assert all(card == first for card in started.cards)


def _loop() -> float:
    """Seconds of processor time that a million additions take here and now."""
    begun = time.process_time()
    total = 0
    for number in range(1_000_000):
        total += number * number % 7
    return time.process_time() - begun


def _url(folder: Path) -> str:
    return f"sqlite:///{folder}/rekompis.db"


def _start(folder: Path) -> Started:
    env = {name: value for name, value in os.environ.items() if not name.startswith("REKOMPIS_")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env |= {
        "PYTHONPATH": str(ROOT),
        "REKOMPIS_DATABASE_URL": _url(folder),
        "REKOMPIS_PORT": str(_free_port()),
        "REKOMPIS_METRICS_PORT": str(_free_port()),
        "REKOMPIS_LOG_LEVEL": "ERROR",
    }
    done = subprocess.run([sys.executable, "-c", START], cwd=folder, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told = json.loads((folder / "told.json").read_text(encoding="utf-8"))
    return Started(told["spent"], told["memory"], frozenset(told["loaded"]), told["cards"])


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
