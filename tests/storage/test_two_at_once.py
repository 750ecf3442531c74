"""Two people press at the same moment: one of them acts, and nothing is done, told or noted twice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from domain.errors import DomainError
from domain.needs.acting import perform
from domain.needs.heads import head
from domain.needs.lifecycle import Act
from domain.needs.models import NeedsReport, OwnersStatus, Status
from domain.needs.owners import owner, sending
from domain.outbox import OutboxMessage, OutboxState
from domain.ports import UnitOfWork
from domain.register.models import Role, Scope, ScopeKind
from storage.database import Database
from tests.protocol.need import ANSWERS
from tests.storage.seeds import NOW, Seeds, at_once

COMPLETE = {**ANSWERS, "title": "Natur som rom"}
ROUNDS = 3
"""How often each pair is tried: the moments differ."""


@pytest.fixture
def cast(database: Database, seeds: Seeds) -> dict[str, int]:
    """Everybody's id; Per has a colleague who acts for the same owner."""
    with database.unit_of_work() as uow:
        mine = next(k for k in uow.register.kindergartens_in_network(_network(uow)) if k.name == "Solbakken")
        scope = Scope(kind=ScopeKind.OWNER, id=mine.owner_id)
        uow.register.add_person_role("Pia Lund", "pia@melhus.example", Role.OWNER, scope)
        uow.commit()
        return {p.name: p.id for p in uow.register.all_people()}


def _network(uow: UnitOfWork) -> int:
    return next(n.id for n in uow.register.networks() if n.name == "Gauldal")


def _done(database: Database, do: Callable[[UnitOfWork], object]) -> object:
    with database.unit_of_work() as uow:
        result = do(uow)
        uow.commit()
    return result


def _sent(database: Database, kari: int) -> NeedsReport:
    """A complete need that lies with its owner."""
    with database.unit_of_work() as uow:
        mine = next(k for k in uow.register.kindergartens_in_network(_network(uow)) if k.name == "Solbakken")
        report = head.start(uow, kari, mine.id, NOW)
        report = head.answer(uow, kari, report.id, report.version, COMPLETE, NOW)
        report = head.submit(uow, kari, report.id, report.version, NOW)
        uow.commit()
    return report


def _moves(database: Database, report_id: int) -> list[tuple[str | None, str]]:
    with database.unit_of_work() as uow:
        return [(r.before, r.after) for r in uow.audit.of("needs_report", report_id)]


PAIRS = {
    "approve and approve": (("Per Aune", Act.APPROVE), ("Pia Lund", Act.APPROVE)),
    "approve and return": (("Per Aune", Act.APPROVE), ("Pia Lund", Act.RETURN)),
    "approve and withdraw": (("Per Aune", Act.APPROVE), ("Kari Nordli", Act.WITHDRAW)),
    "return and not forward": (("Per Aune", Act.RETURN), ("Pia Lund", Act.NOT_FORWARD)),
}


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS.keys())
def test_one_transition(
    database: Database, cast: dict[str, int], pair: tuple[tuple[str, Act], tuple[str, Act]]
) -> None:
    """On the same version only one of two acts happens, with one audit row and one round of notices."""
    for _ in range(ROUNDS):
        report = _sent(database, cast["Kari Nordli"])
        outcomes = at_once(
            *(
                partial(
                    _done,
                    database,
                    partial(_perform, person=cast[name], report=report.id, act=act, version=report.version),
                )
                for name, act in pair
            )
        )
        done = [o for o in outcomes if isinstance(o, NeedsReport)]
        refused = [o for o in outcomes if isinstance(o, DomainError)]
        assert (len(done), len(refused)) == (1, 1), outcomes
        moves = _moves(database, report.id)
        assert moves == [("utkast", "sendt_til_eier"), ("sendt_til_eier", done[0].status.value)]
        with database.unit_of_work() as uow:
            stored = uow.needs.get(report.id)
            assert stored == done[0]
            about = {"report": stored.id, "version": stored.version}
            assert len([m for m in _waiting(uow) if m.params == about]) == _told(done[0].status)


def _perform(uow: UnitOfWork, person: int, report: int, act: Act, version: int) -> NeedsReport:
    note = "Skriv mer om målet." if act in (Act.RETURN, Act.NOT_FORWARD) else None
    return perform(uow, person, report, act, NOW, version=version, note=note)


def _waiting(uow: UnitOfWork) -> list[OutboxMessage]:
    return uow.outbox.in_state(OutboxState.WAITING, "", 1000)


def _told(status: Status) -> int:
    """Kari is told what her owner did; both who act for the owner that she took it back."""
    return 2 if status is Status.WITHDRAWN else 1


def test_one_consolidated_report(database: Database, cast: dict[str, int]) -> None:
    """Two who act for the same owner prepare and send at once: one report, each need in it once."""
    report = _sent(database, cast["Kari Nordli"])
    per, pia = cast["Per Aune"], cast["Pia Lund"]
    _done(database, lambda uow: owner.approve(uow, per, [report.id], NOW))
    with database.unit_of_work() as uow:
        network, owner_id = _network(uow), uow.register.kindergarten(report.kindergarten_id).owner_id
        prepared = sending.prepare(uow, per, owner_id, network, NOW)
        values = {"plan": "Planen gjelder til 2028.", "union": "yes"}
        prepared = sending.answer(uow, per, prepared.id, prepared.version, values, NOW)
        uow.commit()
    send = [
        partial(
            _done,
            database,
            lambda uow, who=who: sending.send_in(uow, who, prepared.id, prepared.version, NOW),
        )
        for who in (per, pia)
    ]
    outcomes = at_once(*send)
    assert len([o for o in outcomes if isinstance(o, DomainError)]) == 1, outcomes
    assert _moves(database, report.id)[-1] == ("godkjent_av_eier", "meldt_til_nettverket")
    assert len(_moves(database, report.id)) == 3
    with database.unit_of_work() as uow:
        reports = uow.owners_reports.of_owner(owner_id, network, report.round_id)
        assert [(r.status, r.report_ids) for r in reports] == [(OwnersStatus.SENT, (report.id,))]
        assert len(uow.audit.of("owners_report", prepared.id)) == 1


def test_one_answer_is_not_lost_to_another(database: Database, cast: dict[str, int]) -> None:
    """Two devices answer the same draft at once: the second is refused, not written over the first."""
    kari = cast["Kari Nordli"]
    with database.unit_of_work() as uow:
        mine = next(k for k in uow.register.kindergartens_in_network(_network(uow)) if k.name == "Solbakken")
        draft = head.start(uow, kari, mine.id, NOW)
        uow.commit()
    both = [{"title": "Fra telefonen"}, {"title": "Fra PC-en"}]
    outcomes = at_once(
        *(
            partial(
                _done,
                database,
                lambda uow, v=v: head.answer(uow, kari, draft.id, draft.version, v, NOW),
            )
            for v in both
        )
    )
    kept = [o for o in outcomes if isinstance(o, NeedsReport)]
    assert len(kept) == 1
    with database.unit_of_work() as uow:
        assert uow.needs.get(draft.id) == kept[0]
