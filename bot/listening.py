"""The HTTP server's own words, and who was turned away: logged without addresses and what stood in a request."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Any

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot import metrics
from bot.logs import told
from bot.sdk.http import MAX_HEADER

log = structlog.get_logger()

_LOGGED_EVERY = 60.0

_LAST_WORD = 1.0
"""Seconds at the end for requests that are still being answered, when turns have had theirs."""


def runner_of(app: web.Application) -> web.AppRunner:
    """A server for the app."""
    # Nothing is unpacked: a small body could be a thousand times as large inside.
    return web.AppRunner(
        app,
        access_log=None,
        logger=ServerLog(),
        max_field_size=MAX_HEADER,
        auto_decompress=False,
        shutdown_timeout=_LAST_WORD,
    )


class _Seldom:
    """Whether something is to be logged now: once a minute for each key, as strangers must not fill the log."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._logged: dict[Hashable, float] = {}

    def __call__(self, key: Hashable) -> bool:
        now = self._clock()
        is_due = now - self._logged.get(key, float("-inf")) >= _LOGGED_EVERY
        if is_due:
            self._logged[key] = now
        return is_due


class ServerLog:
    """Stands where aiohttp wants a logger: its own lines hold the sender's address and parts of his headers."""

    def __init__(self) -> None:
        self._is_due = _Seldom()

    def debug(self, *_: Any, **__: Any) -> None:
        """Nothing: connections come and go."""

    def exception(self, *_: Any, exc_info: BaseException | None = None, **__: Any) -> None:
        """A request that was no HTTP, or a failure of ours."""
        if isinstance(exc_info, HttpProcessingError | web.RequestPayloadError):
            kind = type(exc_info).__name__
            if self._is_due(kind):
                log.info("request.malformed", error=kind)
        else:
            log.error("request.failed", **(told(exc_info) if exc_info is not None else {}))


class Refusals:
    """Counts who was turned away, and logs each reason once a minute at most."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._is_due = _Seldom(clock)

    def __call__(self, status: int, reason: str) -> None:
        """One more; `reason` is one of a few words of ours."""
        metrics.REFUSED.labels(str(status)).inc()
        if self._is_due((status, reason)):
            log.info("request.refused", status=status, reason=reason)
