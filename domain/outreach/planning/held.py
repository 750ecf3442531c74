"""Why something that the schedule gives cause to say is not said after all."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from domain.outbox import REMINDERS, OutboxMessage
from domain.outreach.models import Level, ReminderChoice
from domain.outreach.planning.steps import step_of

if TYPE_CHECKING:
    from datetime import date


class Held(StrEnum):
    """The reason: the person's own choice, the leader's, or that nothing can be delivered."""

    PAUSED = "paused"
    FEWER = "fewer"
    OFF = "off"
    STOPPED = "stopped"
    UNREACHABLE = "cannot be reached"


def held_by_choice(message: OutboxMessage, choice: ReminderChoice | None, day: date) -> Held | None:
    """Whether the person's own choice holds back what would go out on a day; a choice is about reminders only."""
    if choice is None or message.kind not in REMINDERS:
        return None
    if choice.paused_until is not None and day < choice.paused_until:
        return Held.PAUSED
    if choice.level is Level.OFF:
        return Held.OFF
    step = step_of(message.kind, str(message.params.get("step", "")))
    return Held.FEWER if choice.level is Level.FEWER and step is not None and not step.last else None
