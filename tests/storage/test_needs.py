from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.needs.errors import Stale
from domain.needs.models import NeedsReport, Status
from domain.ports import UnitOfWork
from storage.database import Database
from storage.tables import needs_revision
from tests.storage.seeds import NOW, Seeds, at_once


def test_what_is_added_is_got(uow: UnitOfWork, seeds: Seeds) -> None:
    full = seeds.need(
        status=Status.RETURNED,
        version=4,
        revision=2,
        answers={"title": "Språk – «æøå» 🌱", "themes": ["b", "a"], "count": 3, "yes": True, "none": None},
        number="2026-F001",
        late=True,
        comment="Hvem skal være med?",
        submitted_at=NOW + timedelta(microseconds=17),
    )
    added = uow.needs.add(full)
    assert added.id > 0
    assert added == full.model_copy(update={"id": added.id})
    assert uow.needs.get(added.id) == added
    assert list(uow.needs.get(added.id).answers) == ["title", "themes", "count", "yes", "none"]  # type: ignore[union-attr]
    assert uow.needs.get(added.id + 1) is None


def test_text_that_a_database_refuses_is_stored_without_it(uow: UnitOfWork, seeds: Seeds) -> None:
    strange = seeds.need(comment="a\x00b\ud83d", answers={"title": "a\x00b\ud83d"})
    stored = uow.needs.get(uow.needs.add(strange).id)
    assert stored is not None
    assert stored.comment == "ab?"
    assert stored.answers == strange.answers


def test_saving_follows_the_version(uow: UnitOfWork, seeds: Seeds) -> None:
    first = uow.needs.add(seeds.need())
    second = first.model_copy(update={"version": 2, "status": Status.SENT_TO_OWNER, "answers": {"a": 1}})
    uow.needs.save(second)
    assert uow.needs.get(first.id) == second
    for stale in (second, second.model_copy(update={"version": 4}), first):
        with pytest.raises(Stale):
            uow.needs.save(stale)
    with pytest.raises(Stale):
        uow.needs.save(second.model_copy(update={"id": first.id + 1, "version": 3}))
    assert uow.needs.get(first.id) == second


def test_of_two_who_save_at_once_one_is_stale(database: Database, seeds: Seeds) -> None:
    with database.unit_of_work() as uow:
        report = uow.needs.add(seeds.need())
        uow.commit()

    def save(comment: str) -> str:
        with database.unit_of_work() as uow:
            uow.needs.save(report.model_copy(update={"version": 2, "comment": comment}))
            uow.commit()
        return comment

    outcomes = at_once(*[lambda c=c: save(c) for c in "abcd"])
    winners = [o for o in outcomes if isinstance(o, str)]
    assert len(winners) == 1
    assert [type(o) for o in outcomes if not isinstance(o, str)] == [Stale] * 3
    with database.unit_of_work() as uow:
        assert uow.needs.get(report.id) == report.model_copy(update={"version": 2, "comment": winners[0]})


def test_a_kindergartens_needs_are_oldest_first_without_the_withdrawn(uow: UnitOfWork, seeds: Seeds) -> None:
    later = uow.needs.add(seeds.need(created_at=NOW + timedelta(days=1)))
    earlier = uow.needs.add(seeds.need())
    uow.needs.add(seeds.need(status=Status.WITHDRAWN))
    uow.needs.add(seeds.need(kindergarten_id=seeds.kindergartens[1].id))
    uow.needs.add(seeds.need(round_id=seeds.rounds[1].id))
    assert uow.needs.of_kindergarten(seeds.kindergartens[0].id, seeds.rounds[0].id) == [earlier, later]


