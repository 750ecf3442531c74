"""Questions, summaries and receipts of the head's conversation."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.replies.base import Reply
from domain.needs.flow import Place
from domain.needs.form import Answers, FormField
from domain.needs.models import NeedsReport
from domain.needs.overview import KindergartenStanding
from domain.needs.reading import Hint, Problem
from domain.register.models import Kindergarten
from domain.rounds.models import Deadline


@dataclass(frozen=True)
class AskStep(Reply):
    """A question of a form. `verb` is the payload to send the answer with; `saved` that the last one is stored."""

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
    ranked: tuple[str, ...] = ()
    stored: tuple[str, ...] = ()
    tracks = True


@dataclass(frozen=True)
class ChooseKindergarten(Reply):
    """A head of several kindergartens says which."""

    verb: str
    kindergartens: tuple[Kindergarten, ...]


@dataclass(frozen=True)
class ReviewReport(Reply):
    """Everything answered, before it is sent: «Stemmer alt?»"""

    report: NeedsReport
    kindergarten: str
    owner: str
    place: Place
    saved: bool
    personal: tuple[FormField, ...] = ()
    only_head: bool = False
    hints: tuple[Hint, ...] = ()
    stored: tuple[str, ...] = ()
    tracks = True


@dataclass(frozen=True)
class StepSettled(Reply):
    """What the question card becomes once it is answered."""

    form: str
    step_id: str
    answers: Answers
    settles = True


@dataclass(frozen=True)
class CardSettled(Reply):
    """What another card becomes once it has been acted on."""

    what: str
    detail: str = ""
    settles = True


@dataclass(frozen=True)
class Receipt(Reply):
    """The need is with the owner."""

    report: NeedsReport
    kindergarten: str
    owner: str
    deadline: Deadline | None
    also_owner: int | None = None


@dataclass(frozen=True)
class NoNeedConfirm(Reply):
    kindergarten: Kindergarten
    owner: str
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


@dataclass(frozen=True)
class MyReportsList(Reply):
    standings: tuple[KindergartenStanding, ...]


@dataclass(frozen=True)
class PendingAnswer(Reply):
    """A typed text that may be a command or an answer: asks which."""

    text: str
    report: int
    step: str
    question: str
    tracks = True


@dataclass(frozen=True)
class Corrected(Reply):
    """An edited message changed the answer it had given."""

    label: str
    value: str
    title: str | None
