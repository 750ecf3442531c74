from __future__ import annotations

import pytest

from domain.needs.errors import Stale
from domain.needs.models import OwnersStatus
from domain.ports import UnitOfWork
from storage.database import Database
from tests.storage.seeds import NOW, Seeds, at_once


def test_what_is_added_is_got(uow: UnitOfWork, seeds: Seeds) -> None:
    full = seeds.owners_report(
        sequence=1,
        status=OwnersStatus.SENT,
        version=3,
        answers={"order": [2, 1]},
        report_ids=(7, 3, 5),
        number="2026-E001-T1",
        late=True,
        sent_at=NOW,
    )
    added = uow.owners_reports.add(full)
    assert added == full.model_copy(update={"id": added.id})
    assert uow.owners_reports.get(added.id) == added
    assert uow.owners_reports.get(added.id + 1) is None


def test_saving_follows_the_version(uow: UnitOfWork, seeds: Seeds) -> None:
    first = uow.owners_reports.add(seeds.owners_report())
    second = first.model_copy(update={"version": 2, "report_ids": (2, 1), "status": OwnersStatus.SENT})
    uow.owners_reports.save(second)
    assert uow.owners_reports.get(first.id) == second
    for stale in (first, second, second.model_copy(update={"version": 4})):
        with pytest.raises(Stale):
            uow.owners_reports.save(stale)


def test_an_owners_reports_are_in_sequence(uow: UnitOfWork, seeds: Seeds) -> None:
    supplement = uow.owners_reports.add(seeds.owners_report(sequence=1))
    first = uow.owners_reports.add(seeds.owners_report(status=OwnersStatus.SENT))
    of_other = uow.owners_reports.add(seeds.owners_report(owner_id=seeds.owners[1].id))
    elsewhere = {"network_id": seeds.networks[1].id, "round_id": seeds.rounds[1].id}
    uow.owners_reports.add(seeds.owners_report(**elsewhere))
    mine = seeds.owners[0].id, seeds.networks[0].id, seeds.rounds[0].id
    assert uow.owners_reports.of_owner(*mine) == [first, supplement]
    by_owner = sorted([first, supplement, of_other], key=lambda r: (r.owner_id, r.sequence))
    assert uow.owners_reports.in_round(seeds.rounds[0].id) == by_owner


def test_of_two_who_begin_at_once_one_is_stale(database: Database, seeds: Seeds) -> None:
    def begin() -> int:
        with database.unit_of_work() as uow:
            added = uow.owners_reports.add(seeds.owners_report())
            uow.commit()
            return added.id

    outcomes = at_once(begin, begin, begin)
    assert [type(o) for o in outcomes if not isinstance(o, int)] == [Stale, Stale]
    with database.unit_of_work() as uow:
        assert len(uow.owners_reports.in_round(seeds.rounds[0].id)) == 1
