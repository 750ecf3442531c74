"""Attacks on POST /api/messages of a bot with an app id: each has its status, nothing is sent, no row is written."""

from __future__ import annotations

import gzip
import json
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm

from tests.bot.sdk.login import Quiet, served
from tests.bot.sdk.standins import APP_ID, rsa_key, token
from tests.protocol.door import Door, Knock, forged, guarded, part, signed_by, status_of
from tests.protocol.teams import TENANT, Teams

MAX_BYTES = 256 * 1024
GREETING = "Hei! Jeg finner deg ikke i lista. Snakk med lederen for nettverket om å få komme med."

LURED: list[str] = []
"""What was asked of the attacker's own server."""


@pytest.fixture(scope="module")
def lair() -> Iterator[str]:
    """The attacker's server, with a key that would open the door."""

    class Handler(Quiet):
        def do_GET(self) -> None:
            LURED.append(self.path)
            self.answer(200, {"keys": [jwk("theirs", "k1")], "jwks_uri": "/keys"})

        def do_POST(self) -> None:
            self.do_GET()

    with served(Handler) as url:
        yield url


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory, lair: str) -> Iterator[Door]:
    """The bot, whose keys are slow to come."""
    rsa_key("k4", 1024)
    with Teams() as teams:
        teams.openid.published = {"k1": ["msteams"], "k2": ["webchat"], "k3": None, "k4": ["msteams"]}
        teams.openid.delay = 1.5
        with guarded(tmp_path_factory.mktemp("door"), teams) as found:
            found.lair = lair
            assert found.answers(found.knock(found.kari.message("hei"))) == 202, found.town.bot.log()
            assert teams.openid.fetches == 1
            yield found


@pytest.fixture(scope="module", autouse=True)
def slow(door: Door) -> Iterator[socket.socket]:
    """One whose body does not come, while all the others knock."""
    with socket.create_connection(("127.0.0.1", door.port), 15) as connection:
        connection.sendall(door.knock(b"{", length=2000).raw("127.0.0.1"))
        yield connection


def _said(door: Door, text: str) -> str:
    heard = len(door.kari.chat.heard)
    assert door.answers(door.knock(door.kari.message(text))) == 202
    return "\n".join(door.kari.chat.heard[heard:])


def now() -> int:
    return int(time.time())


def jwk(name: str, kid: str) -> dict[str, Any]:
    return RSAAlgorithm.to_jwk(rsa_key(name).public_key(), as_dict=True) | {
        "kid": kid,
        "use": "sig",
        "endorsements": ["msteams"],
    }


def claims(door: Door) -> dict[str, Any]:
    url = door.url
    return {"iss": "https://api.botframework.com", "aud": APP_ID, "exp": now() + 3600, "serviceurl": url}


def public_pem() -> bytes:
    return rsa_key("k1").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def hs256(door: Door, secret: bytes) -> Knock:
    return door.with_token(f"Bearer {forged({'alg': 'HS256', 'kid': 'k1'}, claims(door), secret)}")


def lured(door: Door, key: str = "theirs", claimed: dict[str, Any] | None = None, **header: Any) -> Knock:
    """A token with these in its header: some of them say where its key is to be found."""
    head = {"alg": "RS256", "kid": "k1", **header}
    return door.with_token(f"Bearer {signed_by(key, head, claims(door) | (claimed or {}))}")


def tampered(door: Door) -> Knock:
    head, _, signature = token(door.url).split(".")
    return door.with_token(f"Bearer {head}.{part(claims(door) | {'more': 1})}.{signature}")


def of_another_curve(door: Door) -> Knock:
    key = ec.generate_private_key(ec.SECP256R1())
    made = jwt.encode(claims(door), key, algorithm="ES256", headers={"kid": "k1"})
    return door.with_token(f"Bearer {made}")


def twice(door: Door) -> Knock:
    return door.knock(more=[("Authorization", "Bearer x")])


