"""What is said of a network's meetings: ahead of one, and when one was changed. Facts read at the moment of sending."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from domain.clock import local_day
from domain.outbox import OutboxState
from domain.rounds import meetings
from domain.rounds.calendar import previous_working_day
from domain.rounds.meeting_acts import changed_key
from domain.rounds.meeting_people import is_called
from domain.rounds.meeting_rules import theme_of
from domain.rounds.repository import NoSuchRound

if TYPE_CHECKING:
    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork
    from domain.register.models import Network, Person
    from domain.rounds.models import Meeting, Round

_MOST_AHEAD: Final = timedelta(days=10)
"""A post about a meeting that was moved further away than this is not for now."""

_NEWS: Final = timedelta(days=3)
"""How long a channel that was told of a change needs no other post about the meeting."""

_TELLING: Final = (OutboxState.WAITING, OutboxState.HANDED, OutboxState.SENT, OutboxState.AMBIGUOUS)
_DAY_IN_KEY: Final = re.compile(r":meeting(?P<id>\d+):(?P<day>\d{8}):")


@dataclass(frozen=True)
class MeetingReminder:
    """To somebody who is called to the meeting, on the working day before. `theme` is the plan's, with its source."""

    recipient: Person
    network: Network
    meeting: Meeting
    theme: tuple[str, str] | None = None


@dataclass(frozen=True)
class MeetingAhead:
    """Into a bound channel, a week before."""

    network: Network
    meeting: Meeting
    theme: tuple[str, str] | None = None


@dataclass(frozen=True)
class MeetingChanged:
    """To those who had heard of the meeting: it is another time or place, or cancelled. `was` is when it was to begin.

    `recipient` is None in a channel.
    """

    network: Network
    meeting: Meeting
    was: datetime
    recipient: Person | None = None

    @property
    def moved(self) -> bool:
        """Whether it is another time."""
        return self.was != self.meeting.starts


def meeting_reminder(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> MeetingReminder | None:
    """None when the meeting is cancelled, over or moved, and for somebody who is not called to it any more."""
    found = _ahead(uow, message, now)
    if found is None:
        return None
    network, meeting = found
    if local_day(now) < previous_working_day(local_day(meeting.starts) - timedelta(days=1)):
        # It was moved to a later day, which has a reminder of its own.
        return None
    recipient = uow.register.person(message.person_id or 0)
    if not is_called(uow, uow.register.roles_of(recipient.id), network.id):
        return None
    return MeetingReminder(recipient, network, meeting, theme_of(meeting, network.slug))


def meeting_ahead(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> MeetingAhead | None:
    """None when the meeting is cancelled, over or moved, and when the channel is not the network's any more."""
    found = _ahead(uow, message, now)
    if found is None:
        return None
    network, meeting = found
    binding = uow.identity.binding(message.binding_id or 0)
    if binding is None or binding.network_id != network.id:
        return None
    return MeetingAhead(network, meeting, theme_of(meeting, network.slug))


def meeting_changed(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> MeetingChanged | None:
    """None when a later change says more, or when both the old and the new time are past."""
    found = _named(uow, message)
    if found is None:
        return None
    current, meeting = found
    was = datetime.fromisoformat(message.params["was"])
    if meeting.changes != message.params["changes"] or now > max(was, meeting.starts):
        return None
    network = uow.register.network(current.network_id)
    if message.person_id is not None:
        person = uow.register.person(message.person_id)
        return MeetingChanged(network, meeting, was, person) if uow.register.roles_of(person.id) else None
    binding = uow.identity.binding(message.binding_id or 0)
    if binding is None or binding.network_id != network.id:
        return None
    return MeetingChanged(network, meeting, was)


def _ahead(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> tuple[Network, Meeting] | None:
    """The meeting that a message ahead of it is about, while it is still to come as it was planned then."""
    found = _named(uow, message)
    if found is None:
        return None
    current, meeting = found
    to_come = now < meeting.starts <= now + _MOST_AHEAD
    if meeting.cancelled or not to_come or _was_for_another_day(message, meeting):
        return None
    if _just_told(uow, message, current, meeting, now):
        return None
    return uow.register.network(current.network_id), meeting


def _named(uow: UnitOfWork, message: OutboxMessage) -> tuple[Round, Meeting] | None:
    try:
        current = uow.rounds.get(message.params.get("round", 0))
    except NoSuchRound:
        return None
    meeting = meetings.find(current, message.params.get("meeting", 0))
    return (current, meeting) if meeting is not None else None


def _was_for_another_day(message: OutboxMessage, meeting: Meeting) -> bool:
    """Whether the message was made for the day that the meeting was on before it was moved."""
    days = [m["day"] for m in _DAY_IN_KEY.finditer(message.key) if int(m["id"]) == meeting.id]
    return bool(days) and f"{local_day(meeting.starts):%Y%m%d}" not in days


def _just_told(
    uow: UnitOfWork, message: OutboxMessage, current: Round, meeting: Meeting, now: datetime
) -> bool:
    """Whether a notice of a change has said the same: to a person on the same day, in a channel a little before."""
    person, binding = message.person_id, message.binding_id
    told = uow.outbox.get(changed_key(current.id, meeting, person_id=person, binding_id=binding))
    if told is None or told.state not in _TELLING:
        return False
    if person is not None:
        return local_day(told.due_at) == local_day(now)
    return now - told.due_at < _NEWS
