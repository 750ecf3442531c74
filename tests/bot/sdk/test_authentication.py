import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization

from bot.sdk.adapter import RekompisAdapter
from bot.sdk.credentials import NoCredentials
from bot.sdk.errors import Unauthorized
from bot.sdk.signing_keys import SigningKeys
from bot.sdk.token_check import TokenCheck
from bot.sdk.transport import pooled_session

from .standins import APP_ID, Bot, OpenId, activity, bot, rsa_key, run, token


def now() -> int:
    """The present moment: when a test runs, not when it was collected."""
    return int(time.time())


class FixedToken(NoCredentials):
    """Credentials that know their token."""

    async def token(self) -> str:
        return "our-token"


@asynccontextmanager
async def guarded(openid: OpenId) -> AsyncIterator[Bot]:
    """A bot with an app id, whose keys come from our key server."""
    async with (
        openid.running() as metadata_url,
        bot(
            app_id=APP_ID,
            credentials=FixedToken(),
            service_hosts=("127.0.0.1",),
            metadata_url=metadata_url,
        ) as guarded_bot,
    ):
        yield guarded_bot


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def unsigned(url: str) -> str:
    claims = {"iss": "https://api.botframework.com", "aud": APP_ID, "exp": now() + 3600, "serviceurl": url}
    return f"{part({'alg': 'none', 'kid': 'k1', 'typ': 'JWT'})}.{part(claims)}."


def signed_with_public_key(url: str) -> str:
    import hashlib
    import hmac

    public = (
        rsa_key("k1")
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    claims = {"iss": "https://api.botframework.com", "aud": APP_ID, "exp": now() + 3600, "serviceurl": url}
    text = f"{part({'alg': 'HS256', 'kid': 'k1'})}.{part(claims)}"
    mac = hmac.new(public, text.encode(), hashlib.sha256).digest()
    return f"{text}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def tampered(url: str) -> str:
    head, body, signature = token(url).split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "==")) | {"more": 1}
    return f"{head}.{part(claims)}.{signature}"


BAD: dict[str, Callable[[str], str | None]] = {
    "no header": lambda url: None,
    "empty header": lambda url: "",
    "only the scheme": lambda url: "Bearer",
    "another scheme": lambda url: f"Basic {token(url)}",
    "two tokens": lambda url: f"Bearer {token(url)} {token(url)}",
    "not a token": lambda url: "Bearer abc",
    "two parts": lambda url: f"Bearer {token(url).rpartition('.')[0]}",
    "broken base64": lambda url: "Bearer %%%.%%%.%%%",
    "header is a list": lambda url: f"Bearer {part([1])}.{part({})}.AAAA",
    "header is no JSON": lambda url: "Bearer AAAA.AAAA.AAAA",
    "very deep header": lambda url: (
        f"Bearer {base64.urlsafe_b64encode(b'[' * 4000).decode().rstrip('=')}.AAAA.AAAA"
    ),
    "alg none": lambda url: f"Bearer {unsigned(url)}",
    "HS256 with the public key": lambda url: f"Bearer {signed_with_public_key(url)}",
    "RS512": lambda url: f"Bearer {token(url, alg='RS512')}",
    "signed by a stranger": lambda url: f"Bearer {token(url, key=rsa_key('stranger'))}",
    "changed after signing": lambda url: f"Bearer {tampered(url)}",
    "no kid": lambda url: f"Bearer {token(url, kid=None)}",
    "unknown kid": lambda url: f"Bearer {token(url, kid='k9', key=rsa_key('stranger'))}",
    "kid of a symmetric key": lambda url: f"Bearer {token(url, kid='k0')}",
    "kid is a path": lambda url: f"Bearer {token(url, kid='../../etc/passwd')}",
    "another issuer": lambda url: f"Bearer {token(url, iss='https://sts.windows.net/x/')}",
    "no issuer": lambda url: f"Bearer {token(url, without=('iss',))}",
    "another audience": lambda url: f"Bearer {token(url, aud='another-app')}",
    "no audience": lambda url: f"Bearer {token(url, without=('aud',))}",
    "empty audience": lambda url: f"Bearer {token(url, aud='')}",
    "expired": lambda url: f"Bearer {token(url, exp=now() - 400)}",
    "no expiry": lambda url: f"Bearer {token(url, without=('exp',))}",
    "expiry is a word": lambda url: f"Bearer {token(url, exp='tomorrow')}",
    "expiry without end": lambda url: f"Bearer {token(url, exp=float('inf'))}",
    "not valid yet": lambda url: f"Bearer {token(url, nbf=now() + 900)}",
    "another service URL": lambda url: f"Bearer {token('https://smba.trafficmanager.net/emea/')}",
    "no service URL": lambda url: f"Bearer {token(url, without=('serviceurl',))}",
    "service URL is a list": lambda url: f"Bearer {token(url, serviceurl=[url])}",
    "key for another channel": lambda url: f"Bearer {token(url, kid='k2', key=rsa_key('k2'))}",
    "key without endorsements": lambda url: f"Bearer {token(url, kid='k3', key=rsa_key('k3'))}",
    "key too short": lambda url: f"Bearer {token(url, kid='k4', key=rsa_key('k4', 1024))}",
}


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_whatever_is_wrong_with_a_token_is_401() -> None:
    async def test() -> None:
        rsa_key("k4", 1024)
        openid = OpenId({"k1": ["msteams"], "k2": ["webchat"], "k3": None, "k4": ["msteams"]})
        wrong = {}
        async with guarded(openid) as a_bot:
            for name, header in BAD.items():
                status = await a_bot.post(activity(a_bot.service_url), header(a_bot.service_url))
                if status != 401:
                    wrong[name] = status
            assert wrong == {}
            assert a_bot.failures == []
            assert a_bot.connector.calls == [], "nobody who is turned away is answered"
            assert len(a_bot.refused) == len(BAD) >= 15

    run(test())


