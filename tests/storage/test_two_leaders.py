"""Two who lead a network act on its meetings at the same moment: nothing is lost, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from domain.ports import UnitOfWork
from domain.register.models import Role, Scope, ScopeKind
from domain.rounds import meeting_acts
from domain.rounds.meeting_acts import Acted
from domain.rounds.meetings import MeetingGone, MeetingPlan, MeetingRefused
from domain.rounds.models import Meeting
from storage.database import Database
from tests.storage.seeds import NOW, Seeds, at_once

STARTS = datetime(2027, 1, 14, 8, tzinfo=UTC)


@pytest.fixture
def leaders(database: Database, seeds: Seeds) -> tuple[int, int]:
    """Two leaders of one network."""
    with database.unit_of_work() as uow:
        scope = Scope(kind=ScopeKind.NETWORK, id=seeds.rounds[0].network_id)
        added = [
            uow.register.add_person_role(n, f"{n}@leder.example", Role.LEADER, scope) for n in ("Ida", "Ole")
        ]
        uow.commit()
    return added[0].id, added[1].id


def plan(days: int = 0, title: str = "Møte") -> MeetingPlan:
    starts = STARTS + timedelta(days=days)
    return MeetingPlan(title=title, starts=starts, ends=starts + timedelta(hours=2))


def done(database: Database, act: Callable[[UnitOfWork], Acted]) -> Acted:
    with database.unit_of_work() as uow:
        acted = act(uow)
        uow.commit()
    return acted


def add(uow: UnitOfWork, *, person: int, round_: int, wanted: MeetingPlan) -> Acted:
    return meeting_acts.add(uow, person, round_, wanted, NOW)


def change(uow: UnitOfWork, *, person: int, round_: int, wanted: MeetingPlan) -> Acted:
    return meeting_acts.change(uow, person, round_, 1, 0, wanted, NOW)


def stored(database: Database, round_id: int) -> tuple[Meeting, ...]:
    with database.unit_of_work() as uow:
        return uow.rounds.get(round_id).meetings


def test_two_meetings_at_once_are_both_there(
    database: Database, seeds: Seeds, leaders: tuple[int, int]
) -> None:
    here = seeds.rounds[0].id
    acts = (partial(add, person=p, round_=here, wanted=plan(n)) for n, p in enumerate(leaders))
    outcomes = at_once(*(partial(done, database, act) for act in acts))
    assert all(isinstance(o, Acted) for o in outcomes), outcomes
    assert [m.starts for m in stored(database, here)] == [plan(0).starts, plan(1).starts]
    assert {m.id for m in stored(database, here)} == {1, 2}


def test_the_same_meeting_at_once_is_there_once(
    database: Database, seeds: Seeds, leaders: tuple[int, int]
) -> None:
    here = seeds.rounds[0].id
    acts = (partial(add, person=p, round_=here, wanted=plan()) for p in leaders)
    outcomes = at_once(*(partial(done, database, act) for act in acts))
    assert {type(o) for o in outcomes} == {Acted, MeetingRefused}
    assert len(stored(database, here)) == 1


def test_of_two_changes_at_once_one_holds(database: Database, seeds: Seeds, leaders: tuple[int, int]) -> None:
    here = seeds.rounds[0].id
    done(database, partial(add, person=leaders[0], round_=here, wanted=plan()))
    acts = (partial(change, person=p, round_=here, wanted=plan(n + 1)) for n, p in enumerate(leaders))
    outcomes = at_once(*(partial(done, database, act) for act in acts))
    assert {type(o) for o in outcomes} == {Acted, MeetingGone}
    (meeting,) = stored(database, here)
    assert meeting.changes == 1
    with database.unit_of_work() as uow:
        assert len(uow.audit.of("round", here)) == 2
