"""The bots that are measured beside each other, each in a process of its own, warmed up."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import create_engine, text

from bench import load, workloads
from bench.crowd import PEOPLE, Crowd, Said
from bench.nation import register_of
from bench.running import SERVE, Bot, bot_process, environment, free_port, process
from domain.register.files import write_register
from tests.databases import Databases

NETWORKS = 40
STOCK, BARE = "stock botbuilder echo", "bare aiohttp echo"
QUESTION, STEP, STEP_POSTGRESQL = "a question", "a step, SQLite", "a step, PostgreSQL"
SETTINGS = {
    "now": f"{workloads.TODAY.isoformat()}T09:00",  # A morning on which nobody is reminded of anything.
    "tick_seconds": "60",  # As it is with Teams; the local bot looks more often.
    "sends_per_second": "0",  # There is no Teams here whose limits would have to be kept.
}


class Warm(NamedTuple):
    """A running bot whom everybody has met, and what is said to it from now on."""

    bot: Bot
    said: Iterator[Said]


def all_of_them(crowd: Crowd) -> dict[str, AbstractAsyncContextManager[Warm]]:
    """Every bot that is measured, by its name; not yet started."""
    return {
        STOCK: echo("stock"),
        BARE: echo("bare"),
        QUESTION: rekompis(crowd, workloads.asked(), workloads.QUESTIONS),
        STEP: rekompis(crowd, workloads.reported(), workloads.UNTIL_MIXED),
        STEP_POSTGRESQL: rekompis(crowd, workloads.reported(), workloads.UNTIL_MIXED, on_postgresql=True),
    }


@asynccontextmanager
async def echo(name: str) -> AsyncIterator[Warm]:
    """One of the echoes."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = ["-m", "bench.echoes", name, str(port)]
        async with process(command, port, Path(folder), environment()) as bot:
            yield Warm(bot, workloads.echoed())


@asynccontextmanager
async def rekompis(
    crowd: Crowd,
    said: Iterator[Said],
    first: int,
    *,
    on_postgresql: bool = False,
    program: Sequence[str] = SERVE,
) -> AsyncIterator[Warm]:
    """A bot with a register of a head for each of the people; `first` turns are not measured."""
    databases = Databases()
    try:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            url = durable(databases) if on_postgresql else f"sqlite:///{folder}/bench.db"
            settings = {**SETTINGS, "database_url": url}
            import_register(folder, settings)
            async with bot_process(folder, program, **settings) as bot:
                await load.once(crowd, bot, workloads.first_words())
                await load.once(crowd, bot, islice(said, first))
                yield Warm(bot, said)
    finally:
        databases.close()


def import_register(folder: Path, settings: dict[str, str]) -> None:
    """As an operator does it, from CSV files."""
    files = folder / "register"
    write_register(files, register_of(PEOPLE, NETWORKS))
    command = [sys.executable, "-m", "bot", "register", "import", str(files)]
    done = subprocess.run(command, cwd=folder, env=environment(**settings), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)


def durable(databases: Databases) -> str:
    """A PostgreSQL that waits for the disk, other than that of the tests."""
    url = databases.empty("postgresql")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("ALTER SYSTEM SET fsync = on"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()
    return url
