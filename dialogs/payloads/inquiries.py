"""What the cards about questions to the leader may send back."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from dialogs.payloads.base import Id, Payload
from domain.inquiries.models import LONGEST_QUESTION

Page = Annotated[int, Field(ge=0, le=1000)]


class AskLeader(Payload):
    """Sends a question to the leader: the button's own, or the one that was written on the card."""

    verb: Literal["ask_leader"] = "ask_leader"
    question: Annotated[str, Field(max_length=LONGEST_QUESTION)] | None = None
    accepts: ClassVar[frozenset[str]] = frozenset({"leader_question"})


class Inquiries(Payload):
    """The questions that wait for one's answer."""

    verb: Literal["inquiries"] = "inquiries"
    page: Page = 0


class ShowInquiry(Payload):
    verb: Literal["show_inquiry"] = "show_inquiry"
    accepts: ClassVar[frozenset[str]] = frozenset({"chosen_inquiry"})


class AnswerInquiry(Payload):
    verb: Literal["answer_inquiry"] = "answer_inquiry"
    inquiry: Id
    accepts: ClassVar[frozenset[str]] = frozenset({"inquiry_answer"})


class DeclineInquiry(Payload):
    verb: Literal["decline_inquiry"] = "decline_inquiry"
    inquiry: Id


class ShareInquiry(Payload):
    """Opens the form in which question and answer are looked over before they are shared."""

    verb: Literal["share_inquiry"] = "share_inquiry"
    inquiry: Id


class Unanswered(Payload):
    """The questions that nobody could answer."""

    verb: Literal["unanswered"] = "unanswered"


class WriteAnswer(Payload):
    """Opens the form for a question of the log."""

    verb: Literal["write_answer"] = "write_answer"
    accepts: ClassVar[frozenset[str]] = frozenset({"unanswered_question"})


class Publish(Payload):
    """Shares question and answer as they stand on the form: of an inquiry, or of a question of the log."""

    verb: Literal["publish"] = "publish"
    inquiry: Id | None = None
    unanswered: Id | None = None
    accepts: ClassVar[frozenset[str]] = frozenset({"shared_question", "shared_answer"})

    @model_validator(mode="after")
    def _one_of_them(self) -> Publish:
        if (self.inquiry is None) == (self.unanswered is None):
            raise ValueError("an inquiry or a question of the log")
        return self


class SharedAnswers(Payload):
    """What is shared with the network."""

    verb: Literal["shared_answers"] = "shared_answers"
    page: Page = 0


class Withdraw(Payload):
    verb: Literal["withdraw_answer"] = "withdraw_answer"
    accepts: ClassVar[frozenset[str]] = frozenset({"published_answer"})
