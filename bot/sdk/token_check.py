"""Whether a request comes from Teams: its token is the Bot Framework's, and made for us."""

import time
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import jwt

from bot.sdk.errors import Unauthorized
from bot.sdk.signing_keys import SigningKey, SigningKeys

ISSUER = "https://api.botframework.com"

_LEEWAY = 5 * 60
_MAX_TOKEN = 16_000
_REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class Admission:
    """What a token that was verified says, and the key that it was signed with."""

    claims: dict[str, Any]
    key_id: str
    key: SigningKey


class TokenCheck:
    """Whether a request bears a token that the Bot Framework signed for this app, channel and service URL."""

    def __init__(self, app_id: str, keys: SigningKeys, channels: Collection[str]) -> None:
        self._app_id = app_id
        self._keys = keys
        self._channels = frozenset(channels)
        self._admitted: OrderedDict[str, Admission] = OrderedDict()

    async def admit(self, auth_header: str) -> Admission:
        """What the token says by itself, whatever comes with it; raises Unauthorized.

        Teams sends the same token with many requests: its signature is verified once.
        """
        token = _bearer(auth_header)
        known = self._admitted.get(token)
        key_id = known.key_id if known is not None else _key_id(token)
        key = await self._keys.find(key_id)
        if known is not None and known.key is key:
            # The one thing that time can change about it.
            if int(known.claims["exp"]) <= time.time() - _LEEWAY:
                raise Unauthorized("ExpiredSignatureError")
            return known
        admission = Admission(self._verify(token, key.public_key), key_id, key)
        self._admitted[token] = admission
        if len(self._admitted) > _REMEMBERED:
            self._admitted.popitem(last=False)
        return admission

    async def claims(self, auth_header: str, channel_id: str, service_url: str) -> dict[str, Any]:
        """The claims of a token that fits the activity; raises Unauthorized."""
        admission = await self.admit(auth_header)
        if channel_id not in self._channels:
            raise Unauthorized("channel")
        if channel_id not in admission.key.endorsements:
            raise Unauthorized("endorsement")
        claimed = admission.claims.get("serviceurl")
        if not isinstance(claimed, str) or claimed.rstrip("/") != service_url.rstrip("/"):
            raise Unauthorized("service url claim")
        return admission.claims

    def _verify(self, token: str, public_key: Any) -> dict[str, Any]:
        try:
            return jwt.decode(
                token,
                public_key,
                algorithms=["RS256"],
                audience=self._app_id,
                issuer=ISSUER,
                leeway=_LEEWAY,
                options={"require": ["exp", "iss", "aud"]},
            )
        except Exception as error:  # odd claims make PyJWT raise more than its own errors
            raise Unauthorized(type(error).__name__) from None


def _bearer(auth_header: str) -> str:
    scheme, _, token = auth_header.partition(" ")
    if scheme.lower() != "bearer" or not token or len(token) > _MAX_TOKEN:
        raise Unauthorized("no token")
    return token


def _key_id(token: str) -> str:
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        raise Unauthorized("malformed") from None
    key_id = header.get("kid")
    # Looked at before the keys, so that a token that cannot be right never has them fetched.
    if header.get("alg") != "RS256" or not isinstance(key_id, str):
        raise Unauthorized("algorithm")
    if "crit" in header:  # it says that the token means something else to those who know how
        raise Unauthorized("critical header")
    return key_id
