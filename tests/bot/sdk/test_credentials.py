"""How the bot proves who it is: every way asks once, keeps, renews ahead of time, and tells nobody a secret."""

import asyncio
import logging
import pickle
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.sdk.certificates import read_certificate
from bot.sdk.credentials import AppCredentials, NoCredentials
from bot.sdk.errors import SendFailed
from bot.sdk.token_sources import (
    TokenSource,
    with_certificate,
    with_managed_identity,
    with_secret,
)

from .login import SECRET, Identities, Login, certificate, key_pem, pem_of
from .standins import APP_ID, TENANT, run

OTHER_ID = "00000000-aaaa-bbbb-cccc-00000000000f"


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Way:
    """One way to prove who the bot is, and who is asked."""

    source: TokenSource
    login: Login
    azure: Identities

    @property
    def asked(self) -> list[dict[str, str]]:
        """What was asked of whoever gives the token."""
        return self.azure.asked if self.direct else self.login.asked

    @property
    def direct(self) -> bool:
        return "ManagedIdentity" in repr(self.source)

    def lives(self, seconds: int) -> None:
        self.login.lifetime = self.azure.lifetime = seconds

    def takes(self, seconds: float) -> None:
        if self.direct:
            self.azure.delay = seconds
        else:
            self.login.delay = seconds


def _secret(login: str, folder: Path) -> TokenSource:
    return with_secret(APP_ID, TENANT, SECRET, login)


def _certificate(login: str, folder: Path) -> TokenSource:
    found = read_certificate(folder / "app.pem", None, datetime.now(UTC))
    return with_certificate(APP_ID, TENANT, found, login)


def _identity(login: str, folder: Path) -> TokenSource:
    return with_managed_identity(APP_ID, TENANT, APP_ID, login)


def _system(login: str, folder: Path) -> TokenSource:
    return with_managed_identity(APP_ID, TENANT, "system", login)


def _other(login: str, folder: Path) -> TokenSource:
    return with_managed_identity(APP_ID, TENANT, OTHER_ID, login)


WAYS: dict[str, Callable[[str, Path], TokenSource]] = {
    "secret": _secret,
    "certificate": _certificate,
    "its own managed identity": _identity,
    "an app that trusts the machine's identity": _system,
    "an app that trusts another identity": _other,
}


@pytest.fixture(params=WAYS)
def way(request: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Way]:
    trusted = certificate("app")
    (tmp_path / "app.pem").write_bytes(key_pem("app") + pem_of(trusted))
    login, azure = Login(), Identities()
    if request.param == "certificate":
        login.trusted = trusted
    elif "trusts" in request.param:
        login.identity_token = "identity-1"
    with ExitStack() as stack:
        url = stack.enter_context(login.running(tmp_path, monkeypatch))
        stack.enter_context(azure.running(monkeypatch))
        yield Way(WAYS[request.param](url, tmp_path), login, azure)


def test_a_token_is_had_once_and_renewed_ahead_of_its_end(way: Way) -> None:
    async def test() -> None:
        # msal keeps time itself: a token that ends within its own five minutes is never taken from its cache.
        way.lives(299)
        way.takes(0.1)
        clock = Clock()
        credentials = AppCredentials(way.source, clock=clock)
        tokens = await asyncio.gather(*[credentials.token() for _ in range(30)])
        (first,) = set(tokens)
        assert first == ("identity-1" if way.direct else "token-1")
        assert len(way.asked) == 1
        way.login.identity_token = "identity-2" if way.login.identity_token else None
        clock.now = 10
        assert await credentials.token() == first, "the present one is used while the next is fetched"
        for _ in range(3000):
            await asyncio.sleep(0.01)
            if await credentials.token() != first:
                break
        assert await credentials.token() == ("identity-2" if way.direct else "token-2")
        assert len(way.asked) == 2
        await credentials.close()

    run(test())


def test_the_first_answer_need_not_wait(way: Way) -> None:
    async def test() -> None:
        credentials = AppCredentials(way.source)
        credentials.warm()
        for _ in range(3000):
            if credentials._token is not None:
                break
            await asyncio.sleep(0.01)
        assert len(way.asked) == 1
        await credentials.token()
        assert len(way.asked) == 1
        await credentials.close()

    run(test())


@pytest.mark.by_the_clock
def test_the_loop_goes_on_while_somebody_is_asked(way: Way) -> None:
    async def test() -> None:
        way.takes(0.3)
        credentials = AppCredentials(way.source)
        asking = asyncio.create_task(credentials.token())
        turns = 0
        while not asking.done():
            await asyncio.sleep(0.005)
            turns += 1
        assert turns > 2
        await credentials.close()

    run(test())