def test_a_good_token_gets_in_and_is_answered_with_ours() -> None:
    async def test() -> None:
        async with guarded(OpenId()) as a_bot:
            url = a_bot.service_url
            for good in (
                token(url),
                token(url.rstrip("/")),
                token(url, aud=[APP_ID, "other"]),
                token(url, exp=now() - 200),
                token(url, nbf=now() + 200),
                token(url, without=("nbf",)),
            ):
                assert await a_bot.post(activity(url), f"Bearer {good}") == 202
            assert await a_bot.post(activity(url), f"bearer {token(url)}") == 202
            assert {call.authorization for call in a_bot.connector.calls} == {"Bearer our-token"}
            assert len(a_bot.connector.calls) == 7

    run(test())


@pytest.mark.parametrize(
    "changed",
    [
        {"serviceUrl": "https://evil.no/"},
        {"serviceUrl": "http://127.0.0.1@evil.no/"},
        {"channelId": "webchat"},
        {"channelId": "emulator"},
        {"channelId": "MSTEAMS"},
    ],
)
def test_a_good_token_on_another_activity_is_401(changed: dict[str, str]) -> None:
    async def test() -> None:
        async with guarded(OpenId({"k1": ["msteams", "webchat", "emulator"]})) as a_bot:
            service_url = changed.get("serviceUrl", a_bot.service_url)
            body = activity(a_bot.service_url, **changed)
            assert await a_bot.post(body, f"Bearer {token(service_url)}") == 401
            assert a_bot.connector.calls == []

    run(test())


def test_two_authorization_headers_are_none() -> None:
    async def test() -> None:
        async with guarded(OpenId()) as a_bot:
            url = a_bot.service_url
            headers = [
                ("Content-Type", "application/json"),
                ("Authorization", f"Bearer {token(url)}"),
                ("Authorization", "Bearer x"),
            ]
            async with a_bot.session.post(a_bot.url, data=json.dumps(activity(url)), headers=headers) as r:
                assert r.status == 401

    run(test())


def test_many_at_once_have_the_keys_fetched_once() -> None:
    async def test() -> None:
        openid = OpenId(delay=0.2)
        async with guarded(openid) as a_bot:
            url = a_bot.service_url
            header = f"Bearer {token(url)}"
            statuses = await asyncio.gather(*[a_bot.post(activity(url), header) for _ in range(50)])
            assert set(statuses) == {202}
            assert openid.fetches == 1

    run(test())


def test_strangers_with_made_up_keys_do_not_reach_the_key_server() -> None:
    async def test() -> None:
        openid = OpenId()
        async with guarded(openid) as a_bot:
            url = a_bot.service_url
            assert await a_bot.post(activity(url), f"Bearer {token(url)}") == 202
            for number in range(30):
                header = f"Bearer {token(url, kid=f'x{number}')}"
                assert await a_bot.post(activity(url), header) == 401
            assert openid.fetches == 1

    run(test())


def test_local_mode_lets_in_this_machine_alone() -> None:
    async def test() -> None:
        async with bot() as a_bot:
            assert await a_bot.post(activity(a_bot.service_url)) == 202
            assert await a_bot.post(activity(a_bot.service_url), "Bearer anything") == 202
            for url in ("https://smba.trafficmanager.net/emea/", "http://10.0.0.1/", "http://localhost.no/"):
                assert await a_bot.post(activity(url), f"Bearer {token(url)}") == 401
            assert len(a_bot.connector.calls) == 2

    run(test())


