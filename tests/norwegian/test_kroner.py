from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.norwegian.kroner import understand_kroner


@pytest.mark.parametrize(
    ("text", "kroner"),
    [
        ("150000", "150000"),
        ("150 000", "150000"),
        ("150\u00a0000", "150000"),
        ("150.000", "150000"),
        ("150,000", "150000"),
        ("1.000", "1000"),
        ("1.000.000", "1000000"),
        ("150 000 kr", "150000"),
        ("kr 150 000", "150000"),
        ("kr. 150 000,-", "150000"),
        ("NOK 150000", "150000"),
        ("150000 kroner", "150000"),
        ("ca. 150 000", "150000"),
        ("omtrent 150 000 kr til sammen", "150000"),
        ("150 tusen", "150000"),
        ("150k", "150000"),
        ("hundre og femti tusen", "150000"),
        ("to hundre tusen", "200000"),
        ("tjue fem tusen", "25000"),
        ("hundretusen", "100000"),
        ("1,5 mill", "1500000"),
        ("1,5 mill.", "1500000"),
        ("1.5 millioner", "1500000"),
        ("2 mill kr", "2000000"),
        ("en million", "1000000"),
        ("en halv million", "500000"),
        ("halvannen million", "1500000"),
        ("1 million 200 tusen", "1200000"),
        ("100 000–150 000", "150000"),
        ("100-150 000", "150000"),
        ("mellom", None),
        ("0", "0"),
        ("null", "0"),
        ("150 000,00", "150000"),
        ("150 000,50", "150000.50"),
        ("99,90", "99.90"),
        ("-5000", None),
        ("minus 5000", None),
        ("vet ikke", None),
        ("12 vikarer", None),
        ("50 %", None),
        ("150 000 i 2 år", None),
        ("kr", None),
        ("", None),
        ("1" * 101, None),
    ],
)
def test_sums(text: str, kroner: str | None) -> None:
    assert understand_kroner(text) == (None if kroner is None else Decimal(kroner))


@given(st.integers(0, 5_000_000), st.sampled_from(["{}", "{:,}", "kr {}", "{} kroner", "ca. {},-"]))
def test_digits_mean_themselves(sum_: int, frame: str) -> None:
    written = frame.format(sum_)
    assert understand_kroner(written) == sum_
    assert understand_kroner(written.replace(",", ".", written.count(",") - written.count(",-"))) == sum_


PARTS = [
    "150",
    "000",
    "tusen",
    "hundre",
    "og",
    "mill",
    "kr",
    "-",
    "til",
    ",",
    "1,5",
    "halv",
    "million",
    "²",
    "٣",
]


@settings(deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PARTS), max_size=15).map(" ".join)))
def test_no_text_makes_it_fail(text: str) -> None:
    found = understand_kroner(text)
    assert found is None or found >= 0
