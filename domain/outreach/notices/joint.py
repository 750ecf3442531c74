"""What owners are told about joint reports, and heads about needs that were merged: facts read at sending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.needs.history import trace
from domain.needs.models import JointState, NeedsReport, OwnersStatus, Source, Status
from domain.needs.owners import owner
from domain.outbox import MessageKind, OutboxMessage
from domain.register import rights

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork
    from domain.register.models import Person


@dataclass(frozen=True)
class JointNotice:
    """About a joint report, to somebody who acts for an owner in it.

    `owner` is the other owner, whom it is about; `joins` its answer; `needs` how many of its needs could come
    along (asked), or are in (answered, sent).
    """

    kind: MessageKind
    recipient: Person
    report_id: int
    version: int
    number: str | None
    network: str
    network_id: int
    sender: str
    sender_id: int
    owner: str
    owner_id: int
    by: str
    needs: int
    joins: bool = False


@dataclass(frozen=True)
class MergedNotice:
    """To a head: the owner has merged the need with others, or taken the common one apart again (no `title`)."""

    recipient: Person
    report: NeedsReport
    owner: str
    title: str | None
    others: tuple[str, ...]


def joint_notice(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> JointNotice | None:
    """None when the recipient acts for the owner no more, or when things have gone on since."""
    report = uow.owners_reports.get(message.params.get("owners_report", 0))
    owner_id = message.params.get("owner", 0)
    recipient = uow.register.person(message.person_id or 0)
    if report is None:
        return None
    told = report.owner_id if message.kind is MessageKind.JOINT_ANSWERED else owner_id
    if told not in rights.owners(uow.register.roles_of(recipient.id)):
        return None
    place = next((j for j in report.joint if j.owner_id == owner_id), None)
    state = place.state if place else None
    sent = report.status is OwnersStatus.SENT
    current = {
        MessageKind.JOINT_ASKED: state is JointState.ASKED and not sent,
        MessageKind.JOINT_ANSWERED: state in (JointState.CONFIRMED, JointState.DECLINED) and not sent,
        MessageKind.JOINT_TAKEN_OUT: state is None,
        MessageKind.JOINT_SENT: state is JointState.CONFIRMED and sent,
    }
    if not current[message.kind]:
        return None
    confirmed = len(place.report_ids) if place else 0
    asked = message.kind is MessageKind.JOINT_ASKED
    ready = len(owner.approved(uow, owner_id, report.network_id, now)) if asked else confirmed
    return JointNotice(
        kind=message.kind,
        recipient=recipient,
        report_id=report.id,
        version=report.version,
        number=report.number,
        network=uow.register.network(report.network_id).name,
        network_id=report.network_id,
        sender=uow.register.owner(report.owner_id).name,
        sender_id=report.owner_id,
        owner=uow.register.owner(owner_id).name,
        owner_id=owner_id,
        by=uow.register.person(message.params.get("by", 0)).name,
        needs=ready,
        joins=state is JointState.CONFIRMED,
    )


def merged_notice(uow: UnitOfWork, message: OutboxMessage) -> MergedNotice | None:
    """None when the recipient is not the head any more."""
    report = uow.needs.get(message.params.get("report", 0))
    recipient = uow.register.person(message.person_id or 0)
    if report is None or not set(report.kindergartens) & set(
        rights.heads(uow.register.roles_of(recipient.id))
    ):
        return None
    common = uow.needs.get(report.merged_into) if report.merged_into is not None else None
    if common is None and message.params.get("version") != report.version:
        return None
    parts = uow.needs.merged_into(common.id) if common else []
    names = (uow.register.kindergarten(p.kindergarten_id).name for p in parts if p.id != report.id)
    kindergarten = uow.register.kindergarten(report.kindergarten_id)
    return MergedNotice(
        recipient=recipient,
        report=report,
        owner=uow.register.owner(kindergarten.owner_id).name,
        title=common.title if common else None,
        others=tuple(names),
    )


def theirs(uow: UnitOfWork, person_id: int, report: NeedsReport) -> int:
    """The kindergarten that a need is about for this person: a head's own among those that it holds for."""
    led = rights.heads(uow.register.roles_of(person_id))
    return next((i for i in report.kindergartens if i in led), report.kindergarten_id)


def said_elsewhere(uow: UnitOfWork, kind: MessageKind, report: NeedsReport) -> bool:
    """Whether the one who would be told hears it in another way, or has never heard of the need.

    What is part of a common need is told of as that. An owner's own common need is known to its heads from when
    it is sent to the network.
    """
    if report.merged_into is not None:
        return True
    if report.source is not Source.OWNER:
        return False
    if kind is MessageKind.NEED_REGISTERED:
        return bool(uow.needs.merged_into(report.id))
    if kind is MessageKind.NEED_APPROVED:
        return True
    if kind is not MessageKind.NEED_WITHDRAWN:
        return False
    rows = trace(uow, report.id)
    return bool(rows) and rows[-1].before == Status.APPROVED.value
