"""What the cards of a question to the staff may send back."""

from __future__ import annotations

from typing import ClassVar, Literal

from dialogs.payloads.base import Id, Payload


class AskStaff(Payload):
    """Puts the question into this chat, for one of the head's kindergartens."""

    verb: Literal["ask_staff"] = "ask_staff"
    accepts: ClassVar[frozenset[str]] = frozenset({"kindergarten"})


class AnswerStaff(Payload):
    """One of the staff answers."""

    verb: Literal["answer_staff"] = "answer_staff"
    question: Id
    accepts: ClassVar[frozenset[str]] = frozenset({"staff_themes", "staff_line"})


class StaffAnswers(Payload):
    """What the staff have answered, for their head."""

    verb: Literal["staff_answers"] = "staff_answers"
    kindergarten: Id | None = None
    accepts: ClassVar[frozenset[str]] = frozenset({"kindergarten"})


class TakeInStaff(Payload):
    """Takes the answers into the draft."""

    verb: Literal["take_in_staff"] = "take_in_staff"
    kindergarten: Id


class CloseStaff(Payload):
    """Ends the question."""

    verb: Literal["close_staff"] = "close_staff"
    kindergarten: Id