@pytest.mark.parametrize("others", [0, 40_000])
def test_needs_of_kindergartens_few_or_many(uow: UnitOfWork, seeds: Seeds, others: int) -> None:
    first, second = sorted(k.id for k in seeds.kindergartens)
    of_second = uow.needs.add(seeds.need(kindergarten_id=second))
    later = uow.needs.add(seeds.need(kindergarten_id=first, created_at=NOW + timedelta(hours=1)))
    earlier = uow.needs.add(seeds.need(kindergarten_id=first))
    uow.needs.add(seeds.need(kindergarten_id=first, status=Status.WITHDRAWN))
    asked = [second, first, *range(1000, 1000 + others)]
    assert uow.needs.of_kindergartens(asked, seeds.rounds[0].id) == [earlier, later, of_second]
    assert uow.needs.of_kindergartens(asked[:1] + asked[2:], seeds.rounds[0].id) == [of_second]
    assert uow.needs.of_kindergartens([], seeds.rounds[0].id) == []


def test_needs_of_a_round_by_status(uow: UnitOfWork, seeds: Seeds) -> None:
    added = {s: uow.needs.add(seeds.need(status=s)) for s in Status}
    uow.needs.add(seeds.need(status=Status.DRAFT, round_id=seeds.rounds[1].id))
    wanted = [Status.APPROVED, Status.WITHDRAWN]
    assert uow.needs.in_round(seeds.rounds[0].id, wanted) == [added[s] for s in wanted]
    assert uow.needs.in_round(seeds.rounds[0].id, []) == []


def test_numbers_run_from_one_in_each_round(database: Database, seeds: Seeds) -> None:
    first, second = (r.id for r in seeds.rounds)
    with database.unit_of_work() as uow:
        assert [uow.needs.next_number(r) for r in (first, first, second, first)] == [1, 2, 1, 3]
        uow.commit()
    with database.unit_of_work() as uow:
        assert uow.needs.next_number(first) == 4
    with database.unit_of_work() as uow:
        assert uow.needs.next_number(first) == 4


def test_numbers_are_unique_for_units_of_work_at_once(database: Database, seeds: Seeds) -> None:
    def send(number: int) -> NeedsReport:
        with database.unit_of_work() as uow:
            receipt = f"2026-{uow.needs.next_number(seeds.rounds[0].id):03}"
            report = uow.needs.add(seeds.need(number=receipt))
            if number % 3:
                uow.commit()
        return report

    sent = at_once(*[lambda n=n: send(n) for n in range(24)])
    assert not [o for o in sent if isinstance(o, Exception)]
    with database.unit_of_work() as uow:
        stored = uow.needs.in_round(seeds.rounds[0].id, list(Status))
        assert len({r.number for r in stored}) == len(stored) == 16
        assert uow.needs.next_number(seeds.rounds[0].id) == 17


def test_a_frozen_revision_stays_as_it_was(database: Database, seeds: Seeds) -> None:
    with database.unit_of_work() as uow:
        report = uow.needs.add(seeds.need(revision=1, answers={"title": "Først"}))
        uow.needs.freeze(report)
        uow.needs.freeze(report.model_copy(update={"answers": {"title": "Omskrevet"}}))
        uow.needs.freeze(report.model_copy(update={"revision": 2, "answers": {"title": "Siden"}}))
        uow.commit()
    with database.engine.connect() as connection:
        rows = connection.execute(select(needs_revision).order_by(needs_revision.c.revision)).all()
    contents = [NeedsReport.model_validate(row.content) for row in rows]
    assert contents[0] == report
    assert [c.title for c in contents] == ["Først", "Siden"]


def test_what_came_into_a_state_at_the_same_moment(uow: UnitOfWork, seeds: Seeds) -> None:
    """To the microsecond, in the same round and state."""
    moment = NOW + timedelta(microseconds=17)
    same: dict[str, object] = {"status": Status.PRIORITISED, "updated_at": moment}
    first = uow.needs.add(seeds.need(**same))
    uow.needs.add(seeds.need(status=Status.PRIORITISED, updated_at=NOW))
    uow.needs.add(seeds.need(status=Status.ON_HOLD, updated_at=moment))
    uow.needs.add(seeds.need(**same, round_id=seeds.rounds[1].id))
    second = uow.needs.add(seeds.need(**same, kindergarten_id=seeds.kindergartens[1].id))
    expected = [(first.id, first.kindergarten_id), (second.id, second.kindergarten_id)]
    assert uow.needs.changed_with(second) == expected
