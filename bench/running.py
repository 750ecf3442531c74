"""The bot in a process of its own, on a fresh database, for as long as something is measured."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientSession

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Bot:
    """A running bot: the address of its messages, and its process."""

    url: str
    pid: int

    def most_memory(self) -> float:
        """The most memory that the process has held so far, in megabytes."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


@asynccontextmanager
async def running_bot(folder: Path | None = None, **settings: str) -> AsyncIterator[str]:
    """The address of a bot's messages, which keeps no limits of Teams; the rest as for `bot_process`."""
    async with bot_process(folder, **{"sends_per_second": "0", **settings}) as bot:
        yield bot.url


@asynccontextmanager
async def bot_process(folder: Path | None = None, **settings: str) -> AsyncIterator[Bot]:
    """Starts the bot; `settings` without their prefix.

    Its database is `bench.db` in `folder`, which is made and thrown away when none is given.
    """
    with tempfile.TemporaryDirectory() as made:
        where = folder or Path(made)
        port = free_port()
        env = {
            **os.environ,
            "REKOMPIS_DATABASE_URL": f"sqlite:///{where}/bench.db",
            "REKOMPIS_PORT": str(port),
            "REKOMPIS_METRICS_PORT": str(free_port()),
            "REKOMPIS_LOG_LEVEL": "WARNING",
            "PYTHONPATH": str(ROOT),
            **{f"REKOMPIS_{name.upper()}": value for name, value in settings.items()},
        }
        bot = subprocess.Popen([sys.executable, "-m", "bot", "serve"], cwd=where, env=env)  # noqa: ASYNC220
        try:
            await _ready(port)
            yield Bot(f"http://127.0.0.1:{port}/api/messages", bot.pid)
        finally:
            bot.terminate()
            await asyncio.to_thread(bot.wait)


async def timed_start(folder: Path) -> float:
    """Seconds from the start of the process until /readyz says 200."""
    started = time.perf_counter()
    async with running_bot(folder):
        return time.perf_counter() - started


async def _ready(port: int) -> None:
    async with ClientSession() as http:
        while True:
            try:
                async with http.get(f"http://127.0.0.1:{port}/readyz") as response:
                    if response.status == 200:
                        return
            except OSError:
                pass
            await asyncio.sleep(0.02)
