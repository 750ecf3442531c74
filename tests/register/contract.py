"""What every RegisterRepository must do; a test module subclasses this and gives the `register` fixture.

`register` is an empty repository, and everything a test does in it may happen in one unit of work.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.register.errors import (
    InvalidKindergarten,
    InvalidPerson,
    NotInRegister,
    OrgnrTaken,
    WrongScope,
)
from domain.register.models import (
    EVERYTHING,
    FORGOTTEN,
    Kindergarten,
    Network,
    Owner,
    Person,
    Role,
    RoleAssignment,
    Scope,
    ScopeKind,
)
from domain.register.repository import RegisterRepository, SheetCounts
from domain.register.rows import KindergartenRow, NetworkRow, RegisterFile
from tests.register.registers import (
    CHAIN,
    DAL_OWNER,
    EPLE,
    GONE,
    SINGLE,
    SMALL,
    SOL,
    TYTTE,
    VIPA,
    person,
)

TODAY = date(2026, 11, 22)
"""The day on which the repositories of these tests are asked."""
DAY = timedelta(days=1)


def names(items: list[Network] | list[Owner] | list[Kindergarten] | list[Person]) -> list[str]:
    return [item.name for item in items]


def network(register: RegisterRepository, name: str) -> Network:
    found = register.network_by_name(name)
    assert found is not None
    return found


def kindergarten(register: RegisterRepository, orgnr: str) -> Kindergarten:
    everywhere = [k for n in register.networks() for k in register.kindergartens_in_network(n.id)]
    return next(k for k in everywhere if k.orgnr == orgnr)


def known(register: RegisterRepository, email: str) -> Person:
    found = register.person_by_email(email)
    assert found is not None
    return found


def without(file: RegisterFile, orgnr: str) -> RegisterFile:
    return file.model_copy(
        update={
            "kindergartens": tuple(k for k in file.kindergartens if k.orgnr != orgnr),
            "people": tuple(p for p in file.people if p.scope != orgnr),
        }
    )


class RegisterContract:
    @pytest.fixture
    def filled(self, register: RegisterRepository) -> RegisterRepository:
        register.replace_all(SMALL)
        return register

    def test_empty_register_knows_nobody(self, register: RegisterRepository) -> None:
        assert register.networks() == []
        assert register.all_people() == []
        assert register.export() == RegisterFile()
        assert register.network_by_name("Gauldal") is None

    def test_first_import_adds_everything(self, register: RegisterRepository) -> None:
        counts = register.replace_all(SMALL)
        assert counts.networks == SheetCounts(added=2)
        assert counts.municipalities == SheetCounts(added=3)
        assert counts.owners == SheetCounts(added=3)
        assert counts.kindergartens == SheetCounts(added=4)
        assert counts.people == SheetCounts(added=8)
        assert counts.roles == SheetCounts(added=10)

    def test_export_is_what_was_imported(self, filled: RegisterRepository) -> None:
        assert filled.export() == SMALL.in_order()

    def test_importing_the_export_changes_nothing(self, filled: RegisterRepository) -> None:
        people = filled.all_people()
        counts = filled.replace_all(filled.export())
        assert counts.networks == SheetCounts(unchanged=2)
        assert counts.kindergartens == SheetCounts(unchanged=4)
        assert counts.people == SheetCounts(unchanged=8)
        assert counts.roles == SheetCounts(unchanged=10)
        assert filled.all_people() == people

    def test_lists_are_in_norwegian_order(self, filled: RegisterRepository) -> None:
        fosen = network(filled, "Fosen")
        assert [m.name for m in filled.municipalities(fosen.id)] == ["Ørland", "Åfjord"]
        assert names(filled.kindergartens_in_network(fosen.id)) == ["Vipa", "Ørreten"]
        assert names(filled.all_people())[-1] == "Åse Berg"

    @pytest.mark.parametrize("text", ["Gauldal", "gauldal", "Gauldalsregionen", "gauldalen", " GAULDAL "])
    def test_network_is_found_as_people_write_it(self, filled: RegisterRepository, text: str) -> None:
        assert network(filled, text).name == "Gauldal"
        assert network(filled, text).uh == ("DMMH",)

    @pytest.mark.parametrize("text", ["", "Oslo", "nettverket", "Gauldal og Fosen"])
    def test_unknown_network_is_none(self, filled: RegisterRepository, text: str) -> None:
        assert filled.network_by_name(text) is None

    def test_owners_of_a_network_have_kindergartens_there(self, filled: RegisterRepository) -> None:
        assert names(filled.owners(network(filled, "Gauldal").id)) == ["Kjeden AS", "Melhus kommune"]
        assert names(filled.owners(network(filled, "Fosen").id)) == ["Kjeden AS", "Tyttebær AS"]

    def test_a_chain_is_split_by_network(self, filled: RegisterRepository) -> None:
        fosen = network(filled, "Fosen")
        chain = filled.owners(fosen.id)[0]
        assert names(filled.kindergartens_of_owner(chain.id)) == ["Vipa", "Åkerlappen"]
        assert names(filled.kindergartens_of_owner(chain.id, fosen.id)) == ["Vipa"]

    def test_a_kindergarten_leads_to_its_surroundings(self, filled: RegisterRepository) -> None:
        vipa = kindergarten(filled, VIPA)
        assert filled.kindergarten(vipa.id) == vipa
        assert filled.network_of_kindergarten(vipa.id).name == "Fosen"
        assert filled.owner(vipa.owner_id).name == "Kjeden AS"
        assert filled.municipality(vipa.municipality_id).name == "Ørland"
        assert filled.network(network(filled, "Fosen").id).county == "Trøndelag"
        assert names(filled.kindergartens_in_municipality(vipa.municipality_id)) == ["Vipa"]

    def test_what_has_never_been_is_not_in_the_register(self, filled: RegisterRepository) -> None:
        asked = {
            "network": filled.network,
            "municipality": filled.municipality,
            "owner": filled.owner,
            "kindergarten": filled.kindergarten,
            "person": filled.person,
        }
        for kind, ask in asked.items():
            with pytest.raises(NotInRegister) as refused:
                ask(4711)
            assert (refused.value.kind, refused.value.id) == (kind, 4711)
        with pytest.raises(NotInRegister):
            filled.network_of_kindergarten(4711)

    def test_a_person_is_found_by_address_in_any_case(self, filled: RegisterRepository) -> None:
        kari = known(filled, " Kari@Melhus.EXAMPLE ")
        assert kari.name == "Kari Nordli"
        assert kari.first_name == "Kari"
        assert filled.person(kari.id) == kari
        assert filled.person_by_email("ukjent@melhus.example") is None

    def test_roles_come_in_the_order_of_role(self, filled: RegisterRepository) -> None:
        per = known(filled, "per@melhus.example")
        melhus = filled.municipalities(network(filled, "Gauldal").id)[0]
        owner = next(o for o in filled.owners(melhus.network_id) if o.orgnr == DAL_OWNER)
        assert filled.roles_of(per.id) == [
            RoleAssignment(person_id=per.id, role=Role.OWNER, scope=Scope(kind=ScopeKind.OWNER, id=owner.id)),
            RoleAssignment(
                person_id=per.id,
                role=Role.AUTHORITY,
                scope=Scope(kind=ScopeKind.MUNICIPALITY, id=melhus.id),
            ),
        ]
        assert filled.roles_of(4711) == []

    def test_who_holds_a_role_for_a_scope_or_for_everything(self, filled: RegisterRepository) -> None:
        gauldal = Scope(kind=ScopeKind.NETWORK, id=network(filled, "Gauldal").id)
        fosen = Scope(kind=ScopeKind.NETWORK, id=network(filled, "Fosen").id)
        assert names(filled.people_with(Role.LEADER, gauldal)) == ["Ingrid Moen"]
        assert names(filled.people_with(Role.COUNTY, gauldal)) == ["Bodil Strøm"]
        assert names(filled.people_with(Role.COUNTY, fosen)) == ["Bodil Strøm", "Gro Lie"]
        assert names(filled.people_with(Role.COUNTY, EVERYTHING)) == ["Bodil Strøm"]
        assert filled.people_with(Role.UH, gauldal) == []

    def test_changes_keep_ids(self, filled: RegisterRepository) -> None:
        sol, gauldal = kindergarten(filled, SOL), network(filled, "Gauldal")
        kari = known(filled, "kari@melhus.example")
        renamed = SMALL.model_copy(
            update={
                "networks": (
                    NetworkRow(name="Gauldalsregionen", county="Trøndelag", uh=("NTNU",)),
                    SMALL.networks[1],
                ),
                "municipalities": (
                    SMALL.municipalities[0].model_copy(update={"network": "Gauldalsregionen"}),
                    *SMALL.municipalities[1:],
                ),
                "kindergartens": (
                    SMALL.kindergartens[0].model_copy(update={"name": "Nye Solbakken"}),
                    *SMALL.kindergartens[1:],
                ),
                "people": (
                    person("Kari Nordli Dahl", "kari@melhus.example", Role.HEAD, ScopeKind.KINDERGARTEN, SOL),
                    person(
                        "Ingrid Moen",
                        "ingrid@gauldal.example",
                        Role.LEADER,
                        ScopeKind.NETWORK,
                        "Gauldalsregionen",
                    ),
                ),
            }
        )
        counts = filled.replace_all(renamed)
        assert counts.networks == SheetCounts(changed=1, unchanged=1)
        assert counts.kindergartens == SheetCounts(changed=1, unchanged=3)
        assert counts.people == SheetCounts(changed=1, unchanged=1, retired=6)
        assert counts.roles == SheetCounts(unchanged=2, retired=8)
        assert filled.kindergarten(sol.id).name == "Nye Solbakken"
        assert filled.network(gauldal.id).uh == ("NTNU",)
        assert known(filled, "kari@melhus.example") == Person(
            id=kari.id, name="Kari Nordli Dahl", email="kari@melhus.example"
        )
        assert filled.export() == renamed.in_order()

    def test_what_leaves_the_file_is_retired_and_still_there(self, filled: RegisterRepository) -> None:
        tytte, anne = kindergarten(filled, TYTTE), known(filled, "anne@single.example")
        smaller = without(SMALL, TYTTE)
        counts = filled.replace_all(smaller)
        assert counts.kindergartens == SheetCounts(unchanged=3, retired=1)
        assert counts.roles == SheetCounts(unchanged=9, retired=1)
        assert filled.kindergarten(tytte.id) == tytte.model_copy(update={"active": False})
        assert names(filled.kindergartens_in_network(network(filled, "Fosen").id)) == ["Vipa"]
        assert filled.kindergartens_in_municipality(tytte.municipality_id) == []
        assert filled.kindergartens_of_owner(tytte.owner_id) == []
        assert filled.network_of_kindergarten(tytte.id).name == "Fosen"
        assert [r.role for r in filled.roles_of(anne.id)] == [Role.OWNER]
        assert filled.export() == smaller.in_order()

    def test_what_returns_has_its_old_id(self, filled: RegisterRepository) -> None:
        tytte = kindergarten(filled, TYTTE)
        filled.replace_all(without(SMALL, TYTTE))
        counts = filled.replace_all(SMALL)
        assert counts.kindergartens == SheetCounts(changed=1, unchanged=3)
        assert kindergarten(filled, TYTTE) == tytte

    def test_who_has_no_role_left_is_a_stranger_with_a_name(self, filled: RegisterRepository) -> None:
        kari = known(filled, "kari@melhus.example")
        filled.replace_all(SMALL.model_copy(update={"people": SMALL.people[1:]}))
        assert filled.person_by_email("kari@melhus.example") is None
        assert kari not in filled.all_people()
        assert filled.roles_of(kari.id) == []
        assert filled.person(kari.id).name == "Kari Nordli"
        filled.replace_all(SMALL)
        assert known(filled, "kari@melhus.example").id == kari.id

    def test_a_network_that_leaves_is_not_listed(self, filled: RegisterRepository) -> None:
        fosen = network(filled, "Fosen")
        only_gauldal = RegisterFile(
            networks=SMALL.networks[:1],
            municipalities=SMALL.municipalities[:1],
            owners=SMALL.owners[:1],
            kindergartens=SMALL.kindergartens[:1],
            people=SMALL.people[:3],
        )
        counts = filled.replace_all(only_gauldal)
        assert counts.networks == SheetCounts(unchanged=1, retired=1)
        assert names(filled.networks()) == ["Gauldal"]
        assert filled.network_by_name("Fosen") is None
        assert filled.network(fosen.id).active is False
        assert filled.municipalities(fosen.id) == []
        assert filled.owners(fosen.id) == []
        assert filled.export() == only_gauldal.in_order()

    def test_a_new_kindergarten_joins(self, filled: RegisterRepository) -> None:
        new = KindergartenRow(orgnr=GONE, name="Ny", municipality="Melhus", owner_orgnr=DAL_OWNER)
        bigger = SMALL.model_copy(update={"kindergartens": (*SMALL.kindergartens, new)})
        assert filled.replace_all(bigger).kindergartens == SheetCounts(added=1, unchanged=4)
        assert names(filled.kindergartens_in_network(network(filled, "Gauldal").id)) == [
            "Ny",
            "Solbakken",
            "Åkerlappen",
        ]

    def test_a_leader_adds_a_new_head(self, filled: RegisterRepository) -> None:
        scope = Scope(kind=ScopeKind.KINDERGARTEN, id=kindergarten(filled, EPLE).id)
        added = filled.add_person_role(" Siv  Wold ", "Siv.Wold@Kjeden.example", Role.HEAD, scope)
        assert (added.name, added.email) == ("Siv Wold", "siv.wold@kjeden.example")
        assert filled.people_with(Role.HEAD, scope) == [added]
        again = filled.add_person_role("Siv", "siv.wold@kjeden.example", Role.HEAD, scope)
        assert again == added
        assert len(filled.roles_of(added.id)) == 1

    def test_a_known_person_gets_one_more_role(self, filled: RegisterRepository) -> None:
        per = known(filled, "per@melhus.example")
        scope = Scope(kind=ScopeKind.KINDERGARTEN, id=kindergarten(filled, SOL).id)
        assert filled.add_person_role("P. Aune", "PER@melhus.example", Role.HEAD, scope) == per
        assert [r.role for r in filled.roles_of(per.id)] == [Role.HEAD, Role.OWNER, Role.AUTHORITY]

    def test_a_role_is_taken_away_once(self, filled: RegisterRepository) -> None:
        kari = known(filled, "kari@melhus.example")
        scope = Scope(kind=ScopeKind.KINDERGARTEN, id=kindergarten(filled, SOL).id)
        filled.remove_person_role(kari.id, Role.HEAD, scope)
        assert filled.people_with(Role.HEAD, scope) == []
        assert filled.person_by_email(kari.email) is None
        filled.remove_person_role(kari.id, Role.HEAD, scope)
        assert filled.add_person_role("Kari", kari.email, Role.HEAD, scope) == kari

    def test_a_role_is_refused_where_it_does_not_belong(self, filled: RegisterRepository) -> None:
        here = Scope(kind=ScopeKind.NETWORK, id=network(filled, "Gauldal").id)
        with pytest.raises(WrongScope):
            filled.add_person_role("Siv Wold", "siv@kjeden.example", Role.HEAD, here)
        with pytest.raises(NotInRegister):
            filled.add_person_role(
                "Siv Wold", "siv@kjeden.example", Role.HEAD, Scope(kind=ScopeKind.KINDERGARTEN, id=4711)
            )
        with pytest.raises(InvalidPerson) as refused:
            filled.add_person_role("Siv Wold", "siv", Role.LEADER, here)
        assert refused.value.field == "email"
        with pytest.raises(InvalidPerson) as refused:
            filled.add_person_role(" ", "siv@kjeden.example", Role.LEADER, here)
        assert refused.value.field == "name"
        assert filled.person_by_email("siv@kjeden.example") is None

    def test_a_retired_kindergarten_takes_nobody_in(self, filled: RegisterRepository) -> None:
        tytte = kindergarten(filled, TYTTE)
        filled.replace_all(without(SMALL, TYTTE))
        with pytest.raises(NotInRegister):
            filled.add_person_role(
                "Siv Wold",
                "siv@kjeden.example",
                Role.HEAD,
                Scope(kind=ScopeKind.KINDERGARTEN, id=tytte.id),
            )

    # --- deputies ---------------------------------------------------------------------------------------------

    @pytest.mark.parametrize(
        ("first", "last", "holds"),
        [
            (0, 0, True),
            (-5, 0, True),
            (0, 5, True),
            (1, 5, False),
            (-5, -1, False),
        ],
    )
    def test_a_deputy_has_the_role_on_the_days_given(
        self, filled: RegisterRepository, first: int, last: int, holds: bool
    ) -> None:
        scope = Scope(kind=ScopeKind.OWNER, id=self._owner(filled, DAL_OWNER).id)
        siv = filled.add_person_role(
            "Siv Wold", "siv@melhus.example", Role.OWNER, scope, TODAY + first * DAY, TODAY + last * DAY
        )
        assert (siv in filled.people_with(Role.OWNER, scope)) is holds
        assert (siv in filled.all_people()) is holds
        assert (filled.person_by_email(siv.email) == siv) is holds
        assert bool(filled.roles_of(siv.id)) is holds
        assert [r.person_id for r in filled.deputies()] == ([] if last < 0 else [siv.id])

    def test_a_deputys_days_can_be_changed_and_the_role_be_given_for_good(
        self, filled: RegisterRepository
    ) -> None:
        scope = Scope(kind=ScopeKind.OWNER, id=self._owner(filled, DAL_OWNER).id)
        who = ("Siv Wold", "siv@melhus.example", Role.OWNER, scope)
        siv = filled.add_person_role(*who, TODAY + DAY, TODAY + 2 * DAY)
        filled.add_person_role(*who, TODAY, TODAY + DAY)
        (held,) = filled.roles_of(siv.id)
        assert (held.starts, held.ends) == (TODAY, TODAY + DAY)
        filled.add_person_role(*who)
        (held,) = filled.roles_of(siv.id)
        assert (held.starts, held.ends) == (None, None)
        assert filled.deputies() == []
        filled.remove_person_role(siv.id, Role.OWNER, scope)
        assert filled.roles_of(siv.id) == []

    def test_an_import_keeps_what_was_given_by_hand(self, filled: RegisterRepository) -> None:
        owner = Scope(kind=ScopeKind.OWNER, id=self._owner(filled, DAL_OWNER).id)
        sol = Scope(kind=ScopeKind.KINDERGARTEN, id=kindergarten(filled, SOL).id)
        eple = Scope(kind=ScopeKind.KINDERGARTEN, id=kindergarten(filled, EPLE).id)
        siv = filled.add_person_role("Siv Wold", "siv@melhus.example", Role.OWNER, owner, TODAY, TODAY + DAY)
        past = filled.add_person_role(
            "Jo Dal", "jo@melhus.example", Role.OWNER, owner, TODAY - 2 * DAY, TODAY - DAY
        )
        tor = filled.add_person_role("Tor Wold", "tor@melhus.example", Role.HEAD, sol)
        gone = filled.add_person_role("Eva Lund", "eva@melhus.example", Role.HEAD, eple)
        counts = filled.replace_all(without(SMALL, EPLE))
        assert counts.roles == SheetCounts(unchanged=12, retired=2)
        assert [r.role for r in filled.roles_of(siv.id)] == [Role.OWNER]
        assert [r.role for r in filled.roles_of(tor.id)] == [Role.HEAD]
        assert filled.roles_of(gone.id) == filled.roles_of(past.id) == []

    def test_what_a_file_has_named_is_the_files(self, filled: RegisterRepository) -> None:
        sol = Scope(kind=ScopeKind.KINDERGARTEN, id=kindergarten(filled, SOL).id)
        tor = filled.add_person_role("Tor Wold", "tor@melhus.example", Role.HEAD, sol)
        exported = filled.export()
        assert filled.replace_all(exported).roles == SheetCounts(unchanged=11)
        filled.replace_all(SMALL)
        assert filled.roles_of(tor.id) == []

    def test_deputies_are_not_exported(self, filled: RegisterRepository) -> None:
        owner = Scope(kind=ScopeKind.OWNER, id=self._owner(filled, DAL_OWNER).id)
        filled.add_person_role("Siv Wold", "siv@melhus.example", Role.OWNER, owner, TODAY, TODAY + DAY)
        assert filled.export() == SMALL.in_order()
        filled.replace_all(filled.export())
        assert len(filled.deputies()) == 1

    # --- kindergartens ----------------------------------------------------------------------------------------

    def test_a_closed_kindergarten_is_there_for_nobody(self, filled: RegisterRepository) -> None:
        sol, kari = kindergarten(filled, SOL), known(filled, "kari@melhus.example")
        filled.retire_kindergarten(sol.id)
        assert filled.kindergarten(sol.id).active is False
        assert "Solbakken" not in names(filled.kindergartens_in_network(network(filled, "Gauldal").id))
        assert filled.roles_of(kari.id) == []
        assert filled.people_with(Role.HEAD, Scope(kind=ScopeKind.KINDERGARTEN, id=sol.id)) == []
        assert filled.export() == without(SMALL, SOL).in_order()
        assert names(filled.retired_kindergartens(network(filled, "Gauldal").id)) == ["Solbakken"]
        assert filled.retired_kindergartens(network(filled, "Fosen").id) == []
        with pytest.raises(NotInRegister):
            filled.retire_kindergarten(sol.id)

    def test_a_kindergarten_that_opens_again_has_its_people(self, filled: RegisterRepository) -> None:
        sol, kari = kindergarten(filled, SOL), known(filled, "kari@melhus.example")
        filled.retire_kindergarten(sol.id)
        again = filled.add_kindergarten(sol.orgnr, "Solbakken", sol.municipality_id, sol.owner_id)
        assert again.id == sol.id
        assert filled.export() == SMALL.in_order()
        assert [r.role for r in filled.roles_of(kari.id)] == [Role.HEAD]

    def test_a_kindergarten_gets_another_owner(self, filled: RegisterRepository) -> None:
        vipa, single = kindergarten(filled, VIPA), self._owner(filled, SINGLE)
        filled.move_kindergarten(vipa.id, single.id)
        assert filled.kindergarten(vipa.id).owner_id == single.id
        assert names(filled.kindergartens_of_owner(single.id)) == ["Vipa", "Ørreten"]
        assert names(filled.kindergartens_of_owner(self._owner(filled, CHAIN).id)) == ["Åkerlappen"]
        with pytest.raises(NotInRegister):
            filled.move_kindergarten(vipa.id, 4711)

    def test_a_kindergarten_gets_another_name(self, filled: RegisterRepository) -> None:
        vipa = kindergarten(filled, VIPA)
        filled.rename_kindergarten(vipa.id, "  Nye   Vipa ")
        assert filled.kindergarten(vipa.id).name == "Nye Vipa"
        for name in ("", " ", "x" * 201):
            with pytest.raises(InvalidKindergarten) as refused:
                filled.rename_kindergarten(vipa.id, name)
            assert refused.value.field == "name"

    def test_somebody_who_is_forgotten_is_nobody_with_the_same_id(self, filled: RegisterRepository) -> None:
        kari = known(filled, "kari@melhus.example")
        assert filled.anybody(kari.email.upper()) == kari
        filled.forget_person(kari.id)
        assert (filled.person_by_email(kari.email), filled.anybody(kari.email)) == (None, None)
        assert filled.roles_of(kari.id) == []
        assert kari.id not in {p.id for p in filled.all_people()}
        nobody = filled.person(kari.id)
        assert (nobody.id, nobody.name, kari.name in nobody.email) == (kari.id, FORGOTTEN, False)
        filled.forget_person(kari.id)
        assert filled.person(kari.id) == nobody
        with pytest.raises(NotInRegister):
            filled.forget_person(4711)

    def test_a_new_kindergarten_stays_when_a_file_does_not_know_it(self, filled: RegisterRepository) -> None:
        sol = kindergarten(filled, SOL)
        added = filled.add_kindergarten("102\u00a0001\u00a0060", "Ny", sol.municipality_id, sol.owner_id)
        assert (added.orgnr, added.active) == (GONE, True)
        counts = filled.replace_all(SMALL)
        assert counts.kindergartens == SheetCounts(unchanged=4)
        assert filled.kindergarten(added.id).active
        assert filled.replace_all(filled.export()).kindergartens == SheetCounts(unchanged=5)
        assert filled.replace_all(SMALL).kindergartens == SheetCounts(unchanged=4, retired=1)

    @pytest.mark.parametrize("number", ["", "000000000", "123456789", "12345678", "Solbakken"])
    def test_a_number_that_is_none_is_refused(self, filled: RegisterRepository, number: str) -> None:
        sol = kindergarten(filled, SOL)
        with pytest.raises(InvalidKindergarten) as refused:
            filled.add_kindergarten(number, "Ny", sol.municipality_id, sol.owner_id)
        assert refused.value.field == "orgnr"

    @pytest.mark.parametrize(
        ("number", "kind"), [(DAL_OWNER, ScopeKind.OWNER), (VIPA, ScopeKind.KINDERGARTEN)]
    )
    def test_a_number_that_is_taken_is_refused(
        self, filled: RegisterRepository, number: str, kind: ScopeKind
    ) -> None:
        sol = kindergarten(filled, SOL)
        with pytest.raises(OrgnrTaken) as refused:
            filled.add_kindergarten(number, "Ny", sol.municipality_id, sol.owner_id)
        assert refused.value.kind is kind

    def test_a_new_kindergarten_needs_a_place_and_an_owner(self, filled: RegisterRepository) -> None:
        sol = kindergarten(filled, SOL)
        with pytest.raises(NotInRegister):
            filled.add_kindergarten(GONE, "Ny", 4711, sol.owner_id)
        with pytest.raises(NotInRegister):
            filled.add_kindergarten(GONE, "Ny", sol.municipality_id, 4711)

    def _owner(self, register: RegisterRepository, orgnr: str) -> Owner:
        return next(o for o in register.all_owners() if o.orgnr == orgnr)
