"""What a turn's unit of work led to."""

from __future__ import annotations

from dataclasses import dataclass, field

from messages.outgoing import Outgoing


@dataclass
class Result:
    """The answer, and what is to be noted when it has been sent.

    `card` is the card that stood open before the turn, `again` that the event had been acted on before,
    `questions` whether each question was answered.
    """

    outgoing: list[Outgoing] = field(default_factory=list)
    key: str = ""
    card: str | None = None
    stored: bool = False
    to_stranger: bool = False
    again: bool = False
    questions: list[bool] = field(default_factory=list)
