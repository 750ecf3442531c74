"""What a conversation was about is remembered, but not without end."""

from __future__ import annotations

from datetime import date

from domain.scheme.answers import MOST_WORDS, Asker, Context, Scheme


def test_a_long_row_of_questions_that_lean_on_each_other_does_not_grow(scheme: Scheme) -> None:
    said, longest = None, 0
    context: Context | None = None
    for number in range(120):
        text = ("hva er fristen for behovsmelding?", "og for Gauldal?", "og for eier da?")[
            min(number, 1 + number % 2)
        ]
        said = scheme.answer(text, Asker(), date(2026, 11, 22), (), context)
        context = said.context or context
        assert context is not None
        longest = max(longest, len(context.words))
    assert said is not None
    assert said.found
    assert 5 < longest <= MOST_WORDS
