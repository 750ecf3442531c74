"""Connections to PostgreSQL that are lost when the server is silent for too long.

No setting of the server can do this, as it is the server that hangs; nor one of the socket, as its machine may go on
confirming what it receives.
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator
from typing import Any, Final, Self, TypeVar

import psycopg

from storage import silence

_LEAST_TO_CONNECT: Final = 2
"""Seconds; psycopg knows whole ones alone, and no fewer."""

_T = TypeVar("_T")


class Silent(psycopg.OperationalError):
    """The server has not answered in time."""


class Connection(psycopg.Connection[Any]):
    """A connection for threads, each as patient as `silence` says."""

    @classmethod
    def connect(cls, conninfo: str = "", **options: Any) -> Self:
        """A new one; raises Silent."""
        longest, began = silence.left(), time.monotonic()
        if longest <= 0:
            raise Silent
        wanted = int(options.pop("connect_timeout", silence.LONGEST))
        seconds = max(_LEAST_TO_CONNECT, min(wanted, math.ceil(longest)))
        try:
            return super().connect(conninfo, **options, connect_timeout=seconds)
        except psycopg.errors.ConnectionTimeout as error:
            silence.unheard(time.monotonic() - began)
            raise Silent from error

    def wait(self, gen: Generator[Any, Any, _T], *args: Any, **options: Any) -> _T:
        """What the server answers."""
        began = time.monotonic()
        try:
            result = super().wait(_until(gen, began + silence.left()), *args, **options)
        except Silent:
            silence.unheard(time.monotonic() - began)
            self.pgconn.finish()
            raise
        silence.heard()
        return result


class AsyncConnection(psycopg.AsyncConnection[Any]):
    """The same for the event loop.

    To cancel is no way out: psycopg then asks the server to break off, and waits for that.
    """

    patience: float = silence.LONGEST

    async def wait(self, gen: Generator[Any, Any, _T], *args: Any, **options: Any) -> _T:
        """What the server answers, within `patience` seconds."""
        try:
            return await super().wait(_until(gen, time.monotonic() + self.patience), *args, **options)
        except Silent:
            self.pgconn.finish()
            raise


def _until(gen: Generator[Any, Any, _T], end: float) -> Generator[Any, Any, _T]:
    """The same talk with the server; psycopg looks in every tenth of a second, also when nothing has come."""
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if not ready and time.monotonic() > end:
                raise Silent
            wanted = gen.send(ready)
    except StopIteration as done:
        result: _T = done.value
        return result
