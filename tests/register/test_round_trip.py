from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.register.files import read_register, write_register
from domain.register.models import Ownership, Role, ScopeKind
from domain.register.names import (
    clean,
    clean_email,
    is_email,
    municipality_key,
    network_slug,
)
from domain.register.rows import (
    KindergartenRow,
    MunicipalityRow,
    NetworkRow,
    OwnerRow,
    PersonRow,
    RegisterFile,
)
from tests.register.registers import DAL_OWNER, SOL

# Seeded with what trips spreadsheets up: separators, quotes, formulas, invisible and combining characters.
awkward = st.one_of(
    st.characters(),
    st.sampled_from("=+-@'\"“;,\t\r\n|*_ \u00a0\u00ad\u200b\ufeff\u0301\ufffe\uffffæøåÆØÅ"),
)
cell = st.text(awkward, max_size=40).filter(lambda text: clean(text) != "" and len(clean(text)) <= 60)
uh_name = cell.filter(lambda text: not set(clean(text)) & set(",;"))
email = st.builds("{}@{}.example".format, cell, cell).filter(lambda text: is_email(clean_email(text)))


@st.composite
def registers(draw: st.DrawFn) -> RegisterFile:
    network = draw(cell)
    other = draw(cell.filter(lambda text: network_slug(text) != network_slug(network)))
    town = draw(cell.filter(lambda text: municipality_key(text) != ""))
    address = draw(st.one_of(st.just("a@b.example"), email))
    network_row = NetworkRow(name=network, county=draw(cell), uh=draw(st.tuples(uh_name)))
    town_row = MunicipalityRow(name=town, network=network_row.name)
    owner = OwnerRow(
        orgnr=DAL_OWNER,
        name=draw(cell),
        ownership=draw(st.sampled_from(Ownership)),
        municipality=town_row.name,
    )
    return RegisterFile(
        networks=(network_row, NetworkRow(name=other, county=draw(cell))),
        municipalities=(town_row,),
        owners=(owner,),
        kindergartens=(
            KindergartenRow(orgnr=SOL, name=draw(cell), municipality=town_row.name, owner_orgnr=DAL_OWNER),
        ),
        people=(
            PersonRow(
                name=draw(cell), email=address, role=Role.HEAD, scope_kind=ScopeKind.KINDERGARTEN, scope=SOL
            ),
        ),
    )


@pytest.mark.parametrize("form", ["register", "register.xlsx"])
@given(register=registers())
@settings(max_examples=60, deadline=None)
def test_any_text_survives(form: str, register: RegisterFile) -> None:
    with TemporaryDirectory() as folder:
        write_register(Path(folder) / form, register)
        assert read_register(Path(folder) / form) == register


@given(st.text(awkward))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_email(clean_email(text)) == clean_email(text)


@given(cell)
def test_a_name_is_always_compared_by_something(text: str) -> None:
    assert network_slug(text) != ""
    assert network_slug(text.upper().lower()) != ""
    assert municipality_key(text) != ""
