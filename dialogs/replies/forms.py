"""Questions, summaries and receipts of the head's conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogs.replies.base import Reply
from domain.needs.crosschecks import Finding
from domain.needs.flow import Place
from domain.needs.form import Answers, FormField, Step
from domain.needs.models import NeedsReport
from domain.needs.reading import Hint, Problem
from domain.register.models import Kindergarten
from domain.rounds.models import Deadline


@dataclass(frozen=True)
class AskStep(Reply):
    """A question of a form. `verb` is the payload to send the answer with; `saved` that the last one is stored.

    `form_version` is that of the need; `asked_for` what the owner wrote when sending it back; `skips` that it
    stands in the way of nothing; `can_copy` that there are needs in earlier rounds; `copied` the name of the need
    that the draft was just made from; `covers` how many kindergartens more it holds for; `by_head` that the head
    writes, and nobody on the head's behalf.
    """

    verb: str
    subject: int
    version: int
    place: Place
    fields: tuple[FormField, ...]
    answers: Answers
    about: str
    saved: bool = False
    first: bool = False
    changing: bool = False
    partly: bool = False
    hints: tuple[Hint, ...] = ()
    problems: tuple[Problem, ...] = ()
    suggestion: str | None = None
    stored: tuple[str, ...] = ()
    form_version: str | None = None
    asked_for: tuple[str, str] | None = None
    skips: bool = False
    can_copy: bool = False
    kindergarten: int | None = None
    copied: str | None = None
    covers: int = 0
    by_head: bool = True
    tracks = True


@dataclass(frozen=True)
class ChooseKindergarten(Reply):
    """A head of several kindergartens says which; `wishes` go along with the choice."""

    verb: str
    kindergartens: tuple[Kindergarten, ...]
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReviewReport(Reply):
    """Everything answered, before it is sent: «Stemmer alt?»

    `findings` is what there is to say of the whole; `may_change` are the steps that can be changed.
    """

    report: NeedsReport
    kindergarten: str
    owner: str
    place: Place
    saved: bool
    findings: tuple[Finding, ...] = ()
    hints: tuple[Hint, ...] = ()
    stored: tuple[str, ...] = ()
    may_change: tuple[Step, ...] = ()
    can_elaborate: bool = False
    copied: str | None = None
    tracks = True


@dataclass(frozen=True)
class StepSettled(Reply):
    """What the question card becomes once it is answered."""

    form: str
    step_id: str
    answers: Answers
    form_version: str | None = None
    settles = True


@dataclass(frozen=True)
class CardSettled(Reply):
    """What another card becomes once it has been acted on; `open`: the one that stood open, whichever was pressed."""

    what: str
    detail: str = ""
    open: bool = False
    settles = True


@dataclass(frozen=True)
class Receipt(Reply):
    """The need is with the owner. `stored` is what was understood and not shown before it was sent."""

    report: NeedsReport
    kindergarten: str
    owner: str
    deadline: Deadline | None
    also_owner: int | None = None
    stored: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoNeedConfirm(Reply):
    kindergarten: Kindergarten
    owner: str
    report: int | None = None
    tracks = True


@dataclass(frozen=True)
class NoNeedReceipt(Reply):
    report: NeedsReport
    kindergarten: str
    owner: str
    late: bool = False
    also_owner: int | None = None


@dataclass(frozen=True)
class DraftKept(Reply):
    """The flow is put aside; what has been answered is stored."""

    title: str | None
    answered: int
    undecided: bool = False
    reply_by: date | None = None


@dataclass(frozen=True)
class PendingAnswer(Reply):
    """A typed text that may be a command or an answer: asks which."""

    text: str
    report: int
    step: str
    question: str
    tracks = True
