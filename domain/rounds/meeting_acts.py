"""What a leader does with the network's meetings: checked, stored, traced, and told to those who had heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.outbox import MessageKind, OutboxMessage, OutboxState
from domain.register.leading import required_leading_role
from domain.register.models import Scope, ScopeKind
from domain.rounds import meetings
from domain.rounds.meeting_people import NOBODY, Told, told_of
from domain.rounds.meetings import MeetingGone, MeetingPlan
from domain.rounds.repository import NoSuchRound
from domain.rounds.trace import note

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork
    from domain.rounds.models import Meeting, Round


@dataclass(frozen=True)
class Acted:
    """What came of it. `before` is None for a new meeting; `told` are those who are told of a change."""

    round: Round
    meeting: Meeting
    before: Meeting | None = None
    told: Told = NOBODY


def add(uow: UnitOfWork, person_id: int, round_id: int, plan: MeetingPlan, now: datetime) -> Acted:
    """A new meeting; raises NotAllowed, MeetingGone for a round that is not there, and MeetingRefused."""
    current = _locked(uow, person_id, round_id)
    changed, meeting = meetings.add(current, plan, now)
    uow.rounds.save(changed)
    note(uow, person_id, changed, None, _state(meeting), now)
    return Acted(changed, meeting)


def change(
    uow: UnitOfWork, person_id: int, round_id: int, id: int, seen: int, plan: MeetingPlan, now: datetime
) -> Acted:
    """A meeting changed; raises NotAllowed, MeetingGone and MeetingRefused."""
    current = _locked(uow, person_id, round_id)
    before = meetings.standing(current, id, seen)
    return _kept(uow, person_id, before, meetings.change(current, id, seen, plan, now), now)


def cancel(uow: UnitOfWork, person_id: int, round_id: int, id: int, seen: int, now: datetime) -> Acted:
    """A meeting cancelled; raises NotAllowed and MeetingGone."""
    current = _locked(uow, person_id, round_id)
    before = meetings.standing(current, id, seen)
    return _kept(uow, person_id, before, meetings.cancel(current, id, seen), now)


def would_tell(uow: UnitOfWork, current: Round, meeting: Meeting, by: int) -> Told:
    """Who would be told if it were moved or cancelled by this person."""
    told = told_of(uow, current.network_id, current.id, meeting.id, meeting.starts)
    return Told(told.people - {by}, told.bindings)


def changed_key(
    round_id: int, meeting: Meeting, *, person_id: int | None = None, binding_id: int | None = None
) -> str:
    """The key of the notice to somebody that a meeting is as it is now."""
    who = f"p{person_id}" if person_id is not None else f"b{binding_id}"
    return f"{_changed(round_id, meeting)}{meeting.changes}:{who}"


def _changed(round_id: int, meeting: Meeting) -> str:
    return f"{MessageKind.MEETING_CHANGED.value}:{round_id}:meeting{meeting.id}:"


def _locked(uow: UnitOfWork, person_id: int, round_id: int) -> Round:
    """The round, for this person to change."""
    try:
        current = uow.rounds.for_change(round_id)
    except NoSuchRound as gone:
        raise MeetingGone from gone
    required_leading_role(uow, person_id, Scope(kind=ScopeKind.NETWORK, id=current.network_id))
    return current


def _kept(
    uow: UnitOfWork,
    person_id: int,
    before: Meeting,
    after: tuple[Round, Meeting],
    now: datetime,
) -> Acted:
    changed, meeting = after
    if meeting == before:
        return Acted(changed, meeting, before)
    uow.rounds.save(changed)
    note(uow, person_id, changed, _state(before), _state(meeting), now)
    told = _tell(uow, person_id, changed, before, meeting, now) if _matters(before, meeting) else NOBODY
    return Acted(changed, meeting, before, told)


def _matters(before: Meeting, after: Meeting) -> bool:
    """Whether whoever had heard of it must hear of this too: another name is no reason."""
    same_name = before.model_copy(update={"title": after.title, "changes": after.changes})
    return same_name != after


def _tell(
    uow: UnitOfWork, person_id: int, current: Round, before: Meeting, after: Meeting, now: datetime
) -> Told:
    told = would_tell(uow, current, before, person_id)
    # Whoever has not yet read of an earlier change knows the meeting as it was before that one.
    unread = uow.outbox.begins_with(_changed(current.id, after), OutboxState.WAITING)
    known = {(m.person_id, m.binding_id): m.params["was"] for m in reversed(unread)}
    recipients: list[tuple[int | None, int | None]] = [(i, None) for i in sorted(told.people)]
    recipients += [(None, i) for i in sorted(told.bindings)]
    for person, binding in recipients:
        uow.outbox.add(
            OutboxMessage(
                key=changed_key(current.id, after, person_id=person, binding_id=binding),
                kind=MessageKind.MEETING_CHANGED,
                person_id=person,
                binding_id=binding,
                params={
                    "round": current.id,
                    "meeting": after.id,
                    "changes": after.changes,
                    "was": known.get((person, binding), before.starts.isoformat()),
                },
                due_at=now,
            )
        )
    return told


def _state(meeting: Meeting) -> str:
    """Which meeting and when; names and places are not kept in the trace."""
    how = "avlyst" if meeting.cancelled else meeting.starts.isoformat()
    return f"møte {meeting.id}: {how}"
