"""Finding things by what people write."""

from __future__ import annotations

import pytest

from domain.register.looking import look
from domain.register.models import Kindergarten, Municipality, Person


def kindergarten(number: int, name: str) -> Kindergarten:
    orgnr = ("102001028", "102001036", "102001044", "102001052")[number]
    return Kindergarten(id=number, orgnr=orgnr, name=name, municipality_id=1, owner_id=1)


PLACES = [
    kindergarten(0, "Solbakken barnehage"),
    kindergarten(1, "Trollgnisten Åkerlappen"),
    kindergarten(2, "Trollgnisten Eplehagen"),
    kindergarten(3, "Bekkefaret barnehage"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Solbakken barnehage", 0),
        ("solbakken", 0),
        ("102\u00a0001\u00a0028", 0),
        ("Åkerlappen", 1),
        ("eplehagen trollgnisten", 2),
    ],
)
def test_one_thing_is_meant(text: str, found: int) -> None:
    assert look(text, PLACES).found == PLACES[found]


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Solbaken", [0]),
        ("Trollgnisten", [1, 2]),
        ("bekefaret", [3]),
        ("Marsboerne", []),
        ("", []),
        ("  ", []),
    ],
)
def test_what_is_near_is_only_proposed(text: str, near: list[int]) -> None:
    looked = look(text, PLACES)
    assert looked.found is None
    assert sorted(p.id for p in looked.near) == near


def test_people_are_found_by_name_or_address() -> None:
    kari = Person(id=1, name="Kari Nordli", email="kari@melhus.example")
    other = Person(id=2, name="Kari Dahl", email="kari.dahl@melhus.example")
    assert look("KARI@melhus.example", [kari, other]).found == kari
    assert look("nordli", [kari, other]).found == kari
    assert look("Kari", [kari, other]).near == (kari, other)


def test_two_of_one_name_are_both_proposed() -> None:
    twins = [Person(id=i, name="Kari Nordli", email=f"kari{i}@melhus.example") for i in (1, 2)]
    assert look("Kari Nordli", twins).near == tuple(twins)


def test_a_municipality_is_found_with_and_without_the_word() -> None:
    melhus = Municipality(id=1, name="Melhus", network_id=1)
    assert look("Melhus kommune", [melhus]).found == melhus
