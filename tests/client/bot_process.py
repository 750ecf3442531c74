"""The bot as it really runs, in a process of its own, with a real client on it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.serve import sample_tenant
from tests.client.driver import TeamsClient

ROOT = Path(__file__).parents[2]
NOW = "2026-11-12T10:00"
"""A Thursday before the deadlines: nobody is reminded of anything for days."""
START_SECONDS = 120.0
STOP_SECONDS = 60.0


class BotProcess:
    """`python -m bot serve` on free ports, with its databases in `folder`; a context manager."""

    def __init__(self, folder: Path, now: str = NOW) -> None:
        self.port = _free_port()
        self._folder, self._now = folder, now
        self._log = folder / "bot.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def start(self) -> None:
        """Starts it, and returns when it is ready."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve"],
                cwd=self._folder,
                env=self._environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise AssertionError(f"the bot did not start: {self._log.read_text()[-3000:]}")
            time.sleep(0.1)

    def stop(self) -> int:
        """Asks it to end, and returns its exit code."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(STOP_SECONDS)

    def kill(self) -> None:
        """Ends it at once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def complaints(self) -> list[str]:
        """What it logged as a warning or worse."""
        words = ("[warning", "[error", "[critical", "WARNING ", "ERROR ", "CRITICAL ", "Traceback")
        lines = self._log.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if any(word in line for word in words)]

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=20) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return False

    def _environment(self) -> dict[str, str]:
        withheld = ("REKOMPIS_", "PYTHONDONTWRITEBYTECODE")
        own = {name: value for name, value in os.environ.items() if not name.startswith(withheld)}
        return own | {
            "PYTHONPATH": str(ROOT),
            # Started again and again, it is compiled once: most of a start is reading its libraries.
            "PYTHONPYCACHEPREFIX": str(ROOT / "build" / "pycache"),
            "REKOMPIS_DATABASE_URL": f"sqlite:///{self._folder / 'rekompis.db'}",
            "REKOMPIS_PORT": str(self.port),
            "REKOMPIS_METRICS_PORT": "0",
            "REKOMPIS_NOW": self._now,
            # There is no Teams here whose limits would have to be kept.
            "REKOMPIS_SENDS_PER_SECOND": "0",
        }


@contextmanager
def at_the_desk(folder: Path) -> Iterator[tuple[BotProcess, TeamsClient]]:
    """The bot and a client on it, with Kari Nordli of the sample register at the keyboard.

    At the end nothing may have gone wrong between the two, in the page, or in the bot's log.
    """
    with BotProcess(folder) as bot, TeamsClient(sample_tenant(), bot_port=bot.port) as teams:
        yield bot, teams
        assert teams.failed_exchanges() == []
        assert teams.page_errors == []
        assert bot.complaints() == []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
