"""When scheduled messages may go out, and how long one that is due has to wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.clock import local_day
from domain.outbox import SCHEDULED, OutboxMessage
from domain.outreach.plan import may_go_out, opens_at


def first_opening(moment: datetime) -> datetime:
    """The first moment from this one at which scheduled messages may go out, in UTC."""
    if may_go_out(moment):
        return moment
    day = local_day(moment)
    while True:
        opening = opens_at(day).astimezone(UTC)
        if opening > moment and may_go_out(opening):
            return opening
        day += timedelta(days=1)


def expired(message: OutboxMessage, moment: datetime) -> bool:
    """Whether a message is no longer worth sending at this moment."""
    return message.expires_at is not None and moment >= message.expires_at


def wait(message: OutboxMessage, now: datetime) -> float | None:
    """Seconds until the message may go out, 0 when it may now; None when it expires before that."""
    opening = first_opening(now) if message.kind in SCHEDULED else now
    return None if expired(message, opening) else (opening - now).total_seconds()
