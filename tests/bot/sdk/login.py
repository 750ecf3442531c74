"""Entra's login service and Azure's managed identities on loopback, in threads: msal asks from one, too."""

from __future__ import annotations

import base64
import datetime
import ipaddress
import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from .standins import APP_ID, TENANT, rsa_key

SECRET = "hemmelig-9f3b"
DAY = datetime.timedelta(days=1)

Answer = tuple[int, dict[str, object]]


@dataclass
class Login:
    """A login service over TLS with a certificate of its own.

    Whoever comes with an assertion must have signed it with the `trusted` certificate's key, or show the
    `identity_token`.
    """

    asked: list[dict[str, str]] = field(default_factory=list)
    lifetime: int = 3600
    error: str | None = None
    delay: float = 0.0
    body: str | None = None
    trusted: x509.Certificate | None = None
    identity_token: str | None = None
    url: str = ""

    def discovery(self) -> Answer:
        base = f"{self.url}/{TENANT}"
        return 200, {
            "issuer": f"{base}/v2.0",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}/oauth2/v2.0/token",
        }

    def token(self, form: str) -> Answer:
        asked = dict(parse_qsl(form))
        self.asked.append(asked)
        time.sleep(self.delay)
        if self.error:
            return 401, {"error": self.error, "error_description": f"no good: {SECRET}"}
        if "client_assertion" in asked and not self._proves(asked["client_assertion"]):
            return 401, {"error": "invalid_client", "error_description": asked["client_assertion"]}
        number = len(self.asked)
        return 200, {
            "token_type": "Bearer",
            "access_token": f"token-{number}",
            "expires_in": self.lifetime,
        }

    def _proves(self, assertion: str) -> bool:
        if self.identity_token is not None:
            return assertion == self.identity_token
        assert self.trusted is not None
        named = base64.urlsafe_b64decode(jwt.get_unverified_header(assertion)["x5t#S256"])
        if named != self.trusted.fingerprint(hashes.SHA256()):
            return False
        claims = jwt.decode(
            assertion,
            self.trusted.public_key(),
            algorithms=["PS256"],
            audience=f"{self.url}/{TENANT}/oauth2/v2.0/token",
            issuer=APP_ID,
            options={"require": ["exp", "jti", "sub"]},
        )
        return bool(claims["sub"] == APP_ID)

    @contextmanager
    def running(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
        login = self

        class Handler(Quiet):
            def do_GET(self) -> None:
                assert self.path == f"/{TENANT}/v2.0/.well-known/openid-configuration"
                self.answer(*login.discovery())

            def do_POST(self) -> None:
                assert self.path == f"/{TENANT}/oauth2/v2.0/token"
                status, body = login.token(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self.answer(status, body if login.body is None else login.body)

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*_certificate_files(folder))
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(folder / "cert.pem"))
        with served(Handler, context) as url:
            self.url = url
            yield url


@dataclass
class Identities:
    """What Azure gives the machine: App Service's endpoint, or with `machine` the one of a virtual machine."""

    asked: list[dict[str, str]] = field(default_factory=list)
    lifetime: int = 86_400
    status: int = 200
    body: str | None = None
    delay: float = 0.0
    machine: bool = False

    @contextmanager
    def running(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
        azure = self

        class Handler(Quiet):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                header = "Metadata" if azure.machine else "X-IDENTITY-HEADER"
                azure.asked.append(dict(parse_qsl(parts.query)) | {"header": self.headers[header] or ""})
                time.sleep(azure.delay)
                token = {"access_token": f"identity-{len(azure.asked)}", "token_type": "Bearer"}
                ends = {
                    "expires_in": str(azure.lifetime),
                    "expires_on": str(int(time.time()) + azure.lifetime),
                }
                self.answer(azure.status, token | ends if azure.body is None else azure.body)

        for name in ("IDENTITY_ENDPOINT", "IDENTITY_HEADER", "AZURE_POD_IDENTITY_AUTHORITY_HOST"):
            monkeypatch.delenv(name, raising=False)
        with served(Handler) as url:
            if self.machine:
                monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", url)
            else:
                monkeypatch.setenv("IDENTITY_ENDPOINT", f"{url}/msi/token")
                monkeypatch.setenv("IDENTITY_HEADER", SECRET)
            yield url


class Quiet(BaseHTTPRequestHandler):
    def answer(self, status: int, body: dict[str, Any] | str) -> None:
        content = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        return None


@contextmanager
def served(handler: type[Quiet], context: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server in threads on a free port; yields its URL."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"{'http' if context is None else 'https'}://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def certificate(
    name: str, begins: datetime.timedelta = -DAY, ends: datetime.timedelta = DAY
) -> x509.Certificate:
    """A certificate of its own for the key of that name, valid for this machine."""
    key = rsa_key(name)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    addresses = [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + begins)
        .not_valid_after(now + ends)
        .add_extension(x509.SubjectAlternativeName(addresses), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )


def pem_of(shown: x509.Certificate) -> bytes:
    return shown.public_bytes(serialization.Encoding.PEM)


def key_pem(name: str, password: str | None = None) -> bytes:
    return rsa_key(name).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, _locked(password)
    )


def pfx(name: str, shown: x509.Certificate, password: str | None = None) -> bytes:
    return pkcs12.serialize_key_and_certificates(name.encode(), rsa_key(name), shown, None, _locked(password))


def _locked(password: str | None) -> Any:
    if password is None:
        return serialization.NoEncryption()
    return serialization.BestAvailableEncryption(password.encode())


def _certificate_files(folder: Path) -> tuple[Path, Path]:
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(pem_of(certificate("tls")))
    key_file.write_bytes(key_pem("tls"))
    return cert_file, key_file
