"""Summaries: in a channel, to a leader, to the county."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogs.replies.base import Reply
from dialogs.replies.greetings import WhatNow
from domain.outreach.digests.county import CountySummary
from domain.outreach.summaries import ChannelSummary
from domain.register.models import Person, Role


@dataclass(frozen=True)
class ChannelPost(Reply):
    """The summary in a bound channel, because somebody asked; from now on it is the one that is kept up to date."""

    content: ChannelSummary
    binding_id: int
    today: date


@dataclass(frozen=True)
class LeadersSummary(Reply):
    """What the channel gets, shown to the leader; `bound`: there is such a channel."""

    content: ChannelSummary
    weekly: bool
    bound: bool
    today: date


@dataclass(frozen=True)
class WeeklySwitched(Reply):
    network: str
    on: bool
    bound: bool
    already: bool = False


@dataclass(frozen=True)
class CountyGreeting(Reply):
    """How somebody at the county is met: with all networks side by side."""

    person: Person
    summary: CountySummary
    today: date
    other_roles: tuple[Role, ...] = ()
    what_now: WhatNow | None = None
