"""What a message that the bot sends by itself says: facts read at the moment of sending.

Each kind has a reader, `(uow, message, now) → content`, which gives None when there is no longer any reason to
send, or the recipient may not know it any more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from domain.outbox import ALSO, REMINDERS, MessageKind, OutboxMessage
from domain.outreach.dates.holding import still_holds
from domain.outreach.dates.meetings import (
    MeetingAhead,
    MeetingChanged,
    MeetingReminder,
    meeting_ahead,
    meeting_changed,
    meeting_reminder,
)
from domain.outreach.dates.notices import (
    DateChanged,
    DateReminder,
    DatesToConfirm,
    date_changed,
    date_reminder,
    dates_to_confirm,
)
from domain.outreach.digests.authority import AuthorityDigest, authority_digest
from domain.outreach.digests.county import CountySummary, county_digest
from domain.outreach.digests.leader import LeaderDigest, leader_digest
from domain.outreach.digests.outcomes import OutcomeDigest, OutcomesMissing, outcome_digest, outcomes_missing
from domain.outreach.digests.owner import OwnerDigest, owner_digest
from domain.outreach.digests.uh import UhDigest, uh_digest
from domain.outreach.notices.coming_in import AccessNotice, MovedHere, access_notice, moved_here
from domain.outreach.notices.inquiries import InquiryNotice, inquiry_notice
from domain.outreach.notices.joint import JointNotice, MergedNotice, joint_notice, merged_notice
from domain.outreach.notices.needs import NeedNotice, need_notice
from domain.outreach.notices.owners import OwnerReported, owner_reported
from domain.outreach.planning.bundles import Bundle, bundle_of
from domain.outreach.reaching.reach import PeopleNotReached, people_not_reached
from domain.outreach.reminding.putting_off import is_put_off
from domain.outreach.reminding.reminders import HeadReminder, OwnerReminder, head_reminder, owner_reminder
from domain.outreach.reminding.tasks import TaskReminder, task_reminder
from domain.outreach.summaries import ChannelSummary, bound_summary, summary_update
from domain.register.errors import NotInRegister

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork

Content = (
    NeedNotice
    | OwnerReported
    | HeadReminder
    | OwnerReminder
    | TaskReminder
    | LeaderDigest
    | OwnerDigest
    | AuthorityDigest
    | UhDigest
    | OutcomesMissing
    | OutcomeDigest
    | ChannelSummary
    | CountySummary
    | AccessNotice
    | InquiryNotice
    | JointNotice
    | MergedNotice
    | MovedHere
    | MeetingReminder
    | MeetingAhead
    | MeetingChanged
    | PeopleNotReached
    | DateReminder
    | DateChanged
    | DatesToConfirm
    | Bundle
)

Reader = Callable[["UnitOfWork", OutboxMessage, "datetime"], Content | None]

READERS: dict[MessageKind, Reader] = {
    MessageKind.HEAD_REMINDER: head_reminder,
    MessageKind.NUDGED_BY_OWNER: head_reminder,
    MessageKind.OWNER_REMINDER: owner_reminder,
    MessageKind.BASIS_REMINDER: task_reminder,
    MessageKind.REPORTING_REMINDER: task_reminder,
    MessageKind.LEADER_DIGEST: leader_digest,
    MessageKind.OWNER_DIGEST: owner_digest,
    MessageKind.AUTHORITY_DIGEST: authority_digest,
    MessageKind.UH_DIGEST: uh_digest,
    MessageKind.OUTCOMES_MISSING: outcomes_missing,
    MessageKind.OUTCOME_DIGEST: outcome_digest,
    MessageKind.CHANNEL_SUMMARY: bound_summary,
    MessageKind.SUMMARY_UPDATE: summary_update,
    MessageKind.COUNTY_DIGEST: county_digest,
    MessageKind.OWNER_REPORTED: owner_reported,
    MessageKind.ACCESS_REQUESTED: access_notice,
    MessageKind.ACCESS_GRANTED: access_notice,
    MessageKind.MOVED_HERE: moved_here,
    MessageKind.PEOPLE_NOT_REACHED: people_not_reached,
    MessageKind.INQUIRY_ASKED: lambda uow, message, _: inquiry_notice(uow, message),
    MessageKind.INQUIRY_ANSWERED: lambda uow, message, _: inquiry_notice(uow, message),
    MessageKind.INQUIRY_DECLINED: lambda uow, message, _: inquiry_notice(uow, message),
    MessageKind.NEED_MERGED: lambda uow, message, _: merged_notice(uow, message),
    MessageKind.JOINT_ASKED: joint_notice,
    MessageKind.JOINT_ANSWERED: joint_notice,
    MessageKind.JOINT_TAKEN_OUT: joint_notice,
    MessageKind.JOINT_SENT: joint_notice,
    MessageKind.MEETING_REMINDER: meeting_reminder,
    MessageKind.CHANNEL_MEETING: meeting_ahead,
    MessageKind.MEETING_CHANGED: meeting_changed,
    MessageKind.DATE_REMINDER: date_reminder,
    MessageKind.DATE_CHANGED: date_changed,
    MessageKind.DATES_TO_CONFIRM: dates_to_confirm,
}
"""Every kind that is not about one need, which is what the others are."""


def content_of(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> Content | None:
    """What the message says now; None when it is no longer needed or no longer allowed."""
    return bundle_of(uow, message, now, _one) if ALSO in message.params else _one(uow, message, now)


def _one(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> Content | None:
    if not still_holds(uow, message, now):
        return None
    reader = READERS.get(message.kind)
    try:
        content = reader(uow, message, now) if reader else need_notice(uow, message)
    except NotInRegister:
        return None
    later = content is not None and message.kind in REMINDERS and is_put_off(uow, message, now)
    return None if later else content
