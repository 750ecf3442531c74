"""What can stand in the way of a question to the leader. Errors carry data, never text.

DomainError
└── InquiryError
    ├── NotYours           no such question, or not one that this person may touch; deliberately the same
    ├── NotALeader         the person leads no network
    ├── NoLeader           nobody to ask
    ├── TooManyOpen        the asker has enough that wait
    ├── Closed             somebody has answered, or ended it without an answer
    ├── Gone               no longer in the log, or no longer shared
    ├── NoWords            nothing that can be read
    ├── WrongLength        too short or too long
    ├── PersonalData       points to a single person
    └── Changed            somebody else was first, in the same moment
"""

from __future__ import annotations

from domain.errors import DomainError
from domain.inquiries.models import Inquiry
from domain.norwegian.hygiene import PersonalKind


class InquiryError(DomainError):
    """The root of what is refused here."""


class NotYours(InquiryError):
    """No such question, or one of another network."""


class NotALeader(InquiryError):
    """The person neither leads nor coordinates a network."""


class NoLeader(InquiryError):
    """The network has nobody to ask; `own` when the asker leads it."""

    def __init__(self, own: bool = False) -> None:
        super().__init__(own)
        self.own = own


class TooManyOpen(InquiryError):
    """So many questions of the same person wait already."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class Closed(InquiryError):
    """The first answer wins; here is how the question stands."""

    def __init__(self, inquiry: Inquiry) -> None:
        super().__init__(inquiry.id)
        self.inquiry = inquiry


class Gone(InquiryError):
    """The unanswered question or the shared answer is not there any more."""


class NoWords(InquiryError):
    """A question without words."""


class WrongLength(InquiryError):
    """So many characters were given, where there must be at least and at most so many."""

    def __init__(self, given: int, least: int, most: int) -> None:
        super().__init__(given, least, most)
        self.given = given
        self.least = least
        self.most = most


class PersonalData(InquiryError):
    """What the text seems to hold of single persons."""

    def __init__(self, kinds: tuple[PersonalKind, ...]) -> None:
        super().__init__(kinds)
        self.kinds = kinds


class Changed(InquiryError):
    """The version that was acted on is no longer the current one."""
