"""What a card may send back: a verb, ids and versions, and the inputs that verb accepts. Never trusted values."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, ValidationError

from dialogs.document_payloads import DropImport as DropImport
from dialogs.document_payloads import RegisterImport as RegisterImport
from dialogs.document_payloads import RemoveAttachment as RemoveAttachment
from dialogs.document_payloads import StaffSheet as StaffSheet
from dialogs.handling_payloads import ApproveAll as ApproveAll
from dialogs.handling_payloads import ApproveChosen as ApproveChosen
from dialogs.handling_payloads import ApproveOne as ApproveOne
from dialogs.handling_payloads import NotForward as NotForward
from dialogs.handling_payloads import Nudge as Nudge
from dialogs.handling_payloads import ReadChosen as ReadChosen
from dialogs.handling_payloads import ReadOne as ReadOne
from dialogs.handling_payloads import ReplyBy as ReplyBy
from dialogs.handling_payloads import ReportAgain as ReportAgain
from dialogs.handling_payloads import ReturnOne as ReturnOne
from dialogs.handling_payloads import SetReplyBy as SetReplyBy
from dialogs.handling_payloads import ShowHandling as ShowHandling
from dialogs.handling_payloads import ToHandle as ToHandle
from dialogs.handling_payloads import WithdrawNeed as WithdrawNeed
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
from dialogs.network_payloads import BeginRegistering as BeginRegistering
from dialogs.network_payloads import ChangeAct as ChangeAct
from dialogs.network_payloads import ChooseAct as ChooseAct
from dialogs.network_payloads import DoAct as DoAct
from dialogs.network_payloads import EndRoundYes as EndRoundYes
from dialogs.network_payloads import NetworkNeed as NetworkNeed
from dialogs.network_payloads import NetworkNeeds as NetworkNeeds
from dialogs.network_payloads import PrepareAct as PrepareAct
from dialogs.network_payloads import RegisterFor as RegisterFor
from dialogs.network_payloads import SwitchForm as SwitchForm
from dialogs.payload_base import BadPayload as BadPayload
from dialogs.payload_base import Id
from dialogs.payload_base import Payload as Payload
from dialogs.register_payloads import AppointDeputy as AppointDeputy
from dialogs.register_payloads import CancelCare as CancelCare
from dialogs.register_payloads import Deputies as Deputies
from dialogs.register_payloads import DoCare as DoCare
from dialogs.register_payloads import EndDeputy as EndDeputy
from dialogs.register_payloads import OpenCareForm as OpenCareForm
from dialogs.register_payloads import ReadCare as ReadCare
from dialogs.register_payloads import RegisterCare as RegisterCare
from dialogs.register_payloads import ShowDeputy as ShowDeputy
from dialogs.report_payloads import AnswerStep as AnswerStep
from dialogs.report_payloads import AnswerWhole as AnswerWhole
from dialogs.report_payloads import AskRank as AskRank
from dialogs.report_payloads import Back as Back
from dialogs.report_payloads import Change as Change
from dialogs.report_payloads import Continue as Continue
from dialogs.report_payloads import Copy as Copy
from dialogs.report_payloads import Discard as Discard
from dialogs.report_payloads import KeepPending as KeepPending
from dialogs.report_payloads import Later as Later
from dialogs.report_payloads import More as More
from dialogs.report_payloads import MyReports as MyReports
from dialogs.report_payloads import NoNeed as NoNeed
from dialogs.report_payloads import NoNeedYes as NoNeedYes
from dialogs.report_payloads import Part as Part
from dialogs.report_payloads import Rank as Rank
from dialogs.report_payloads import Skip as Skip
from dialogs.report_payloads import StartReport as StartReport
from dialogs.report_payloads import Submit as Submit
from dialogs.report_payloads import TakeBack as TakeBack
from dialogs.report_payloads import Then as Then
from dialogs.report_payloads import UndoNoNeed as UndoNoNeed
from dialogs.report_payloads import WholeForm as WholeForm
from dialogs.sending_payloads import AnswerJoint as AnswerJoint
from dialogs.sending_payloads import AnswerOwners as AnswerOwners
from dialogs.sending_payloads import BeginCommon as BeginCommon
from dialogs.sending_payloads import ChangeOwners as ChangeOwners
from dialogs.sending_payloads import CommonNeed as CommonNeed
from dialogs.sending_payloads import InviteOwners as InviteOwners
from dialogs.sending_payloads import JointReport as JointReport
from dialogs.sending_payloads import MergeChosen as MergeChosen
from dialogs.sending_payloads import MergeNamed as MergeNamed
from dialogs.sending_payloads import MergeNeeds as MergeNeeds
from dialogs.sending_payloads import SendIn as SendIn
from dialogs.sending_payloads import SkipOwners as SkipOwners
from dialogs.sending_payloads import SplitNeed as SplitNeed
from dialogs.sending_payloads import SubmitOwners as SubmitOwners
from dialogs.sending_payloads import TakeOutOwners as TakeOutOwners
from dialogs.staff_payloads import AnswerStaff as AnswerStaff
from dialogs.staff_payloads import AskStaff as AskStaff
from dialogs.staff_payloads import CloseStaff as CloseStaff
from dialogs.staff_payloads import StaffAnswers as StaffAnswers
from dialogs.staff_payloads import TakeInStaff as TakeInStaff


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
