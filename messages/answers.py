"""Answers about the scheme: the direct answer first, then source and reservation."""

from __future__ import annotations

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
    actions = [
        cards.button(_title(question), "ask", question=question)
        for question in (*answer.alternatives, *answer.suggestions)[: 5 if answer.alternatives else 3]
    ]
    actions += _keep(reply)
    summary = answer.lines[0] if answer.lines else "Hvilken frist mener du?"
    return cards.card(body, actions, summary=summary[:250])


def _declined(reply: Said) -> Outgoing:
    if reply.answer.declined_reason == "outside":
        words = OUTSIDE
    else:
        who = (
            f" {reply.network_leader}, som leder nettverket ditt, kan vite det."
            if reply.network_leader
            else (" Spør lederen for nettverket ditt.")
        )
        words = NOT_FOUND + (" Spør lederen for nettverket." if reply.in_channel else who)
    actions = [cards.button(_title(q), "ask", question=q) for q in reply.answer.suggestions[:3]]
    actions += _keep(reply)
    return cards.card([cards.line(words)], actions, summary=words)


def _keep(reply: Said) -> list[Any]:
    if reply.keep is None:
        return []
    report, step = reply.keep
    return [cards.button("Det var svaret mitt, lagre det", "keep_pending", report=report, step=step)]


def _title(question: str) -> str:
    return question if len(question) <= 60 else question[:57] + "…"


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