TOKENS: dict[str, Callable[[Door], Knock]] = {
    "no header": lambda d: d.with_token(None),
    "empty header": lambda d: d.with_token(""),
    "only the scheme": lambda d: d.with_token("Bearer"),
    "the scheme and a space": lambda d: d.with_token("Bearer "),
    "Basic": lambda d: d.with_token("Basic YXBwOmhlbW1lbGln"),
    "a good token as Basic": lambda d: d.with_token(f"Basic {token(d.url)}"),
    "two tokens in one header": lambda d: d.with_token(f"Bearer {token(d.url)} {token(d.url)}"),
    "two headers": twice,
    "no token at all": lambda d: d.with_token("Bearer abc"),
    "two parts": lambda d: d.with_token(f"Bearer {token(d.url).rpartition('.')[0]}"),
    "five parts, as if encrypted": lambda d: d.with_token(f"Bearer {token(d.url)}.AAAA.AAAA"),
    "garbage for base64": lambda d: d.with_token("Bearer %%%.%%%.%%%"),
    "bytes that are no text": lambda d: d.with_token("Bearer \udcff\udcfe.\udcff.\udcff"),
    "header is no JSON": lambda d: d.with_token("Bearer AAAA.AAAA.AAAA"),
    "header is a list": lambda d: d.with_token(f"Bearer {part([1])}.{part({})}.AAAA"),
    "header is deep": lambda d: d.with_token(f"Bearer {part(b'[' * 4000)}.AAAA.AAAA"),
    "huge token": lambda d: d.with_token(f"Bearer {'a' * 60_000}"),
    "huge claims": lambda d: d.signed(more="x" * 15_000),
    "alg none": lambda d: d.with_token(f"Bearer {forged({'alg': 'none', 'kid': 'k1'}, claims(d))}"),
    "alg nOnE": lambda d: d.with_token(f"Bearer {forged({'alg': 'nOnE', 'kid': 'k1'}, claims(d))}"),
    "no alg": lambda d: d.with_token(f"Bearer {signed_by('k1', {'kid': 'k1'}, claims(d))}"),
    "HS256 with the public key": lambda d: hs256(d, public_pem()),
    "HS256 with the key as JWK": lambda d: hs256(d, json.dumps(jwk("k1", "k1")).encode()),
    "HS256 with nothing": lambda d: hs256(d, b"\x00"),
    "RS512 with the right key": lambda d: d.signed(alg="RS512"),
    "PS256 with the right key": lambda d: d.signed(alg="PS256"),
    "ES256": of_another_curve,
    "another key with the same kid": lambda d: d.signed(key=rsa_key("theirs")),
    "changed after signing": tampered,
    "no kid": lambda d: d.signed(kid=None),
    "unknown kid": lambda d: d.signed(kid="k9", key=rsa_key("theirs")),
    "kid is a number": lambda d: lured(d, "k1", kid=1),
    "kid is a path": lambda d: d.signed(kid="../../../../dev/null", key=rsa_key("theirs")),
    "kid is SQL": lambda d: d.signed(kid="k1' or '1'='1", key=rsa_key("theirs")),
    "kid is an address": lambda d: d.signed(kid="http://127.0.0.1:9/keys", key=rsa_key("theirs")),
    "kid is huge": lambda d: d.signed(kid="k" * 9000, key=rsa_key("theirs")),
    "kid of a key of another type": lambda d: d.signed(kid="k0"),
    "HS256 with the kid of a symmetric key": lambda d: d.with_token(
        f"Bearer {forged({'alg': 'HS256', 'kid': 'k0'}, claims(d), bytes(3))}"
    ),
    "kid of a key that is too short": lambda d: d.signed(kid="k4", key=rsa_key("k4", 1024)),
    "its key at another address (jku)": lambda d: lured(d, jku=f"{d.lair}/keys"),
    "its certificate at another address (x5u)": lambda d: lured(d, x5u=f"{d.lair}/keys"),
    "its key in the token (jwk)": lambda d: lured(d, jwk=jwk("theirs", "k1")),
    "its key in the token, without kid": lambda d: lured(d, jwk=jwk("theirs", "k1"), kid=None),
    "a critical header": lambda d: lured(d, "k1", crit=["exp"], exp=1),
    "an unencoded payload (b64)": lambda d: lured(d, "k1", crit=["b64"], b64=False),
    "wrong issuer": lambda d: d.signed(iss="https://api.botframework.us"),
    "the tenant as issuer": lambda d: d.signed(iss=f"https://sts.windows.net/{TENANT}/"),
    "a list of issuers": lambda d: lured(d, "k1", claimed={"iss": ["https://api.botframework.com"]}),
    "no issuer": lambda d: d.signed(without=("iss",)),
    "wrong audience": lambda d: d.signed(aud="00000000-aaaa-bbbb-cccc-000000000002"),
    "the audience of our own tokens": lambda d: d.signed(aud="https://api.botframework.com"),
    "no audience": lambda d: d.signed(without=("aud",)),
    "empty audience": lambda d: d.signed(aud=[]),
    "expired": lambda d: d.signed(exp=now() - 330),
    "no expiry": lambda d: d.signed(without=("exp",)),
    "expiry is a word": lambda d: d.signed(exp="i morgen"),
    "expiry without end": lambda d: d.signed(exp=float("inf")),
    "not yet valid": lambda d: d.signed(nbf=now() + 330),
    "valid from a word": lambda d: d.signed(nbf="i dag"),
    "made in the future": lambda d: d.signed(iat=now() + 3600),
    "a key of another channel": lambda d: d.signed(kid="k2", key=rsa_key("k2")),
    "a key without endorsements": lambda d: d.signed(kid="k3", key=rsa_key("k3")),
    "no service URL claim": lambda d: d.signed(without=("serviceurl",)),
    "another service URL claim": lambda d: d.signed(serviceurl="https://smba.trafficmanager.net/emea/"),
    "service URL claim is a list": lambda d: d.signed(serviceurl=[d.url]),
}

