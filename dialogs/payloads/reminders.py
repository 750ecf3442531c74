"""What the cards about reminders may send back: what one wants, another day, and that something is done."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from dialogs.payloads.base import Id, Payload
from domain.outbox import MessageKind
from domain.outreach.models import Level
from domain.rounds.models import DeadlineKind

TaskKind = Literal[DeadlineKind.DECISION_BASIS, DeadlineKind.REPORTING_NETWORK, DeadlineKind.REPORTING_UNITS]
Seen = Annotated[str, Field(max_length=40)]
"""What was chosen when the card was made: a card that shows something else changes nothing."""


class Reminders(Payload):
    """`påminnelser`: what one gets now, and what one can choose."""

    verb: Literal["reminders"] = "reminders"


class SetReminders(Payload):
    """So many reminders from now on; without a level the pause ends."""

    verb: Literal["set_reminders"] = "set_reminders"
    level: Level | None = None
    seen: Seen


class PauseReminders(Payload):
    """None until the day that is written on the card."""

    verb: Literal["pause_reminders"] = "pause_reminders"
    seen: Seen
    accepts: ClassVar[frozenset[str]] = frozenset({"pause_until"})


class Stopping(StrEnum):
    """What `stopp` may be about."""

    REMINDERS = "reminders"
    DRAFT = "draft"
    EVERYTHING = "everything"


class Stop(Payload):
    verb: Literal["stop"] = "stop"
    what: Stopping


class Snooze(Payload):
    """«Minn meg senere»: asks when, or takes the day of the button or the one that is written.

    The ids tell which reminder it is; without a kind it is the last one.
    """

    verb: Literal["snooze"] = "snooze"
    kind: MessageKind | None = None
    round: Id | None = None
    kindergarten: Id | None = None
    owner: Id | None = None
    deadline: TaskKind | None = None
    day: date | None = None
    ask: bool = False
    accepts: ClassVar[frozenset[str]] = frozenset({"snooze_day"})


class Reminded(Payload):
    """The main buttons of a head's reminder: goes to the need, or says that there is none, where it still can."""

    verb: Literal["reminded"] = "reminded"
    kindergarten: Id | None = None
    no_need: bool = False


class TaskIsDone(Payload):
    """«Ferdig»: the decision basis is sent, or the reporting; `undo` takes it back."""

    verb: Literal["task_done"] = "task_done"
    round: Id
    kind: TaskKind
    owner: Id | None = None
    undo: bool = False
