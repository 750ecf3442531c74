"""What the two thousand write in turn, and what each of them must be answered."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from itertools import count

from bench.crowd import PEOPLE, Said
from domain.norwegian.commands import understand_command
from domain.scheme.answers import Asker, Scheme
from domain.scheme.prepared import prepared
from tests.scheme.judging import Form, Verdict, dates, judge, load_questions

QUESTIONS = 250
TODAY = date(2026, 11, 12)
CITED = "Kilde: "
"""What only an answer has: neither «finner jeg ikke» nor a request to wait has a source."""

REPORT = (
    ("meld behov", "Spørsmål 1 av 10"),
    ("ja, noe nytt", "Lagret. Spørsmål 2 av 10"),
    ("lek og språk", "Lagret. Spørsmål 3 av 10"),
    ("Noen barn blir ofte stående utenfor, og vi voksne kommer for sent inn.", "Lagret. Spørsmål 4 av 10"),
    ("Vi vil bli bedre til å lede og støtte leken ute og inne.", "Og hva skal barna merke"),
    ("Alle har noen å leke med hver dag.", "Lagret. Spørsmål 5 av 10"),
    ("hele personalet, vi snakket om det på to personalmøter", "Lagret. Spørsmål 6 av 10"),
    ("hele personalet, 14", "Lagret. Spørsmål 7 av 10"),
    ("høsten 2027, to år", "Lagret. Spørsmål 8 av 10"),
    ("nei", "Lagret. Spørsmål 9 av 10"),
    ("Lek som inkluderer alle", "Lagret. Spørsmål 10 av 10"),
)
"""Each step with what is said when it is stored."""

AFTERWARDS = (
    ("endre tema", "Her kan du endre svaret."),
    ("lek og språk", "Lagret. Spørsmål 10 av 10"),
)
APART = 20
"""How many others begin before somebody takes the next step."""

UNTIL_MIXED = APART * len(REPORT) * (len(REPORT) + 1) // 2
"""Turns after which people are at all steps."""


def echoed() -> Iterator[Said]:
    """What an echo bot says back."""
    for number in count():
        yield _said(number % PEOPLE, f"hei {number}", f"Echo: hei {number}")


def first_words() -> Iterator[Said]:
    """Everybody once: the bot learns who they are."""
    for person in range(PEOPLE):
        yield _said(person, "hva er PPT?", CITED)


def asked() -> Iterator[Said]:
    """Different questions in turn by people in turn; nobody asks the same again before everything was asked."""
    questions = answerable()
    for number in count():
        person = number % PEOPLE
        yield _said(person, questions[(number + number // PEOPLE) % len(questions)], CITED)


def answerable() -> list[str]:
    """Questions with a right and cited answer for a head of any network, in a mixed order, always the same."""
    scheme = Scheme(prepared())
    asker = Asker(role_actor="head", region="elsewhere")
    found = []
    for question in load_questions():
        one_turn = not (question.decline or question.channel or question.after)
        if not one_turn or question.form is Form.AMBIGUOUS or understand_command(question.q) is not None:
            continue
        answer = scheme.answer(question.q, asker, TODAY, dates(None, TODAY))
        right = judge(question, answer) is Verdict.RIGHT
        # Else whether it is taken as a question depends on what was asked before.
        sure = scheme.looks_like_question(question.q) and not scheme.asks_what_now(question.q)
        if right and sure and answer.source:
            found.append(question.q)
    return random.Random(1).sample(list(dict.fromkeys(found)), QUESTIONS)


def reported() -> Iterator[Said]:
    """Steps of reports of all kinds at any time: some people begin while others are about to end."""
    for newest in range(PEOPLE + APART * len(REPORT)):
        for step, (text, stored) in enumerate(REPORT):
            person = newest - APART * step
            if 0 <= person < PEOPLE:
                yield _said(person, text, stored)
    for number in count():
        yield _said(number % PEOPLE, *AFTERWARDS[number // PEOPLE % len(AFTERWARDS)])


def _said(person: int, text: str, expects: str) -> Said:
    return Said(person, text, expects.encode())
