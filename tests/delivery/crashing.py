"""A process that delivers and dies by its own hand, kill -9, at a chosen point of a chosen send."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from domain.address import Address
from domain.outbox import OutboxState
from domain.ports import UnitOfWork
from storage.worker import Worker
from tests.delivery.world import HttpSender

T = TypeVar("T")


class Point(StrEnum):
    """Where in a send the process dies."""

    BEFORE_INTENT = "before_intent"
    BEFORE_REQUEST = "before_request"
    AFTER_REQUEST = "after_request"
    BEFORE_RECORD = "before_record"
    AFTER_RECORD = "after_record"


class Crash:
    """Dies when the point is passed for the nth time."""

    def __init__(self, point: Point | None, nth: int) -> None:
        self._point = point
        self._left = nth

    def at(self, point: Point) -> None:
        """The point is passed."""
        if point is not self._point:
            return
        self._left -= 1
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)


class CrashingSender(HttpSender):
    """Dies right before or right after a request."""

    crash: Crash

    async def send(self, address: Address, outgoing: Any) -> str | None:
        self.crash.at(Point.BEFORE_REQUEST)
        sent = await super().send(address, outgoing)
        self.crash.at(Point.AFTER_REQUEST)
        return sent


class CrashingWorker(Worker):
    """Dies around what is written of a send."""

    crash: Crash

    async def run(self, fn: Callable[[UnitOfWork], T]) -> T:
        outboxes: list[_Outbox] = []

        def watched(uow: UnitOfWork) -> T:
            outboxes.append(_Outbox(uow.outbox, self.crash))
            uow.outbox = outboxes[-1]
            return fn(uow)

        result = await super().run(watched)
        if outboxes[-1].recorded:
            self.crash.at(Point.AFTER_RECORD)
        return result


class _Outbox:
    def __init__(self, outbox: Any, crash: Crash) -> None:
        self._outbox = outbox
        self._crash = crash
        self.recorded = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._outbox, name)

    def claim_attempt(self, key: str, number: int, now: datetime) -> bool:
        self._crash.at(Point.BEFORE_INTENT)
        return bool(self._outbox.claim_attempt(key, number, now))

    def finish(self, key: str, state: OutboxState, now: datetime, activity_id: str | None = None) -> None:
        if state is OutboxState.SENT:
            self._crash.at(Point.BEFORE_RECORD)
            self.recorded = True
        self._outbox.finish(key, state, now, activity_id)
