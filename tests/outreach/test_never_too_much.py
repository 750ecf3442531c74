"""Whatever the dates and choices are, nobody is told too much: the planner from day to day, with made-up lives."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from domain.needs.heads.head import declare_no_need
from domain.outbox import REMINDERS, MessageKind
from domain.outreach.models import Level, ReminderChoice
from domain.outreach.planning.hours import may_go_out, opens_at
from domain.outreach.planning.planner import plan_due
from domain.register.models import Role, Scope, ScopeKind
from domain.rounds.models import Round
from storage.database import Database
from tests.delivery.world import FIRST_STEP, head, owner
from tests.outreach.test_planner import deliver

DAYS = st.dates(date(2026, 9, 1), date(2027, 3, 1))


@settings(max_examples=3, deadline=None, phases=(Phase.generate,))
@given(
    needs=DAYS,
    own=st.none() | DAYS,
    level=st.sampled_from(Level),
    paused=st.none() | DAYS,
    answered=DAYS,
    moved=st.tuples(DAYS, DAYS),
)
def test_whatever_happens_nobody_is_told_too_much(
    filled: Path,
    tmp_path_factory: pytest.TempPathFactory,
    needs: date,
    own: date | None,
    level: Level,
    paused: date | None,
    answered: date,
    moved: tuple[date, date],
) -> None:
    """Any dates and choices: one reminder a day and person, in the hours, none after it is done, none twice."""
    file = shutil.copy(filled, tmp_path_factory.mktemp("any") / "domain.db")
    database = Database(f"sqlite:///{file}")
    told: dict[tuple[int | None, date], str] = {}
    with database.unit_of_work() as uow:
        network = uow.register.networks()[0].id
        person, kindergarten = head(uow, 0)
        who = uow.register.person(owner(uow))
        uow.register.add_person_role(
            who.name, who.email, Role.HEAD, Scope(kind=ScopeKind.KINDERGARTEN, id=kindergarten)
        )
        uow.outreach.save_choice(ReminderChoice(person_id=head(uow, 1)[0], level=level, paused_until=paused))
        current = uow.rounds.all_current(FIRST_STEP.date())[0]
        current = uow.rounds.save(at(current, needs))
        if own is not None:
            uow.rounds.set_reply_by(uow.register.owners(network)[0].id, current.id, own)
        done = False
        for number in range(0, 215, 2):
            now = opens_at(date(2026, 8, 20) + timedelta(days=number)) + timedelta(hours=number % 9)
            if not done and now.date() >= answered:
                done = bool(declare_no_need(uow, person, kindergarten, now))
            if now.date() == moved[0]:
                current = uow.rounds.save(at(current, moved[1]))
            plan_due(uow, now)
            for m in deliver(uow, now):
                if m.kind not in REMINDERS:
                    continue
                assert may_go_out(now)
                assert (m.person_id, now.date()) not in told, "twice on one day"
                told[m.person_id, now.date()] = m.key
                assert not (done and m.kind is MessageKind.HEAD_REMINDER and m.person_id == person)
                chooser = m.person_id == head(uow, 1)[0]
                assert not (chooser and (level is Level.OFF or (paused is not None and now.date() < paused)))
            assert plan_due(uow, now + timedelta(minutes=1)) == 0
    database.close()
    assert len(set(told.values())) == len(told)


def at(current: Round, day: date) -> Round:
    """The round with its date for needs on another day."""
    return current.model_copy(update={"deadlines": (current.deadlines[0].model_copy(update={"day": day}),)})
