"""Calls to the Bot Connector over one pooled session, and what their failures mean."""

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import aiohttp
from yarl import URL

from bot.sdk.credentials import Credentials
from bot.sdk.errors import SendFailed

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=8, sock_connect=5)
"""Seconds. A turn must be over after about 15, else Teams sends it again."""

_KEEP_ALIVE = 15
_CONNECTIONS = 100
_MAY_PASS = frozenset({401, 408, 412, 429})
_UNSENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)


def pooled_session() -> aiohttp.ClientSession:
    """The session of the whole bot; to be made, used and closed in one event loop."""
    # An idle connection is given up by us before a server does it, so that a call hardly ever meets its end.
    connector = aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=_KEEP_ALIVE)
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar(), timeout=TIMEOUT)


class Transport:
    """Sends a request with our token and returns the answer's JSON."""

    def __init__(self, session: aiohttp.ClientSession, credentials: Credentials) -> None:
        self._session = session
        self._credentials = credentials

    async def call(self, method: str, url: str, body: bytes | None = None, *, repeatable: bool) -> Any:
        """The decoded answer, None if it has none; raises SendFailed.

        `url` is encoded already. A call that is not `repeatable` is ambiguous if its answer is lost, on the way or
        behind a gateway (504); any other status says that it was not carried out. One that is repeatable (GET,
        PUT, DELETE) is sent once more by aiohttp when the server had dropped the idle connection. A token that is
        refused (401) is dropped, and the call made once more with a new one.
        """
        token = await self._credentials.token()
        try:
            return await self._call(method, url, body, token, repeatable=repeatable)
        except SendFailed as failed:
            if failed.status != HTTPStatus.UNAUTHORIZED or not self._credentials.refused(token):
                raise
        token = await self._credentials.token()
        return await self._call(method, url, body, token, repeatable=repeatable)

    async def _call(
        self, method: str, url: str, body: bytes | None, token: str | None, *, repeatable: bool
    ) -> Any:
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        try:
            async with self._session.request(
                method,
                URL(url, encoded=True),
                data=body,
                headers=headers,
                allow_redirects=False,
                timeout=TIMEOUT,
            ) as response:
                content = await response.read()
        except _UNSENT as error:
            raise SendFailed(None, type(error).__name__) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise SendFailed(None, type(error).__name__, ambiguous=not repeatable) from error
        if 200 <= response.status < 300:
            return _json(content)
        raise failure(response.status, response.headers.get("Retry-After"), content, repeatable=repeatable)


def failure(status: int, retry_after: str | None, content: bytes, *, repeatable: bool) -> SendFailed:
    """What an answer without success means; the service's words stay out, only its code is kept."""
    permanent = 300 <= status < 500 and status not in _MAY_PASS
    ambiguous = status == HTTPStatus.GATEWAY_TIMEOUT and not repeatable
    return SendFailed(
        status, _code(content) or f"Http{status}", _seconds(retry_after), permanent, ambiguous=ambiguous
    )


def _json(content: bytes) -> Any:
    try:
        return json.loads(content) if content else None
    except (ValueError, RecursionError):
        return None


def _code(content: bytes) -> str | None:
    answer = _json(content)
    error = answer.get("error") if isinstance(answer, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) and re.fullmatch(r"[A-Za-z0-9_.:-]{1,80}", code) else None


def _seconds(retry_after: str | None) -> float | None:
    if retry_after is None:
        return None
    text = retry_after.strip()
    if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", text):
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
