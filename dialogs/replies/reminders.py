"""What somebody wants of reminders, another day for one of them, and tasks that are done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dialogs.replies.base import Reply
from domain.needs.overview import KindergartenStanding
from domain.norwegian.misdated import Misdated
from domain.outreach.content import Content
from domain.outreach.models import ReminderChoice
from domain.outreach.reminding.choosing import Another, DayProblem
from domain.outreach.reminding.tasks import Task
from domain.register.models import Role


@dataclass(frozen=True)
class ReminderSettings(Reply):
    """What one gets now, with ways to change it.

    `changed` when it is so since just now, `stale` when an old card was used. `ahead` are the days of reminders
    that were put off. `given` is what was written for a pause and not taken, because of `problem`; `misdated` are
    the two days that it may mean.
    """

    choice: ReminderChoice
    role: Role | None
    today: date
    ahead: tuple[date, ...] = ()
    changed: bool = False
    stale: bool = False
    problem: DayProblem | None = None
    given: str | None = None
    misdated: Misdated | None = None


@dataclass(frozen=True)
class StopWhat(Reply):
    """`stopp`: what is it to be? `draft` is the name of what one has begun, empty when it has none yet.

    `open` when it stands open in the conversation.
    """

    draft: str | None = None
    open: bool = False


@dataclass(frozen=True)
class Stopped(Reply):
    """Everything: no more reminders, and the draft is put aside."""

    draft: str | None


@dataclass(frozen=True)
class SnoozeForm(Reply):
    """When then? `reminds` is what the reminder says now, which tells what it is about.

    `given` is what was written and not taken, because of `problem`; `misdated` are the two days that it may mean,
    which are then the `days`.
    """

    reminds: Content
    days: tuple[date, ...]
    today: date
    problem: DayProblem | None = None
    given: str | None = None
    misdated: Misdated | None = None


@dataclass(frozen=True)
class Snoozed(Reply):
    """It comes on another day, perhaps not the one that was named."""

    reminds: Content
    day: Another
    today: date


@dataclass(frozen=True)
class NothingToRemind(Reply):
    """Nothing is left that one could be reminded of."""


@dataclass(frozen=True)
class HasAnswered(Reply):
    """To a head who comes from a reminder: the kindergartens have answered already."""

    standings: tuple[KindergartenStanding, ...]


@dataclass(frozen=True)
class TaskMarked(Reply):
    """It is done: said just now, or by somebody before."""

    task: Task
    by: str | None
    at: datetime
    already: bool


@dataclass(frozen=True)
class TaskReopened(Reply):
    """It is not done after all, and will be reminded of."""

    task: Task


@dataclass(frozen=True)
class TaskWhere(Reply):
    """Several places have such a task: which one is done?"""

    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class NoTask(Reply):
    """Nothing of the kind is for this person to say."""
