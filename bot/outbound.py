"""Outgoing → Activity, and the sender that delivery uses."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from botbuilder.schema import Activity, ActivityTypes, Attachment

from bot.metrics import SENDS
from bot.sdk.adapter import RekompisAdapter
from bot.sdk.errors import SendFailed
from delivery.errors import SendFailed as DeliveryFailed
from domain.address import Address
from messages.outgoing import Outgoing

CARD = "application/vnd.microsoft.card.adaptive"
TRIES = 3
LONGEST_WAIT = 3.0

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


async def persistently(send: Callable[[], Awaitable[T]]) -> T:
    """Sends an answer of a turn; a passing fault is tried again a few times, since somebody waits.

    What may have arrived is not sent twice.
    """
    for left in range(TRIES - 1, -1, -1):
        try:
            result = await send()
        except SendFailed as failed:
            SENDS.labels(str(failed.status or "none")).inc()
            wait = failed.retry_after or (TRIES - left) * 0.4
            if failed.permanent or failed.ambiguous or not left or wait > LONGEST_WAIT:
                raise
            await asyncio.sleep(wait + random.random() * 0.2)  # noqa: S311 - jitter
        else:
            SENDS.labels("ok").inc()
            return result
    raise AssertionError


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
