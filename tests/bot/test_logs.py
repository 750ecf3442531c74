"""Logs: a line each, with ids, and without what people write, what they are called, and what errors say."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from storage.engines import make_engine
from tests.bot.sdk.login import Quiet, served
from tests.protocol.need import BETTER, TODAY
from tests.protocol.teams import TENANT, Teams
from tests.protocol.town import Bot, Town, environment

SECRET = "Barnet Ola bor i Storgata 7"
NAMES = ("Kari", "Nordli", "Solbakken", "Melhus", "Per Aune", "@")


def lines(log: str) -> list[dict[str, Any]]:
    """Every line, which must be JSON."""
    return [json.loads(line) for line in log.splitlines()]


@dataclass
class Collector:
    """Takes traces, and keeps what came."""

    bodies: list[bytes] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[str]:
        collector = self

        class Handler(Quiet):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                zipped = self.headers["Content-Encoding"] == "gzip"
                collector.bodies.append(gzip.decompress(body) if zipped else body)
                self.answer(200, "")

        with served(Handler) as url:
            yield url


@contextmanager
def town_at(folder: Path, collector: Collector) -> Iterator[Town]:
    """A bot that logs all it can, as in production, and sends traces; it may have failures."""
    with collector.running() as url, Teams() as teams:
        bot = Bot(folder, log_format="json", log_level="DEBUG", now="2026-11-12T09:00", otlp_endpoint=url)
        bot.start()
        town = Town(teams, bot)
        try:
            yield town
        finally:
            bot.kill()
            town.close()


@contextmanager
def broken(url: str) -> Iterator[None]:
    """No need can be changed, and the database's error says what somebody wrote."""
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            f"CREATE TRIGGER broken BEFORE UPDATE ON needs_report BEGIN SELECT RAISE(ABORT, '{SECRET}'); END"
        )
    yield
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER broken")
    engine.dispose()


def test_a_report_and_a_failure_leave_no_text_and_no_name(tmp_path: Path) -> None:
    collector = Collector()
    with town_at(tmp_path, collector) as town:
        head = town.person("Kari Nordli")
        for text in ("meld behov", "ja, noe nytt", "lek og språk", TODAY):
            head.say(text)
        with broken(town.bot.database_url):
            assert "Noe gikk galt hos oss, kode" in head.say(f"{BETTER} {SECRET}")
        code = head.newest.text.split("kode ")[1][:4]
        assert "Lagret." in head.say(BETTER)
        assert town.bot.stop() == 0
        log = town.bot.log()
    traces = b"".join(collector.bodies).decode("utf-8", "replace")
    for text in (SECRET, TODAY, BETTER, "Storgata", "leken", head.account, head.conversation, *NAMES):
        assert text not in log, text
        assert text not in traces or text == "@", text
    (failed,) = [line for line in lines(log) if line["event"] == "turn.failed"]
    assert (failed["code"], failed["level"], failed["tenant"]) == (code, "error", TENANT)
    assert "IntegrityError" in failed["error"]
    done = [line for line in lines(log) if line["event"] == "turn.done"]
    assert [line["outcome"] for line in done] == ["ok"] * 4 + ["failed", "ok"]
    assert len({line["turn"] for line in done}) == 6
    assert failed["turn"] == done[4]["turn"]
    assert {(line["tenant"], line["kind"], line["level"]) for line in done} == {(TENANT, "said", "info")}
    assert all(line["ms"] > 0 for line in done)
    assert all(
        line["turn"] in traces and bytes.fromhex(line["trace"]) in b"".join(collector.bodies) for line in done
    )


LOUD = {
    "a library's own words": ("logging.getLogger('x').error('as it stands')", {"says": "as it stands"}),
    "a library that tells": ("logging.getLogger('x').error(f'said {SECRET}')", {"library": "x"}),
    "a library with arguments": ("logging.getLogger('x').error('said %s', SECRET)", {"says": "said %s"}),
    "a library's exception": (
        "try: int(SECRET)\nexcept ValueError: logging.getLogger('x').exception('bad')",
        {"error": "ValueError", "says": "bad"},
    ),
    "an exception of ours": (
        "try: int(SECRET)\nexcept ValueError: structlog.get_logger().exception('ours')",
        {"event": "ours", "error": "ValueError"},
    ),
    "a warning": ("warnings.warn(SECRET)", {"event": "library.warning", "error": "UserWarning"}),
    "a thread": (
        "t = threading.Thread(target=int, args=[SECRET]); t.start(); t.join()",
        {"event": "uncaught.thread", "error": "ValueError"},
    ),
    "a task that nobody awaits": (
        "async def bad(): int(SECRET)\n"
        "async def main():\n"
        "    watch_loop(asyncio.get_running_loop())\n"
        "    asyncio.create_task(bad())\n"
        "    await asyncio.sleep(0.01)\n"
        "    gc.collect()\n"
        "asyncio.run(main())",
        {"event": "uncaught.loop", "error": "ValueError"},
    ),
    "what cannot be raised": (
        "class Bad:\n    def __del__(self): int(SECRET)\nbad = Bad()\ndel bad",
        {"event": "uncaught.ignored", "error": "ValueError"},
    ),
    "the end of the program": ("raise RuntimeError(SECRET)", {"event": "uncaught", "error": "RuntimeError"}),
}
BEFORE = (
    "import asyncio, gc, logging, os, structlog, threading, warnings\n"
    "from bot.logs import set_up, watch_loop\n"
    "SECRET = os.environ['REKOMPIS_SECRET']\n"
)


def logged(code: str) -> str:
    """What a program writes to stderr."""
    command = [sys.executable, "-c", BEFORE + code]
    ran = subprocess.run(command, env=environment(secret=SECRET), capture_output=True, text=True, timeout=120)
    assert ran.stdout == ""
    return ran.stderr


def test_whoever_speaks_it_is_one_line_without_what_was_said() -> None:
    program = "\n".join(["set_up('DEBUG', readable=False)", *(code for code, _ in LOUD.values())])
    log = logged(program)
    written = lines(log)
    assert "Ola" not in log
    assert len(written) == len(LOUD)
    for line, (case, (_, expected)) in zip(written, LOUD.items(), strict=True):
        assert {"timestamp", "level", "event"} <= set(line), case
        assert expected.items() <= line.items(), case


def test_readable_lines_are_for_a_person() -> None:
    log = logged("set_up('INFO', readable=True)\nstructlog.get_logger().info('here', key=1)")
    assert "[info" in log
    assert "key=1" in log
