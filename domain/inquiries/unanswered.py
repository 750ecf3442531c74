"""The log of questions that the description has no answer to: for the leader, and without anybody in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.inquiries import texts
from domain.inquiries.models import MOST_LOGGED
from domain.norwegian.hygiene import clean, has_words, likely_personal

if TYPE_CHECKING:
    from datetime import date

    from domain.ports import UnitOfWork


def note_unanswered(uow: UnitOfWork, network_id: int, question: str, today: date) -> None:
    """Counts a question; one that may point to a person leaves no trace at all."""
    whole = clean(question)
    if not has_words(whole) or likely_personal(whole) or texts.names_somebody(uow, whole):
        return
    text = texts.logged(whole)
    uow.inquiries.note_unanswered(network_id, texts.key_of(text), text, today, MOST_LOGGED)
