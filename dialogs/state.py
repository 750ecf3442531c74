"""What a conversation remembers between turns: a small model, stored as JSON beside a version."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError


class Flow(StrEnum):
    """What is open in a conversation."""

    NONE = "none"
    REPORT = "report"
    OWNERS_REPORT = "owners_report"
    COMMENT = "comment"
    REPLY_BY = "reply_by"
    DATES = "dates"


class ConversationState(BaseModel):
    """The open flow and its place.

    `subject` is the need or consolidated report, `step` the question that is open, `refill` whether it is asked
    again although answered, `pending` a typed text that waits for yes or no, `held` one that was taken for a
    question and can still be made the answer with a button, `last` the question that was answered just before,
    `asked` something that was asked beside the form («cancel»: is the draft to be kept?), `card` the message that
    stands open, `question` one with a question that was left without an answer.
    """

    model_config = ConfigDict(extra="forbid")

    flow: Flow = Flow.NONE
    subject: int | None = None
    step: str | None = None
    refill: bool = False
    pending: str | None = None
    held: str | None = None
    last: str | None = None
    asked: str | None = None
    role: str | None = None
    welcomed: bool = False
    card: str | None = None
    question: str | None = None

    def closed(self) -> ConversationState:
        """The state with nothing open; who one acts as is kept, and which question one has left."""
        return ConversationState(role=self.role, welcomed=self.welcomed, question=self.open_question())

    def open_question(self) -> str | None:
        """The message with the question of a form that can still be answered; None when there is none."""
        asking = self.flow in (Flow.REPORT, Flow.OWNERS_REPORT)
        return (self.card if asking else None) or self.question

    def without(self, cards: Collection[str | None]) -> ConversationState:
        """The state when these cards cannot be answered any more."""
        gone = {
            name: None
            for name in ("card", "question")
            if (id_ := getattr(self, name)) is not None and id_ in cards
        }
        return self.model_copy(update=gone) if gone else self


def read_state(stored: dict[str, Any]) -> ConversationState:
    """A stored state; what is unknown or from another version reads as nothing open."""
    try:
        return ConversationState.model_validate(stored)
    except ValidationError:
        return ConversationState()
