import unicodedata
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.norwegian.hygiene import PersonalKind, clean, has_words, likely_personal, only_number


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("  Hei  på\tdeg ", "Hei på deg"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("a \n  \n \n b", "a\n\nb"),
        ("bla\u030a", "blå"),
        ("a\u200b\u030a", "å"),
        ("hei\u200b\u200d\ufeff\u00ad", "hei"),
        ("a\x00\x07b", "ab"),
        ("a\u00a0\u00a0b", "a b"),
        ("\u202eabc\u202c", "abc"),
        ("a\ud800b", "ab"),
        ("Lek 😊", "Lek 😊"),
        ("\n\n", ""),
        ("", ""),
    ],
)
def test_clean(text: str, tidy: str) -> None:
    assert clean(text) == tidy


@given(st.text(alphabet=st.characters()))
def test_clean_is_done_once_and_can_be_stored(text: str) -> None:
    tidy = clean(text)
    assert clean(tidy) == tidy
    assert unicodedata.is_normalized("NFC", tidy)
    assert tidy.encode("utf-8").decode() == tidy
    assert "\n\n\n" not in tidy
    assert "  " not in tidy


@pytest.mark.parametrize("text", ["lek", "å ja", "C3 ok", "12 stk"])
def test_words(text: str) -> None:
    assert has_words(text)


@pytest.mark.parametrize("text", ["", "😊👍", "...!?", "123", "a", "1 a 2 b", "²²", "a\u030a a\u030a"])
def test_no_words(text: str) -> None:
    assert not has_words(text)


@pytest.mark.parametrize("text", ["12", " 12. ", "1 000", "10-12", "3,5"])
def test_only_a_number(text: str) -> None:
    assert only_number(text)


@pytest.mark.parametrize("text", ["12 stk", "", "-", "tolv", "😊"])
def test_not_only_a_number(text: str) -> None:
    assert not only_number(text)


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("fnr 151086 95088.", PersonalKind.NATIONAL_ID, "151086 95088"),
        ("15108695088", PersonalKind.NATIONAL_ID, "15108695088"),
        ("D-nummer 41018010001 her", PersonalKind.NATIONAL_ID, "41018010001"),
        ("tlf 91 23 45 67", PersonalKind.PHONE, "91 23 45 67"),
        ("Ring 91234567, takk", PersonalKind.PHONE, "91234567"),
        ("912 34 567.", PersonalKind.PHONE, "912 34 567"),
        ("+47 912 34 567", PersonalKind.PHONE, "+47 912 34 567"),
        ("+4791234567", PersonalKind.PHONE, "+4791234567"),
        ("0047 91234567", PersonalKind.PHONE, "0047 91234567"),
        ("(+47) 91234567", PersonalKind.PHONE, "(+47) 91234567"),
        ("Skriv til kari.n@melhus.kommune.no.", PersonalKind.EMAIL, "kari.n@melhus.kommune.no"),
        ("Vi ser at barnet Ola strever", PersonalKind.NAMED_CHILD, "barnet Ola"),
        ("Jenta Emma leker alene", PersonalKind.NAMED_CHILD, "Jenta Emma"),
        ("gutten vår Ali", PersonalKind.NAMED_CHILD, "gutten vår Ali"),
        ("eleven Nora", PersonalKind.NAMED_CHILD, "eleven Nora"),
        ("gutten som heter Per-Ole", PersonalKind.NAMED_CHILD, "gutten som heter Per-Ole"),
    ],
)
def test_what_points_to_a_person_is_found(text: str, kind: PersonalKind, part: str) -> None:
    (hint,) = likely_personal(text)
    assert (hint.kind, text[hint.start : hint.end]) == (kind, part)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "15108695077",
        "org.nr. 923456789",
        "923 456 789",
        "NO 923 456 789 MVA",
        "Konto 1234 56 78903",
        "12-15 ansatte",
        "2026/2027",
        "2026 2027",
        "15.12.2026 kl. 12:00",
        "24122026",
        "20261224",
        "kr 25000000",
        "25 000 000 kroner",
        "22334455 kr",
        "100 000 000",
        "23 24 25 26 27",
        "barnet har",
        "Barnet i sentrum",
        "BARNET HAR",
        "Barnet Har rett til lek",
        "Vi ser barnet. Ola kommune",
        "jenta med det røde håret",
        "@melhus og kari@",
    ],
)
def test_no_false_alarm(text: str) -> None:
    assert likely_personal(text) == ()


def test_several_hints_come_in_their_order() -> None:
    text = "Barnet Ola, tlf 91234567, ola@eksempel.no"
    kinds = [hint.kind for hint in likely_personal(text)]
    assert kinds == [PersonalKind.NAMED_CHILD, PersonalKind.PHONE, PersonalKind.EMAIL]


@given(st.text())
def test_hints_stand_inside_the_text_one_after_the_other(text: str) -> None:
    last = 0
    for hint in likely_personal(text):
        assert last <= hint.start < hint.end <= len(text)
        last = hint.end
    assert isinstance(has_words(text), bool)
    assert isinstance(only_number(text), bool)


def test_long_texts_are_read_quickly() -> None:
    started = perf_counter()
    for text in ("a" * 20_000, "a." * 10_000, "1 " * 10_000, "a@" * 10_000, "22 " * 7_000, "barnet " * 3_000):
        likely_personal(text)
        clean(text)
        only_number(text)
    assert perf_counter() - started < 2
