"""What is said when the staff are asked what they need to learn."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.replies.base import Reply
from domain.needs.heads.staff import Results


@dataclass(frozen=True)
class StaffCard(Reply):
    """The question in the kindergarten's own chat, with how many have answered."""

    question: int
    kindergarten: str
    answered: int
    line_left_out: bool = False


@dataclass(frozen=True)
class StaffCardUpdated(StaffCard):
    """The same card after an answer: it takes the place of the one that was pressed."""

    settles = True


@dataclass(frozen=True)
class StaffCardClosed(Reply):
    """What the card becomes when somebody presses it after the question was closed."""

    settles = True


@dataclass(frozen=True)
class HowToAskStaff(Reply):
    """In the personal chat: where the question can be asked."""


@dataclass(frozen=True)
class StaffResults(Reply):
    """Counts and lines, for the head alone."""

    results: Results
    kindergarten_id: int


@dataclass(frozen=True)
class NetworksChannel(Reply):
    """The chat belongs to a network, so the staff of one kindergarten are not asked there."""
