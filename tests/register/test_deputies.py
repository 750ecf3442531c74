"""Deputies: who may appoint one, for how long, and that the days hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from domain.clock import local_day
from domain.register import deputies
from domain.register.errors import AlreadyChanged, HeldAnyway, InvalidPeriod
from domain.register.models import Person, Role, Scope, ScopeKind
from domain.register.rights import NotAllowed
from storage.database import Database
from tests.register.registers import DAL_OWNER, SOL, VIPA
from tests.register.test_care import Leading
from tests.storage.seeds import NOW, Seeds

TODAY = local_day(NOW)
DAY = timedelta(days=1)


class Town(Leading):
    """Per owns as Melhus kommune, Kari is head of Solbakken, and Ingrid leads the network; Ola leads another."""

    def scope(self, role: Role, orgnr: str) -> Scope:
        if role is Role.OWNER:
            return Scope(kind=ScopeKind.OWNER, id=self.owner(orgnr))
        return Scope(kind=ScopeKind.KINDERGARTEN, id=self.kindergarten(orgnr).id)

    def appoint(
        self,
        who: str,
        role: Role,
        orgnr: str,
        starts: date = TODAY,
        ends: date = TODAY + 10 * DAY,
        email: str = "siv@ny.example",
    ) -> Person:
        scope = self.scope(role, orgnr)
        return deputies.appoint(self.uow, self.person(who), role, scope, "Siv Wold", email, starts, ends, NOW)


PER, KARI, INGRID, OLA = (
    "per@melhus.example",
    "kari@melhus.example",
    "ingrid@gauldal.example",
    "ola@fosen.example",
)


@pytest.fixture
def town(database: Database, seeds: Seeds) -> Iterator[Town]:
    database.today = lambda: TODAY
    with database.unit_of_work() as uow:
        yield Town(uow)


@pytest.mark.parametrize(
    ("who", "role", "orgnr", "acting"),
    [
        (PER, Role.OWNER, DAL_OWNER, "eier"),
        (KARI, Role.HEAD, SOL, "styrer"),
        (INGRID, Role.OWNER, DAL_OWNER, "leder"),
        (INGRID, Role.HEAD, SOL, "leder"),
    ],
)
def test_who_may_appoint(town: Town, who: str, role: Role, orgnr: str, acting: str) -> None:
    siv = town.appoint(who, role, orgnr)
    (held,) = town.uow.register.roles_of(siv.id)
    assert (held.role, held.starts, held.ends) == (role, TODAY, TODAY + 10 * DAY)
    scope = f"{role.value} {held.scope.kind.value} {held.scope.id}"
    assert town.audit("deputy", siv.id) == [
        (town.person(who), acting, None, f"{scope} {TODAY}/{TODAY + 10 * DAY}")
    ]


@pytest.mark.parametrize(
    ("who", "role", "orgnr"),
    [(PER, Role.HEAD, SOL), (KARI, Role.OWNER, DAL_OWNER), (OLA, Role.HEAD, SOL), (INGRID, Role.HEAD, VIPA)],
)
def test_who_may_not(town: Town, who: str, role: Role, orgnr: str) -> None:
    with pytest.raises(NotAllowed):
        town.appoint(who, role, orgnr)
    assert town.uow.register.deputies() == []


def test_a_deputy_appoints_nobody(town: Town) -> None:
    town.appoint(PER, Role.OWNER, DAL_OWNER)
    with pytest.raises(NotAllowed):
        town.appoint("siv@ny.example", Role.OWNER, DAL_OWNER, email="eva@ny.example")


@pytest.mark.parametrize(("first", "last"), [(5, 4), (-5, -1), (0, deputies.LONGEST), (-deputies.LONGEST, 0)])
def test_days_that_cannot_hold(town: Town, first: int, last: int) -> None:
    with pytest.raises(InvalidPeriod):
        town.appoint(PER, Role.OWNER, DAL_OWNER, TODAY + first * DAY, TODAY + last * DAY)


def test_who_has_the_role_needs_no_days(town: Town) -> None:
    with pytest.raises(HeldAnyway):
        town.appoint(PER, Role.OWNER, DAL_OWNER, email=PER)


def test_new_days_take_the_place_of_the_old(town: Town) -> None:
    siv = town.appoint(PER, Role.OWNER, DAL_OWNER)
    town.appoint(PER, Role.OWNER, DAL_OWNER, TODAY + DAY, TODAY + 2 * DAY)
    (held,) = town.uow.register.deputies()
    assert (held.starts, held.ends) == (TODAY + DAY, TODAY + 2 * DAY)
    first, second = town.audit("deputy", siv.id)
    assert second[2] == first[3]


@pytest.mark.parametrize("who", [PER, INGRID])
@pytest.mark.parametrize("starts", [TODAY, TODAY + DAY])
def test_the_time_is_ended_early_once(town: Town, who: str, starts: date) -> None:
    siv = town.appoint(PER, Role.OWNER, DAL_OWNER, starts)
    (held,) = deputies.managed(town.uow, town.person(who))
    deputies.end(town.uow, town.person(who), siv.id, held.role, held.scope, NOW)
    assert town.uow.register.roles_of(siv.id) == town.uow.register.deputies() == []
    with pytest.raises(AlreadyChanged):
        deputies.end(town.uow, town.person(who), siv.id, held.role, held.scope, NOW)
    assert town.audit("deputy", siv.id)[-1][3] == "ended"


def test_a_deputy_is_not_everybodys_to_end(town: Town) -> None:
    siv = town.appoint(PER, Role.OWNER, DAL_OWNER)
    scope = town.scope(Role.OWNER, DAL_OWNER)
    for who in (KARI, OLA, "siv@ny.example"):
        assert deputies.managed(town.uow, town.person(who)) == []
        with pytest.raises(NotAllowed):
            deputies.end(town.uow, town.person(who), siv.id, Role.OWNER, scope, NOW)
