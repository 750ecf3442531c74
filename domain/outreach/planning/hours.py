"""When scheduled messages may go out, and how long one that is due has to wait.

They keep to the hours from 08 to 16 in Oslo on reminder days: working days outside July. Christmas Eve and New
Year's Eve are working days by law, but hardly anybody is at work, so they are no reminder days.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final

from domain.clock import OSLO, local_day
from domain.outbox import SCHEDULED, OutboxMessage
from domain.rounds.calendar import is_working_day

OPENS: Final = time(8)
CLOSES: Final = time(16)
_JULY: Final = 7
_EVES: Final = frozenset({(12, 24), (12, 31)})
_DAY: Final = timedelta(days=1)


@cache
def is_reminder_day(day: date) -> bool:
    """Whether people are reminded on this day at all."""
    return day.month != _JULY and (day.month, day.day) not in _EVES and is_working_day(day)


def previous_reminder_day(day: date) -> date:
    """The last reminder day up to and including this one."""
    while not is_reminder_day(day):
        day -= _DAY
    return day


def next_reminder_day(day: date) -> date:
    """The first reminder day from and including this one."""
    while not is_reminder_day(day):
        day += _DAY
    return day


def reminder_day(day: date, days: int) -> date:
    """The reminder day so many days from a date: moved back when it is before the date, forward when after."""
    moved = day + timedelta(days=days)
    return previous_reminder_day(moved) if days <= 0 else next_reminder_day(moved)


@cache
def opens_at(day: date) -> datetime:
    """Eight o'clock of a day in Oslo, as an aware moment."""
    return datetime.combine(day, OPENS, tzinfo=OSLO)


@cache
def expires_at(day: date) -> datetime:
    """When a reminder of a day is no longer worth sending: four o'clock on the next reminder day."""
    return datetime.combine(next_reminder_day(day + _DAY), CLOSES, tzinfo=OSLO)


def may_go_out(moment: datetime) -> bool:
    """Whether scheduled messages may be sent at this moment."""
    local = moment.astimezone(OSLO)
    return is_reminder_day(local.date()) and OPENS <= local.time() < CLOSES


def first_opening(moment: datetime) -> datetime:
    """The first moment from this one at which scheduled messages may go out, in UTC."""
    if may_go_out(moment):
        return moment
    day = local_day(moment)
    while True:
        opening = opens_at(day).astimezone(UTC)
        if opening > moment and may_go_out(opening):
            return opening
        day += _DAY


def expired(message: OutboxMessage, moment: datetime) -> bool:
    """Whether a message is no longer worth sending at this moment."""
    return message.expires_at is not None and moment >= message.expires_at


def wait(message: OutboxMessage, now: datetime) -> float | None:
    """Seconds until the message may go out, 0 when it may now; None when it expires before that."""
    opening = first_opening(now) if message.kind in SCHEDULED else now
    return None if expired(message, opening) else (opening - now).total_seconds()
