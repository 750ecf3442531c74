"""What the cards of an owner's handling may send back."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from dialogs.payloads.base import Id, Payload
from domain.needs.lifecycle import Act
from domain.needs.owners.desk import View

Ids = Annotated[list[Id], Field(max_length=2000)]

COMMENT = frozenset({"comment", "return_steps", "assessment"})
"""What is written on the cards of one need: nothing of it may be lost, whichever button is pressed."""


class ToHandle(Payload):
    """A page of what the owner has before it; `ticked` are the needs ticked on the other pages."""

    verb: Literal["to_handle"] = "to_handle"
    owner: Id | None = None
    page: Annotated[int, Field(ge=0, le=1000)] = 0
    view: View | None = None
    place: Id | None = None
    ticked: Ids = Field(default_factory=list)
    accepts: ClassVar[frozenset[str]] = frozenset({"chosen"})


class ShowHandling(Payload):
    """The view and the municipality that are chosen in the card's lists."""

    verb: Literal["show_handling"] = "show_handling"
    owner: Id
    view: View
    ticked: Ids = Field(default_factory=list)
    accepts: ClassVar[frozenset[str]] = frozenset({"chosen", "list_view", "list_place"})


class ApproveChosen(Payload):
    verb: Literal["approve_chosen"] = "approve_chosen"
    owner: Id
    place: Id | None = None
    ticked: Ids = Field(default_factory=list)
    accepts: ClassVar[frozenset[str]] = frozenset({"chosen"})


class ApproveAll(Payload):
    """Approves exactly the needs that the card counted."""

    verb: Literal["approve_all"] = "approve_all"
    owner: Id
    place: Id | None = None
    reports: Ids


class ReadChosen(Payload):
    """Reads the needs that are ticked; without any, the first of the view."""

    verb: Literal["read_chosen"] = "read_chosen"
    owner: Id
    view: View = View.WAITING
    place: Id | None = None
    ticked: Ids = Field(default_factory=list)
    accepts: ClassVar[frozenset[str]] = frozenset({"chosen"})


class ReadOne(Payload):
    verb: Literal["read"] = "read"
    report: Id


class ApproveOne(Payload):
    """Approves the need that was read. `sure` says that a remark on what is written has been seen."""

    verb: Literal["approve"] = "approve"
    report: Id
    v: int
    place: Id | None = None
    sure: bool = False
    accepts: ClassVar[frozenset[str]] = frozenset({"assessment", "comment"})


class ReportAgain(Payload):
    """Sends a need that the network sent back to the network again."""

    verb: Literal["report_again"] = "report_again"
    report: Id
    v: int
    place: Id | None = None
    sure: bool = False
    accepts: ClassVar[frozenset[str]] = frozenset({"assessment"})


class ReturnOne(Payload):
    verb: Literal["return"] = "return"
    report: Id
    v: int
    place: Id | None = None
    sure: bool = False
    accepts: ClassVar[frozenset[str]] = COMMENT


class NotForward(Payload):
    verb: Literal["not_forward"] = "not_forward"
    report: Id
    v: int
    place: Id | None = None
    sure: bool = False
    accepts: ClassVar[frozenset[str]] = COMMENT


class WithdrawNeed(Payload):
    verb: Literal["withdraw_need"] = "withdraw_need"
    report: Id
    v: int
    place: Id | None = None
    sure: bool = False
    accepts: ClassVar[frozenset[str]] = COMMENT


class Progress(Payload):
    """What has happened after the grant: begun, reported, or ended."""

    verb: Literal["progress"] = "progress"
    report: Id
    v: int
    act: Literal[Act.BEGIN, Act.REPORT_BACK, Act.CLOSE]


class Nudge(Payload):
    """Reminds the heads of an owner's kindergartens that have not answered; of one municipality, or of all."""

    verb: Literal["nudge"] = "nudge"
    owner: Id
    place: Id | None = None


class ReplyBy(Payload):
    """The heads' own date (svarfrist): shows it, or understands the one that was written."""

    verb: Literal["reply_by"] = "reply_by"
    owner: Id | None = None
    accepts: ClassVar[frozenset[str]] = frozenset({"reply_by_day"})


class SetReplyBy(Payload):
    """Sets the date that was understood; without one it is the usual again."""

    verb: Literal["set_reply_by"] = "set_reply_by"
    owner: Id
    day: date | None = None
