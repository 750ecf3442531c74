"""A stand-in for the Bot Connector that counts as Teams counts, and that can be busy, broken, slow or gone."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TENANT_LIMITS = ((30, 1.0),)
CONVERSATION_LIMITS = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
"""What Teams names: so many requests in so many seconds."""

LET_GO = "X-Let-Go"
"""A header with the moment of the machine's steady clock at which another process made the request, in seconds."""


@dataclass
class Chaos:
    """The shares of requests that are refused, and how; `slow` is the longest time of an answer."""

    busy: float = 0.0
    retry_after: str | None = None
    broken: float = 0.0
    slow: float = 0.0


@dataclass
class Connector:
    """Notes when which conversation was asked for what, and what it took.

    A request may bear the moment at which it was let go: on its way it can be held up by a busy machine, and then
    more come at once than anybody sent at once.
    """

    chaos: Chaos = field(default_factory=Chaos)
    seed: int = 1
    url: str = ""
    asked: list[tuple[float, str]] = field(default_factory=list)
    let_go: list[tuple[float, str]] = field(default_factory=list)
    taken: list[tuple[float, str, str]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._port = 0
        self._runner: web.AppRunner | None = None

    def lets_go(self, conversation: str) -> None:
        """A request to this conversation is made just now."""
        self.let_go.append((time.monotonic(), conversation))

    def texts(self, conversation: str | None = None) -> list[str]:
        """What was taken, in order."""
        return [text for _, c, text in self.taken if conversation in (None, c)]

    def busiest(self, seconds: float, conversation: str | None = None) -> int:
        """The most requests that were let go in any so many seconds, in one conversation or in all."""
        return most_in([at for at, c in self.let_go if conversation in (None, c)], seconds)

    def keeps_the_limits(self) -> None:
        """Fails when more was let go than Teams takes, in any window that it names, or came in than was let go."""
        assert len(self.asked) <= len(self.let_go)
        for number, seconds in TENANT_LIMITS:
            assert self.busiest(seconds) <= number, f"{self.busiest(seconds)} requests in {seconds} s"
        for conversation in {c for _, c in self.let_go}:
            for number, seconds in CONVERSATION_LIMITS:
                found = self.busiest(seconds, conversation)
                assert found <= number, f"{found} requests in {seconds} s in {conversation}"

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Connector]:
        """Serves on loopback."""
        await self._open()
        try:
            yield self
        finally:
            await self._close()

    async def gone(self, seconds: float) -> None:
        """Is not there for a while: what is under way is answered, and then nobody listens."""
        await self._close()
        await asyncio.sleep(seconds)
        await self._open()

    async def _open(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/v3/conversations/{conversation}/{rest:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{self._port}/"

    async def _close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        conversation = request.match_info["conversation"]
        self.asked.append((time.monotonic(), conversation))
        if (at := request.headers.get(LET_GO)) is not None:
            self.let_go.append((float(at), conversation))
        body: dict[str, Any] = await request.json()
        status = self._status()
        self.statuses.append(status)
        if status == 201:
            self.taken.append((time.monotonic(), conversation, body["text"]))
        await asyncio.sleep(self._random.uniform(0, self.chaos.slow))
        headers = {"Retry-After": self.chaos.retry_after or ""} if status == 429 else {}
        answer = web.json_response({"id": f"a{len(self.asked)}"}, status=status, headers=headers)
        if self.chaos != Chaos():
            # A connection that is kept could be dropped just when the next request is written to it.
            answer.force_close()
        return answer

    def _status(self) -> int:
        drawn = self._random.random()
        if drawn < self.chaos.busy:
            return 429
        return 500 if drawn < self.chaos.busy + self.chaos.broken else 201


def most_in(moments: Sequence[float], seconds: float) -> int:
    """The most moments in any window of so many seconds."""
    ordered = sorted(moments)
    most = first = 0
    for last, moment in enumerate(ordered):
        while moment - ordered[first] >= seconds:
            first += 1
        most = max(most, last - first + 1)
    return most