ELSEWHERE: dict[str, Callable[[Door], str]] = {
    "not Teams'": lambda d: "https://smba.example/emea/",
    "loopback by another name": lambda d: d.lair.replace("127.0.0.1", "localhost"),
    "loopback of IPv6": lambda d: d.lair.replace("127.0.0.1", "[::1]"),
    "another address of loopback": lambda d: d.lair.replace("127.0.0.1", "127.0.0.2"),
    "a number for an address": lambda d: d.lair.replace("127.0.0.1", "2130706433"),
    "Teams' name as the user": lambda d: d.lair.replace("//127.0.0.1", "//127.0.0.1@localhost"),
    "a user at Teams' name": lambda d: d.lair.replace("//", "//smba.trafficmanager.net:443@"),
    "Teams' name behind a backslash": lambda d: d.lair.replace("127.0.0.1", "localhost") + "\\@127.0.0.1/",
    "Teams' name behind #": lambda d: d.lair.replace("127.0.0.1", "localhost") + "/#127.0.0.1",
    "Teams' name behind ?": lambda d: d.lair + "/?127.0.0.1",
    "Teams' name as part of another": lambda d: "https://127.0.0.1.smba.example/",
    "a line break in it": lambda d: d.lair + "/\r\nX-More: 1",
    "a file": lambda d: "file:///etc/passwd",
    "no URL": lambda d: "emea",
    "a very long one": lambda d: f"{d.url}{'x' * 600}",
}


def moved(door: Door, url: str) -> Knock:
    """An activity that wants its answer elsewhere, with a token that says so, too."""
    return door.knock(door.message(serviceUrl=url), headers={"Authorization": f"Bearer {token(url)}"})


UNFIT: dict[str, Callable[[Door], Knock]] = {
    "service URL changed on the way": lambda d: d.knock(d.message(serviceUrl=f"{d.lair}/")),
    "another channel": lambda d: d.knock(d.message(channelId="webchat")),
    "the emulator": lambda d: d.knock(d.message(channelId="emulator")),
    "almost the same channel": lambda d: d.knock(d.message(channelId="MsTeams")),
    "a service URL of our own and one that is not": lambda d: d.knock(
        json.dumps(d.message()).encode()[:-1] + b', "serviceUrl": "https://smba.example/"}'
    ),
    "no token and no JSON": lambda d: d.knock(b"{", headers={"Authorization": None}),
    "no token and half a body": lambda d: d.knock(b"{", headers={"Authorization": None}, length=2000),
    "no token and an empty body": lambda d: d.knock(b"", headers={"Authorization": None}),
}


def raw(text: str) -> Callable[[Door], Knock]:
    return lambda door: door.knock(text.encode("utf-8", "surrogatepass"))