def test_who_fails_gives_a_short_error_and_no_secret(way: Way, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    private_key = key_pem("app").decode().splitlines()[5]

    async def test() -> None:
        clock = Clock()
        way.login.error = "invalid_client"
        if way.direct:
            way.azure.status, way.azure.body = 400, f'{{"statusCode": 400, "message": "no good: {SECRET}"}}'
        credentials = AppCredentials(way.source, clock=clock)
        code = "Token:invalid_scope" if way.direct else "Token:invalid_client"
        with structlog.testing.capture_logs() as logged:
            for _ in range(3):
                with pytest.raises(SendFailed) as caught:
                    await credentials.token()
                assert (caught.value.code, caught.value.permanent) == (code, False)
                said = f"{caught.value!r} {caught.value} {credentials!r} {caught.value.__cause__!r}"
                said += repr(pickle.dumps(caught.value))
                assert SECRET not in said
                assert private_key not in said
        assert logged == [{"event": "token.not_had", "code": code, "log_level": "warning"}]
        assert len(way.asked) == 1, "who is in trouble is left alone for a while"
        way.login.error, way.azure.status, way.azure.body = None, 200, None
        clock.now = 10
        # msal itself leaves a managed identity alone for some seconds after a failure.
        assert way.direct or (await credentials.token()) == "token-2"
        await credentials.close()

    run(test())
    for hidden in (SECRET, private_key, "token-2", "identity-1"):
        assert hidden not in caplog.text


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<html>hemmelig-9f3b</html>", "Token:LoginUnreachable"),
        ('{"error": "hemmelig 9f3b: ø"}', "Token:unknown"),
        ('{"error": {"code": "x"}}', "Token:unknown"),
        ("{}", "Token:unknown"),
        ('{"access_token": "a\\r\\nX: y", "expires_in": 3600}', "Token:LoginUnreachable"),
        ('{"access_token": 7, "expires_in": 3600}', "Token:LoginUnreachable"),
        ('{"access_token": "a", "expires_in": "soon"}', "Token:LoginUnreachable"),
        ('{"access_token": "a", "expires_in": 0}', "TokenUnavailable"),
    ],
)
def test_nonsense_from_the_login_service_is_a_failure_like_any_other(
    body: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async def test() -> None:
        login = Login(body=body)
        with login.running(tmp_path, monkeypatch) as url:
            credentials = AppCredentials(with_secret(APP_ID, TENANT, SECRET, url), clock=Clock())
            with pytest.raises(SendFailed) as caught:
                await credentials.token()
            assert caught.value.code == code
            await credentials.close()

    run(test())
    assert SECRET not in caplog.text


def test_a_good_token_outlives_a_login_service_that_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test() -> None:
        login, clock = Login(lifetime=250), Clock()
        with login.running(tmp_path, monkeypatch) as url:
            credentials = AppCredentials(with_secret(APP_ID, TENANT, SECRET, url), clock=clock)
            assert await credentials.token() == "token-1"
        clock.now = 100
        assert await credentials.token() == "token-1"
        for _ in range(3000):
            if credentials._failure == "Token:LoginUnreachable":
                break
            await asyncio.sleep(0.01)
        assert await credentials.token() == "token-1"
        clock.now = 250
        with pytest.raises(SendFailed, match="LoginUnreachable"):
            await credentials.token()
        await credentials.close()

    run(test())


def test_an_app_with_a_secret_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    login = Login()
    with login.running(tmp_path, monkeypatch) as url:
        with_secret(APP_ID, TENANT, SECRET, url).ask()
    (asked,) = login.asked
    assert (asked["grant_type"], asked["client_id"]) == ("client_credentials", APP_ID)
    assert (asked["client_secret"], asked["scope"]) == (SECRET, "https://api.botframework.com/.default")


def test_an_app_with_another_certificate_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "app.pem").write_bytes(key_pem("app") + pem_of(certificate("app")))
    login = Login(trusted=certificate("another"))
    with login.running(tmp_path, monkeypatch) as url:
        assert _certificate(url, tmp_path).ask()["error"] == "invalid_client"


@pytest.mark.parametrize("machine", [False, True])
def test_a_managed_identity_is_asked_for_by_its_client_id(
    machine: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    azure = Identities(machine=machine)
    with azure.running(monkeypatch):
        # What a proxy would see of it is a token: it must not be asked.
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
        assert with_managed_identity(APP_ID, TENANT, APP_ID).ask()["access_token"] == "identity-1"
    (asked,) = azure.asked
    assert (asked["client_id"], asked["resource"]) == (APP_ID, "https://api.botframework.com")
    assert asked["header"] == ("true" if machine else SECRET)


@pytest.mark.parametrize(("identity", "named"), [("system", None), (OTHER_ID, OTHER_ID)])
def test_an_identity_that_an_app_trusts_is_exchanged(
    identity: str, named: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    azure, login = Identities(), Login(identity_token="identity-1")
    with azure.running(monkeypatch), login.running(tmp_path, monkeypatch) as url:
        assert with_managed_identity(APP_ID, TENANT, identity, url).ask()["access_token"] == "token-1"
    assert (azure.asked[0].get("client_id"), azure.asked[0]["resource"]) == (
        named,
        "api://AzureADTokenExchange",
    )
    assert login.asked[0]["client_id"] == APP_ID


def test_a_managed_identity_that_is_not_there_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        with Identities().running(monkeypatch):
            pass
        for identity in (APP_ID, "system"):
            credentials = AppCredentials(with_managed_identity(APP_ID, TENANT, identity))
            with pytest.raises(SendFailed, match="LoginUnreachable"):
                await credentials.token()
            await credentials.close()

    monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:9")
    run(test())


def test_local_mode_needs_no_token() -> None:
    assert run(NoCredentials().token()) is None
