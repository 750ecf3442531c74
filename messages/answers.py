"""Answers about the scheme: the direct answer first, then source and reservation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialogs.replies import Said
from domain.scheme.answers import Answer
from messages import cards
from messages.outgoing import Outgoing

NOT_FOUND = "Det finner jeg ikke i beskrivelsen jeg har."
OUTSIDE = (
    "Det kan jeg ikke hjelpe med. Jeg svarer på spørsmål om kompetansenettverkene: roller, oppgaver, frister, "
    "møter og penger."
)


def said(reply: Said) -> Outgoing:
    """An answer, or an honest «det finner jeg ikke»."""
    answer = reply.answer
    if not answer.found and not answer.alternatives:
        return _declined(reply)
    body: list[Any] = [cards.line(text) for text in answer.lines]
    if answer.alternatives and not answer.lines:
        body.append(cards.heading("Hvilken frist mener du?"))
    if answer.source:
        body.append(cards.small(f"Kilde: {answer.source}"))
    if answer.validity_note:
        body.append(cards.small(answer.validity_note))
    questions = (*answer.alternatives, *answer.suggestions)[: 5 if answer.alternatives else 3]
    body += _whole(questions)
    actions = [*_to_ask(questions), *_keep(reply)]
    summary = answer.lines[0] if answer.lines else "Hvilken frist mener du?"
    return cards.card(body, actions, summary=summary)


def _declined(reply: Said) -> Outgoing:
    if reply.answer.declined_reason == "outside":
        words = OUTSIDE
    else:
        words = f"{NOT_FOUND} {_who_may_know(reply)}"
    questions = reply.answer.suggestions[:3]
    actions = [*_to_ask(questions), *_keep(reply)]
    return cards.card([cards.line(words), *_whole(questions)], actions, summary=words)


def _to_ask(questions: Sequence[str]) -> list[Any]:
    return [cards.button(question, "ask", question=question) for question in questions]


def _whole(questions: Sequence[str]) -> list[Any]:
    """The questions as lines, when their buttons have no room for them."""
    if all(len(question) <= cards.LONGEST_TITLE for question in questions):
        return []
    return [cards.small("Du kan spørre:"), *(cards.small(f"· {question}") for question in questions)]


def _who_may_know(reply: Said) -> str:
    if reply.in_channel:
        return "Spør lederen for nettverket."
    if reply.network_leader is None:
        return "Spør lederen for nettverket ditt."
    return f"{reply.network_leader}, som leder nettverket ditt, kan vite det."


def _keep(reply: Said) -> list[Any]:
    if reply.keep is None:
        return []
    report, step = reply.keep
    return [cards.button("Det var svaret mitt, lagre det", "keep_pending", report=report, step=step)]


def as_text(answer: Answer) -> str:
    """The same answer in a terminal."""
    if not answer.found and not answer.alternatives:
        return (
            OUTSIDE
            if answer.declined_reason == "outside"
            else f"{NOT_FOUND} Spør lederen for nettverket ditt."
        )
    parts = list(answer.lines) or ["Hvilken frist mener du?"]
    if answer.source:
        parts.append(f"Kilde: {answer.source}")
    if answer.validity_note:
        parts.append(answer.validity_note)
    parts += [f"- {question}" for question in answer.alternatives]
    return "\n".join(parts)
