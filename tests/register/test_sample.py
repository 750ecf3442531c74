from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from domain.register.files import read_register
from domain.register.memory import MemoryRegister
from domain.register.models import Kindergarten, Ownership, Role, ScopeKind
from domain.register.rights import heads, main_role, owners
from domain.register.rows import RegisterFile
from tests.register.contract import TODAY

SAMPLE = Path(__file__).parents[2] / "sample" / "register"


@pytest.fixture(scope="module")
def file() -> RegisterFile:
    return read_register(SAMPLE)


@pytest.fixture(scope="module")
def register(file: RegisterFile) -> MemoryRegister:
    return MemoryRegister(lambda: TODAY, file)


def by_name(register: MemoryRegister) -> dict[str, Kindergarten]:
    return {k.name: k for n in register.networks() for k in register.kindergartens_in_network(n.id)}


def test_it_has_two_networks_and_ten_municipalities(file: RegisterFile) -> None:
    towns = {(m.network, m.name) for m in file.municipalities}
    gauldal = ["Melhus", "Midtre Gauldal", "Rennebu", "Oppdal", "Holtålen", "Røros"]
    fosen = ["Indre Fosen", "Ørland", "Åfjord", "Osen"]
    assert towns == {("Gauldal", m) for m in gauldal} | {("Fosen", m) for m in fosen}
    assert {n.county for n in file.networks} == {"Trøndelag"}


def test_it_has_enough_owners_and_kindergartens(file: RegisterFile) -> None:
    municipal = {o.municipality for o in file.owners if o.ownership is Ownership.MUNICIPAL}
    assert municipal == {m.name for m in file.municipalities}
    assert len(file.owners) >= 14
    assert len(file.kindergartens) >= 44
    assert len({k.name for k in file.kindergartens}) == len(file.kindergartens)
    private = {o.orgnr for o in file.owners if o.ownership is Ownership.PRIVATE}
    sizes = Counter(k.owner_orgnr for k in file.kindergartens if k.owner_orgnr in private)
    assert set(sizes) == private
    assert min(sizes.values()) == 1
    assert max(sizes.values()) > 1


def test_melhus_has_most_kindergartens(file: RegisterFile) -> None:
    [(town, count), *_] = Counter(k.municipality for k in file.kindergartens).most_common()
    assert town == "Melhus"
    assert count >= 10


def test_a_chain_is_in_both_networks(register: MemoryRegister) -> None:
    both = [{o.name for o in register.owners(n.id)} for n in register.networks()]
    assert both[0] & both[1] == {"Trollgnisten barnehager AS"}


def test_every_kindergarten_has_one_head_and_every_owner_somebody(file: RegisterFile) -> None:
    held = Counter(p.scope for p in file.people if p.role is Role.HEAD)
    assert held == {k.orgnr: 1 for k in file.kindergartens}
    assert {p.scope for p in file.people if p.role is Role.OWNER} == {o.orgnr for o in file.owners}


def test_every_role_and_every_municipality_is_there(file: RegisterFile) -> None:
    assert {p.role for p in file.people} == set(Role)
    assert {p.scope for p in file.people if p.role is Role.AUTHORITY} == {m.name for m in file.municipalities}
    for role in (Role.LEADER, Role.PPT, Role.UH, Role.MEMBER):
        scopes = {p.scope for p in file.people if p.role is role and p.scope_kind is ScopeKind.NETWORK}
        assert scopes == {"Gauldal", "Fosen"}


def test_people_and_numbers_are_recognisably_made_up(file: RegisterFile) -> None:
    assert all(p.email.endswith(".example") for p in file.people)
    names = {p.email: p.name for p in file.people}
    assert len(set(names.values())) == len(names)
    # Real organisation numbers begin with 8 or 9.
    numbers = [o.orgnr for o in file.owners] + [k.orgnr for k in file.kindergartens]
    assert {number[0] for number in numbers} == {"1"}


@pytest.mark.parametrize(
    ("email", "roles", "main"),
    [
        ("kari.nordli@melhus.example", [Role.HEAD], Role.HEAD),
        ("per.aune@melhus.example", [Role.OWNER, Role.AUTHORITY], Role.OWNER),
        ("ingrid.moen@gauldalsregionen.example", [Role.LEADER], Role.LEADER),
        ("ola.fossen@fosenregionen.example", [Role.LEADER], Role.LEADER),
        ("anne.haugen@tyttebaertua.example", [Role.HEAD, Role.OWNER], Role.OWNER),
    ],
)
def test_the_people_of_the_guide(register: MemoryRegister, email: str, roles: list[Role], main: Role) -> None:
    person = register.person_by_email(email)
    assert person is not None
    assignments = register.roles_of(person.id)
    assert [a.role for a in assignments] == roles
    assert main_role(assignments) is main


def test_kari_is_head_of_solbakken_which_per_owns(register: MemoryRegister) -> None:
    solbakken = by_name(register)["Solbakken barnehage"]
    kari = register.person_by_email("kari.nordli@melhus.example")
    per = register.person_by_email("per.aune@melhus.example")
    assert kari is not None
    assert per is not None
    assert heads(register.roles_of(kari.id)) == [solbakken.id]
    assert owners(register.roles_of(per.id)) == [solbakken.owner_id]
    assert register.owner(solbakken.owner_id).name == "Melhus kommune"


def test_anne_owns_the_one_kindergarten_she_heads(register: MemoryRegister) -> None:
    anne = register.person_by_email("anne.haugen@tyttebaertua.example")
    assert anne is not None
    roles = register.roles_of(anne.id)
    [owned] = register.kindergartens_of_owner(owners(roles)[0])
    assert heads(roles) == [owned.id]
    assert register.network_of_kindergarten(owned.id).name == "Gauldal"


def test_somebody_heads_two_kindergartens(register: MemoryRegister) -> None:
    assert [p.name for p in register.all_people() if len(heads(register.roles_of(p.id))) == 2] == [
        "Guri Stavne"
    ]
