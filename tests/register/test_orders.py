"""Sentences that ask for a change of the register, and those that only look so."""

from __future__ import annotations

from datetime import date
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.register.orders import Care, Part, read_order, read_period, read_person

P = Part


@pytest.mark.parametrize(
    ("sentence", "kind", "said"),
    [
        ("ny styrer", Care.NEW_HEAD, {}),
        ("Ny styrer i Solbakken", Care.NEW_HEAD, {P.PLACE: "Solbakken"}),
        (
            "ny styrer i Solbakken: Kari Nordmann, kari@melhus.no",
            Care.NEW_HEAD,
            {P.PLACE: "Solbakken", P.NAME: "Kari Nordmann", P.EMAIL: "kari@melhus.no"},
        ),
        (
            "Hei! Ny styrer på Solbakken er Kari Nordmann (Kari@Melhus.no).",
            Care.NEW_HEAD,
            {P.PLACE: "Solbakken", P.NAME: "Kari Nordmann", P.EMAIL: "kari@melhus.no"},
        ),
        ("vi har ny styrer i Solbakken", Care.NEW_HEAD, {P.PLACE: "Solbakken"}),
        (
            "ny eier i Melhus kommune: Ola Dal, ola@melhus.no",
            Care.NEW_OWNER,
            {P.OWNER: "Melhus kommune", P.NAME: "Ola Dal", P.EMAIL: "ola@melhus.no"},
        ),
        ("Kari Nordli har sluttet", Care.LEFT, {P.PERSON: "Kari Nordli"}),
        ("Kari Nordli har slutta som styrer i Solbakken.", Care.LEFT, {P.PERSON: "Kari Nordli"}),
        ("fjern Kari Nordli", Care.LEFT, {P.PERSON: "Kari Nordli"}),
        ("Solbakken er nedlagt", Care.CLOSED, {P.PLACE: "Solbakken"}),
        ("legg ned Solbakken", Care.CLOSED, {P.PLACE: "Solbakken"}),
        (
            "Solbakken har ny eier: Melhus kommune",
            Care.MOVED,
            {P.PLACE: "Solbakken", P.OWNER: "Melhus kommune"},
        ),
        (
            "ny eier for Solbakken: Trollgnisten AS",
            Care.MOVED,
            {P.PLACE: "Solbakken", P.OWNER: "Trollgnisten AS"},
        ),
        ("flytt Solbakken til Rennebu", Care.MOVED, {P.PLACE: "Solbakken", P.OWNER: "Rennebu"}),
        ("Trollgnisten har overtatt Solbakken", Care.MOVED, {P.PLACE: "Solbakken", P.OWNER: "Trollgnisten"}),
        ("Solbakken heter nå Nye Sol", Care.RENAMED, {P.PLACE: "Solbakken", P.NEW_NAME: "Nye Sol"}),
        (
            "ny barnehage: Toppen, 123\u00a0456\u00a0785, Melhus, Melhus kommune",
            Care.ADDED,
            {P.NAME: "Toppen", P.ORGNR: "123 456 785", P.MUNICIPALITY: "Melhus", P.OWNER: "Melhus kommune"},
        ),
        (
            "stedfortreder Anne Berg, anne@melhus.no fra 1. desember til 15. januar",
            Care.DEPUTY,
            {P.NAME: "Anne Berg", P.EMAIL: "anne@melhus.no", P.STARTS: "1. desember", P.ENDS: "15. januar"},
        ),
        (
            "stedfortreder for Solbakken: Anne Berg anne@melhus.no fra og med 1.12. til og med 15.1.",
            Care.DEPUTY,
            {
                P.PLACE: "Solbakken",
                P.NAME: "Anne Berg",
                P.EMAIL: "anne@melhus.no",
                P.STARTS: "1.12.",
                P.ENDS: "15.1",
            },
        ),
    ],
)
def test_what_is_asked_for(sentence: str, kind: Care, said: dict[Part, str]) -> None:
    order = read_order(sentence)
    assert order is not None
    assert (order.kind, order.said) == (kind, said)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "hei",
        "hva gjør styrer?",
        "hva gjør en ny styrer",
        "hvem er ny eier av Solbakken?",
        "hvem er ny eier av Solbakken",
        "Solbakken er nedlagt, hva gjør vi?",
        "Solbakken er nedlagt, hva gjør vi",
        "er Solbakken nedlagt?",
        "hva skjer når styrer har sluttet",
        "hvis Kari Nordli har sluttet",
        "styreren har sluttet",
        "Kari Nordli har ikke sluttet",
        "ordningen er nedlagt",
        "vi har sluttet",
        "hva gjør en stedfortreder",
        "stedfortreder hva er det",
        "kan styrer ha stedfortreder?",
        "x" * 5000 + " har sluttet",
    ],
)
def test_what_asks_for_nothing(sentence: str) -> None:
    assert read_order(sentence) is None


@pytest.mark.parametrize("sentence", ["Solbakken er nedlagt", "Kari Nordli har sluttet"])
def test_a_plain_statement_is_an_order_only_if_it_names_something_known(sentence: str) -> None:
    order = read_order(sentence)
    assert order is not None
    assert not order.sure


@pytest.mark.parametrize(
    ("text", "name", "email"),
    [
        ("Kari Nordmann, kari@melhus.no", "Kari Nordmann", "kari@melhus.no"),
        ("Kari Nordmann <Kari@Melhus.no>", "Kari Nordmann", "kari@melhus.no"),
        ("kari@melhus.no; Kari Nordmann", "Kari Nordmann", "kari@melhus.no"),
        ("mailto:kari@melhus.no", "", "kari@melhus.no"),
        ("Kari Nordmann", "Kari Nordmann", ""),
        ("", "", ""),
    ],
)
def test_name_and_address_are_told_apart(text: str, name: str, email: str) -> None:
    assert read_person(text) == (name, email)


def test_the_last_day_is_looked_for_after_the_first() -> None:
    today = date(2026, 11, 22)
    assert read_period("1. desember", "15. januar", today) == (date(2026, 12, 1), date(2027, 1, 15))
    assert read_period("1. mars", "1. februar", today) == (date(2027, 3, 1), date(2028, 2, 1))
    assert read_period("i dag", "fredag", today) == (today, date(2026, 11, 27))
    assert read_period("snart", "senere", today) == (None, None)


@given(st.text(max_size=300))
def test_no_sentence_breaks_the_reading(text: str) -> None:
    order = read_order(text)
    assert order is None or all(value.strip() for value in order.said.values())


@pytest.mark.parametrize(
    "part", ["ny styrer i ", "a har overtatt ", "ny barnehage: , ", "stedfortreder @ fra "]
)
def test_reading_is_quick_whatever_is_written(part: str) -> None:
    started = thread_time()
    read_order((part * 400)[:399])
    assert thread_time() - started < 0.5
