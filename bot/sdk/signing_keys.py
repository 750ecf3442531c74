"""The public keys that Teams signs its requests with."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt
import structlog
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm

from bot.sdk.errors import Unauthorized
from bot.sdk.hosts import METADATA_URL
from bot.sdk.shared_task import SharedTask

log = structlog.get_logger()

_LIFETIME = 24 * 3600.0
_PAUSE = 5 * 60.0
_PAUSE_WITHOUT_KEYS = 2.0
_TIMEOUT = aiohttp.ClientTimeout(total=10)
_MIN_BITS = 2048


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key and the channels that it may sign for."""

    public_key: RSAPublicKey
    endorsements: frozenset[str]


class SigningKeys:
    """The keys of an OpenID metadata document, fetched with the pooled session.

    Kept for 24 hours and then renewed beside the requests; an unknown key id has them fetched at most once in
    five minutes; while the key server is away the last good ones count.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        metadata_url: str = METADATA_URL,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session
        self._metadata_url = metadata_url
        self._clock = clock
        self._keys: dict[str, SigningKey] = {}
        self._fetched = float("-inf")
        self._tried = float("-inf")
        self._fetching = SharedTask(self._fetch, patience=12.0)

    def warm(self) -> None:
        """Begin to fetch the keys, so that the first request need not wait."""
        self._fetching.start()

    async def close(self) -> None:
        """Stop a fetch that is under way."""
        await self._fetching.stop()

    async def find(self, key_id: str) -> SigningKey:
        """The key with that id; raises Unauthorized."""
        if key_id in self._keys:
            if self._clock() - self._fetched > _LIFETIME and self._may_fetch():
                self._fetching.start()
        elif self._fetching.is_running or self._may_fetch():
            try:
                await self._fetching.join()
            except TimeoutError:
                raise Unauthorized("keys unavailable") from None
        found = self._keys.get(key_id)
        if found is None:
            raise Unauthorized("unknown key" if self._keys else "keys unavailable")
        return found

    def _may_fetch(self) -> bool:
        return self._clock() - self._tried >= (_PAUSE if self._keys else _PAUSE_WITHOUT_KEYS)

    async def _fetch(self) -> None:
        self._tried = self._clock()
        try:
            keys = await self._published()
        except Exception as error:  # away, slow or talking nonsense: whatever it is, the last good keys count
            log.warning("keys.not_fetched", error=type(error).__name__, known=len(self._keys))
            return
        self._keys = keys
        self._fetched = self._clock()

    async def _published(self) -> dict[str, SigningKey]:
        keys_url = (await self._get(self._metadata_url))["jwks_uri"]
        if keys_url.split(":")[0] != self._metadata_url.split(":")[0]:
            raise ValueError("keys that come without TLS are nobody's")
        keys = _read((await self._get(keys_url))["keys"])
        if not keys:
            raise ValueError("no key among them")
        return keys

    async def _get(self, url: str) -> Any:
        async with self._session.get(
            url, timeout=_TIMEOUT, allow_redirects=False, raise_for_status=True
        ) as response:
            return await response.json(content_type=None)


def _read(entries: list[Any]) -> dict[str, SigningKey]:
    keys = {}
    for entry in entries:
        if not isinstance(entry, dict) or entry.get("kty") != "RSA" or not isinstance(entry.get("kid"), str):
            continue
        if entry.get("use", "sig") != "sig":
            continue
        try:
            public_key = RSAAlgorithm.from_jwk(entry)
        except (jwt.InvalidKeyError, ValueError, TypeError, KeyError, AttributeError):
            continue  # one bad key must not take the others with it
        if isinstance(public_key, RSAPublicKey) and public_key.key_size >= _MIN_BITS:
            endorsements = entry.get("endorsements")
            names = endorsements if isinstance(endorsements, list) else []
            keys[entry["kid"]] = SigningKey(public_key, frozenset(n for n in names if isinstance(n, str)))
    return keys
