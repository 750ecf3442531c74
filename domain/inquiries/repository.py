"""What questions to the leader ask of storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from domain.inquiries.models import Inquiry, PublishedAnswer, UnansweredQuestion


class InquiryRepository(Protocol):
    """Questions to leaders, unanswered questions and shared answers of all networks."""

    def get(self, inquiry_id: int) -> Inquiry | None: ...

    def asked_before(self, network_id: int, asker: int, key: str) -> Inquiry | None:
        """The person's question with these words, however it stands."""
        ...

    def add(self, inquiry: Inquiry) -> Inquiry | None:
        """Stores a new question (its id is ignored); None when the person has asked it before."""
        ...

    def save(self, inquiry: Inquiry) -> None:
        """Stores a question whose version is one above the stored one; raises Changed otherwise."""
        ...

    def open_of(self, network_id: int, asker: int) -> int:
        """How many questions of a person wait."""
        ...

    def open_in(self, network_ids: Sequence[int]) -> list[Inquiry]:
        """What waits, oldest first."""
        ...

    def published(self, network_id: int) -> list[PublishedAnswer]:
        """The network's shared answers, newest first."""
        ...

    def published_answer(self, answer_id: int) -> PublishedAnswer | None: ...

    def published_from(self, inquiry_id: int) -> PublishedAnswer | None:
        """What was shared of a question."""
        ...

    def publish(self, answer: PublishedAnswer) -> PublishedAnswer | None:
        """Stores a new shared answer (its id is ignored); None when the question is shared already."""
        ...

    def withdraw(self, answer_id: int) -> bool:
        """Removes a shared answer; False when it was gone."""
        ...

    def note_unanswered(self, network_id: int, key: str, text: str, day: date, most: int) -> None:
        """Counts a question; a new one beyond `most` takes the place of the least asked, the oldest of these."""
        ...

    def unanswered(self, network_ids: Sequence[int], most: int) -> list[UnansweredQuestion]:
        """Most asked first, then latest."""
        ...

    def unanswered_question(self, question_id: int) -> UnansweredQuestion | None: ...

    def drop_unanswered(self, network_id: int, keys: Sequence[str]) -> int:
        """Takes questions out of the log; how many were there."""
        ...

    def purge(self, before: datetime) -> int:
        """Deletes what was asked, and not asked again, before this; what is shared stays. Returns how many."""
        ...
