"""The heads' own date (svarfrist), as an owner sets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogs.replies.base import Reply
from domain.needs.owners.reply_by import DayProblem, ReplyBy
from domain.norwegian.misdated import Misdated


@dataclass(frozen=True)
class AskReplyBy(Reply):
    """The date as it is, with a way to change it. `given` is what was written and not taken, `day` as understood."""

    now: ReplyBy
    today: date
    problem: DayProblem | None = None
    given: str | None = None
    day: date | None = None
    tracks = True


@dataclass(frozen=True)
class ConfirmReplyBy(Reply):
    """The day that was understood, before it holds.

    `works_before` is the working day before one on which nobody is at work; `misdated` when it was written with
    another weekday; `other` the day that the words may mean as well.
    """

    now: ReplyBy
    day: date
    today: date
    works_before: date | None = None
    misdated: Misdated | None = None
    other: date | None = None
    tracks = True


@dataclass(frozen=True)
class ReplyBySet(Reply):
    """It is set; `told` is how many heads hear of it at once."""

    now: ReplyBy
    today: date
    told: int = 0


@dataclass(frozen=True)
class HeadsReplyBy(Reply):
    """To a head: the day by which the owner would like an answer."""

    day: date
    today: date
