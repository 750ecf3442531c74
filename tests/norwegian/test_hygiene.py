import unicodedata
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.norwegian.hygiene import PersonalKind, clean, has_words, likely_personal, only_number, telling


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
        ("født 15.10.86 95088", PersonalKind.NATIONAL_ID, "15.10.86 95088"),
        ("151086-95088", PersonalKind.NATIONAL_ID, "151086-95088"),
        ("tlf: 912-34-567", PersonalKind.PHONE, "912-34-567"),
        ("Telefon 912.34.567", PersonalKind.PHONE, "912.34.567"),
        ("ring 9 1 2 3 4 5 6 7", PersonalKind.PHONE, "9 1 2 3 4 5 6 7"),
        ("(Kari.Nordli@MELHUS.no)", PersonalKind.EMAIL, "Kari.Nordli@MELHUS.no"),
        ("Vi har et barn som heter Emma her", PersonalKind.NAMED_CHILD, "barn som heter Emma"),
        ("Ei jente ved navn Nora slår", PersonalKind.NAMED_CHILD, "jente ved navn Nora"),
        ("Jonas (4 år) biter", PersonalKind.NAMED_CHILD, "Jonas (4 år"),
        ("Vi følger opp Jonas på 4 år", PersonalKind.NAMED_CHILD, "Jonas på 4 år"),
        ("at lille Emma leker alene", PersonalKind.NAMED_CHILD, "lille Emma"),
        ("og moren til Ola ringte", PersonalKind.NAMED_CHILD, "moren til Ola"),
        ("Foreldrene til Noah vil", PersonalKind.NAMED_CHILD, "Foreldrene til Noah"),
        ("Olas mor er bekymret", PersonalKind.NAMED_CHILD, "Olas mor"),
        ("Når Noahs foreldre kommer", PersonalKind.NAMED_CHILD, "Noahs foreldre"),
        ("Jonas sin mamma", PersonalKind.NAMED_CHILD, "Jonas sin mamma"),
        ("en gutt, Ali, sliter", PersonalKind.NAMED_CHILD, "gutt, Ali,"),
        ("jenta (Emma)", PersonalKind.NAMED_CHILD, "jenta (Emma)"),
        ("gutten «Emil»", PersonalKind.NAMED_CHILD, "gutten «Emil»"),
        ("barnet O.N. trenger", PersonalKind.NAMED_CHILD, "barnet O.N."),
        ("søsknene Ola og Kari", PersonalKind.NAMED_CHILD, "søsknene Ola og Kari"),
        ("Tvillingene Ola og Per", PersonalKind.NAMED_CHILD, "Tvillingene Ola og Per"),
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
        "Avdeling Rosa (3 år)",
        "Barna på avdeling Bjørka",
        "Barna på 4 år og de på 5 år",
        "Alle (4 år)",
        "Avdeling Blåklokka (1-3 år)",
        "Vi har 12 barn (4 år)",
        "Styrer (1) og pedagogiske ledere (3)",
        "Pedagogisk leder (4 år erfaring)",
        "mor til barnet",
        "foreldrene til barna",
        "Barnehagens foreldre og kommunens eldre",
        "Solbakkens foreldre",
        "Hennes mor og deres foreldre",
        "Andres foreldre",
        "Lille Solbakken barnehage",
        "den lille gruppa",
        "til beste for barn (Rekom)",
        "Marte Meo-veiledning og Reggio Emilia",
        "tlf-liste 2026/2027",
        "Telefontid 08-16",
        "fra 20.10.2026 til 15.12.2026",
        "15.10.86 95077",
        "barnet, ofte alene, ser på",
        "søsknene og foreldrene",
        "Jenta på bildet",
    ],
)
def test_no_false_alarm(text: str) -> None:
    assert likely_personal(text) == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Mer lek ute", "Mer lek ute"),
        ("Lek 😀😀😀", "Lek"),
        ("Lek!!!!!!", "Lek!"),
        ("aaaaaaaa", "a"),
        ("lek lek lek lek", "lek"),
        ("Lek, lek, lek!", "Lek!"),
        ("lek, lek ute", "lek, lek ute"),
        ("Å åå ååå", "Å åå å"),
        ("  \n ", ""),
        ("😀", ""),
    ],
)
def test_what_a_text_says_is_less_than_its_signs(text: str, says: str) -> None:
    assert telling(text) == says


@given(st.text())
def test_a_text_says_no_more_than_it_holds(text: str) -> None:
    assert len(telling(text)) <= len(text)


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
    started = thread_time()
    many = (
        "a.",
        "1 ",
        "a@",
        "22 ",
        "barnet ",
        "Olas ",
        "Ola på ",
        "mor til ",
        "gutt (",
        "a-",
        "tlf ",
        "12.34.56 ",
    )
    for text in ("a" * 20_000, *(part * (20_000 // len(part)) for part in many)):
        likely_personal(text)
        clean(text)
        telling(text)
        only_number(text)
    assert thread_time() - started < 10
