"""Certificate files: what Entra takes is read, anything else is refused in a few words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.sdk.certificates import BadCertificate, read_certificate

from .login import DAY, certificate, key_pem, pem_of, pfx
from .standins import rsa_key

PASSWORD = "hemmelig-9f3b"


def _ec_key() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.mark.parametrize(
    ("content", "password"),
    [
        (lambda: key_pem("app") + pem_of(certificate("app")), None),
        (lambda: pem_of(certificate("app")) + key_pem("app"), None),
        (lambda: key_pem("app", PASSWORD) + pem_of(certificate("app")), PASSWORD),
        (lambda: key_pem("app") + pem_of(certificate("issuer")) + pem_of(certificate("app")), None),
        (lambda: pfx("app", certificate("app")), None),
        (lambda: pfx("app", certificate("app"), PASSWORD), PASSWORD),
    ],
)
def test_a_certificate_is_read_with_its_key(
    content: Callable[[], bytes], password: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "app"
    path.write_bytes(content())
    found = read_certificate(path, password, datetime.now(UTC))
    assert found.private_key.private_numbers() == rsa_key("app").private_numbers()
    assert "CN=app" in _first_subject(found.chain)
    assert "PRIVATE" not in repr(found)
    assert "BEGIN" not in repr(found)


def _first_subject(chain: str) -> str:
    from cryptography import x509

    return x509.load_pem_x509_certificate(chain.encode()).subject.rfc4514_string()


WRONG: dict[str, tuple[Callable[[], bytes], str | None, str]] = {
    "empty": (lambda: b"", None, "can be read without a password"),
    "some text": (lambda: b"hemmelig", None, "can be read without a password"),
    "only a key": (lambda: key_pem("app"), None, "can be read without a password"),
    "only a certificate": (lambda: pem_of(certificate("app")), None, "can be read without a password"),
    "another's certificate": (lambda: key_pem("app") + pem_of(certificate("x")), None, "no certificate for"),
    "cut off": (lambda: key_pem("app")[:900] + pem_of(certificate("app")), None, "can be read without"),
    "locked": (lambda: key_pem("app", PASSWORD) + pem_of(certificate("app")), None, "without a password"),
    "wrong password": (lambda: pfx("app", certificate("app"), PASSWORD), PASSWORD[1:], "with this password"),
    "locked PFX": (lambda: pfx("app", certificate("app"), PASSWORD), None, "without a password"),
    "another kind of key": (lambda: _ec_key() + pem_of(certificate("app")), None, "no RSA key of 2048"),
    "ended": (
        lambda: key_pem("app") + pem_of(certificate("app", -2 * DAY, -DAY)),
        None,
        f"ended on {datetime.now(UTC) - DAY:%Y-%m-%d}",
    ),
    "not yet": (lambda: key_pem("app") + pem_of(certificate("app", DAY, 2 * DAY)), None, "not valid before"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_used_is_said_in_a_few_words(case: str, tmp_path: Path) -> None:
    content, password, words = WRONG[case]
    path = tmp_path / "app"
    path.write_bytes(content())
    with pytest.raises(BadCertificate, match=words) as caught:
        read_certificate(path, password, datetime.now(UTC))
    assert PASSWORD[1:] not in f"{caught.value!r} {caught.value.__cause__!r}"
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("name", "words"), [("missing", "No such file"), ("", "Is a directory")])
def test_a_file_that_cannot_be_opened(name: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(BadCertificate, match=words):
        read_certificate(tmp_path / name, None, datetime.now(UTC))
