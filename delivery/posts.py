"""Summaries in channels: posted once, and from then on changed where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.outreach import summaries
from domain.outreach.summaries import ChannelSummary

if TYPE_CHECKING:
    from datetime import datetime

    from domain.address import Address
    from domain.outbox import OutboxMessage
    from domain.outreach.content import Content
    from domain.ports import Sender, UnitOfWork


def replaces(content: Content) -> str | None:
    """The message that this one takes the place of; None for a new one."""
    return content.updates if isinstance(content, ChannelSummary) else None


async def put(sender: Sender, address: Address, content: Content, outgoing: Any) -> str | None:
    """Sends a new message, or puts it in the place of the one it replaces; the activity's id. Raises SendFailed."""
    earlier = replaces(content)
    if earlier is None:
        return await sender.send(address, outgoing)
    await sender.update(address, earlier, outgoing)
    return earlier


def noted(
    uow: UnitOfWork, message: OutboxMessage, content: Content, activity_id: str | None, now: datetime
) -> None:
    """Remembers what a channel shows now, and where."""
    if isinstance(content, ChannelSummary) and message.binding_id is not None and activity_id:
        summaries.posted(uow, message.binding_id, content, activity_id, now)
