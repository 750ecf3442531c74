"""Outgoing → Activity, and the sender that delivery uses."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any, TypeVar

from botbuilder.schema import Activity, ActivityTypes, Attachment

from bot.metrics import SENDS
from bot.sdk.adapter import RekompisAdapter
from bot.sdk.errors import SendFailed
from delivery.budget import Budget, conversation_of
from delivery.errors import NoRoom
from delivery.errors import SendFailed as DeliveryFailed
from domain.address import Address
from messages.outgoing import Outgoing

CARD = "application/vnd.microsoft.card.adaptive"
TRIES = 5
LONGEST_WAIT = 3.0
LONGEST = 10.0
"""Seconds after which no more tries begin: Teams waits about 15."""

T = TypeVar("T")


def activity_of(outgoing: Outgoing) -> Activity:
    """The activity that carries a message."""
    if outgoing.card is None:
        return Activity(
            type=ActivityTypes.message, text=outgoing.text, text_format="markdown", locale="nb-NO"
        )
    return Activity(
        type=ActivityTypes.message,
        attachments=[Attachment(content_type=CARD, content=outgoing.card)],
        summary=outgoing.summary,
        locale="nb-NO",
    )


class Replies:
    """The way out of turns: within the budget, and a passing fault is tried again, since somebody waits."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    async def persistently(self, to: Address, send: Callable[[], Awaitable[T]]) -> T:
        """The result of a request, tried a few times; raises SendFailed. What may have arrived is not sent twice."""
        end = time.monotonic() + LONGEST
        for number in count(1):
            try:
                return await self.once(to, send)
            except SendFailed as failed:
                wait = failed.retry_after or number * 0.4
                last = number == TRIES or wait > LONGEST_WAIT or time.monotonic() + wait > end
                if failed.permanent or failed.ambiguous or last:
                    raise
                await asyncio.sleep(wait + random.random() * 0.2)  # noqa: S311 - jitter
        raise AssertionError  # count() has no end

    async def once(self, to: Address, send: Callable[[], Awaitable[T]]) -> T:
        """The result of a request when there is room for it; raises SendFailed."""
        try:
            await self._budget.take(to.tenant_id, conversation_of(to), scheduled=False)
        except NoRoom as full:
            raise SendFailed(None, "NoRoom", full.seconds) from full
        try:
            result = await send()
        except SendFailed as failed:
            SENDS.labels(str(failed.status or "none")).inc()
            await self._budget.refused(to.tenant_id, failed.status, failed.retry_after)
            raise
        SENDS.labels("ok").inc()
        self._budget.accepted(to.tenant_id)
        return result


class TeamsSender:
    """A Sender over the adapter, for what the bot says by itself."""

    def __init__(self, adapter: RekompisAdapter) -> None:
        self._adapter = adapter

    async def send(self, address: Address, outgoing: Any) -> str | None:
        return await _counted(self._adapter.send(address, activity_of(outgoing)))

    async def update(self, address: Address, activity_id: str, outgoing: Any) -> None:
        await _counted(self._adapter.update(address, activity_id, activity_of(outgoing)))

    async def open(self, person: Address) -> str:
        return await _counted(self._adapter.open_personal(person))


async def _counted(call: Awaitable[T]) -> T:
    """The call's result, counted; what it raises is delivery's SendFailed."""
    try:
        result = await call
    except SendFailed as failed:
        SENDS.labels(str(failed.status or "none")).inc()
        raise DeliveryFailed(
            status=failed.status,
            permanent=failed.permanent,
            ambiguous=failed.ambiguous,
            retry_after=failed.retry_after,
        ) from failed
    SENDS.labels("ok").inc()
    return result
