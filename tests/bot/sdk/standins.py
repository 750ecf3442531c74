"""Real servers on loopback that play Teams' side, and a bot in front of them."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import aiohttp
import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from bot.sdk.adapter import RekompisAdapter
from bot.sdk.http import PATH, messages_route
from domain.address import Address

T = TypeVar("T")

APP_ID = "00000000-aaaa-bbbb-cccc-000000000001"
TENANT = "11111111-1111-1111-1111-111111111111"
BOT_ID = f"28:{APP_ID}"

_ONE_AT_A_TIME = threading.Lock()
_KEYS: dict[str, rsa.RSAPrivateKey] = {}
PERSONAL = "a:1-29:kari/æ@x;messageid=1"


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run one asynchronous test to its end."""
    return asyncio.run(asyncio.wait_for(work, 60))


@asynccontextmanager
async def serving(app: web.Application, **options: Any) -> AsyncIterator[str]:
    """The app on a free port; yields its URL."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, **options)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@dataclass
class Call:
    method: str
    path: str
    body: Any
    authorization: str | None


Answer = Callable[[web.Request, Any], Awaitable[web.StreamResponse]]


@dataclass
class Connector:
    """Records every call; answers with an id, or with what `answer` says."""

    calls: list[Call] = field(default_factory=list)
    connections: set[int] = field(default_factory=set)
    answer: Answer | None = None

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = json.loads(await request.read() or b"null")
        path = request.raw_path
        self.calls.append(Call(request.method, path, body, request.headers.get("Authorization")))
        assert request.transport is not None
        self.connections.add(request.transport.get_extra_info("peername")[1])
        if self.answer is not None:
            return await self.answer(request, body)
        return web.json_response({"id": f"sent-{len(self.calls)}"}, status=201)

    @asynccontextmanager
    async def running(self, **options: Any) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.handle)
        async with serving(app, **options) as url:
            yield url + "/"


def answering(status: int, body: Any = None, **headers: str) -> Answer:
    """An answer of the Bot Connector."""

    async def answer(request: web.Request, received: Any) -> web.StreamResponse:
        return web.json_response(
            body, status=status, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )

    return answer


def rsa_key(name: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    """A private key of the tests' own, made once per name, also when several threads want it."""
    with _ONE_AT_A_TIME:
        if name not in _KEYS:
            _KEYS[name] = rsa.generate_private_key(public_exponent=65537, key_size=bits)
        return _KEYS[name]


@dataclass
class OpenId:
    """A key server with `published` key names and the channels that each may sign for.

    Until `answers` is set, if there is one, it does not.
    """

    published: dict[str, list[str] | None] = field(default_factory=lambda: {"k1": ["msteams", "webchat"]})
    fetches: int = 0
    away: bool = False
    answers: asyncio.Event | None = None
    delay: float = 0.0
    url: str = ""

    async def metadata(self, request: web.Request) -> web.Response:
        self.fetches += 1
        await asyncio.sleep(self.delay)
        if self.answers is not None:
            await self.answers.wait()
        if self.away:
            raise web.HTTPServiceUnavailable
        return web.json_response({"issuer": "https://api.botframework.com", "jwks_uri": f"{self.url}/keys"})

    async def keys(self, request: web.Request) -> web.Response:
        entries = []
        for name, endorsements in self.published.items():
            entry = RSAAlgorithm.to_jwk(rsa_key(name).public_key(), as_dict=True) | {
                "kid": name,
                "use": "sig",
            }
            entries.append(entry if endorsements is None else entry | {"endorsements": endorsements})
        return web.json_response({"keys": [{"kty": "oct", "kid": "k0", "k": "AAAA"}, {"kid": 7}, *entries]})

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_get("/metadata", self.metadata)
        app.router.add_get("/keys", self.keys)
        async with serving(app) as self.url:
            yield f"{self.url}/metadata"


def token(
    service_url: str,
    *,
    key: Any = None,
    kid: object = "k1",
    alg: str = "RS256",
    without: tuple[str, ...] = (),
    **claims: Any,
) -> str:
    """A token as the Bot Framework signs them, with what the case changes."""
    now = int(time.time())
    payload: dict[str, Any] = {
        "iss": "https://api.botframework.com",
        "aud": APP_ID,
        "nbf": now - 60,
        "exp": now + 3600,
        "serviceurl": service_url,
    }
    payload = {name: value for name, value in (payload | claims).items() if name not in without}
    headers = {} if kid is None else {"kid": kid}
    return jwt.encode(payload, key or rsa_key("k1"), algorithm=alg, headers=headers)


def activity(service_url: str, **more: Any) -> dict[str, Any]:
    """A message as Teams sends it."""
    return {
        "type": "message",
        "id": "in-1",
        "timestamp": "2026-11-22T10:00:00.1234567Z",
        "localTimestamp": "2026-11-22T11:00:00.1234567+01:00",
        "channelId": "msteams",
        "serviceUrl": service_url,
        "from": {"id": "29:kari", "name": "Kari", "aadObjectId": "aad-kari"},
        "conversation": {"id": PERSONAL, "tenantId": TENANT, "conversationType": "personal"},
        "recipient": {"id": BOT_ID, "name": "Rekompis"},
        "channelData": {"tenant": {"id": TENANT}},
        "entities": [{"type": "clientInfo", "locale": "nb-NO"}],
        "text": "hei",
        **more,
    }


def address(service_url: str) -> Address:
    return Address(TENANT, service_url, PERSONAL, "personal", BOT_ID, "29:kari", "aad-kari")


async def echo(context: Any) -> None:
    """The smallest logic: answer a message with its text."""
    if context.activity.type == "message":
        await context.send_activity(f"svar: {context.activity.text}")


@dataclass
class Bot:
    """A bot behind POST /api/messages, and the connector that it answers to."""

    adapter: RekompisAdapter
    connector: Connector
    service_url: str
    url: str
    session: aiohttp.ClientSession
    failures: list[Exception]
    refused: list[tuple[int, str]]

    async def post(self, body: object, header: str | None = None, **options: Any) -> int:
        """The status of one posted activity (bytes are sent as they are)."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", **options.pop("headers", {})}
        if header is not None:
            headers["Authorization"] = header
        async with self.session.post(self.url, data=raw, headers=headers, **options) as response:
            await response.read()
            return response.status


@asynccontextmanager
async def bot(logic: Any = echo, **settings: Any) -> AsyncIterator[Bot]:
    """A bot in local mode, or with the adapter's settings that are given."""
    async with AsyncExitStack() as stack:
        connector = Connector()
        service_url = await stack.enter_async_context(connector.running())
        adapter = await RekompisAdapter.open(**settings)
        stack.push_async_callback(adapter.close)
        failures: list[Exception] = []
        refused: list[tuple[int, str]] = []
        app = web.Application()
        handler = messages_route(
            adapter,
            logic,
            on_failure=failures.append,
            on_refused=lambda status, reason: refused.append((status, reason)),
        )
        app.router.add_route("*", PATH, handler)
        url = await stack.enter_async_context(serving(app))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        yield Bot(adapter, connector, service_url, url + PATH, session, failures, refused)
