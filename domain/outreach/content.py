"""What a message that the bot sends by itself says: facts read at the moment of sending.

Each kind has a reader, `(uow, message, now) → content`, which gives None when there is no longer any reason to
send, or the recipient may not know it any more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from domain.outbox import MessageKind, OutboxMessage
from domain.outreach.coming_in import AccessNotice, MovedHere, access_notice, moved_here
from domain.outreach.digests import LeaderDigest, leader_digest
from domain.outreach.inquiries import InquiryNotice, inquiry_notice
from domain.outreach.joint import JointNotice, MergedNotice, joint_notice, merged_notice
from domain.outreach.needs import NeedNotice, need_notice
from domain.outreach.owners import OwnerReported, owner_reported
from domain.outreach.reminders import HeadReminder, OwnerReminder, head_reminder, owner_reminder
from domain.outreach.summaries import ChannelSummary, bound_summary
from domain.register.errors import NotInRegister

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork

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

Reader = Callable[["UnitOfWork", OutboxMessage, "datetime"], Content | None]

READERS: dict[MessageKind, Reader] = {
    MessageKind.HEAD_REMINDER: head_reminder,
    MessageKind.NUDGED_BY_OWNER: head_reminder,
    MessageKind.OWNER_REMINDER: owner_reminder,
    MessageKind.LEADER_DIGEST: leader_digest,
    MessageKind.CHANNEL_SUMMARY: bound_summary,
    MessageKind.OWNER_REPORTED: owner_reported,
    MessageKind.ACCESS_REQUESTED: access_notice,
    MessageKind.ACCESS_GRANTED: access_notice,
    MessageKind.MOVED_HERE: moved_here,
    MessageKind.INQUIRY_ASKED: lambda uow, message, _: inquiry_notice(uow, message),
    MessageKind.INQUIRY_ANSWERED: lambda uow, message, _: inquiry_notice(uow, message),
    MessageKind.INQUIRY_DECLINED: lambda uow, message, _: inquiry_notice(uow, message),
    MessageKind.NEED_MERGED: lambda uow, message, _: merged_notice(uow, message),
    MessageKind.JOINT_ASKED: joint_notice,
    MessageKind.JOINT_ANSWERED: joint_notice,
    MessageKind.JOINT_TAKEN_OUT: joint_notice,
    MessageKind.JOINT_SENT: joint_notice,
}
"""Every kind that is not about one need, which is what the others are."""


def content_of(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> Content | None:
    """What the message says now; None when it is no longer needed or no longer allowed."""
    reader = READERS.get(message.kind)
    try:
        return reader(uow, message, now) if reader else need_notice(uow, message)
    except NotInRegister:
        return None
