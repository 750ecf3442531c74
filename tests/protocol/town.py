"""A bot in a process of its own, Teams around it, and what it has stored."""

from __future__ import annotations

import os
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from multiprocessing.process import BaseProcess
from pathlib import Path

from domain.needs.models import NeedsReport, Status
from domain.outbox import OutboxMessage
from storage.database import Database
from tests.protocol.forking import started
from tests.protocol.people import Person, person
from tests.protocol.teams import Teams

ROOT = Path(__file__).parents[2]
IN_THE_ROUND = date(2026, 12, 1)
START_SECONDS = 120
STOP_SECONDS = 60


def environment(**settings: str) -> dict[str, str]:
    """The environment of a command of ours: the given settings and no others."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("REKOMPIS_")}
    # Many processes start here: they must find the modules compiled.
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        **{f"REKOMPIS_{name.upper()}": value for name, value in settings.items()},
    }


class Bot:
    """`python -m bot serve` in a folder of its own, on a free port; it may be ended and started again.

    It is forked from a process that has done the imports: they are most of a start, and the same every time.
    `instead` are other values for constants of its modules, by their full names.
    """

    def __init__(self, folder: Path, *, instead: Mapping[str, float] | None = None, **settings: str) -> None:
        self._instead = instead or {}
        self.folder = folder
        self.database_url = settings.get("database_url", f"sqlite:///{folder / 'rekompis.db'}")
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        ours = {
            "database_url": self.database_url,
            "port": str(port),
            "metrics_port": "0",
            "tick_seconds": "1",
        }
        if "app_id" not in settings:
            # There is no Teams here whose limits would have to be kept.
            ours["sends_per_second"] = "0"
        self._environment = environment(**{**ours, **settings})
        self._process: BaseProcess | None = None

    def start(self, now: str | None = None) -> None:
        """Starts it, at another moment if one is given, and waits until it is ready."""
        if now is not None:
            self._environment["REKOMPIS_NOW"] = now
        self.begin()
        deadline = time.monotonic() + START_SECONDS
        while not self._ready():
            assert self.runs, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.05)

    def begin(self) -> None:
        """Starts it, and does not wait."""
        assert self._process is None
        self._process = started(self.folder, self._environment, self._instead)

    @property
    def runs(self) -> bool:
        """Whether the process that was started has not ended."""
        return self._process is not None and self._process.is_alive()

    def caught_signals(self) -> int:
        """The signals that the process has handlers for, a bit for each."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text("ascii")
        (mask,) = (line.split()[1] for line in status.splitlines() if line.startswith("SigCgt"))
        return int(mask, 16)

    def kill(self) -> None:
        """kill -9."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.join()
            process.close()

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        process, self._process = self._process, None
        assert process is not None
        process.terminate()
        process.join(STOP_SECONDS)
        code = process.exitcode
        if code is None:
            process.kill()
            process.join()
        process.close()
        assert code is not None, f"it has not stopped after {STOP_SECONDS} seconds"
        return code

    def log(self) -> str:
        """Everything it has logged."""
        return (self.folder / "log").read_text("utf-8")

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=20) as response:
                return bool(response.status == 200)
        except (urllib.error.URLError, ConnectionError):
            return False


class Town:
    """A bot, Teams, and the people of the sample register."""

    def __init__(self, teams: Teams, bot: Bot) -> None:
        self.teams = teams
        self.bot = bot
        self._database = Database(bot.database_url)

    def close(self) -> None:
        """Ends the reading of what is stored."""
        self._database.close()

    def person(self, name: str) -> Person:
        """Somebody of the sample register; anybody else is a stranger."""
        return person(self.teams, f"{self.bot.url}/api/messages", name)

    # --- what is stored ---------------------------------------------------------------------------------------

    def needs(self) -> list[NeedsReport]:
        """Every need, in the order they were begun."""
        with self._database.unit_of_work() as uow:
            rounds = uow.rounds.all_current(IN_THE_ROUND)
            found = [need for r in rounds for need in uow.needs.in_round(r.id, list(Status))]
        return sorted(found, key=lambda n: n.id)

    def needs_of(self, name: str) -> list[NeedsReport]:
        """The needs that somebody has begun."""
        person_id = self.person_id(name)
        return [need for need in self.needs() if need.created_by == person_id]

    def need_of(self, name: str) -> NeedsReport:
        """The one need that somebody has begun."""
        (only,) = self.needs_of(name)
        return only

    def person_id(self, name: str) -> int:
        """The id of somebody in the register."""
        with self._database.unit_of_work() as uow:
            (found,) = [p.id for p in uow.register.all_people() if p.name == name]
        return found

    def outbox(self, key: str) -> OutboxMessage | None:
        """A message to somebody else, by its key."""
        with self._database.unit_of_work() as uow:
            return uow.outbox.get(key)


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[Town]:
    """A bot with these settings and Teams around it."""
    with Teams() as teams, served(teams, Bot(folder, instead=None, **settings)) as town:
        yield town


@contextmanager
def served(teams: Teams, bot: Bot) -> Iterator[Town]:
    """A bot that runs until the end; then it must stop when asked, and have had no failure of its own."""
    bot.start()
    town = Town(teams, bot)
    try:
        yield town
        assert bot.stop() == 0
        for trouble in ("Traceback", "turn.failed", "request.failed", "relay.failed", "[error"):
            assert trouble not in bot.log(), bot.log()
    finally:
        bot.kill()
        town.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
