"""What the leader sees of the messages to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogs.replies.base import Reply
from domain.outbox import MessageKind
from domain.outreach.planning.held import Held


@dataclass(frozen=True)
class ComingRow:
    """One step on one day. `going` counts those who get it, `held` the others by reason; `about` is its date.

    `names` are those who get it and `held_names` the others, only where they were asked for.
    """

    day: date
    name: str
    kind: MessageKind
    step: str
    about: date
    going: int
    held: tuple[tuple[Held, int], ...] = ()
    stopped: bool = False
    names: tuple[str, ...] = ()
    held_names: tuple[tuple[str, Held], ...] = ()

    @property
    def choice(self) -> str:
        """What stands for it among the choices of a card."""
        return f"{self.day:%Y%m%d} {self.about:%Y%m%d} {self.name}"


@dataclass(frozen=True)
class ComingList(Reply):
    """What goes out in a network in so many days, by day and step."""

    network: str
    network_id: int
    days: int
    rows: tuple[ComingRow, ...]


@dataclass(frozen=True)
class ComingPeople(Reply):
    """Who gets one of them, and who does not."""

    network: str
    network_id: int
    days: int
    row: ComingRow


@dataclass(frozen=True)
class StopStepConfirm(Reply):
    """Whether to stop it."""

    network: str
    network_id: int
    days: int
    row: ComingRow


@dataclass(frozen=True)
class StepStopped(Reply):
    """It is stopped, or goes again (`stopped` is False); `already` when it was so before."""

    network: str
    network_id: int
    days: int
    row: ComingRow
    stopped: bool
    already: bool = False


@dataclass(frozen=True)
class CannotBeStopped(Reply):
    """What the county gets is about every network at once."""

    network_id: int
    days: int
