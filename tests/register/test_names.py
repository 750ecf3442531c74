from __future__ import annotations

import pytest

from domain.register.models import Network, Person
from domain.register.names import (
    clean,
    compact_orgnr,
    is_email,
    is_orgnr,
    match_network,
    municipality_key,
    network_slug,
    sort_key,
)

NETWORKS = ["Gauldal", "Fosen", "Værnesregionen", "Trondheim", "Nordmøre", "Søre Sunnmøre"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Gauldal", "gauldal"),
        ("Gauldalsregionen", "gauldal"),
        ("Kompetansenettverk Gauldal", "gauldal"),
        ("nettverket i Gauldal", "gauldal"),
        ("Regionalt kompetansenettverk Fosen", "fosen"),
        ("Fosen-regionen", "fosen"),
        ("Værnesregionen", "vaernes"),
        ("Søre Sunnmøre", "sore-sunnmore"),
        ("Åfjord", "afjord"),
        ("Nettverket", "nettverket"),
    ],
)
def test_a_network_has_a_short_name(name: str, slug: str) -> None:
    assert network_slug(name) == slug
    assert Network(id=1, name=name, county="Trøndelag").slug == slug


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("gauldal", "Gauldal"),
        ("Gauldalen", "Gauldal"),
        ("Gauldals", "Gauldal"),
        ("Gauldalsnettverket", "Gauldal"),
        ("fosennettverket", "Fosen"),
        ("Fosens", "Fosen"),
        ("værnes", "Værnesregionen"),
        ("trondheimsregionen", "Trondheim"),
        ("søre sunnmøre", "Søre Sunnmøre"),
        ("fos", None),
        ("oslo", None),
        ("", None),
        ("regionen", None),
    ],
)
def test_a_network_is_recognised(text: str, name: str | None) -> None:
    assert match_network(text, NETWORKS) == name


def test_a_form_that_fits_two_networks_fits_none() -> None:
    assert match_network("Dalane", ["Dalan", "Dalanet"]) is None


def test_text_is_cleaned_of_what_nobody_sees() -> None:
    assert clean(" Kari\u00a0 Nord\u00adli\u200b\n") == "Kari Nordli"
    assert clean("A\u030afjord") == "Åfjord"
    assert clean("a\x00b\ud800\ufffe") == "a b"


def test_municipalities_are_compared_without_the_word() -> None:
    assert municipality_key(" Melhus  KOMMUNE") == municipality_key("melhus")


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("988077917", True),
        ("988077918", False),
        ("000000000", False),
        ("98807791", False),
        ("9880779170", False),
        ("９８８０７７９１７", False),
        ("", False),
    ],
)
def test_organisation_numbers(number: str, good: bool) -> None:
    assert is_orgnr(number) is good


def test_an_organisation_number_may_have_spaces() -> None:
    assert compact_orgnr(" 988\u00a0077 \u202f917 ") == "988077917"


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("kari.nordli@melhus.example", True),
        ("k@a.b.example", True),
        ("åse@ørland.example", True),
        ("kari@melhus", False),
        ("kari@@melhus.example", False),
        ("kari melhus.example", False),
        ("<kari@melhus.example>", False),
        ("kari@melhus..example", False),
        ("a@b.example;c@d.example", False),
    ],
)
def test_addresses(text: str, good: bool) -> None:
    assert is_email(text) is good


def test_norwegian_order() -> None:
    names = ["Ås", "Østby", "Ærfugl", "Zoo", "Aune", "Ärla", "Évin", "Eva"]
    assert sorted(names, key=sort_key) == ["Aune", "Eva", "Évin", "Zoo", "Ærfugl", "Ärla", "Østby", "Ås"]


def test_the_first_name_greets() -> None:
    assert Person(id=1, name="Anne-Lise Berg Haugen", email="a@b.example").first_name == "Anne-Lise"
