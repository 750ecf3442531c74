"""What a card may send back: a verb, ids and versions, and the inputs that verb accepts. Never trusted values."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, ValidationError

from dialogs.inquiry_payloads import AnswerInquiry as AnswerInquiry
from dialogs.inquiry_payloads import AskLeader as AskLeader
from dialogs.inquiry_payloads import DeclineInquiry as DeclineInquiry
from dialogs.inquiry_payloads import Inquiries as Inquiries
from dialogs.inquiry_payloads import Publish as Publish
from dialogs.inquiry_payloads import SharedAnswers as SharedAnswers
from dialogs.inquiry_payloads import ShareInquiry as ShareInquiry
from dialogs.inquiry_payloads import ShowInquiry as ShowInquiry
from dialogs.inquiry_payloads import Unanswered as Unanswered
from dialogs.inquiry_payloads import Withdraw as Withdraw
from dialogs.inquiry_payloads import WriteAnswer as WriteAnswer
from dialogs.payload_base import BadPayload as BadPayload
from dialogs.payload_base import Id
from dialogs.payload_base import Payload as Payload
from domain.needs.form import needs_form, owners_form


class Menu(Payload):
    verb: Literal["menu"] = "menu"


class Help(Payload):
    verb: Literal["help"] = "help"


class Deadlines(Payload):
    verb: Literal["deadlines"] = "deadlines"


class AskSomething(Payload):
    """Asks for a question, or asks one that a card suggested."""

    verb: Literal["ask"] = "ask"
    question: Annotated[str, Field(max_length=300)] | None = None


class SwitchRole(Payload):
    verb: Literal["switch_role"] = "switch_role"
    role: str


class StartReport(Payload):
    """Begins a need; with several kindergartens the card asks which."""

    verb: Literal["start_report"] = "start_report"
    kindergarten: Id | None = None
    new: bool = False
    accepts: ClassVar[frozenset[str]] = frozenset({"kindergarten"})


class NoNeed(Payload):
    verb: Literal["no_need"] = "no_need"
    kindergarten: Id | None = None
    accepts: ClassVar[frozenset[str]] = frozenset({"kindergarten"})


class NoNeedYes(Payload):
    verb: Literal["no_need_yes"] = "no_need_yes"
    kindergarten: Id


class UndoNoNeed(Payload):
    verb: Literal["undo_no_need"] = "undo_no_need"
    report: Id


class Continue(Payload):
    verb: Literal["continue"] = "continue"
    report: Id | None = None


class AnswerStep(Payload):
    """An answer to a step of a need; `v` is the version that the card shows."""

    verb: Literal["answer"] = "answer"
    report: Id
    step: str
    v: int
    choice: str | None = None
    accepts: ClassVar[frozenset[str]] = frozenset(f.id for s in needs_form().steps for f in s.fields)


class AnswerOwners(Payload):
    verb: Literal["answer_owners"] = "answer_owners"
    report: Id
    step: str
    v: int
    choice: str | None = None
    accepts: ClassVar[frozenset[str]] = frozenset(f.id for s in owners_form().steps for f in s.fields)


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


class ChangeOwners(Payload):
    verb: Literal["change_owners"] = "change_owners"
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
    accepts: ClassVar[frozenset[str]] = AnswerStep.accepts | AnswerOwners.accepts


class Discard(Payload):
    """Withdraws a draft that was begun."""

    verb: Literal["discard"] = "discard"
    report: Id


class MyReports(Payload):
    verb: Literal["my_reports"] = "my_reports"


class ToHandle(Payload):
    verb: Literal["to_handle"] = "to_handle"
    owner: Id | None = None
    page: Annotated[int, Field(ge=0, le=1000)] = 0


class ApproveChosen(Payload):
    verb: Literal["approve_chosen"] = "approve_chosen"
    owner: Id
    accepts: ClassVar[frozenset[str]] = frozenset({"chosen"})


class ApproveAll(Payload):
    """Approves exactly the needs that the card showed."""

    verb: Literal["approve_all"] = "approve_all"
    owner: Id
    reports: Annotated[list[Id], Field(max_length=500)]
    accepts: ClassVar[frozenset[str]] = frozenset({"chosen"})


class ReadChosen(Payload):
    verb: Literal["read_chosen"] = "read_chosen"
    owner: Id
    accepts: ClassVar[frozenset[str]] = frozenset({"chosen"})


class ReadOne(Payload):
    verb: Literal["read"] = "read"
    report: Id


class ApproveOne(Payload):
    verb: Literal["approve"] = "approve"
    report: Id
    v: int
    accepts: ClassVar[frozenset[str]] = frozenset({"comment"})


class ReturnOne(Payload):
    verb: Literal["return"] = "return"
    report: Id
    v: int
    accepts: ClassVar[frozenset[str]] = frozenset({"comment"})


class NotForward(Payload):
    verb: Literal["not_forward"] = "not_forward"
    report: Id
    v: int
    accepts: ClassVar[frozenset[str]] = frozenset({"comment"})


class SendIn(Payload):
    verb: Literal["send_in"] = "send_in"
    owner: Id | None = None
    network: Id | None = None


class SubmitOwners(Payload):
    verb: Literal["submit_owners"] = "submit_owners"
    report: Id
    v: int


class Nudge(Payload):
    """Reminds the heads of an owner's kindergartens that have not answered."""

    verb: Literal["nudge"] = "nudge"
    owner: Id


class Bind(Payload):
    verb: Literal["bind"] = "bind"
    network: Id


class Summary(Payload):
    verb: Literal["summary"] = "summary"
    network: Id | None = None


class WhoIsMissing(Payload):
    verb: Literal["missing"] = "missing"
    network: Id | None = None


class Excel(Payload):
    verb: Literal["excel"] = "excel"
    network: Id | None = None


class DemoAs(Payload):
    verb: Literal["demo_as"] = "demo_as"
    person: Id | None = None
    accepts: ClassVar[frozenset[str]] = frozenset({"person"})


class DemoOff(Payload):
    verb: Literal["demo_off"] = "demo_off"


class WayIn(Payload):
    """A stranger wants to ask the leader to be let in."""

    verb: Literal["way_in"] = "way_in"


class RequestAccess(Payload):
    verb: Literal["request_access"] = "request_access"
    accepts: ClassVar[frozenset[str]] = frozenset({"role", "place"})


class AnswerAccess(Payload):
    verb: Literal["answer_access"] = "answer_access"
    request: Id
    grant: bool


_INPUTS = frozenset(name for kind in Payload.__subclasses__() for name in kind.accepts)
"""Every input of every card: a client sends all of a card's, also with a button that has no use for them."""
_KINDS: dict[str, type[Payload]] = {
    kind.model_fields["verb"].default: kind for kind in Payload.__subclasses__()
}


def read_payload(raw: dict[str, Any]) -> Payload:
    """The typed payload of a card. Raises BadPayload for anything that no card of ours would send."""
    kind = _KINDS.get(raw.get("verb", "")) if isinstance(raw.get("verb"), str) else None
    if kind is None:
        raise BadPayload
    inputs = {k: v for k, v in raw.items() if k in kind.accepts and k not in kind.model_fields}
    inputs |= {k: v for k, v in raw.items() if k in kind.accepts and isinstance(v, str)}
    meta = {k: v for k, v in raw.items() if k not in inputs and (k in kind.model_fields or k not in _INPUTS)}
    try:
        return kind.model_validate({**meta, "inputs": inputs})
    except ValidationError as error:
        raise BadPayload from error
