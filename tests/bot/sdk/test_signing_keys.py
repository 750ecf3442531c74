import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
import structlog
from aiohttp import web
from jwt.algorithms import RSAAlgorithm

from bot.sdk.errors import Unauthorized
from bot.sdk.signing_keys import SigningKeys
from bot.sdk.transport import pooled_session

from .standins import OpenId, rsa_key, run, serving


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
    for _ in range(3000):
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
            clock.now = 2
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


NONSENSE: dict[str, tuple[int, str, dict[str, str]]] = {
    "nothing": (200, "", {}),
    "a list": (200, "[]", {}),
    "an empty object": (200, "{}", {}),
    "HTML": (200, "<html>Under maintenance</html>", {}),
    "an address that is a number": (200, '{"jwks_uri": 7}', {}),
    "a file": (200, '{"jwks_uri": "file:///etc/passwd"}', {}),
    "a broken address": (200, '{"jwks_uri": "http://["}', {}),
    "deep": (200, "[" * 9000, {}),
    "no keys": (200, '{"jwks_uri": "{url}/same", "keys": []}', {}),
    "keys of no use": (200, '{"jwks_uri": "{url}/same", "keys": [7, {"kty": "oct", "kid": "k1"}]}', {}),
    "keys that are no list": (200, '{"jwks_uri": "{url}/same", "keys": "k1"}', {}),
    "a failure": (500, "", {}),
    "a failure that looks good": (500, '{"jwks_uri": "{url}/same", "keys": {theirs}}', {}),
    "an address elsewhere": (302, "", {"Location": "/theirs"}),
    "a key for encrypting": (200, '{"jwks_uri": "{url}/same", "keys": {encrypting}}', {}),
}


@pytest.mark.parametrize("case", NONSENSE)
@pytest.mark.parametrize("known", [False, True])
def test_nonsense_is_no_key_and_takes_none_away(case: str, known: bool) -> None:
    status, text, headers = NONSENSE[case]

    async def test() -> None:
        openid, clock = OpenId(), Clock()
        theirs = [RSAAlgorithm.to_jwk(rsa_key("theirs").public_key(), as_dict=True) | {"kid": "k9"}]
        encrypting = [theirs[0] | {"use": "enc"}]
        good = known

        async def metadata(request: web.Request) -> web.Response:
            if good:
                return await openid.metadata(request)
            openid.fetches += request.path == "/metadata"
            said = text.replace("{url}", openid.url).replace("{theirs}", json.dumps(theirs))
            said = said.replace("{encrypting}", json.dumps(encrypting))
            return web.Response(text=said, status=status, headers=headers, content_type="application/json")

        async def elsewhere(request: web.Request) -> web.Response:
            return web.json_response({"jwks_uri": f"{openid.url}/theirs", "keys": theirs})

        app = web.Application()
        app.router.add_get("/metadata", metadata)
        app.router.add_get("/same", metadata)
        app.router.add_get("/keys", openid.keys)
        app.router.add_get("/theirs", elsewhere)
        async with serving(app) as openid.url, pooled_session() as session:
            keys = SigningKeys(session, f"{openid.url}/metadata", clock=clock)
            if known:
                await keys.find("k1")
            good = False
            clock.now = 25 * 3600
            for key_id in ("k9", "k8"):
                with pytest.raises(Unauthorized, match="unknown key" if known else "unavailable"):
                    await keys.find(key_id)
            assert openid.fetches == (2 if known else 1)
            if known:
                assert (await keys.find("k1")).endorsements
            await keys.close()

    run(test())


def test_a_flood_of_unknown_keys_is_one_fetch_in_five_minutes() -> None:
    async def test() -> None:
        openid, clock = OpenId(delay=0.05), Clock()
        async with keys_of(openid, clock) as keys:
            await keys.find("k1")
            for minute in range(31):
                clock.now = minute * 60.0
                asked = [keys.find(f"made-up-{minute}-{number}") for number in range(50)]
                refused = await asyncio.gather(*asked, return_exceptions=True)
                assert all(isinstance(each, Unauthorized) for each in refused)
                await keys.find("k1")
            assert openid.fetches == 1 + 6

    run(test())


def test_a_key_server_that_hangs_keeps_nobody_with_a_known_key() -> None:
    async def test() -> None:
        openid, clock = OpenId(), Clock()
        async with keys_of(openid, clock) as keys:
            await keys.find("k1")
            openid.answers = asyncio.Event()
            clock.now = 25 * 3600
            stuck = asyncio.create_task(keys.find("k9"))
            await settle(openid, 2)
            for _ in range(100):
                await asyncio.wait_for(keys.find("k1"), 5)
            assert not stuck.done()
            openid.answers.set()
            with pytest.raises(Unauthorized):
                await stuck

    run(test())


def test_that_the_keys_cannot_be_had_is_logged_without_addresses() -> None:
    async def test() -> None:
        async with keys_of(OpenId(away=True), Clock()) as keys:
            with pytest.raises(Unauthorized):
                await keys.find("k1")

    with structlog.testing.capture_logs() as logged:
        run(test())
    assert logged == [
        {"event": "keys.not_fetched", "error": "ClientResponseError", "known": 0, "log_level": "warning"}
    ]