def test_the_identity_that_the_logic_sees() -> None:
    async def test() -> None:
        seen: list[Any] = []

        async def look(context: Any) -> None:
            seen.append(context.turn_state[context.adapter.BOT_IDENTITY_KEY])

        async with bot(look) as a_bot:
            await a_bot.post(activity(a_bot.service_url, callerId="urn:botframework:azure"))
        assert (seen[0].claims, seen[0].is_authenticated, seen[0].authentication_type) == (
            {},
            True,
            "anonymous",
        )

    run(test())


def test_an_app_id_without_credentials_does_not_start() -> None:
    async def test() -> None:
        with pytest.raises(ValueError, match="credentials"):
            await RekompisAdapter.open(app_id=APP_ID)
        with pytest.raises(ValueError, match="hosts"):
            await RekompisAdapter.open(app_id=APP_ID, credentials=FixedToken(), service_hosts=())

    run(test())


def test_while_the_key_server_is_slow_a_message_waits_and_nothing_else() -> None:
    async def test() -> None:
        openid = OpenId(answers=asyncio.Event())
        assert openid.answers is not None
        async with guarded(openid) as a_bot:
            url = a_bot.service_url
            waiting = [
                asyncio.create_task(a_bot.post(activity(url, id=f"in-{n}"), f"Bearer {token(url)}"))
                for n in range(5)
            ]
            for _ in range(20):
                assert await a_bot.post(activity(url), "Bearer x.y.z") == 401, "what is wrong is said at once"
            assert not any(task.done() for task in waiting)
            openid.answers.set()
            assert set(await asyncio.gather(*waiting)) == {202}
            openid.answers.clear()
            assert await a_bot.post(activity(url), f"Bearer {token(url, more=1)}") == 202, "no longer needed"
            openid.answers.set()
            assert openid.fetches == 1

    run(test())


def test_a_token_is_verified_once_and_ends_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        verified: list[str] = []
        verify = TokenCheck._verify

        def counted(check: TokenCheck, shown: str, public_key: Any) -> dict[str, Any]:
            verified.append(shown)
            return verify(check, shown, public_key)

        monkeypatch.setattr(TokenCheck, "_verify", counted)
        async with guarded(OpenId()) as a_bot:
            url = a_bot.service_url
            header = f"Bearer {token(url)}"
            for _ in range(5):
                assert await a_bot.post(activity(url), header) == 202
            assert len(verified) == 1
            assert await a_bot.post(activity(f"{url}more/"), header) == 401, (
                "what it is for is looked at each time"
            )
            assert await a_bot.post(activity(url, channelId="webchat"), header) == 401
            late = SimpleNamespace(time=lambda: time.time() + 3600 + 301)
            monkeypatch.setattr("bot.sdk.token_check.time", late)
            assert await a_bot.post(activity(url), header) == 401

    run(test())


def test_a_token_ends_with_its_key() -> None:
    async def test() -> None:
        openid, hour = OpenId({"k1": ["msteams"], "k2": ["msteams"]}), 0.0
        async with openid.running() as metadata_url, pooled_session() as session:
            keys = SigningKeys(session, metadata_url, clock=lambda: hour * 3600)
            check = TokenCheck(APP_ID, keys, ["msteams"])
            header = f"Bearer {token('https://x/', kid='k2', key=rsa_key('k2'))}"
            await check.claims(header, "msteams", "https://x/")
            del openid.published["k2"]
            hour = 25
            await check.claims(header, "msteams", "https://x/")
            for _ in range(3000):
                await asyncio.sleep(0.01)
                if openid.fetches == 2 and "k2" not in keys._keys:
                    break
            with pytest.raises(Unauthorized, match="unknown key"):
                await check.claims(header, "msteams", "https://x/")
            await keys.close()

    run(test())


def test_what_is_remembered_of_tokens_is_bounded() -> None:
    async def test() -> None:
        async with OpenId().running() as metadata_url, pooled_session() as session:
            keys = SigningKeys(session, metadata_url)
            check = TokenCheck(APP_ID, keys, ["msteams"])
            for number in range(300):
                await check.admit(f"Bearer {token('https://x/', more=number)}")
            assert len(check._admitted) == 256
            await keys.close()

    run(test())


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000])
def test_a_stranger_has_nothing_read(body: bytes) -> None:
    async def test() -> None:
        async def never_ending() -> AsyncIterator[bytes]:
            yield body
            await asyncio.sleep(60)

        async with guarded(OpenId()) as a_bot:
            headers = {"Content-Type": "application/json"}
            async with (
                asyncio.timeout(30),
                a_bot.session.post(a_bot.url, data=never_ending(), headers=headers) as response,
            ):
                assert response.status == 401

    run(test())
