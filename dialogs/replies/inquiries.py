"""Questions to the leader: what the asker and the leader are shown."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.replies.base import Reply
from domain.inquiries.errors import InquiryError
from domain.inquiries.models import Inquiry, PublishedAnswer, UnansweredQuestion


@dataclass(frozen=True)
class ForgetMe(Reply):
    """`slett meg`: what goes, what stays, and who does it. `leader` is None for one whom no leader can take out."""

    leader: str | None
    question: str


@dataclass(frozen=True)
class AskLeaderForm(Reply):
    """Asks for the question; in a channel only says how."""

    leader: str | None
    in_channel: bool = False


@dataclass(frozen=True)
class LeaderAsked(Reply):
    """The question is with the leader; `new` when it was not there before."""

    leader: str | None
    new: bool = True
    in_channel: bool = False


@dataclass(frozen=True)
class AskedBefore(Reply):
    """The same question has had its answer, or been closed without one."""

    inquiry: Inquiry
    closed_by: str | None


@dataclass(frozen=True)
class InquiryRefused(Reply):
    """Why nothing was done."""

    error: InquiryError
    in_channel: bool = False


@dataclass(frozen=True)
class InquiryCard(Reply):
    """A question, with room for the answer."""

    inquiry: Inquiry
    asker: str


@dataclass(frozen=True)
class OpenInquiries(Reply):
    """The questions that wait for the leader, one page of them, each with its asker."""

    items: tuple[tuple[Inquiry, str], ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class InquiryClosed(Reply):
    """How a question stands after an answer or without one; `already` when it did so before."""

    inquiry: Inquiry
    asker: str
    closed_by: str | None
    own: bool
    already: bool
    shared: bool
    left: int


@dataclass(frozen=True)
class ShareForm(Reply):
    """Question and answer to look over before everybody may see them: from an inquiry, or from the log."""

    question: str
    answer: str | None = None
    inquiry: int | None = None
    unanswered: int | None = None


@dataclass(frozen=True)
class AnswerShared(Reply):
    """The network has it; `already` when it was shared before, `left` how many of the log have no answer."""

    network: str
    already: bool = False
    left: int = 0


@dataclass(frozen=True)
class UnansweredList(Reply):
    """The log of what nobody could answer, most asked first."""

    items: tuple[UnansweredQuestion, ...]


@dataclass(frozen=True)
class SharedList(Reply):
    """What is shared with the network, one page of it."""

    items: tuple[PublishedAnswer, ...]
    page: int
    pages: int
    total: int
