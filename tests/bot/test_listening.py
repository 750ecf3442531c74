"""What strangers send is counted, and does not fill the log."""

from __future__ import annotations

import asyncio

from aiohttp import web
from structlog.testing import capture_logs

from bot.listening import Refusals, runner_of

TIMES = 20
NO_HTTP = (b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n")


def test_what_is_no_http_is_logged_once_a_minute_for_each_kind() -> None:
    async def knock(port: int, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(request)
            return await asyncio.wait_for(reader.readline(), 60)
        finally:
            writer.close()
            await writer.wait_closed()

    async def scenario() -> set[bytes]:
        runner = runner_of(web.Application())
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            port = runner.addresses[0][1]
            return {await knock(port, request) for _ in range(TIMES) for request in NO_HTTP}
        finally:
            await runner.cleanup()

    with capture_logs() as logs:
        answers = asyncio.run(scenario())
    assert {answer.split()[1] for answer in answers} == {b"400"}
    kinds = [line["error"] for line in logs if line["event"] == "request.malformed"]
    assert kinds
    assert len(kinds) == len(set(kinds))


def test_a_reason_is_logged_once_a_minute() -> None:
    now = 0.0
    refusals = Refusals(lambda: now)
    with capture_logs() as logs:
        for seconds in range(0, 121, 20):
            now = float(seconds)
            refusals(401, "no token")
            refusals(400, "json")
    assert [line["reason"] for line in logs] == ["no token", "json"] * 3
