"""Several processes plan the same morning at the same time."""

from __future__ import annotations

from datetime import datetime

from domain.clock import OSLO
from domain.outbox import OutboxState
from domain.outreach.planning.planner import plan_due
from domain.register.models import Role, Scope, ScopeKind
from storage.database import Database
from tests.delivery.world import DEADLINE, fill, head, owner
from tests.storage.seeds import at_once

EVE = datetime(2026, 11, 27, 8, 0, tzinfo=OSLO)


def test_each_person_gets_one_message_however_many_plan(database: Database) -> None:
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

    def plan_morning() -> int:
        with database.unit_of_work() as uow:
            added = plan_due(uow, datetime(2026, 11, 30, 8, 0, tzinfo=OSLO))
            uow.commit()
            return added

    found = at_once(plan_morning, plan_morning, plan_morning)
    assert sorted(found, key=str) == [0, 0, 5]
    with database.unit_of_work() as uow:
        waiting = uow.outbox.due(datetime(2026, 11, 30, 9, 0, tzinfo=OSLO), 100)
        counts = uow.outbox.counts()
    assert len({m.person_id for m in waiting}) == len(waiting) == 5
    assert counts[OutboxState.OBSOLETE.value] == 1
