"""A leader's changes: who may make them, what they do, and that each is written down."""

from __future__ import annotations

import pytest

from domain.ports import UnitOfWork
from domain.register import care
from domain.register.errors import AlreadyChanged
from domain.register.models import Kindergarten, Role, Scope, ScopeKind
from domain.register.rights import NotAllowed
from tests.register.registers import CHAIN, DAL_OWNER, EPLE, GONE, SOL, TYTTE, VIPA
from tests.storage.seeds import NOW, Seeds


class Leading:
    """Ingrid leads Gauldal, where Solbakken and Åkerlappen are; Vipa and Ørreten are in Fosen."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow
        self.ingrid = self.person("ingrid@gauldal.example")

    def person(self, email: str) -> int:
        found = self.uow.register.person_by_email(email)
        assert found is not None
        return found.id

    def kindergarten(self, orgnr: str) -> Kindergarten:
        networks = self.uow.register.networks()
        places = [k for n in networks for k in self.uow.register.kindergartens_in_network(n.id)]
        return next(k for k in places if k.orgnr == orgnr)

    def owner(self, orgnr: str) -> int:
        return next(o.id for o in self.uow.register.all_owners() if o.orgnr == orgnr)

    def perform(self, change: care.Change, who: int | None = None) -> None:
        care.perform(self.uow, who or self.ingrid, change, NOW)

    def audit(self, subject: str, id: int) -> list[tuple[int | None, str, str | None, str]]:
        return [(r.person_id, r.role, r.before, r.after) for r in self.uow.audit.of(subject, id)]


@pytest.fixture
def leading(uow: UnitOfWork, seeds: Seeds) -> Leading:
    return Leading(uow)


def head_of(place: Kindergarten, *, instead_of: tuple[int, ...] = ()) -> care.NewPerson:
    return care.NewPerson(
        role=Role.HEAD, scope_id=place.id, name="Siv Wold", email="siv@ny.example", instead_of=instead_of
    )


def test_a_new_head_takes_over(leading: Leading) -> None:
    sol, kari = leading.kindergarten(SOL), leading.person("kari@melhus.example")
    leading.perform(head_of(sol, instead_of=(kari,)))
    siv = leading.person("siv@ny.example")
    text = f"styrer kindergarten {sol.id}"
    assert [p.id for p in leading.uow.register.people_with(Role.HEAD, head_of(sol).scope)] == [siv]
    assert leading.audit("person", siv) == [(leading.ingrid, "leder", None, text)]
    assert leading.audit("person", kari) == [(leading.ingrid, "leder", text, "left")]


def test_two_can_be_heads(leading: Leading) -> None:
    sol = leading.kindergarten(SOL)
    leading.perform(head_of(sol))
    assert len(leading.uow.register.people_with(Role.HEAD, head_of(sol).scope)) == 2


def test_somebody_leaves_with_the_roles_that_were_shown(leading: Leading) -> None:
    per = leading.person("per@melhus.example")
    roles = care.ending_roles(leading.uow, leading.ingrid, per)
    assert [r.role for r in roles] == [Role.OWNER, Role.AUTHORITY]
    change = care.Left(person=per, roles=(care.Held(role=roles[0].role, scope=roles[0].scope),))
    leading.perform(change)
    assert [r.role for r in leading.uow.register.roles_of(per)] == [Role.AUTHORITY]
    assert len(leading.audit("person", per)) == 1
    with pytest.raises(AlreadyChanged):
        leading.perform(change)


def test_who_leads_is_not_for_the_leader_to_say(leading: Leading) -> None:
    assert care.ending_roles(leading.uow, leading.ingrid, leading.ingrid) == ()
    scope = Scope(kind=ScopeKind.NETWORK, id=1)
    with pytest.raises(AlreadyChanged):
        leading.perform(care.Left(person=leading.ingrid, roles=(care.Held(role=Role.LEADER, scope=scope),)))


def test_a_kindergarten_is_closed_once(leading: Leading) -> None:
    sol = leading.kindergarten(SOL)
    leading.perform(care.Closed(kindergarten=sol.id))
    assert not leading.uow.register.kindergarten(sol.id).active
    with pytest.raises(AlreadyChanged):
        leading.perform(care.Closed(kindergarten=sol.id))
    assert leading.audit("kindergarten", sol.id) == [(leading.ingrid, "leder", "active", "closed")]


def test_a_closed_kindergarten_can_be_taken_in_again(leading: Leading) -> None:
    sol = leading.kindergarten(SOL)
    leading.perform(care.Closed(kindergarten=sol.id))
    added = care.Added(orgnr=sol.orgnr, name=sol.name, municipality=sol.municipality_id, owner=sol.owner_id)
    leading.perform(added)
    assert leading.kindergarten(SOL).id == sol.id
    assert len(leading.audit("kindergarten", sol.id)) == 2


def test_a_kindergarten_moves_from_the_owner_that_was_shown(leading: Leading) -> None:
    sol, chain, dal = leading.kindergarten(SOL), leading.owner(CHAIN), leading.owner(DAL_OWNER)
    moved = care.Moved(kindergarten=sol.id, owner=chain, before=dal)
    leading.perform(moved)
    assert leading.uow.register.kindergarten(sol.id).owner_id == chain
    with pytest.raises(AlreadyChanged):
        leading.perform(moved)
    assert leading.audit("kindergarten", sol.id) == [
        (leading.ingrid, "leder", f"owner {dal}", f"owner {chain}")
    ]


def test_a_kindergarten_gets_a_name_instead_of_the_one_that_was_shown(leading: Leading) -> None:
    sol = leading.kindergarten(SOL)
    renamed = care.Renamed(kindergarten=sol.id, name="Nye Sol", before="Solbakken")
    leading.perform(renamed)
    assert leading.uow.register.kindergarten(sol.id).name == "Nye Sol"
    with pytest.raises(AlreadyChanged):
        leading.perform(renamed)
    assert leading.audit("kindergarten", sol.id) == [
        (leading.ingrid, "leder", "name Solbakken", "name Nye Sol")
    ]


@pytest.mark.parametrize("orgnr", [VIPA, TYTTE])
def test_only_what_lies_in_ones_own_network(leading: Leading, orgnr: str) -> None:
    place = leading.kindergarten(orgnr)
    everything: list[care.Change] = [
        head_of(place),
        care.Closed(kindergarten=place.id),
        care.Moved(kindergarten=place.id, owner=leading.owner(DAL_OWNER), before=place.owner_id),
        care.Renamed(kindergarten=place.id, name="Ny", before=place.name),
        care.Added(orgnr=GONE, name="Ny", municipality=place.municipality_id, owner=place.owner_id),
    ]
    for change in everything:
        with pytest.raises(NotAllowed):
            leading.perform(change)
    assert leading.kindergarten(orgnr) == place


@pytest.mark.parametrize("email", ["per@melhus.example", "kari@melhus.example", "bodil@county.example"])
def test_only_a_leader(leading: Leading, email: str) -> None:
    eple = leading.kindergarten(EPLE)
    for change in (care.Closed(kindergarten=eple.id), head_of(eple)):
        with pytest.raises(NotAllowed):
            leading.perform(change, leading.person(email))
