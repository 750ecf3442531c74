"""Two thousand heads who write to a bot, and the stand-in for Teams that hears its answers; lean, for load.

A turn is over when the bot's HTTP response has come and the answer that was expected has arrived here.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import unquote, urlsplit

from bench.nation import head_email
from bench.wire import Connection, Served

TENANT = "00000000-0000-0000-0000-00000000be7c"
PEOPLE = 2000
LONGEST = 30.0
"""Seconds that a turn may take; one that takes longer is a failure."""


class Said(NamedTuple):
    """What somebody writes, and what the answer to it has in it (as UTF-8)."""

    person: int
    text: str
    expects: bytes


class WrongAnswer(Exception):
    """The bot refused a turn, or answered it with something else than what was expected."""


class _Turn:
    """A turn under way, with its time."""

    __slots__ = ("begun", "done", "expects", "heard", "responded", "said")

    def __init__(self, said: Said) -> None:
        self.said = said
        self.expects: bytes | None = said.expects
        self.responded = False
        self.heard: list[bytes] = []
        self.done: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.begun = time.perf_counter()

    def hear(self, body: bytes) -> None:
        self.heard.append(body)
        if self.expects is not None and self.expects in _utf8(body):
            self.expects = None
            self._check()

    def respond(self, status: int) -> None:
        self.responded = True
        if not 200 <= status < 300:
            self.fail(f"the HTTP status {status}")
        self._check()

    def late(self) -> None:
        texts = (json.loads(body) for body in self.heard)
        heard = [str(text.get("text") or text.get("summary")) for text in texts]
        self.fail(f"{heard or 'nothing'} {'' if self.responded else 'and no response'}")

    def fail(self, came: str) -> None:
        if not self.done.done():
            said, expects = self.said.text, self.said.expects.decode()
            self.done.set_exception(
                WrongAnswer(f"to «{said}» there was to come «{expects}», and came {came}")
            )

    def _check(self) -> None:
        if self.responded and self.expects is None and not self.done.done():
            self.done.set_result(time.perf_counter() - self.begun)


def _utf8(body: bytes) -> bytes:
    """The body with its characters as they are, not as escapes."""
    return json.dumps(json.loads(body), ensure_ascii=False).encode() if b"\\u" in body else body


class Crowd:
    """The people, and where the bot's messages to them arrive."""

    def __init__(self) -> None:
        self._turns: dict[str, _Turn] = {}
        self._ids = count(1)

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: Served(self._arrived), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()

    async def turn(self, connection: Connection, said: Said) -> float:
        """Somebody writes, when their last turn is over; the seconds that this one took. Raises WrongAnswer."""
        chat = chat_of(said.person)
        while (last := self._turns.get(chat)) is not None:
            await asyncio.wait([last.done])
        activity = self._activity(said)
        turn = self._turns[chat] = _Turn(said)
        too_late = asyncio.get_running_loop().call_later(LONGEST, turn.late)
        connection.post(activity, turn.respond)
        try:
            return await turn.done
        finally:
            too_late.cancel()
            del self._turns[chat]

    def _activity(self, said: Said) -> bytes:
        number = next(self._ids)
        activity = {
            "text": said.text,
            "textFormat": "plain",
            "attachments": [{"contentType": "text/html", "content": f"<p>{said.text}</p>"}],
            "type": "message",
            "timestamp": "2026-11-12T08:00:00.123Z",
            "localTimestamp": "2026-11-12T09:00:00.123+01:00",
            "id": f"b{number}",
            "channelId": "msteams",
            "serviceUrl": self.url,
            "from": {
                "id": f"29:{said.person:060}",
                "name": f"Styrer {said.person}",
                "aadObjectId": f"00000000-0000-0000-0000-{said.person:012}",
            },
            "conversation": {
                "conversationType": "personal",
                "tenantId": TENANT,
                "id": chat_of(said.person),
            },
            "recipient": {"id": "28:00000000-0000-0000-0000-00000000b070", "name": "Rekompis"},
            "entities": [
                {
                    "locale": "nb-NO",
                    "country": "NO",
                    "platform": "Web",
                    "timezone": "Europe/Oslo",
                    "type": "clientInfo",
                }
            ],
            "channelData": {"tenant": {"id": TENANT}},
            "locale": "nb-NO",
            "localTimezone": "Europe/Oslo",
        }
        return json.dumps(activity).encode()

    def _arrived(self, method: bytes, path: bytes, body: bytes) -> tuple[int, bytes]:
        parts = unquote(path.decode()).split("/")
        chat = parts[3]
        if method == b"GET":
            return 200, json.dumps(_member(parts[5])).encode()
        turn = self._turns.get(chat)
        if turn is not None:
            turn.hear(body)
        return (201 if method == b"POST" else 200), b'{"id":"a%d"}' % next(self._ids)


def chat_of(person: int) -> str:
    """The id of somebody's chat with the bot, as long as Teams makes them."""
    return f"a:{person:090}"


def _member(user_id: str) -> dict[str, Any]:
    person = int(user_id.removeprefix("29:"))
    return {
        "id": user_id,
        "name": f"Styrer {person}",
        "email": head_email(person),
        "userPrincipalName": head_email(person),
        "aadObjectId": f"00000000-0000-0000-0000-{person:012}",
        "tenantId": TENANT,
        "userRole": "user",
    }


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Connection]:
    """A connection to a bot's messages."""
    parts = urlsplit(url)
    transport, connection = await asyncio.get_running_loop().create_connection(
        lambda: Connection(parts.netloc, parts.path), parts.hostname or "", parts.port or 0
    )
    try:
        yield connection
    finally:
        transport.close()
