"""Several processes plan the same morning at the same time."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from delivery.ticker import Ticker
from domain.clock import OSLO
from domain.outbox import OutboxState
from domain.outreach.planning.planner import plan_due
from domain.register.models import Role, Scope, ScopeKind
from storage.database import Database
from storage.worker import Worker
from tests.delivery.world import DEADLINE, fill, head, owner
from tests.storage.seeds import at_once

MORNING = datetime(2026, 11, 30, 8, 0, tzinfo=OSLO)
EVE = datetime(2026, 11, 27, 8, 0, tzinfo=OSLO)


class _Clock:
    def now(self) -> datetime:
        return MORNING


@pytest.mark.parametrize("portions", [False, True], ids=["in one", "in portions"])
def test_each_person_gets_one_message_however_many_plan(database: Database, portions: bool) -> None:
    """Also when what is to be said changed between them: nobody is told twice."""
    with database.unit_of_work() as uow:
        fill(uow, heads=4)
        who, kindergarten = uow.register.person(owner(uow)), head(uow, 0)[1]
        place = Scope(kind=ScopeKind.KINDERGARTEN, id=kindergarten)
        uow.register.add_person_role(who.name, who.email, Role.HEAD, place)
        current = uow.rounds.all_current(EVE.date())[0]
        owner_id = uow.register.owners(current.network_id)[0].id
        # With the network's own date as the svarfrist, the heads' eve comes on the day of the owner's.
        uow.rounds.set_reply_by(owner_id, current.id, DEADLINE)
        uow.commit()

    def plan_morning() -> None:
        with database.unit_of_work() as uow:
            plan_due(uow, MORNING)
            uow.commit()

    def plan_in_portions() -> None:
        asyncio.run(_tick(database))

    assert at_once(*[plan_in_portions if portions else plan_morning] * 3) == [None] * 3
    with database.unit_of_work() as uow:
        waiting = uow.outbox.due(datetime(2026, 11, 30, 9, 0, tzinfo=OSLO), 100)
        counts = uow.outbox.counts()
        assert plan_due(uow, MORNING) == 0
    assert len({m.person_id for m in waiting}) == len(waiting) == 5
    assert counts[OutboxState.OBSOLETE.value] == 1


async def _tick(database: Database) -> None:
    async def forget() -> int:
        return 0

    worker = Worker(database)
    try:
        await Ticker(worker, _Clock(), lambda: None, forget)()
    finally:
        worker.close()
