"""What the bot says by itself: one table from content to message, complete by type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from domain.outreach.coming_in import AccessNotice, MovedHere
from domain.outreach.content import Content
from domain.outreach.digests import LeaderDigest
from domain.outreach.inquiries import InquiryNotice
from domain.outreach.joint import JointNotice, MergedNotice
from domain.outreach.needs import NeedNotice
from domain.outreach.owners import OwnerReported
from domain.outreach.reminders import HeadReminder, OwnerReminder
from domain.outreach.summaries import ChannelSummary
from messages import cards, coming_in, digests, inquiries, need_notices, reminders
from messages.networks import leader
from messages.outgoing import Outgoing
from messages.owners import common_needs, joint_reports

RENDERERS: dict[type, Callable[[Any, date], Outgoing]] = {
    NeedNotice: need_notices.need,
    OwnerReported: need_notices.owner_reported,
    HeadReminder: reminders.head,
    OwnerReminder: reminders.owner,
    LeaderDigest: digests.leader,
    ChannelSummary: leader.channel_summary,
    AccessNotice: coming_in.access,
    InquiryNotice: lambda content, _: inquiries.notice(content),
    JointNotice: lambda content, _: joint_reports.notice(content),
    MergedNotice: lambda content, _: common_needs.merged_notice(content),
    MovedHere: coming_in.moved,
}


def render_content(content: Content, today: date, mark: str | None = None) -> Outgoing:
    """A message ready to send; `mark` is put in front when it is shown in somebody else's chat."""
    made = RENDERERS[type(content)](content, today)
    return made.marked(mark) if mark else made


def mark(name: str) -> str:
    """The line that says whom a message is for, in local mode's shared chat."""
    return cards.plain(f"Til {name}:")
