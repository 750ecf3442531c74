"""A card's question that was asked outside a form, answered in words instead of with its button."""

from __future__ import annotations

import json

from dialogs import payloads as p
from dialogs.greet import greet
from dialogs.replies import CardSettled, Reply, Say, What
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.norwegian.choices import yes_or_no
from domain.norwegian.hygiene import bare, clean
from domain.outreach.reminding.choosing import read_day

ASKED = "in_words"
_STOP = frozenset({"stopp", "stopp det", "stopp dette", "ja stopp", "ja, stopp"})
"""The words of the button that stops something."""


def wait(turn: Turn, payload: p.Payload) -> None:
    """What a yes, or the day that is asked for, leads to, until something else is said or pressed."""
    if turn.state.flow is Flow.NONE:
        pending = payload.model_dump_json(exclude={"inputs"})
        turn.state = turn.state.closed().model_copy(update={"asked": ASKED, "pending": pending})


def set_aside(turn: Turn) -> None:
    """Nothing waits for words any more."""
    if turn.state.asked == ASKED:
        turn.state = turn.state.closed()


def waits(turn: Turn) -> bool:
    """Whether a card's question waits for words."""
    return turn.state.asked == ASKED and turn.state.pending is not None


def is_about_stopping(turn: Turn) -> bool:
    """Whether it is asked if something that goes out is to be stopped."""
    return isinstance(_pending(turn), p.StopStep)


def undoing(turn: Turn) -> p.TaskIsDone | None:
    """What `angre` takes back: what was said to be done just before."""
    pending = _pending(turn)
    if not isinstance(pending, p.TaskIsDone):
        return None
    set_aside(turn)
    return pending


def _pending(turn: Turn) -> p.Payload | None:
    return p.read_payload(json.loads(turn.state.pending)) if waits(turn) and turn.state.pending else None


def answer(turn: Turn, text: str) -> p.Payload | list[Reply] | None:
    """The payload that the text is as good as pressing; what is said to a no; None when it answers nothing."""
    if turn.state.asked != ASKED or turn.state.pending is None:
        return None
    raw = json.loads(turn.state.pending)
    set_aside(turn)
    payload = p.read_payload(raw)
    if isinstance(payload, p.TaskIsDone):
        return None
    if isinstance(payload, p.StopStep) and bare(text) in _STOP:
        return payload
    if isinstance(payload, p.Snooze) and read_day(text, turn.today) is not None:
        return p.read_payload({**raw, "snooze_day": clean(text)})
    answered = yes_or_no(text)
    if answered is False:
        return [CardSettled("as_it_was"), Say(What.AS_IT_WAS), *greet(turn)]
    return payload if answered else None
