"""One question stands open at a time: when it is asked again in a new card, the one before it says so."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.events import Event, EventKind
from dialogs.replies import (
    AskStep,
    CardSettled,
    MoreGroups,
    OrderSettled,
    RankNeeds,
    Reply,
    ReviewOwners,
    ReviewReport,
    StepSettled,
)
from dialogs.state import ConversationState

_SETTLING = CardSettled | StepSettled | OrderSettled
_QUESTIONS = AskStep | ReviewReport | MoreGroups | RankNeeds | ReviewOwners


def settling(replies: list[Reply], event: Event, before: ConversationState) -> tuple[list[Reply], str | None]:
    """The replies, with the question that stood open settled if a new one takes its place; and the open card."""
    left = before.open_question()
    if left is None or not any(isinstance(r, _QUESTIONS) for r in replies):
        return replies, before.card
    if left in settled(replies, event, before.card):
        return replies, before.card
    elsewhere = event.kind is EventKind.PRESSED and event.reply_to != left
    return [CardSettled("moved", open=elsewhere), *replies], left


def settled(replies: Sequence[Reply], event: Event, card: str | None) -> set[str | None]:
    """The cards that these replies settle: the one that was pressed, or that stood open, or both."""
    target = event.reply_to if event.kind is EventKind.PRESSED else card
    found = [r for r in replies if isinstance(r, _SETTLING)]
    return {card if isinstance(r, CardSettled) and r.open else target for r in found}
