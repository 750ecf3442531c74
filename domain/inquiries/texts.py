"""What is done to a question or an answer before it is kept."""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from domain.inquiries.errors import NoWords, PersonalData, WrongLength
from domain.inquiries.models import LONGEST_ANSWER, LONGEST_LOGGED, LONGEST_QUESTION, SHORTEST_ANSWER
from domain.norwegian.hygiene import clean, has_words, likely_personal

if TYPE_CHECKING:
    from domain.ports import UnitOfWork

FORGET_ME: Final = "Jeg vil bli slettet fra Rekompis."
"""What the leader is asked by somebody who wants to be forgotten."""

_WORD: Final = re.compile(r"\w+(?:-\w+)*")


def question_in(text: str) -> str:
    """The question, cleaned. Raises NoWords, WrongLength or PersonalData."""
    question = clean(text)
    if not has_words(question):
        raise NoWords
    return _without_personal(_within(question, 1, LONGEST_QUESTION))


def answer_in(text: str) -> str:
    """The answer, cleaned. Raises WrongLength or PersonalData."""
    return _without_personal(_within(clean(text), SHORTEST_ANSWER, LONGEST_ANSWER))


def key_of(question: str) -> str:
    """The same for the same words, whatever their case and what stands between them; not to be read back."""
    return sha256(" ".join(_words(question)).encode()).hexdigest()


def logged(question: str) -> str:
    """The question as it stands in the log of unanswered ones: on one line, cut."""
    return " ".join(clean(question)[:LONGEST_LOGGED].split())


def names_somebody(uow: UnitOfWork, text: str) -> bool:
    """Whether two words of the text, side by side, are the name of somebody in the register."""
    together = set(pairwise(_words(text)))
    return any(not together.isdisjoint(pairwise(_words(p.name))) for p in uow.register.all_people())


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _within(text: str, least: int, most: int) -> str:
    if not least <= len(text) <= most:
        raise WrongLength(len(text), least, most)
    return text


def _without_personal(text: str) -> str:
    if found := likely_personal(text):
        raise PersonalData(tuple(dict.fromkeys(hint.kind for hint in found)))
    return text
