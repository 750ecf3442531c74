"""The bot in a process of its own, on a fresh database, for as long as something is measured."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientSession

ROOT = Path(__file__).resolve().parents[1]
SERVE = ("bot", "serve")


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

    def memory(self) -> float:
        """The memory that the process holds, in megabytes."""
        return self._status("VmRSS")

    def most_memory(self) -> float:
        """The most memory that the process has held so far, in megabytes."""
        return self._status("VmHWM")

    def cpu(self) -> float:
        """Seconds of processor time that the process has used."""
        # The name, which may hold spaces, comes before the last parenthesis.
        times = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")

    def _status(self, name: str) -> float:
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(next(line for line in status.splitlines() if line.startswith(name)).split()[1]) / 1024


@asynccontextmanager
async def running_bot(folder: Path | None = None, **settings: str) -> AsyncIterator[str]:
    """The address of a bot's messages, which keeps no limits of Teams; the rest as for `bot_process`."""
    async with bot_process(folder, **{"sends_per_second": "0", **settings}) as bot:
        yield bot.url


@asynccontextmanager
async def bot_process(
    folder: Path | None = None, program: Sequence[str] = SERVE, **settings: str
) -> AsyncIterator[Bot]:
    """Starts the bot; `settings` without their prefix.

    Its database is `bench.db` in `folder`, which is made and thrown away when none is given.
    """
    with tempfile.TemporaryDirectory() as made:
        where = folder or Path(made)
        port = free_port()
        env = environment(
            **{
                "database_url": f"sqlite:///{where}/bench.db",
                "port": str(port),
                "metrics_port": str(free_port()),
                "log_level": "WARNING",
                **settings,
            }
        )
        async with process(["-m", *program], port, where, env) as bot:
            yield bot


@asynccontextmanager
async def process(arguments: list[str], port: int, folder: Path, env: dict[str, str]) -> AsyncIterator[Bot]:
    """Python with these arguments, which is to be ready on this port, until it is told to stop."""
    started = subprocess.Popen([sys.executable, *arguments], cwd=folder, env=env)  # noqa: ASYNC220
    try:
        await _ready(port, started)
        yield Bot(f"http://127.0.0.1:{port}/api/messages", started.pid)
    finally:
        started.terminate()
        await asyncio.to_thread(started.wait)


def environment(**settings: str) -> dict[str, str]:
    """The environment of a process of ours: these settings, without their prefix, and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("REKOMPIS_")}
    # Else it is measured how fast modules are compiled.
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        **{f"REKOMPIS_{name.upper()}": value for name, value in settings.items()},
    }


async def timed_start(folder: Path) -> float:
    """Seconds from the start of the process until /readyz says 200."""
    started = time.perf_counter()
    async with running_bot(folder):
        return time.perf_counter() - started


async def _ready(port: int, started: subprocess.Popen[bytes]) -> None:
    async with ClientSession() as http:
        while started.poll() is None:
            try:
                async with http.get(f"http://127.0.0.1:{port}/readyz") as response:
                    if response.status == 200:
                        return
            except OSError:
                pass
            await asyncio.sleep(0.02)
    raise RuntimeError(f"the process ended with {started.returncode}")
