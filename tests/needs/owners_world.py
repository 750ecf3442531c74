"""Owners with kindergartens in two networks, and needs that their heads have sent, on a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest

from domain.needs.heads import head
from domain.needs.models import NeedsReport, OwnersReport
from domain.needs.owners import owner, sending
from domain.ports import UnitOfWork
from domain.register.models import Role, ScopeKind
from domain.register.rows import KindergartenRow
from storage.database import Database
from storage.errors import DatabaseBusy
from tests.databases import Databases
from tests.protocol.need import ANSWERS
from tests.register.registers import DAL_OWNER, SMALL, person
from tests.rounds.contract import make_round
from tests.storage.seeds import NOW

T = TypeVar("T")
OBLIGATORY = {"plan": "Lek er satsing i planen vår.", "union": "yes"}
MORE = {"Bekken": "102001079", "Elva": "102001087"}
REGISTER = SMALL.model_copy(
    update={
        "kindergartens": (
            *SMALL.kindergartens,
            *(
                KindergartenRow(orgnr=orgnr, name=name, municipality="Melhus", owner_orgnr=DAL_OWNER)
                for name, orgnr in MORE.items()
            ),
        ),
        "people": (
            *SMALL.people,
            person("Pia Lund", "pia@melhus.example", Role.OWNER, ScopeKind.OWNER, DAL_OWNER),
            person("Bo Bekk", "bo@melhus.example", Role.HEAD, ScopeKind.KINDERGARTEN, MORE["Bekken"]),
            person("Eva Elv", "eva@melhus.example", Role.HEAD, ScopeKind.KINDERGARTEN, MORE["Elva"]),
            person("Nils Ness", "nils@kjeden.example", Role.HEAD, ScopeKind.KINDERGARTEN, "102001036"),
            person("Vera Vip", "vera@kjeden.example", Role.HEAD, ScopeKind.KINDERGARTEN, "102001044"),
        ),
    }
)
HEADS = {
    "Kari Nordli": "Solbakken",
    "Bo Bekk": "Bekken",
    "Eva Elv": "Elva",
    "Nils Ness": "Åkerlappen",
    "Vera Vip": "Vipa",
    "Anne Haugen": "Ørreten",
}
OWNERS = {"Melhus kommune": "Per Aune", "Kjeden AS": "Åse Berg", "Tyttebær AS": "Anne Haugen"}


@dataclass
class World:
    """Melhus kommune (Per and Pia) has three kindergartens in Gauldal, Kjeden one there and one in Fosen."""

    database: Database
    people: dict[str, int]
    owners: dict[str, int]
    kindergartens: dict[str, int]
    networks: dict[str, int]

    def do(self, act: Callable[[UnitOfWork], T]) -> T:
        """In a unit of work of its own, committed; begun once more as the Worker does when another was in the way."""
        try:
            return self._done(act)
        except DatabaseBusy:
            return self._done(act)

    def _done(self, act: Callable[[UnitOfWork], T]) -> T:
        with self.database.unit_of_work() as uow:
            result = act(uow)
            uow.commit()
        return result

    def sent(self, who: str, **answers: Any) -> NeedsReport:
        """A complete need that the head has sent to the owner."""

        def write(uow: UnitOfWork) -> NeedsReport:
            me, place = self.people[who], self.kindergartens[HEADS[who]]
            draft = head.start(uow, me, place, NOW)
            given = {**ANSWERS, "title": f"Lek i {HEADS[who]}", **answers}
            written = head.answer(uow, me, draft.id, draft.version, given, NOW)
            return head.submit(uow, me, written.id, written.version, NOW)

        return self.do(write)

    def approved(self, who: str, **answers: Any) -> NeedsReport:
        """The same, approved by its owner."""
        need = self.sent(who, **answers)

        def approve(uow: UnitOfWork) -> NeedsReport:
            owner_id = uow.register.kindergarten(need.kindergarten_id).owner_id
            me = next(self.people[OWNERS[n]] for n, i in self.owners.items() if i == owner_id)
            return owner.approve(uow, me, [need.id], NOW).now[0]

        return self.do(approve)

    def prepared(self, who: str, owner_name: str, network: str, *, whole: bool = True) -> OwnersReport:
        """The owner's report to a network, with everything obligatory answered."""

        def prepare(uow: UnitOfWork) -> OwnersReport:
            me = self.people[who]
            report = sending.prepare(uow, me, self.owners[owner_name], self.networks[network], NOW)
            if not whole:
                return report
            order = (
                {"order": list(range(1, len(report.report_ids) + 1))} if len(report.report_ids) > 1 else {}
            )
            return sending.answer(uow, me, report.id, report.version, {**OBLIGATORY, **order}, NOW)

        return self.do(prepare)

    def send(self, who: str, report: OwnersReport) -> OwnersReport:
        """Sends it, at the version that is given."""
        return self.do(lambda uow: sending.send_in(uow, self.people[who], report.id, report.version, NOW))

    def need(self, need_id: int) -> NeedsReport:
        """The need as it is stored."""
        found = self.do(lambda uow: uow.needs.get(need_id))
        assert found is not None
        return found

    def report(self, report_id: int) -> OwnersReport:
        """The consolidated report as it is stored."""
        found = self.do(lambda uow: uow.owners_reports.get(report_id))
        assert found is not None
        return found

    def told(self, kind: str) -> list[int]:
        """Who gets a message of a kind, in the order of their ids."""
        waiting = self.do(lambda uow: uow.outbox.due(NOW, 1000))
        return sorted(m.person_id or 0 for m in waiting if m.kind.value == kind)

    def audit(self, subject: str, subject_id: int) -> list[tuple[int | None, str | None, str, str | None]]:
        """Who, from what, to what, with what note."""
        rows = self.do(lambda uow: uow.audit.of(subject, subject_id))
        return [(r.person_id, r.before, r.after, r.note) for r in rows]


def build(database: Database) -> World:
    """The world on an empty database."""
    with database.unit_of_work() as uow:
        uow.register.replace_all(REGISTER)
        networks = uow.register.networks()
        for network in networks:
            uow.rounds.save(make_round(network.id))
        owners = {o.name: o.id for n in networks for o in uow.register.owners(n.id)}
        places = {k.name: k.id for n in networks for k in uow.register.kindergartens_in_network(n.id)}
        people = {p.name: p.id for p in uow.register.all_people()}
        uow.commit()
    return World(database, people, owners, places, {n.name: n.id for n in networks})


@pytest.fixture
def world(databases: Databases) -> Iterator[World]:
    """On SQLite: what happens is the same everywhere."""
    made = Database(databases.fresh("sqlite"))
    yield build(made)
    made.close()


@pytest.fixture
def both(database: Database) -> World:
    """On each of the databases: what happens at once is not."""
    return build(database)
