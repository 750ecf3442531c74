import asyncio
import datetime
import ipaddress
import json
import logging
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from bot.sdk.credentials import NoCredentials, SecretCredentials
from bot.sdk.errors import SendFailed

from .standins import APP_ID, TENANT, rsa_key, run

SECRET = "hemmelig-9f3b"


@dataclass
class Login:
    """A login service over TLS with a certificate of its own, in threads: msal asks from one, too."""

    asked: list[dict[str, str]] = field(default_factory=list)
    lifetime: int = 3600
    error: str | None = None
    delay: float = 0.0
    url: str = ""

    def discovery(self) -> tuple[int, dict[str, object]]:
        base = f"{self.url}/{TENANT}"
        return 200, {
            "issuer": f"{base}/v2.0",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}/oauth2/v2.0/token",
        }

    def token(self, form: str) -> tuple[int, dict[str, object]]:
        self.asked.append(dict(parse_qsl(form)))
        time.sleep(self.delay)
        if self.error:
            return 401, {"error": self.error, "error_description": f"no good: {SECRET}"}
        number = len(self.asked)
        return 200, {
            "token_type": "Bearer",
            "access_token": f"token-{number}",
            "expires_in": self.lifetime,
        }

    @contextmanager
    def running(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
        login = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                assert self.path == f"/{TENANT}/v2.0/.well-known/openid-configuration"
                self.answer(*login.discovery())

            def do_POST(self) -> None:
                assert self.path == f"/{TENANT}/oauth2/v2.0/token"
                self.answer(*login.token(self.rfile.read(int(self.headers["Content-Length"])).decode()))

            def answer(self, status: int, body: dict[str, object]) -> None:
                content = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: object) -> None:
                return None

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*_certificate(folder))
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(folder / "cert.pem"))
        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            server.socket = context.wrap_socket(server.socket, server_side=True)
            self.url = f"https://127.0.0.1:{server.server_address[1]}"
            thread = threading.Thread(target=server.serve_forever, args=(0.02,))
            thread.start()
            try:
                yield self.url
            finally:
                server.shutdown()
                thread.join()


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = rsa_key("tls")
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "login")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return cert_file, key_file


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_token_is_had_once_and_renewed_ahead_of_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test() -> None:
        # msal keeps time itself: a token that ends within its own five minutes is never taken from its cache.
        login, clock = Login(lifetime=299, delay=0.1), Clock()
        with login.running(tmp_path, monkeypatch) as url:
            credentials = SecretCredentials(APP_ID, SECRET, TENANT, login_url=url, clock=clock)
            tokens = await asyncio.gather(*[credentials.token() for _ in range(30)])
            assert set(tokens) == {"token-1"}
            assert len(login.asked) == 1
            asked = login.asked[0]
            assert (asked["grant_type"], asked["client_id"]) == ("client_credentials", APP_ID)
            assert (asked["client_secret"], asked["scope"]) == (
                SECRET,
                "https://api.botframework.com/.default",
            )
            clock.now = 10
            assert await credentials.token() == "token-1", "the present one is used while the next is fetched"
            for _ in range(100):
                await asyncio.sleep(0.01)
                if await credentials.token() == "token-2":
                    break
            assert len(login.asked) == 2
            await credentials.close()

    run(test())


def test_a_login_service_that_fails_gives_a_short_error_and_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async def test() -> None:
        login, clock = Login(error="invalid_client"), Clock()
        with login.running(tmp_path, monkeypatch) as url:
            credentials = SecretCredentials(APP_ID, SECRET, TENANT, login_url=url, clock=clock)
            for _ in range(3):
                with pytest.raises(SendFailed) as caught:
                    await credentials.token()
                assert (caught.value.code, caught.value.permanent) == ("Token:invalid_client", False)
                assert SECRET not in f"{caught.value!r} {credentials!r} {caught.value.__cause__!r}"
            assert len(login.asked) == 1, "a login service in trouble is left alone for a while"
            login.error = None
            clock.now = 10
            assert await credentials.token() == "token-2"
            await credentials.close()

    run(test())
    assert SECRET not in caplog.text
    assert "token-2" not in caplog.text


def test_a_good_token_outlives_a_login_service_that_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test() -> None:
        login, clock = Login(lifetime=250), Clock()
        with login.running(tmp_path, monkeypatch) as url:
            credentials = SecretCredentials(APP_ID, SECRET, TENANT, login_url=url, clock=clock)
            assert await credentials.token() == "token-1"
        clock.now = 100
        assert await credentials.token() == "token-1"
        for _ in range(500):
            if credentials._failure == "Token:LoginUnreachable":
                break
            await asyncio.sleep(0.01)
        assert await credentials.token() == "token-1"
        clock.now = 250
        with pytest.raises(SendFailed, match="LoginUnreachable"):
            await credentials.token()
        await credentials.close()

    run(test())


def test_local_mode_needs_no_token() -> None:
    assert run(NoCredentials().token()) is None
