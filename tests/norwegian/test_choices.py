from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.norwegian.choices import ChoiceReading, match_choices, yes_or_no

THEMES = [
    ("play", ["Lek og vennskap", "lek"]),
    ("inclusion", ["Inkluderende praksis"]),
    ("language", ["Språkmiljø", "språk"]),
    ("leadership", ["Ledelse og organisering", "ledelse"]),
    ("sami", ["Samisk språk og kultur"]),
    ("learning", ["Lek, omsorg og læring"]),
]


@pytest.mark.parametrize(
    ("text", "values", "unknown"),
    [
        ("1, 3", ("play", "language"), ()),
        ("1 og 3", ("play", "language"), ()),
        ("1 3", ("play", "language"), ()),
        ("1. og 3.", ("play", "language"), ()),
        ("1) og 2)", ("play", "inclusion"), ()),
        ("nr. 2", ("inclusion",), ()),
        ("to og tre", ("inclusion", "language"), ()),
        ("den første", ("play",), ()),
        ("1-3", ("play", "inclusion", "language"), ()),
        ("3, 1, 3", ("language", "play"), ()),
        ("Lek og vennskap", ("play",), ()),
        ("Lek og vennskap og språk", ("play", "language"), ()),
        ("lek og vennskp", ("play",), ()),
        ("Lek, omsorg og læring", ("learning",), ()),
        ("lek, ledelse", ("play", "leadership"), ()),
        ("lek/språk", ("play", "language"), ()),
        ("ledelse\nspråk", ("leadership", "language"), ()),
        ("• Lek og vennskap\n• Språkmiljø", ("play", "language"), ()),
        ("Samisk språk og kultur, 2", ("sami", "inclusion"), ()),
        ("inkluderende", ("inclusion",), ()),
        ("praksis", ("inclusion",), ()),
        ("inkluderende praksiss", ("inclusion",), ()),
        ("Vi vil jobbe med lek og vennskap", ("play",), ()),
        ("play", ("play",), ()),
        ("lek og mat", ("play",), ("mat",)),
        ("1, tull, 3", ("play", "language"), ("tull",)),
        ("Ikke lek", (), ("Ikke lek",)),
        ("alt unntatt lek", (), ("alt unntatt lek",)),
        ("3 avdelinger", (), ("3 avdelinger",)),
        ("7", (), ("7",)),
        ("13", (), ("13",)),
        ("0", (), ("0",)),
        ("og", (), ()),
        ("", (), ()),
    ],
)
def test_choices(text: str, values: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    assert match_choices(text, THEMES, most=3) == ChoiceReading(values, unknown)


def test_more_than_may_be_chosen_is_said() -> None:
    found = match_choices("språk og lek og ledelse og inkluderende", THEMES, most=3)
    assert found == ChoiceReading(("language", "play", "leadership"), (), ("inclusion",))
    assert match_choices("alle", THEMES, most=5).surplus == ("learning",)


def test_an_ambiguous_part_of_a_name_is_not_guessed() -> None:
    options = [("a", ["Lokal plan"]), ("b", ["Nasjonal plan"])]
    assert match_choices("plan", options, most=1) == ChoiceReading((), ("plan",))
    assert match_choices("nasjonal", options, most=1) == ChoiceReading(("b",), ())


def test_numbers_in_names_are_not_slips_of_the_pen() -> None:
    options = [("first", ["Barnehage 1"]), ("second", ["Barnehage 2"])]
    assert match_choices("barnehage 2", options, most=1).values == ("second",)
    assert match_choices("barnehage 3", options, most=1).values == ()


@given(
    st.lists(st.integers(0, len(THEMES) - 1), unique=True, min_size=1),
    st.sampled_from([", ", " og ", "\n", "; "]),
)
def test_every_list_of_labels_is_read_back(numbers: list[int], separator: str) -> None:
    wanted = tuple(THEMES[number][0] for number in numbers)
    by_name = separator.join(THEMES[number][1][0] for number in numbers)
    by_number = separator.join(str(number + 1) for number in numbers)
    assert match_choices(by_name, THEMES, most=6) == ChoiceReading(wanted, ())
    assert match_choices(by_number, THEMES, most=6) == ChoiceReading(wanted, ())


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *[
            (text, True)
            for text in ("ja", "Ja!", "jepp", "japp", "jo", "ja takk", "stemmer", "riktig", "ok", "👍")
        ],
        *[(text, True) for text in ("Ja, det stemmer", "ja, send", "det stemmer", "jau", "ja ja")],
        *[
            (text, False)
            for text in ("nei", "næi", "nope", "ikke", "ikkje", "nei takk", "Nei, det går ikke", "👎")
        ],
        *[(text, False) for text in ("stemmer ikke", "det stemmer ikke", "feil")],
        *[
            (text, None)
            for text in ("kanskje", "vet ikke", "ikke bestemt", "nja", "ja og nei", "ja, men ikke alt")
        ],
        *[
            (text, None)
            for text in ("", "jakke", "neida eller jo", "12", "Vi sier ja til mer lek", "ja " * 300)
        ],
        ("ja vi trenger hjelp til å jobbe med lek i gruppene", None),
    ],
)
def test_yes_or_no(text: str, answer: bool | None) -> None:
    assert yes_or_no(text) is answer


@settings(deadline=None)
@given(
    st.one_of(
        st.text(max_size=600),
        st.lists(st.sampled_from(["1", "lek", "og", ",", "-", "ikke", "ja"])).map(" ".join),
    )
)
def test_no_text_makes_it_fail(text: str) -> None:
    found = match_choices(text, THEMES, most=3)
    known = {value for value, _ in THEMES}
    assert len(found.values) <= 3
    assert known.issuperset(found.values + found.surplus)
    assert yes_or_no(text) in {True, False, None}


def test_long_texts_cost_nothing() -> None:
    started = thread_time()
    assert match_choices("lek og " * 5_000, THEMES, most=3).values == ()
    for text in ("lek og " * 70, "x og " * 100, "1-" * 250, "x," * 250, "x " * 250):
        match_choices(text, THEMES, most=3)
    assert thread_time() - started < 3
