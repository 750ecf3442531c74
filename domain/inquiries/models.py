"""Questions to a network's leader, the log of those nobody could answer, and answers shared with the network."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict

LONGEST_QUESTION: Final = 1000
SHORTEST_ANSWER: Final = 2
LONGEST_ANSWER: Final = 2000
MOST_OPEN: Final = 10
"""Open questions that one person may have in a network."""

LONGEST_LOGGED: Final = 300
MOST_LOGGED: Final = 500
"""Unanswered questions that are kept for a network."""


class InquiryState(StrEnum):
    """Where a question to the leader stands; the values are what the audit says."""

    OPEN = "åpent"
    ANSWERED = "besvart"
    DECLINED = "uten_svar"


class SharedState(StrEnum):
    """What the audit says of a shared answer."""

    SHARED = "delt"
    WITHDRAWN = "fjernet"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Inquiry(_Frozen):
    """A question that somebody has put to the leaders of a network.

    `key` is the same for the same words (`texts.key_of`), `role` the one that the asker was met in.
    """

    id: int
    network_id: int
    asker: int
    role: str
    question: str
    key: str
    state: InquiryState = InquiryState.OPEN
    answer: str | None = None
    asked_at: datetime
    closed_by: int | None = None
    closed_at: datetime | None = None
    version: int = 1


class UnansweredQuestion(_Frozen):
    """A question that the description has no answer to: the words and how often, never who."""

    id: int
    network_id: int
    text: str
    count: int
    first_day: date
    last_day: date


class PublishedAnswer(_Frozen):
    """A question and its answer, shared with everybody in the network."""

    id: int
    network_id: int
    question: str
    answer: str
    answered_on: date
    inquiry_id: int | None = None