def within(more: str) -> Callable[[Door], Knock]:
    """A good activity with something added."""
    return lambda door: door.knock(json.dumps(door.message()).encode()[:-1] + f", {more}}}".encode())


def changed(**parts: Any) -> Callable[[Door], Knock]:
    return lambda door: door.knock(door.message(**parts))


BODIES: dict[str, Callable[[Door], Knock]] = {
    "nothing": raw(""),
    "no JSON": raw("{"),
    "two of them": raw("{} {}"),
    "a list": raw("[]"),
    "a word": raw('"hei"'),
    "null": raw("null"),
    "an empty object": raw("{}"),
    "deep lists": raw("[" * 100_000),
    "deep objects": raw('{"a":' * 20_000),
    "deep inside a good one": within(f'"value": {"[" * 80}{"]" * 80}'),
    "NaN": within('"value": NaN'),
    "-Infinity": within('"value": -Infinity'),
    "an endless number": within('"value": 1e999'),
    "a very long number": within(f'"value": {"9" * 10_000}'),
    "NUL": changed(text="x\x00y"),
    "NUL in a name": changed(value={"x\x00": 1}),
    "a lone surrogate": changed(text="x\ud800y"),
    "a surrogate as bytes": raw('{"text": "\ud800"}'),
    "not UTF-8": lambda d: d.knock(json.dumps(d.message()).encode("utf-16")),
    "no type": changed(type=None),
    "type is a list": changed(type=["message"]),
    "no conversation": changed(conversation=None),
    "conversation without id": changed(conversation={"tenantId": TENANT}),
    "conversation id is an object": changed(conversation={"id": {"$ne": 1}}),
    "conversation id is huge": changed(conversation={"id": "x" * 2000}),
    "no service URL": changed(serviceUrl=None),
    "no channel": changed(channelId=None),
    "no sender": lambda d: d.knock({k: v for k, v in d.message().items() if k != "from"}),
    "sender without id": lambda d: d.knock(d.message() | {"from": {"name": "Kari"}}),
    "sender is a list": lambda d: d.knock(d.message() | {"from": ["29:kari"]}),
    "text is an object": changed(text={"$gt": ""}),
    "time is a word": changed(timestamp="i går"),
    "time out of the world": changed(timestamp="0001-01-01T00:00:00+23:00"),
    "entities is an object": changed(entities={"type": "mention"}),
    "an attachment is a word": changed(attachments=["x"]),
}

TYPES: dict[str, Callable[[Door], Knock]] = {
    "text": lambda d: d.knock(headers={"Content-Type": "text/plain"}),
    "a form": lambda d: d.knock(headers={"Content-Type": "application/x-www-form-urlencoded"}),
    "XML": lambda d: d.knock(headers={"Content-Type": "application/xml"}),
    "almost JSON": lambda d: d.knock(headers={"Content-Type": "application/jsonp"}),
    "none": lambda d: d.knock(headers={"Content-Type": None}),
    "gzip": lambda d: d.knock(
        gzip.compress(json.dumps(d.message()).encode()), headers={"Content-Encoding": "gzip"}
    ),
    "a bomb": lambda d: d.knock(gzip.compress(bytes(10**7)), headers={"Content-Encoding": "gzip"}),
    "deflate": lambda d: d.knock(headers={"Content-Encoding": "deflate"}),
}

SIZES: dict[str, Callable[[Door], Knock]] = {
    "too large": lambda d: d.knock(d.message(text="x" * MAX_BYTES)),
    "too large, in chunks": lambda d: d.knock(d.message(text="x" * MAX_BYTES), length=None),
    "said to be very large": lambda d: d.knock(length=10**12),
    "too large, from a stranger": lambda d: d.knock(
        d.message(text="x" * MAX_BYTES), headers={"Authorization": None}
    ),
}

