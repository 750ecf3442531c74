"""Teams refuses a token before its time: it is dropped once, and nobody goes on asking for new ones."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.sdk.credentials import AppCredentials
from bot.sdk.errors import SendFailed
from bot.sdk.token_sources import ManagedIdentity, with_secret
from bot.sdk.transport import Transport, pooled_session

from .login import SECRET, Identities, Login
from .standins import APP_ID, TENANT, Connector, run

OLD = 600.0
SENT = {"id": "sent"}


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Way:
    """A way out to Teams, which takes only the tokens that are `good`; None: all of them."""

    login: Login
    connector: Connector
    clock: Clock
    transport: Transport
    url: str
    good: set[str] | None = None

    async def answer(self, request: web.Request, _body: Any) -> web.StreamResponse:
        if self.good is None or request.headers["Authorization"].removeprefix("Bearer ") in self.good:
            return web.json_response(SENT, status=201)
        return web.json_response({"error": {"code": "Unauthorized"}}, status=401)

    async def send(self) -> object:
        """A message that is not to arrive twice; what Teams answers."""
        return await self.transport.call("POST", self.url, b"{}", repeatable=False)

    @property
    def shown(self) -> list[str]:
        """The tokens of all requests."""
        return [(call.authorization or "").removeprefix("Bearer ") for call in self.connector.calls]


@asynccontextmanager
async def way_out(folder: Path, patch: pytest.MonkeyPatch) -> AsyncIterator[Way]:
    login, connector, clock = Login(), Connector(), Clock()
    with login.running(folder, patch) as url:
        credentials = AppCredentials(with_secret(APP_ID, TENANT, SECRET, url), clock=clock)
        session = pooled_session()
        async with connector.running() as service_url:
            way = Way(login, connector, clock, Transport(session, credentials), service_url)
            connector.answer = way.answer
            try:
                yield way
            finally:
                await credentials.close()
                await session.close()


def test_a_new_one_is_had_and_the_message_arrives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        async with way_out(tmp_path, monkeypatch) as way:
            assert await way.send() == SENT
            way.clock.now, way.good = OLD, {"token-2"}
            assert await asyncio.gather(*(way.send() for _ in range(10))) == [SENT] * 10
            assert len(way.login.asked) == 2
            assert await way.send() == SENT
            assert (way.shown[0], way.shown[-1], len(way.login.asked)) == ("token-1", "token-2", 2)

    run(test())


def test_when_the_new_one_is_refused_too_nobody_asks_for_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test() -> None:
        async with way_out(tmp_path, monkeypatch) as way:
            await way.send()
            way.clock.now, way.good = OLD, set()
            for _ in range(5):
                with pytest.raises(SendFailed) as failed:
                    await way.send()
                assert failed.value.status == 401
            assert len(way.login.asked) == 2
            assert way.shown == ["token-1"] * 2 + ["token-2"] * 5
            # A minute later it may have been put right.
            way.clock.now, way.good = 2 * OLD, {"token-3"}
            assert await way.send() == SENT

    run(test())


def test_a_managed_identity_is_asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        azure, clock = Identities(), Clock()
        with azure.running(monkeypatch):
            credentials = AppCredentials(ManagedIdentity(APP_ID), clock=clock)
            token = await credentials.token()
            clock.now = OLD
            assert credentials.refused(token)
            await credentials.token()
            assert len(azure.asked) == 2
            await credentials.close()

    run(test())
