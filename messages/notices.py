"""What the bot says by itself: one table from content to message, complete by type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from domain.outreach.content import Content
from domain.outreach.dates.meetings import MeetingAhead, MeetingChanged, MeetingReminder
from domain.outreach.dates.notices import DateChanged, DateReminder, DatesToConfirm
from domain.outreach.digests.authority import AuthorityDigest
from domain.outreach.digests.county import CountySummary
from domain.outreach.digests.leader import LeaderDigest
from domain.outreach.digests.outcomes import OutcomeDigest, OutcomesMissing
from domain.outreach.digests.owner import OwnerDigest
from domain.outreach.digests.uh import UhDigest
from domain.outreach.notices.coming_in import AccessNotice, MovedHere
from domain.outreach.notices.inquiries import InquiryNotice
from domain.outreach.notices.joint import JointNotice, MergedNotice
from domain.outreach.notices.needs import NeedNotice
from domain.outreach.notices.owners import OwnerReported
from domain.outreach.planning.bundles import Bundle
from domain.outreach.reaching.reach import PeopleNotReached
from domain.outreach.reminding.reminders import HeadReminder, OwnerReminder
from domain.outreach.reminding.tasks import TaskReminder
from domain.outreach.summaries import ChannelSummary
from messages import bundles, cards, coming_in, date_notices, inquiries, need_notices, reminders, tasks
from messages.digests import authority, outcomes, uh
from messages.digests import leader as leader_digest
from messages.digests import owner as owner_digest
from messages.networks import county, meeting_notices, reach, summaries
from messages.outgoing import Outgoing
from messages.owners import common_needs, joint_reports

RENDERERS: dict[type, Callable[[Any, date], Outgoing]] = {
    NeedNotice: need_notices.need,
    OwnerReported: need_notices.owner_reported,
    HeadReminder: reminders.head,
    OwnerReminder: reminders.owner,
    TaskReminder: tasks.reminder,
    LeaderDigest: leader_digest.digest,
    OwnerDigest: owner_digest.digest,
    AuthorityDigest: authority.digest,
    UhDigest: uh.digest,
    OutcomesMissing: outcomes.missing,
    OutcomeDigest: outcomes.digest,
    ChannelSummary: summaries.channel_summary,
    CountySummary: county.county_summary,
    AccessNotice: coming_in.access,
    InquiryNotice: lambda content, _: inquiries.notice(content),
    JointNotice: lambda content, _: joint_reports.notice(content),
    MergedNotice: lambda content, _: common_needs.merged_notice(content),
    MovedHere: coming_in.moved,
    MeetingReminder: meeting_notices.reminder,
    MeetingAhead: meeting_notices.ahead,
    MeetingChanged: meeting_notices.changed,
    DateReminder: date_notices.reminder,
    DateChanged: date_notices.changed,
    DatesToConfirm: date_notices.to_confirm,
    PeopleNotReached: reach.notice,
    Bundle: lambda content, today: bundles.bundle(content, [_alone(p.content, today) for p in content.parts]),
}


def _alone(content: Content, today: date) -> Outgoing:
    return RENDERERS[type(content)](content, today)


def render_content(content: Content, today: date, mark: str | None = None) -> Outgoing:
    """A message ready to send; `mark` is put in front when it is shown in somebody else's chat."""
    made = _alone(content, today)
    return made.marked(mark) if mark else made


def mark(name: str) -> str:
    """The line that says whom a message is for, in local mode's shared chat."""
    return cards.plain(f"Til {name}:")
