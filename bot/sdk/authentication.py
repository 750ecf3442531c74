"""Who gets in: the SDK's authentication, with our own checks behind it."""

import time
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt
from botframework.connector.auth import (
    AuthenticateRequestResult,
    BotFrameworkAuthentication,
    ClaimsIdentity,
)

from bot.sdk.connector import PooledConnectorFactory
from bot.sdk.credentials import Credentials
from bot.sdk.errors import Unauthorized
from bot.sdk.hosts import ServiceHosts
from bot.sdk.signing_keys import SigningKey, SigningKeys

ISSUER = "https://api.botframework.com"
AUDIENCE = "https://api.botframework.com"

_LEEWAY = 5 * 60
_MAX_TOKEN = 16_000
_REMEMBERED = 256


class NoUserTokens:
    """Stands where the SDK wants a user-token client; nobody signs in through this bot."""


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


class TeamsAuthentication(BotFrameworkAuthentication):  # type: ignore[misc]
    """The SDK's door: inbound requests are checked, outbound ones get a pooled connector.

    Without a token check (local mode) everybody on this machine is let in, and nobody else.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        credentials: Credentials,
        hosts: ServiceHosts,
        check: TokenCheck | None,
    ) -> None:
        self._hosts = hosts
        self._check = check
        self._connectors = PooledConnectorFactory(session, credentials, hosts)

    @property
    def connectors(self) -> PooledConnectorFactory:
        """The factory of all outbound calls."""
        return self._connectors

    async def admit(self, auth_header: str) -> None:
        """Looks at the token alone, before the sender's body is read; raises Unauthorized."""
        if self._check is not None:
            await self._check.admit(auth_header)

    async def authenticate_request(self, activity: Any, auth_header: str) -> AuthenticateRequestResult:
        """The sender's identity and the way to answer; raises Unauthorized."""
        if self._hosts.base(activity.service_url) is None:
            raise Unauthorized("service url")
        if self._check is None:
            identity = ClaimsIdentity({}, True, "anonymous")
        else:
            claims = await self._check.claims(auth_header, activity.channel_id, activity.service_url)
            identity = ClaimsIdentity(claims, True)
        result = AuthenticateRequestResult()
        result.claims_identity = identity
        result.audience = AUDIENCE
        result.connector_factory = self._connectors
        return result

    async def authenticate_streaming_request(
        self, auth_header: str, channel_id_header: str
    ) -> AuthenticateRequestResult:
        """Refused: Teams does not stream."""
        raise Unauthorized("streaming")

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> PooledConnectorFactory:
        """The one factory, whoever asks."""
        return self._connectors

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> NoUserTokens:
        """An object that does nothing, so that a turn builds no second HTTP client."""
        return NoUserTokens()

    def get_originating_audience(self) -> str:
        """The audience of our own tokens."""
        return AUDIENCE


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
