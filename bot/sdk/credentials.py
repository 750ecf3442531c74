"""How the bot proves to Teams who it is."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, Protocol

import msal

from bot.sdk.errors import SendFailed
from bot.sdk.shared_task import SharedTask

LOGIN_URL = "https://login.microsoftonline.com"
SCOPE = "https://api.botframework.com/.default"

_AHEAD = 5 * 60.0
_PAUSE_AFTER_FAILURE = 10.0
_NETWORK_TIMEOUT = 10
_PATIENCE = 15.0


class Credentials(Protocol):
    """Where the token for outbound calls comes from."""

    async def token(self) -> str | None:
        """The access token, or None where none is needed; raises SendFailed when it cannot be had now."""
        ...

    async def close(self) -> None:
        """Stop whatever is under way."""
        ...


class NoCredentials:
    """Local mode: the client on the desk asks for no token."""

    async def token(self) -> str | None:
        """None."""
        return None

    async def close(self) -> None:
        """Nothing to stop."""


class SecretCredentials:
    """Client credentials with a secret, through msal in a worker thread.

    The token is kept and renewed five minutes before it ends, while the present one is still in use.
    """

    def __init__(
        self,
        app_id: str,
        secret: str,
        tenant_id: str,
        *,
        login_url: str = LOGIN_URL,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app_id = app_id
        self._secret = secret
        self._authority = f"{login_url.rstrip('/')}/{tenant_id}"
        self._clock = clock
        self._application: Any = None
        self._token: str | None = None
        self._ends = -1.0
        self._not_before = float("-inf")
        self._failure = "TokenUnavailable"
        self._renewal = SharedTask(self._renew, _PATIENCE)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._app_id})"

    async def token(self) -> str:
        """The access token; raises SendFailed when the login service does not give one."""
        now = self._clock()
        if self._token is None or now >= self._ends:
            await self._wait_for_renewal()
        elif now >= self._ends - _AHEAD and now >= self._not_before:
            self._renewal.start()
        if self._token is None or self._clock() >= self._ends:
            raise SendFailed(None, self._failure)
        return self._token

    async def close(self) -> None:
        """Stop a renewal that is under way."""
        await self._renewal.stop()

    async def _wait_for_renewal(self) -> None:
        if self._clock() < self._not_before and not self._renewal.is_running:
            return
        try:
            await self._renewal.join()
        except TimeoutError:
            self._failure = "TokenTimeout"

    async def _renew(self) -> None:
        asked = self._clock()
        try:
            answer = await asyncio.to_thread(self._ask)
        except Exception:  # msal lets requests' and its own errors through; their texts may hold addresses
            answer = {"error": "LoginUnreachable"}
        if "access_token" in answer:
            self._token = answer["access_token"]
            self._ends = asked + float(answer["expires_in"])
            # msal answers from its own cache until exactly then: do not ask it again at every call.
            self._not_before = asked + 1.0
        else:
            self._failure = f"Token:{answer.get('error', 'unknown')}"
            self._not_before = self._clock() + _PAUSE_AFTER_FAILURE

    def _ask(self) -> dict[str, Any]:
        if self._application is None:
            self._application = msal.ConfidentialClientApplication(
                self._app_id,
                client_credential=self._secret,
                authority=self._authority,
                instance_discovery=False,  # the operator named the authority; ask nobody else about it
                timeout=_NETWORK_TIMEOUT,
            )
        answer: dict[str, Any] = self._application.acquire_token_for_client(scopes=[SCOPE])
        return answer
