"""What the cards of the head's conversation may send back."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from dialogs.payloads.base import Id, Payload
from domain.needs.versions import input_ids

MOST_RANKED = 12
RANKS = tuple(f"rank_{n}" for n in range(1, MOST_RANKED + 1))
"""The inputs of the card that sets the order of importance, one a need."""


class StartReport(Payload):
    """Begins a need, a further one with `new`, as one card with `whole`; with several kindergartens it asks which."""

    verb: Literal["start_report"] = "start_report"
    kindergarten: Id | None = None
    new: bool = False
    whole: bool = False
    accepts: ClassVar[frozenset[str]] = frozenset({"kindergarten"})


class NoNeed(Payload):
    verb: Literal["no_need"] = "no_need"
    kindergarten: Id | None = None
    accepts: ClassVar[frozenset[str]] = frozenset({"kindergarten"})


class NoNeedYes(Payload):
    """Confirms it; `report` is the draft that was registered on the kindergarten's behalf."""

    verb: Literal["no_need_yes"] = "no_need_yes"
    kindergarten: Id
    report: Id | None = None


class UndoNoNeed(Payload):
    verb: Literal["undo_no_need"] = "undo_no_need"
    report: Id


class Continue(Payload):
    """Goes on with a need, the one named or the one chosen in a list; shows it when it cannot be changed."""

    verb: Literal["continue"] = "continue"
    report: Id | None = None
    accepts: ClassVar[frozenset[str]] = frozenset({"report"})


class AnswerStep(Payload):
    """An answer to a step of a need; `v` is the version that the card shows."""

    verb: Literal["answer"] = "answer"
    report: Id
    step: str
    v: int
    choice: str | None = None
    accepts: ClassVar[frozenset[str]] = input_ids("needs")


class Part(StrEnum):
    """Which questions stand on one card: those that everybody answers, or the further ones."""

    CORE = "core"
    MORE = "more"


class Then(StrEnum):
    """Where one goes from the card with everything, once what is filled in is stored."""

    STAY = "stay"
    REVIEW = "review"
    SEND = "send"
    ONE = "one"
    LATER = "later"


class WholeForm(Payload):
    """Everything on one card; what is filled in on the card it comes from is kept, if that is the current one."""

    verb: Literal["whole_form"] = "whole_form"
    report: Id | None = None
    part: Part = Part.CORE
    step: str | None = None
    v: int | None = None
    accepts: ClassVar[frozenset[str]] = AnswerStep.accepts


class AnswerWhole(Payload):
    """What is filled in on the card with everything."""

    verb: Literal["answer_whole"] = "answer_whole"
    report: Id
    v: int
    part: Part = Part.CORE
    then: Then = Then.STAY
    accepts: ClassVar[frozenset[str]] = AnswerStep.accepts


class More(Payload):
    """«Utdyp»: the groups of further questions, or the one that was chosen among them."""

    verb: Literal["more"] = "more"
    report: Id
    accepts: ClassVar[frozenset[str]] = frozenset({"group"})


class Skip(Payload):
    """Past a further question without answering it; with `leave` to the summary, and what is filled in is kept."""

    verb: Literal["skip"] = "skip"
    report: Id
    step: str
    v: int | None = None
    leave: bool = False
    accepts: ClassVar[frozenset[str]] = AnswerStep.accepts


class Back(Payload):
    """To the question before; what is filled in on the way is kept, if the card is the current one."""

    verb: Literal["back"] = "back"
    report: Id
    step: str
    v: int | None = None
    accepts: ClassVar[frozenset[str]] = AnswerStep.accepts


class Change(Payload):
    verb: Literal["change"] = "change"
    report: Id
    accepts: ClassVar[frozenset[str]] = frozenset({"change"})


class KeepPending(Payload):
    """«Yes, that text is my answer.»"""

    verb: Literal["keep_pending"] = "keep_pending"
    report: Id
    step: str


class Submit(Payload):
    verb: Literal["submit"] = "submit"
    report: Id
    v: int


class Later(Payload):
    """Puts the form aside; what is filled in is kept, if the card is the current one."""

    verb: Literal["later"] = "later"
    report: Id | None = None
    step: str | None = None
    v: int | None = None
    accepts: ClassVar[frozenset[str]] = input_ids("needs") | input_ids("owners")


class TakeBack(Payload):
    """Asks whether a draft or a sent need is to be withdrawn."""

    verb: Literal["take_back"] = "take_back"
    report: Id | None = None
    accepts: ClassVar[frozenset[str]] = frozenset({"report"})


class Discard(Payload):
    """Withdraws a draft, or a need that the owner has not approved."""

    verb: Literal["discard"] = "discard"
    report: Id


class MyReports(Payload):
    verb: Literal["my_reports"] = "my_reports"


class AskRank(Payload):
    """Asks for the order of importance of a kindergarten's needs."""

    verb: Literal["ask_rank"] = "ask_rank"
    kindergarten: Id | None = None
    accepts: ClassVar[frozenset[str]] = frozenset({"kindergarten"})


class Rank(Payload):
    """The order of importance: each need with the version that the card shows, and its place in `rank_1` …"""

    verb: Literal["rank"] = "rank"
    kindergarten: Id
    reports: Annotated[list[tuple[Id, int]], Field(max_length=MOST_RANKED)]
    accepts: ClassVar[frozenset[str]] = frozenset(RANKS)


class Copy(Payload):
    """An earlier round's need as the beginning of a new one; without `source` it asks which."""

    verb: Literal["copy"] = "copy"
    kindergarten: Id | None = None
    source: Id | None = None
    accepts: ClassVar[frozenset[str]] = frozenset({"kindergarten", "source"})
