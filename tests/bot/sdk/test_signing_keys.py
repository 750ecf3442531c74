import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from aiohttp import web

from bot.sdk.errors import Unauthorized
from bot.sdk.signing_keys import SigningKeys
from bot.sdk.transport import pooled_session

from .standins import OpenId, run, serving


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def keys_of(openid: OpenId, clock: Clock) -> AsyncIterator[SigningKeys]:
    async with openid.running() as url, pooled_session() as session:
        keys = SigningKeys(session, url, clock=clock)
        yield keys
        await keys.close()


async def settle(openid: OpenId, fetches: int) -> None:
    for _ in range(100):
        if openid.fetches >= fetches:
            break
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    assert openid.fetches == fetches


def test_a_new_key_is_found_but_asked_for_at_most_once_in_five_minutes() -> None:
    async def test() -> None:
        openid, clock = OpenId(), Clock()
        async with keys_of(openid, clock) as keys:
            assert (await keys.find("k1")).endorsements == {"msteams", "webchat"}
            openid.published["k2"] = ["msteams"]
            clock.now = 299
            with pytest.raises(Unauthorized):
                await keys.find("k2")
            assert openid.fetches == 1
            clock.now = 300
            await keys.find("k2")
            assert openid.fetches == 2
            with pytest.raises(Unauthorized):
                await keys.find("k3")
            assert openid.fetches == 2

    run(test())


def test_old_keys_are_renewed_beside_the_requests() -> None:
    async def test() -> None:
        openid, clock = OpenId(), Clock()
        async with keys_of(openid, clock) as keys:
            await keys.find("k1")
            clock.now = 24 * 3600
            await keys.find("k1")
            await settle(openid, 1)
            clock.now = 24 * 3600 + 1
            openid.delay = 0.2
            before = asyncio.get_running_loop().time()
            await asyncio.gather(*[keys.find("k1") for _ in range(20)])
            assert asyncio.get_running_loop().time() - before < 0.1, "nobody waits for the key server"
            await settle(openid, 2)

    run(test())


def test_last_good_keys_count_while_the_key_server_is_away() -> None:
    async def test() -> None:
        openid, clock = OpenId(), Clock()
        async with keys_of(openid, clock) as keys:
            await keys.find("k1")
            openid.away = True
            for day in range(2, 5):
                clock.now = day * 24 * 3600.0
                await keys.find("k1")
                await settle(openid, day)
            with pytest.raises(Unauthorized):
                await keys.find("k2")

    run(test())


def test_a_withdrawn_key_ends_with_the_next_fetch() -> None:
    async def test() -> None:
        openid, clock = OpenId({"k1": ["msteams"], "k2": ["msteams"]}), Clock()
        async with keys_of(openid, clock) as keys:
            await keys.find("k2")
            del openid.published["k2"]
            clock.now = 25 * 3600
            await keys.find("k2")
            await settle(openid, 2)
            with pytest.raises(Unauthorized):
                await keys.find("k2")

    run(test())


def test_without_any_key_the_server_is_asked_again_soon() -> None:
    async def test() -> None:
        openid, clock = OpenId(away=True), Clock()
        async with keys_of(openid, clock) as keys:
            for _ in range(5):
                with pytest.raises(Unauthorized, match="unavailable"):
                    await keys.find("k1")
            assert openid.fetches == 1
            openid.away = False
            clock.now = 10
            await keys.find("k1")

    run(test())


def test_a_waiter_that_leaves_does_not_stop_the_fetch() -> None:
    async def test() -> None:
        openid, clock = OpenId(delay=0.1), Clock()
        async with keys_of(openid, clock) as keys:
            impatient = asyncio.create_task(keys.find("k1"))
            await asyncio.sleep(0.02)
            patient = asyncio.create_task(keys.find("k1"))
            await asyncio.sleep(0.02)
            impatient.cancel()
            assert (await patient).endorsements
            assert openid.fetches == 1

    run(test())


@pytest.mark.parametrize(
    "document",
    [
        "",
        "[]",
        "{}",
        '{"jwks_uri": 7}',
        '{"jwks_uri": "file:///etc/passwd"}',
        '{"jwks_uri": "http://["}',
        "[" * 9000,
    ],
)
def test_a_broken_document_is_no_key(document: str) -> None:
    async def test() -> None:
        async def answer(request: web.Request) -> web.Response:
            return web.Response(text=document, content_type="application/json")

        app = web.Application()
        app.router.add_get("/metadata", answer)
        async with serving(app) as url, pooled_session() as session:
            with pytest.raises(Unauthorized):
                await SigningKeys(session, f"{url}/metadata").find("k1")

    run(test())
