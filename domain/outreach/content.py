"""What a message that the bot sends by itself says: facts read at the moment of sending.

`content_of` gives None when there is no longer any reason to send.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.identity import RequestState
from domain.needs import overview
from domain.needs.flow import Circumstances, left
from domain.needs.form import needs_form
from domain.needs.heads.head import open_draft
from domain.needs.models import Status
from domain.needs.owners import reply_by
from domain.outbox import MessageKind, OutboxMessage
from domain.outreach.facts import UNANSWERED, is_reminded, owner_has_something_left
from domain.outreach.inquiries import InquiryNotice, inquiry_notice
from domain.outreach.joint import (
    JointNotice,
    MergedNotice,
    joint_notice,
    merged_notice,
)
from domain.outreach.needs import NeedNotice, need_notice
from domain.register import claims, rights
from domain.register.errors import NotInRegister
from domain.rounds.models import DeadlineKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.needs.overview import ChannelCounts
    from domain.ports import UnitOfWork
    from domain.register.models import Person
    from domain.rounds.models import Deadline


@dataclass(frozen=True)
class OwnerReported:
    """To the leader: an owner has sent."""

    owner: str
    owner_id: int
    network_id: int
    needs: int
    sequence: int
    late: bool
    sent: int
    total: int
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class HeadReminder:
    """To a head who has not answered. `nudged_by` is set when the owner asked for it."""

    recipient: Person
    kindergarten: str
    kindergarten_id: int
    owner: str
    reply_by: date
    passed: bool
    begun: bool
    left: int
    nudged_by: str | None = None


@dataclass(frozen=True)
class OwnerReminder:
    """To somebody who acts for an owner that has something left to do."""

    recipient: Person
    owner: str
    owner_id: int
    deadline: date
    confirmed: bool
    waiting: int
    approved: int
    unanswered: int
    all_without_need: bool = False


@dataclass(frozen=True)
class LeaderDigest:
    """To the leader, the day after the date for needs."""

    recipient: Person
    network_id: int
    network: str
    deadline: date
    sent: int
    total: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class ChannelSummary:
    """Into a bound channel: only what may be shown to everybody there."""

    network: str
    deadline: date
    confirmed: bool
    source: str
    counts: ChannelCounts


@dataclass(frozen=True)
class AccessNotice:
    """Somebody asks to come in (to the leader), or has been let in (to the one who asked).

    `second` when another Teams account is bound to the address already.
    """

    kind: MessageKind
    request_id: int
    name: str
    email: str
    role: str
    place: str
    second: bool = False


@dataclass(frozen=True)
class MovedHere:
    """Somebody asked for something personal in a channel: the conversation goes on here."""

    recipient: Person


Content = (
    NeedNotice
    | OwnerReported
    | HeadReminder
    | OwnerReminder
    | LeaderDigest
    | ChannelSummary
    | AccessNotice
    | InquiryNotice
    | JointNotice
    | MergedNotice
    | MovedHere
)


def content_of(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> Content | None:
    """What the message says now; None when it is no longer needed or no longer allowed."""
    try:
        return _content_of(uow, message, now)
    except NotInRegister:
        return None


def _content_of(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> Content | None:
    match message.kind:
        case MessageKind.HEAD_REMINDER | MessageKind.NUDGED_BY_OWNER:
            return _head_reminder(uow, message, now)
        case MessageKind.OWNER_REMINDER:
            return _owner_reminder(uow, message, now)
        case MessageKind.CHANNEL_SUMMARY:
            binding = uow.identity.binding(message.binding_id or 0)
            return channel_summary(uow, binding.network_id, now) if binding else None
        case MessageKind.LEADER_DIGEST:
            return _leader_digest(uow, message, now)
        case MessageKind.OWNER_REPORTED:
            return _owner_reported(uow, message, now)
        case MessageKind.ACCESS_REQUESTED | MessageKind.ACCESS_GRANTED:
            return _access_notice(uow, message)
        case MessageKind.INQUIRY_ASKED | MessageKind.INQUIRY_ANSWERED | MessageKind.INQUIRY_DECLINED:
            return inquiry_notice(uow, message)
        case MessageKind.NEED_MERGED:
            return merged_notice(uow, message)
        case (
            MessageKind.JOINT_ASKED
            | MessageKind.JOINT_ANSWERED
            | MessageKind.JOINT_TAKEN_OUT
            | MessageKind.JOINT_SENT
        ):
            return joint_notice(uow, message, now)
        case MessageKind.MOVED_HERE:
            return MovedHere(uow.register.person(message.person_id or 0))
        case _:
            return need_notice(uow, message)


def _head_reminder(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> HeadReminder | None:
    recipient = uow.register.person(message.person_id or 0)
    kindergarten = uow.register.kindergarten(message.params.get("kindergarten", 0))
    if kindergarten.id not in rights.heads(uow.register.roles_of(recipient.id)):
        return None
    network = uow.register.network_of_kindergarten(kindergarten.id)
    current = uow.rounds.current(network.id, local_day(now))
    standing = overview.standings(uow, [kindergarten], now)[:1]
    if current is None or not kindergarten.active or standing[0].answer not in UNANSWERED:
        return None
    draft = open_draft(uow, recipient.id, kindergarten.id, now)
    if not current.form_on and draft is None:
        # The network takes needs in another way: nobody is asked to begin here.
        return None
    by = message.params.get("by")
    asked_by = reply_by.of_round(uow, kindergarten.owner_id, current)
    return HeadReminder(
        recipient=recipient,
        kindergarten=kindergarten.name,
        kindergarten_id=kindergarten.id,
        owner=uow.register.owner(kindergarten.owner_id).name,
        reply_by=asked_by,
        passed=asked_by < local_day(now),
        begun=draft is not None and bool(draft.answers),
        left=left(needs_form(draft.form_version), draft.answers, Circumstances()) if draft else 0,
        nudged_by=uow.register.person(by).name if by else None,
    )


def _owner_reminder(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> OwnerReminder | None:
    found = _whole(uow, message, now)
    if found is None:
        return None
    deadline, whole = found
    current = uow.rounds.get(message.params.get("round", 0))
    mine = next((o for o in whole.owners if o.owner.id == message.params.get("owner")), None)
    if mine is None or not owner_has_something_left(mine, current):
        return None
    statuses = [r.status for s in mine.kindergartens for r in s.reports]
    return OwnerReminder(
        recipient=uow.register.person(message.person_id or 0),
        owner=mine.owner.name,
        owner_id=mine.owner.id,
        deadline=deadline.day,
        confirmed=deadline.confirmed,
        waiting=statuses.count(Status.SENT_TO_OWNER),
        approved=statuses.count(Status.APPROVED),
        unanswered=sum(is_reminded(s, current) for s in mine.kindergartens),
        all_without_need=not mine.sent
        and all(s.answer is overview.Answer.NO_NEED for s in mine.kindergartens),
    )


def _leader_digest(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> LeaderDigest | None:
    found = _whole(uow, message, now)
    if found is None:
        return None
    deadline, whole = found
    return LeaderDigest(
        recipient=uow.register.person(message.person_id or 0),
        network_id=whole.network.id,
        network=whole.network.name,
        deadline=deadline.day,
        sent=whole.owners_sent,
        total=len(whole.owners),
        missing=tuple(o.owner.name for o in whole.owners if not o.sent),
    )


def _whole(
    uow: UnitOfWork, message: OutboxMessage, now: datetime
) -> tuple[Deadline, overview.NetworkStanding] | None:
    current = uow.rounds.get(message.params.get("round", 0))
    deadline = current.deadline(DeadlineKind.NEEDS) if current else None
    if current is None or deadline is None:
        return None
    network = uow.register.network(current.network_id)
    return deadline, overview.network_standing(uow, network, current, now)


def _owner_reported(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> OwnerReported | None:
    report = uow.owners_reports.get(message.params.get("owners_report", 0))
    current = uow.rounds.get(report.round_id) if report else None
    if report is None or current is None:
        return None
    whole = overview.network_standing(uow, uow.register.network(report.network_id), current, now)
    return OwnerReported(
        owner=uow.register.owner(report.owner_id).name,
        owner_id=report.owner_id,
        network_id=report.network_id,
        needs=len(report.report_ids),
        sequence=report.sequence,
        late=report.late,
        sent=whole.owners_sent,
        total=len(whole.owners),
        others=tuple(uow.register.owner(i).name for i in report.senders if i != report.owner_id),
    )


def _access_notice(uow: UnitOfWork, message: OutboxMessage) -> AccessNotice | None:
    request = uow.identity.request(message.params.get("request", 0))
    if request is None:
        return None
    if message.kind is MessageKind.ACCESS_REQUESTED and request.state is not RequestState.OPEN:
        return None
    register = uow.register
    by_owner = request.scope_kind == "owner"
    place = register.owner(request.scope_id) if by_owner else register.kindergarten(request.scope_id)
    second = message.kind is MessageKind.ACCESS_REQUESTED and claims.is_claim(uow, request)
    return AccessNotice(
        message.kind, request.id, request.name, request.email, request.role, place.name, second
    )


def channel_summary(uow: UnitOfWork, network_id: int, now: datetime) -> ChannelSummary | None:
    """The summary of a network for its channel; None outside a round."""
    network = uow.register.network(network_id)
    current = uow.rounds.current(network_id, local_day(now))
    deadline = current.deadline(DeadlineKind.NEEDS) if current else None
    if current is None or deadline is None:
        return None
    whole = overview.network_standing(uow, network, current, now)
    return ChannelSummary(
        network=network.name,
        deadline=deadline.day,
        confirmed=deadline.confirmed,
        source=deadline.source,
        counts=overview.for_channel(whole),
    )