METHODS = {
    m: (lambda d, m=m: d.knock(method=m)) for m in ("GET", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
}

HTTP: dict[str, Callable[[Door], Knock]] = {
    "a header of 100 KB": lambda d: d.with_token(f"Bearer {'a' * 100_000}"),
    "length and chunks": lambda d: d.knock(length=None, more=[("Content-Length", "5")]),
    "two lengths": lambda d: d.knock(more=[("Content-Length", "5")]),
    "a negative length": lambda d: d.knock(length=-1),
    "a method of its own": lambda d: d.knock(method="GE(T"),
}

TABLE: list[tuple[str, int, Callable[[Door], Knock]]] = [
    *((f"token: {name}", 401, knock) for name, knock in TOKENS.items()),
    *((f"service URL: {name}", 401, lambda d, url=url: moved(d, url(d))) for name, url in ELSEWHERE.items()),
    *((f"unfit: {name}", 401, knock) for name, knock in UNFIT.items()),
    *((f"body: {name}", 400, knock) for name, knock in BODIES.items()),
    *((f"type: {name}", 415, knock) for name, knock in TYPES.items()),
    *((f"size: {name}", 413, knock) for name, knock in SIZES.items()),
    *((f"method: {name}", 405, knock) for name, knock in METHODS.items()),
    *((f"HTTP: {name}", 400, knock) for name, knock in HTTP.items()),
    ("path: a slash more", 404, lambda d: d.knock(path="/api/messages/")),
    ("path: in capitals", 404, lambda d: d.knock(path="/API/Messages")),
]


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize(("status", "knock"), [pytest.param(s, k, id=name) for name, s, k in TABLE])
def test_whoever_should_not_come_in_stays_out(
    door: Door, status: int, knock: Callable[[Door], Knock]
) -> None:
    before = door.traces()
    assert door.answers(knock(door)) == status
    assert door.traces() == before
    assert LURED == []


def test_there_are_more_than_enough_of_them() -> None:
    assert len({name for name, _, _ in TABLE}) == len(TABLE) > 100


def test_a_body_that_does_not_come_is_given_up(door: Door, slow: socket.socket) -> None:
    before = door.traces()
    assert status_of(slow) == 408
    assert door.traces() == before


@pytest.mark.parametrize(
    "tenant",
    ["22222222-2222-2222-2222-222222222222", "", None, TENANT[:-1], f"{TENANT} ", [TENANT], {"id": TENANT}],
)
def test_a_tenant_that_is_not_allowed_hears_one_sentence(door: Door, tenant: object) -> None:
    foreign = door.town.person(f"Frida {tenant}")
    activity = foreign.message("meld behov")
    activity["channelData"]["tenant"]["id"] = activity["conversation"]["tenantId"] = tenant
    before = door.traces()
    expected = 202 if isinstance(tenant, str | None) else 400
    assert door.answers(door.knock(activity)) == expected
    after = door.traces()
    heard = after["heard"].pop(foreign.conversation, 0)
    assert after == before
    assert foreign.chat.heard == ([GREETING] if expected == 202 else [])
    assert heard == len(foreign.chat.heard)


def test_a_replayed_activity_acts_once(door: Door) -> None:
    silje = door.town.person("Silje Gravråk")
    knock = door.knock(silje.message("meld behov"))
    assert door.answers(knock) == 202
    acted, heard = door.traces(), list(silje.chat.heard)
    assert heard
    again = door.knock(knock.body, headers={"Authorization": f"Bearer {token(door.url, more=1)}"})
    for replayed in (knock, again, knock):
        assert door.answers(replayed) == 202
        assert door.traces() == acted
    assert silje.chat.heard == heard


def test_made_up_keys_do_not_reach_the_key_server(door: Door) -> None:
    fetched = door.town.teams.openid.fetches
    knocks = [door.signed(kid=f"made-up-{number}") for number in range(100)]
    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(door.answers, knocks)) == {401}
    assert door.town.teams.openid.fetches == fetched <= 2


def test_a_key_server_that_is_gone_locks_nobody_out(door: Door) -> None:
    door.town.teams.openid.away = True
    try:
        assert "Hei, Kari!" in _said(door, "hei")
        assert door.answers(door.signed(kid="k9")) == 401
    finally:
        door.town.teams.openid.away = False


def test_after_all_that_the_log_holds_no_token_and_no_text(door: Door) -> None:
    assert "Hei, Kari!" in _said(door, "hei")
    log = door.town.bot.log()
    assert '"event": "request.refused"' in log
    for hidden in ("Bearer", "eyJ", "meld behov", "Kari", "hemmelig", "127.0.0.1", "smba.example"):
        assert hidden not in log, hidden
    assert log.count("request.refused") < 80, "each reason once a minute"
