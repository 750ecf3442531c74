"""The names of a field's options inside a sentence."""

from __future__ import annotations

import re
from typing import Any

from domain.needs.form import FormField

SHORTEST_NAME = 3
"""Letters in a name that is looked for inside a sentence."""
MORE_WORDS = 2
_NEGATION = re.compile(r"\b(ikke|ingen|uten|aldri)\b")
_FILLING = frozenset({"og", "er", "var", "har", "med", "vi", "jeg", "alle", "noen", "både"})


def mentioned(one: FormField, text: str) -> tuple[str, ...]:
    """The options whose names stand as whole words in a sentence; none when the sentence denies something."""
    sentence = f" {_bare(text)} "
    if len(sentence.split()) < 3 or _NEGATION.search(sentence):
        return ()
    found: list[str] = []
    for option in one.options:
        names = (_bare(name) for name in (option.label, *option.aliases))
        if any(len(name) >= SHORTEST_NAME and f" {name} " in sentence for name in names):
            found.append(option.value)
    return tuple(v for v in found if v not in one.exclusive)


def says_more(one: FormField, text: str, chosen: Any) -> bool:
    """Whether a text holds more than the names of the options that were chosen in it."""
    left = f" {_bare(text)} "
    for option in one.options:
        if option.value in chosen:
            for name in sorted((option.label, *option.aliases), key=len, reverse=True):
                left = left.replace(f" {_bare(name)} ", " ")
    return len([word for word in left.split() if word.isalpha() and word not in _FILLING]) >= MORE_WORDS


def _bare(text: str) -> str:
    """The words alone, in lower case, with one space between."""
    return " ".join(re.findall(r"[\w§]+", text.lower()))
