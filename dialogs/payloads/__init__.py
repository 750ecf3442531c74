"""What a card may send back: a verb, ids and versions, and the inputs that verb accepts. Never trusted values."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, ValidationError

from dialogs.payloads.base import BadPayload as BadPayload
from dialogs.payloads.base import Id
from dialogs.payloads.base import Payload as Payload
from dialogs.payloads.calendars import AnnualWheel as AnnualWheel
from dialogs.payloads.calendars import Calendar as Calendar
from dialogs.payloads.coming import Coming as Coming
from dialogs.payloads.coming import ComingNames as ComingNames
from dialogs.payloads.coming import StopStep as StopStep
from dialogs.payloads.dates import DAY_INPUTS as DAY_INPUTS
from dialogs.payloads.dates import LONGEST_TITLE as LONGEST_TITLE
from dialogs.payloads.dates import ConfirmChosen as ConfirmChosen
from dialogs.payloads.dates import ConfirmDates as ConfirmDates
from dialogs.payloads.dates import EditDates as EditDates
from dialogs.payloads.dates import OwnDateForm as OwnDateForm
from dialogs.payloads.dates import OwnDates as OwnDates
from dialogs.payloads.dates import ReadDates as ReadDates
from dialogs.payloads.dates import ReadOwnDate as ReadOwnDate
from dialogs.payloads.dates import RemoveOwnDate as RemoveOwnDate
from dialogs.payloads.dates import RoundDates as RoundDates
from dialogs.payloads.dates import StoreDates as StoreDates
from dialogs.payloads.dates import StoreOwnDate as StoreOwnDate
from dialogs.payloads.digests import OpenRequests as OpenRequests
from dialogs.payloads.documents import DropImport as DropImport
from dialogs.payloads.documents import EmptySheet as EmptySheet
from dialogs.payloads.documents import RegisterImport as RegisterImport
from dialogs.payloads.documents import RemoveAttachment as RemoveAttachment
from dialogs.payloads.documents import StaffSheet as StaffSheet
from dialogs.payloads.handling import ApproveAll as ApproveAll
from dialogs.payloads.handling import ApproveChosen as ApproveChosen
from dialogs.payloads.handling import ApproveOne as ApproveOne
from dialogs.payloads.handling import NotForward as NotForward
from dialogs.payloads.handling import Nudge as Nudge
from dialogs.payloads.handling import Progress as Progress
from dialogs.payloads.handling import ReadChosen as ReadChosen
from dialogs.payloads.handling import ReadOne as ReadOne
from dialogs.payloads.handling import ReplyBy as ReplyBy
from dialogs.payloads.handling import ReportAgain as ReportAgain
from dialogs.payloads.handling import ReturnOne as ReturnOne
from dialogs.payloads.handling import SetReplyBy as SetReplyBy
from dialogs.payloads.handling import ShowHandling as ShowHandling
from dialogs.payloads.handling import ToHandle as ToHandle
from dialogs.payloads.handling import WithdrawNeed as WithdrawNeed
from dialogs.payloads.inquiries import AnswerInquiry as AnswerInquiry
from dialogs.payloads.inquiries import AskLeader as AskLeader
from dialogs.payloads.inquiries import DeclineInquiry as DeclineInquiry
from dialogs.payloads.inquiries import Inquiries as Inquiries
from dialogs.payloads.inquiries import Publish as Publish
from dialogs.payloads.inquiries import SharedAnswers as SharedAnswers
from dialogs.payloads.inquiries import ShareInquiry as ShareInquiry
from dialogs.payloads.inquiries import ShowInquiry as ShowInquiry
from dialogs.payloads.inquiries import Unanswered as Unanswered
from dialogs.payloads.inquiries import Withdraw as Withdraw
from dialogs.payloads.inquiries import WriteAnswer as WriteAnswer
from dialogs.payloads.meetings import CancelMeeting as CancelMeeting
from dialogs.payloads.meetings import EditMeeting as EditMeeting
from dialogs.payloads.meetings import Meetings as Meetings
from dialogs.payloads.meetings import NewMeeting as NewMeeting
from dialogs.payloads.meetings import ReadMeeting as ReadMeeting
from dialogs.payloads.meetings import ShownMeeting as ShownMeeting
from dialogs.payloads.network import BeginRegistering as BeginRegistering
from dialogs.payloads.network import ChangeAct as ChangeAct
from dialogs.payloads.network import ChooseAct as ChooseAct
from dialogs.payloads.network import DoAct as DoAct
from dialogs.payloads.network import EndRoundYes as EndRoundYes
from dialogs.payloads.network import NetworkNeed as NetworkNeed
from dialogs.payloads.network import NetworkNeeds as NetworkNeeds
from dialogs.payloads.network import PrepareAct as PrepareAct
from dialogs.payloads.network import RegisterFor as RegisterFor
from dialogs.payloads.network import SwitchForm as SwitchForm
from dialogs.payloads.reach import EmailToCopy as EmailToCopy
from dialogs.payloads.reach import WhoIsNotReached as WhoIsNotReached
from dialogs.payloads.register import AppointDeputy as AppointDeputy
from dialogs.payloads.register import CancelCare as CancelCare
from dialogs.payloads.register import Deputies as Deputies
from dialogs.payloads.register import DoCare as DoCare
from dialogs.payloads.register import EndDeputy as EndDeputy
from dialogs.payloads.register import OpenCareForm as OpenCareForm
from dialogs.payloads.register import ReadCare as ReadCare
from dialogs.payloads.register import RegisterCare as RegisterCare
from dialogs.payloads.register import ShowDeputy as ShowDeputy
from dialogs.payloads.reminders import PauseReminders as PauseReminders
from dialogs.payloads.reminders import Reminded as Reminded
from dialogs.payloads.reminders import Reminders as Reminders
from dialogs.payloads.reminders import SetReminders as SetReminders
from dialogs.payloads.reminders import Snooze as Snooze
from dialogs.payloads.reminders import Stop as Stop
from dialogs.payloads.reminders import TaskIsDone as TaskIsDone
from dialogs.payloads.reports import AnswerStep as AnswerStep
from dialogs.payloads.reports import AnswerWhole as AnswerWhole
from dialogs.payloads.reports import AskRank as AskRank
from dialogs.payloads.reports import Back as Back
from dialogs.payloads.reports import Change as Change
from dialogs.payloads.reports import Continue as Continue
from dialogs.payloads.reports import Copy as Copy
from dialogs.payloads.reports import Discard as Discard
from dialogs.payloads.reports import KeepPending as KeepPending
from dialogs.payloads.reports import Later as Later
from dialogs.payloads.reports import More as More
from dialogs.payloads.reports import MyReports as MyReports
from dialogs.payloads.reports import NoNeed as NoNeed
from dialogs.payloads.reports import NoNeedYes as NoNeedYes
from dialogs.payloads.reports import Part as Part
from dialogs.payloads.reports import Rank as Rank
from dialogs.payloads.reports import Skip as Skip
from dialogs.payloads.reports import StartReport as StartReport
from dialogs.payloads.reports import Submit as Submit
from dialogs.payloads.reports import TakeBack as TakeBack
from dialogs.payloads.reports import Then as Then
from dialogs.payloads.reports import UndoNoNeed as UndoNoNeed
from dialogs.payloads.reports import WholeForm as WholeForm
from dialogs.payloads.sending import AnswerJoint as AnswerJoint
from dialogs.payloads.sending import AnswerOwners as AnswerOwners
from dialogs.payloads.sending import BeginCommon as BeginCommon
from dialogs.payloads.sending import ChangeOwners as ChangeOwners
from dialogs.payloads.sending import CommonNeed as CommonNeed
from dialogs.payloads.sending import InviteOwners as InviteOwners
from dialogs.payloads.sending import JointReport as JointReport
from dialogs.payloads.sending import MergeChosen as MergeChosen
from dialogs.payloads.sending import MergeNamed as MergeNamed
from dialogs.payloads.sending import MergeNeeds as MergeNeeds
from dialogs.payloads.sending import SendIn as SendIn
from dialogs.payloads.sending import SkipOwners as SkipOwners
from dialogs.payloads.sending import SplitNeed as SplitNeed
from dialogs.payloads.sending import SubmitOwners as SubmitOwners
from dialogs.payloads.sending import TakeOutOwners as TakeOutOwners
from dialogs.payloads.staff import AnswerStaff as AnswerStaff
from dialogs.payloads.staff import AskStaff as AskStaff
from dialogs.payloads.staff import CloseStaff as CloseStaff
from dialogs.payloads.staff import StaffAnswers as StaffAnswers
from dialogs.payloads.staff import TakeInStaff as TakeInStaff
from dialogs.payloads.summaries import Weekly as Weekly


class Menu(Payload):
    verb: Literal["menu"] = "menu"


class Help(Payload):
    verb: Literal["help"] = "help"


class Deadlines(Payload):
    verb: Literal["deadlines"] = "deadlines"
    network: Id | None = None


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
