"""The certificate that an app registration proves itself with."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    pkcs12,
)

_MIN_BITS = 2048


class BadCertificate(Exception):
    """A file that cannot be used; the message says why in a few words and holds nothing of its content."""


@dataclass(frozen=True)
class Certificate:
    """A private key, and as PEM its certificate with those that vouch for it."""

    private_key: RSAPrivateKey = field(repr=False)
    chain: str = field(repr=False)
    ends: datetime


def read_certificate(path: Path, password: str | None, now: datetime) -> Certificate:
    """The certificate of a PEM file with key and certificate, or of a PFX file. Raises BadCertificate."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadCertificate(f"cannot be read ({error.strerror})") from None
    key, certificates = _parts(content, password.encode() if password else None)
    if not isinstance(key, RSAPrivateKey) or key.key_size < _MIN_BITS:
        raise BadCertificate(f"holds no RSA key of {_MIN_BITS} bits or more")
    own = next((c for c in certificates if _public(c) == _public(key)), None)
    if own is None:
        raise BadCertificate("holds no certificate for its key")
    if not own.not_valid_before_utc <= now:
        raise BadCertificate(f"is not valid before {own.not_valid_before_utc:%Y-%m-%d}")
    if own.not_valid_after_utc <= now:
        raise BadCertificate(f"ended on {own.not_valid_after_utc:%Y-%m-%d}")
    ordered = [own, *(c for c in certificates if c is not own)]
    return Certificate(
        key,
        "".join(c.public_bytes(Encoding.PEM).decode() for c in ordered),
        own.not_valid_after_utc,
    )


def _parts(content: bytes, password: bytes | None) -> tuple[object, list[x509.Certificate]]:
    try:
        if b"-----BEGIN" in content:
            return load_pem_private_key(content, password), x509.load_pem_x509_certificates(content)
        key, own, others = pkcs12.load_key_and_certificates(content, password)
        return key, [c for c in (own, *others) if c is not None]
    except Exception:  # the library's errors are of many kinds, and some hold a part of what they read
        given = "with this password" if password else "without a password"
        raise BadCertificate(f"holds no key and certificate that can be read {given}") from None


def _public(holder: x509.Certificate | RSAPrivateKey) -> bytes:
    return holder.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
