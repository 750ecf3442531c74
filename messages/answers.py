"""Answers about the scheme: the direct answer first, then source and reservation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialogs.replies import Said
from domain.inquiries.models import PublishedAnswer
from domain.scheme.answers import Answer
from messages import cards, words
from messages.outgoing import Outgoing

NOT_FOUND = "Det finner jeg ikke i beskrivelsen jeg har."
NOT_FOUND_ENGLISH = "I cannot find that in the description I have."
OUTSIDE_ENGLISH = (
    "I cannot help with that. I answer questions about the competence networks: roles, tasks, deadlines, "
    "meetings and money."
)
OUTSIDE = (
    "Det kan jeg ikke hjelpe med. Jeg svarer på spørsmål om kompetansenettverkene: roller, oppgaver, frister, "
    "møter og penger."
)


def said(reply: Said) -> Outgoing:
    """An answer, or an honest «det finner jeg ikke»."""
    answer = reply.answer
    if reply.shared is not None:
        return _shared(reply, reply.shared)
    if not answer.found:
        return _declined(reply)
    body: list[Any] = [cards.line(text) for text in answer.lines]
    if answer.source:
        body.append(cards.small(f"Kilde: {answer.source}"))
    if answer.validity_note:
        body.append(cards.small(answer.validity_note))
    body += _whole(answer.suggestions)
    actions = [*_choices(answer), *_to_ask(answer.suggestions), *_keep(reply)]
    return cards.card(body, actions, summary=answer.lines[0])


def _shared(reply: Said, shared: PublishedAnswer) -> Outgoing:
    """What the network's leader has answered: said as the leader's words, not as the scheme's."""
    body: list[Any] = [
        cards.line(shared.answer),
        cards.small(f"Svar fra lederen for nettverket, {words.long_day(shared.answered_on)}."),
        cards.small(f"Spørsmålet var: {shared.question}"),
    ]
    return cards.card(body, _keep(reply), summary=shared.answer)


def _declined(reply: Said) -> Outgoing:
    answer = reply.answer
    if answer.declined_reason == "outside":
        said_ = OUTSIDE_ENGLISH if answer.english else OUTSIDE
        ask_leader: list[Any] = []
    else:
        said_ = f"{NOT_FOUND_ENGLISH if answer.english else NOT_FOUND} {_who_may_know(reply)}"
        ask_leader = [cards.button("Spør lederen", "ask_leader", main=True, question=reply.question)]
    questions = answer.suggestions[:3]
    actions = [*ask_leader, *_to_ask(questions), *_keep(reply)]
    return cards.card([cards.line(said_), *_whole(questions)], actions, summary=said_)


def _choices(answer: Answer) -> list[Any]:
    """What an ambiguous question may mean, one button each with its date."""
    return [cards.button(choice.label, "ask", question=choice.question) for choice in answer.alternatives]


def _to_ask(questions: Sequence[str]) -> list[Any]:
    return [cards.button(question, "ask", question=question) for question in questions]


def _whole(questions: Sequence[str]) -> list[Any]:
    """The questions as lines, when their buttons have no room for them."""
    if all(len(question) <= cards.LONGEST_TITLE for question in questions):
        return []
    return [cards.small("Du kan spørre:"), *(cards.small(f"· {question}") for question in questions)]


def _who_may_know(reply: Said) -> str:
    if reply.in_channel:
        return "Skal jeg spørre lederen?"
    if reply.network_leader is None:
        return "Lederen for nettverket ditt kan vite det."
    return f"{reply.network_leader}, som leder nettverket ditt, kan vite det."


def _keep(reply: Said) -> list[Any]:
    if reply.keep is None:
        return []
    report, step = reply.keep
    return [cards.button("Det var svaret mitt, lagre det", "keep_pending", report=report, step=step)]


def as_text(answer: Answer) -> str:
    """The same answer in a terminal."""
    if not answer.found:
        if answer.declined_reason == "outside":
            return OUTSIDE_ENGLISH if answer.english else OUTSIDE
        return f"{NOT_FOUND_ENGLISH if answer.english else NOT_FOUND} Spør lederen for nettverket ditt."
    parts = list(answer.lines)
    if answer.source:
        parts.append(f"Kilde: {answer.source}")
    if answer.validity_note:
        parts.append(answer.validity_note)
    parts += [f"- {choice.label}: {choice.question}" for choice in answer.alternatives]
    return "\n".join(parts)
