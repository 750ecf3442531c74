"""What a leader is asked and can answer in words: a date, one of the network's own, or a meeting. One rule for all.

An answer acts; a question is answered and what waits is shown again; any other order or command closes it, unsaved.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dialogs import ask
from dialogs.networks import dates, meeting_orders, meetings
from dialogs.register import register_care
from dialogs.replies import CardSettled, Reply
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.norwegian.choices import yes_or_no
from domain.norwegian.hygiene import bare, clean
from domain.scheme.messages import QUESTION_WORDS

_ORDERS: Final[tuple[Callable[[Turn, str], list[Reply] | None], ...]] = (
    meeting_orders.ordered,
    dates.ordered,
    register_care.ordered,
)
_NOT_SAVED: Final = frozenset({"ikke lagre", "ikke lagre det", "ikke lagre møtet", "la det stå"})
"""The words of the buttons that change nothing."""
_CHANGE: Final = "endre"
"""The word of the button that opens the form again, as a no does."""


def waits(turn: Turn) -> bool:
    """Whether something waits for an answer."""
    return turn.state.flow is Flow.DATES or meetings.draft_of(turn) is not None


def answer(turn: Turn, text: str) -> list[Reply] | None:
    """What a text leads to while something waits; None when nothing does, and for what cannot be understood so."""
    if not waits(turn):
        return None
    if bare(text) == _CHANGE:
        text = "nei"
    if yes_or_no(text) is None:
        if bare(text) in _NOT_SAVED:
            return cancel(turn)
        if (ordered := _another_order(turn, text)) is not None:
            return ordered
        if _asks(turn, text):
            return [*ask.answer(turn, text), *again(turn)]
    if turn.state.flow is Flow.DATES:
        return dates.answer_text(turn, text)
    return meeting_orders.added(turn, text)


def _asks(turn: Turn, text: str) -> bool:
    """Whether a text is a question, also one that names a day; «kan vi ta kl. 10» is a wish."""
    opens = clean(text).casefold().split(maxsplit=1)[:1]
    asks = bool(opens) and opens[0] in QUESTION_WORDS and turn.world.scheme.looks_like_question(text)
    return asks or ask.is_question_within(turn, text)


def _another_order(turn: Turn, text: str) -> list[Reply] | None:
    before = turn.state
    aside = put_aside(turn)
    for order in _ORDERS:
        if (replies := order(turn, text)) is not None:
            return [*aside, *replies]
    turn.state = before
    return None


def again(turn: Turn) -> list[Reply]:
    """What waits, shown again; nothing when nothing does."""
    if turn.state.flow is Flow.DATES:
        shown = dates.again(turn)
    else:
        draft = meetings.draft_of(turn)
        shown = meetings.again(turn, draft) if draft is not None else []
    return [CardSettled("moved"), *shown] if shown else []


def put_aside(turn: Turn) -> list[Reply]:
    """Nothing waits any more; the card that did says so."""
    if turn.state.flow is Flow.DATES:
        return dates.set_aside(turn)
    draft = meetings.draft_of(turn)
    meetings.set_aside(turn)
    return [meetings.unchanged(draft)] if draft is not None else []


def cancel(turn: Turn) -> list[Reply]:
    """`avbryt` and `ikke lagre`: nothing is changed, and how it stands is shown."""
    draft = meetings.draft_of(turn)
    return meetings.give_up(turn, draft) if draft is not None else dates.cancel(turn)
