"""How the bot proves to Teams who it is."""

import asyncio
import re
import time
from collections.abc import Callable
from typing import Any, Protocol

import structlog

from bot.sdk.errors import SendFailed
from bot.sdk.shared_task import SharedTask
from bot.sdk.token_sources import TokenSource

log = structlog.get_logger()

_AHEAD = 5 * 60.0
_PAUSE_AFTER_FAILURE = 10.0
_PATIENCE = 15.0
_NEW = 60.0


class Credentials(Protocol):
    """Where the token for outbound calls comes from."""

    def warm(self) -> None:
        """Begin to ask, so that the first answer need not wait; in a running event loop."""
        ...

    async def token(self) -> str | None:
        """The access token, or None where none is needed; raises SendFailed when it cannot be had now."""
        ...

    def refused(self, token: str | None) -> bool:
        """To be called when Teams would not have a token; whether there may be another to try."""
        ...

    async def close(self) -> None:
        """Stop whatever is under way."""
        ...


class NoCredentials:
    """Local mode: the client on the desk asks for no token."""

    def warm(self) -> None:
        """Nothing to ask for."""

    async def token(self) -> str | None:
        """None."""
        return None

    def refused(self, token: str | None) -> bool:
        """There is no other."""
        return False

    async def close(self) -> None:
        """Nothing to stop."""


class AppCredentials:
    """The token that a source gives, asked for in a worker thread.

    It is kept, and renewed five minutes before it ends, while the present one is still in use.
    """

    def __init__(self, source: TokenSource, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._source = source
        self._clock = clock
        self._token: str | None = None
        self._asked = self._ends = -1.0
        self._not_before = float("-inf")
        self._failure = "TokenUnavailable"
        self._renewal = SharedTask(self._renew, _PATIENCE)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._source!r})"

    def warm(self) -> None:
        """Begin to ask."""
        self._renewal.start()

    async def token(self) -> str:
        """The access token; raises SendFailed when the source does not give one."""
        now = self._clock()
        if self._token is None or now >= self._ends:
            await self._wait_for_renewal()
        elif now >= self._ends - _AHEAD and now >= self._not_before:
            self._renewal.start()
        if self._token is None or self._clock() >= self._ends:
            raise SendFailed(None, self._failure)
        return self._token

    def refused(self, token: str | None) -> bool:
        """The token is dropped before its time: keys or rights may have changed. Not one that is quite new, as it
        is then something else that is wrong."""
        if token != self._token:
            return True
        if self._clock() < self._asked + _NEW:
            return False
        log.warning("token.refused")
        self._token = None
        self._source.forget()
        return True

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
            answer = await asyncio.to_thread(self._source.ask)
            token, lifetime = _read(answer)
        except Exception:  # msal lets requests' and its own errors through; their texts may hold addresses
            answer, token, lifetime = {"error": "LoginUnreachable"}, None, 0.0
        if token is not None:
            self._token = token
            self._asked = asked
            self._ends = asked + lifetime
            # msal answers from its own cache until exactly then: do not ask it again at every call.
            self._not_before = asked + 1.0
        else:
            self._failure = f"Token:{_code(answer.get('error'))}"
            self._not_before = self._clock() + _PAUSE_AFTER_FAILURE
            log.warning("token.not_had", code=self._failure)


def _read(answer: dict[str, Any]) -> tuple[str | None, float]:
    if "access_token" not in answer:
        return None, 0.0
    token = answer["access_token"]
    if not isinstance(token, str) or not token.isascii() or not token.isprintable():
        raise ValueError("no token")  # nothing that could not stand in a header
    return token, float(answer["expires_in"])


def _code(error: object) -> str:
    return error if isinstance(error, str) and re.fullmatch(r"[A-Za-z0-9_.-]{1,60}", error) else "unknown"
