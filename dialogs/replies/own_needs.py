"""What a head is shown beside the questions: everything on one card, further questions, one's own needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogs.payloads.reports import Part
from dialogs.replies.base import Reply
from domain.needs.flow import GroupStanding
from domain.needs.form import Answers, FormField, Step
from domain.needs.models import NeedsReport
from domain.needs.overview import KindergartenStanding
from domain.needs.reading import Hint, Problem
from domain.register.models import Kindergarten


@dataclass(frozen=True)
class WholeCard(Reply):
    """Many questions on one card. `answers` hold what is stored and over it what was written and not taken.

    It is not tracked: a question in the middle must not take away what is filled in and not sent yet.
    """

    report: NeedsReport
    part: Part
    steps: tuple[tuple[Step, tuple[FormField, ...]], ...]
    answers: Answers
    about: str
    owner: str
    saved: bool = False
    unsaved: bool = False
    problems: tuple[Problem, ...] = ()
    hints: tuple[Hint, ...] = ()
    stored: tuple[str, ...] = ()
    suggestion: str | None = None
    asked_for: str | None = None


@dataclass(frozen=True)
class MoreGroups(Reply):
    """«Utdyp»: the groups of further questions that apply, with how much of each is answered."""

    report: int
    about: str
    groups: tuple[GroupStanding, ...]
    saved: bool = False
    stored: tuple[tuple[FormField, object], ...] = ()
    hints: tuple[Hint, ...] = ()
    tracks = True


@dataclass(frozen=True)
class AskCancel(Reply):
    """`avbryt`: is the draft to be kept? One that was sent back cannot be deleted this way."""

    report: NeedsReport
    about: str
    tracks = True


@dataclass(frozen=True)
class SimilarNeed(Reply):
    """The kindergarten has a need with the same name and themes already (K7)."""

    report: NeedsReport
    other: NeedsReport
    editable: bool
    tracks = True


@dataclass(frozen=True)
class OwnNeed(Reply):
    """A need of one's own that cannot be changed now: what it says and where it stands.

    `sent` are the days on which its versions went to the owner, `reason` what was given for where it stands.
    """

    report: NeedsReport
    kindergarten: str
    owner: str
    can_take_back: bool
    can_reopen: bool = False
    sent: tuple[date, ...] = ()
    reason: str | None = None


@dataclass(frozen=True)
class MyReportsList(Reply):
    """`mine meldinger`: what one has in the round; `open` are the drafts, newest first, `sent` those that one may
    take back, `others` those that can only be read."""

    standings: tuple[KindergartenStanding, ...]
    open: tuple[NeedsReport, ...] = ()
    sent: tuple[NeedsReport, ...] = ()
    others: tuple[NeedsReport, ...] = ()
    rankable: tuple[Kindergarten, ...] = ()
    choose_draft: bool = False


@dataclass(frozen=True)
class ConfirmTakeBack(Reply):
    """Is it really to be withdrawn?"""

    report: NeedsReport
    kindergarten: str
    owner: str


@dataclass(frozen=True)
class RankForm(Reply):
    """Which need is the most important; `given` are the places that were chosen and cannot be: one comes twice."""

    kindergarten: Kindergarten
    reports: tuple[NeedsReport, ...]
    given: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ranked(Reply):
    """The order of importance is stored."""

    reports: tuple[NeedsReport, ...]
    kindergarten: str
    owner: str


@dataclass(frozen=True)
class CopyForm(Reply):
    """The needs of earlier rounds that can be copied; those on hold first. `rounds` are the names of theirs."""

    kindergarten: Kindergarten
    reports: tuple[NeedsReport, ...]
    rounds: tuple[str, ...]


@dataclass(frozen=True)
class Rectified(Reply):
    """«Nei, 12 ansatte»: an earlier answer is corrected."""

    field: FormField
    value: object
