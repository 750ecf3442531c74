"""The English answers say no more than the Norwegian ones."""

import re
from collections.abc import Iterator

import pytest

from domain.scheme.model import Description, Fact, Value

LONGEST = 250
NORWEGIAN_LETTER = re.compile("[æøåÆØÅ]")
WORD = re.compile(r"[^\W\d_]+")
NUMBER = re.compile(r"\d{1,3}(?:[,\s]\d{3})+(?!\d)|\d+")
SAME_START = {"Ja.": "Yes.", "Nei.": "No."}


def names(text: str) -> set[str]:
    """The words of a text that have a Norwegian letter."""
    return {word for word in WORD.findall(text) if NORWEGIAN_LETTER.search(word)}


def numbers(text: str) -> set[int]:
    """The numbers of a text, thousands written with a comma or a space."""
    return {int(re.sub(r"\D", "", found)) for found in NUMBER.findall(text)}


def numbers_of(value: Value | None) -> Iterator[int]:
    """The numbers of a fact's value."""
    if value is not None:
        single = (value.month, value.day, value.amount_kr, value.count)
        yield from (number for number in (*single, *value.months) if number is not None)
        for item in value.items:
            yield from numbers(item)


def unsaid(fact: Fact, english: str) -> set[str]:
    """The names and numbers of the English answer that its fact does not have."""
    known = numbers(fact.statement) | set(numbers_of(fact.value))
    return (names(english) - names(fact.statement)) | {str(one) for one in numbers(english) - known}


def start(text: str, starts: dict[str, str]) -> str | None:
    """What a yes or no at the beginning of a text is in English; None when there is none."""
    return starts.get(text.split(maxsplit=1)[0])


def test_every_fact_has_english(description: Description) -> None:
    assert [fact.id for fact in description.facts if not description.english.get(fact.id, "").strip()] == []


def test_english_has_only_the_names_and_numbers_of_the_fact(description: Description) -> None:
    found = {
        fact.id: strange
        for fact in description.facts
        if (strange := unsaid(fact, description.english.get(fact.id, "")))
    }

    assert found == {}


def test_english_is_short(description: Description) -> None:
    assert {name: len(text) for name, text in description.english.items() if len(text) > LONGEST} == {}


def test_yes_and_no_are_the_same_in_both_languages(description: Description) -> None:
    same = {word: word for word in SAME_START.values()}
    differing = [
        fact.id
        for fact in description.facts
        if start(fact.statement, SAME_START) != start(description.english.get(fact.id, "-"), same)
    ]

    assert differing == []


@pytest.mark.parametrize(
    ("english", "strange"),
    [
        ("The network gets NOK 100,000 by 1 December.", set()),
        ("The network in Røros gets NOK 100,000.", {"Røros"}),
        ("The network gets NOK 1,000,000.", {"1000000"}),
        ("The network gets NOK 100,000 by 15 December.", {"15"}),
    ],
)
def test_what_the_fact_does_not_say_is_found(
    english: str, strange: set[str], description: Description
) -> None:
    fact = description.facts[0].model_copy(
        update={"statement": "Nettverket får 100 000 kroner.", "value": Value(month=12, day=1)}
    )

    assert unsaid(fact, english) == strange
