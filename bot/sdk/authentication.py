"""Who gets in, and the way to answer them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
from botframework.connector.auth.claims_identity import ClaimsIdentity

from bot.sdk.connector import PooledConnectors
from bot.sdk.credentials import Credentials
from bot.sdk.errors import Unauthorized
from bot.sdk.hosts import ServiceHosts

if TYPE_CHECKING:
    from bot.sdk.token_check import TokenCheck


class TeamsAuthentication:
    """Checks inbound requests, and has the connectors for outbound ones.

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
        self.connectors = PooledConnectors(session, credentials, hosts)

    async def admit(self, auth_header: str) -> None:
        """Looks at the token alone, before the sender's body is read; raises Unauthorized."""
        if self._check is not None:
            await self._check.admit(auth_header)

    async def identity(self, activity: Any, auth_header: str) -> ClaimsIdentity:
        """Who the sender is; raises Unauthorized."""
        if self._hosts.base(activity.service_url) is None:
            raise Unauthorized("service url")
        if self._check is None:
            return ClaimsIdentity({}, True, "anonymous")
        return ClaimsIdentity(
            await self._check.claims(auth_header, activity.channel_id, activity.service_url), True
        )
