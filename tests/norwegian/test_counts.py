from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.norwegian.counts import understand_count, understand_counts
from domain.norwegian.numerals import CARDINALS, ORDINALS


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("12", 12),
        ("12.", 12),
        ("tolv", 12),
        ("ca. 12", 12),
        ("Ca 15 personer, 3 avdelinger", 15),
        ("omtrent tolv ansatte", 12),
        ("Vi har en avdeling med 12 ansatte", 12),
        ("alle 14", 14),
        ("10-12", 12),
        ("10–12", 12),
        ("12 til 15", 15),
        ("mellom 10 og 12", 12),
        ("tolv-femten", 15),
        ("3-4 stk.", 4),
        ("en eller to", 2),
        ("10 + 2", 12),
        ("et par", 2),
        ("et dusin", 12),
        ("en ansatt", 1),
        ("én", 1),
        ("tjuefem", 25),
        ("tjue fem", 25),
        ("femogtyve", 25),
        ("hundre", 100),
        ("hundre og ti", 110),
        ("1 000", 1000),
        ("9999", 9999),
        ("- 12 ansatte", 12),
        ("0", 0),
        ("ingen", 0),
        ("en håndfull", None),
        ("en hel gjeng", 1),
        ("10000", None),
        ("9" * 100, None),
        ("-5", None),
        ("minus 5", None),
        ("50 %", None),
        ("50 prosent", None),
        ("12,5", None),
        ("alle", None),
        ("", None),
        ("12 " * 10_000, None),
    ],
)
def test_counts(text: str, count: int | None) -> None:
    assert understand_count(text) == count


@given(st.integers(0, 9999), st.sampled_from(["{}", "ca. {}", "rundt {} ansatte", "{} stk", "vi er {}"]))
def test_digits_mean_themselves(number: int, frame: str) -> None:
    assert understand_count(frame.format(number)) == number


@pytest.mark.parametrize("word", sorted(CARDINALS))
def test_every_number_word_is_read(word: str) -> None:
    assert understand_count(f"omtrent {word} ansatte") == CARDINALS[word]


def test_the_number_words_reach_a_hundred_and_the_days_of_a_month() -> None:
    assert set(CARDINALS.values()) == set(range(101))
    assert set(range(1, 32)) <= set(ORDINALS.values())


TOKENS = [
    "12",
    "-",
    "til",
    "og",
    "hundre",
    "et",
    "par",
    "tjue",
    "fem",
    "%",
    "ansatte",
    "+",
    "1 000",
    "minus",
    "٣",
    "²",
]


@settings(deadline=None)
@given(st.one_of(st.text(max_size=250), st.lists(st.sampled_from(TOKENS), max_size=20).map(" ".join)))
def test_no_text_makes_it_fail(text: str) -> None:
    count = understand_count(text)
    assert count is None or 0 <= count <= 9999


def test_repetition_costs_nothing() -> None:
    started = thread_time()
    for text in ("hundre og " * 20, "1-" * 100, "1 000" * 40, "et par " * 28, "tjue" * 50):
        understand_count(text)
    assert thread_time() - started < 1


THINGS = [("leaders", ["pedagogiske ledere", "pedledere", "ped.ledere"]), ("assistants", ["assistenter"])]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("3 pedagogiske ledere, 4 assistenter", {"leaders": 3, "assistants": 4}),
        ("vi har fire assistenter og tre ped.ledere", {"leaders": 3, "assistants": 4}),
        ("Assistenter: 4, pedledere: 3", {"leaders": 3, "assistants": 4}),
        ("assistenter 4 pedledere 3", {"leaders": 3, "assistants": 4}),
        ("4 assistenter", {"assistants": 4}),
        ("3, 4", {"leaders": 3, "assistants": 4}),
        ("3 og 0", {"leaders": 3, "assistants": 0}),
        ("3", {}),
        ("3, 4, 5", {}),
        ("3 assistenter og 4 katter", {}),
        ("3 assistenter og 4 assistenter", {}),
        ("50% assistenter", {}),
        ("ingen", {}),
        ("", {}),
        ("3 assistenter " * 1000, {}),
    ],
)
def test_counts_of_several_things(text: str, counts: dict[str, int]) -> None:
    assert understand_counts(text, THINGS) == counts


@settings(deadline=None)
@given(st.one_of(st.text(max_size=250), st.lists(st.sampled_from([*TOKENS, "assistenter"])).map(" ".join)))
def test_no_text_makes_several_counts_fail(text: str) -> None:
    assert all(0 <= n <= 9999 for n in understand_counts(text, THINGS).values())
