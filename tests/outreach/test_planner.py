from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from delivery.ticker import housekeeping
from domain.clock import OSLO
from domain.needs.heads.head import declare_no_need
from domain.outbox import MessageKind, OutboxMessage, OutboxState
from domain.outreach.hours import first_opening
from domain.outreach.planner import Reason, bundle, plan_due, planned
from domain.register.models import Role, Scope, ScopeKind
from storage.database import Database
from tests.delivery.world import DEADLINE, FIRST_STEP, fill, head, leader, owner


def test_the_step_that_is_due_is_added_once(database: Database) -> None:
    with database.unit_of_work() as uow:
        assert plan_due(uow, FIRST_STEP) == 5
        assert plan_due(uow, FIRST_STEP + timedelta(minutes=1)) == 0
        waiting = uow.outbox.due(FIRST_STEP, 100)
    assert {m.kind for m in waiting} == {MessageKind.HEAD_REMINDER}
    assert {m.params["step"] for m in waiting} == {"start"}


def test_whoever_has_answered_is_not_reminded(database: Database) -> None:
    with database.unit_of_work() as uow:
        person, kindergarten = head(uow, 2)
        declare_no_need(uow, person, kindergarten, FIRST_STEP)
        assert plan_due(uow, FIRST_STEP) == 4
        assert person not in {m.person_id for m in uow.outbox.due(FIRST_STEP, 100) if "reminder" in m.key}


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 3, 7, 59, tzinfo=OSLO),
        datetime(2026, 11, 3, 16, 0, tzinfo=OSLO),
        datetime(2026, 11, 14, 9, 0, tzinfo=OSLO),
    ],
    ids=["before eight", "after four", "a Saturday"],
)
def test_nothing_is_planned_outside_working_hours(database: Database, moment: datetime) -> None:
    with database.unit_of_work() as uow:
        assert plan_due(uow, moment) == 0


def test_a_date_that_is_not_sure_reminds_nobody(database: Database) -> None:
    with database.unit_of_work() as uow:
        fill(uow, heads=5, confirmed=False)
        assert plan_due(uow, FIRST_STEP) == 0


def test_an_owner_who_is_a_head_too_gets_the_owners_reminder_only(database: Database) -> None:
    both = datetime.combine(DEADLINE - timedelta(days=7), datetime.min.time(), tzinfo=OSLO).replace(hour=9)
    with database.unit_of_work() as uow:
        person = owner(uow)
        kindergarten = Scope(kind=ScopeKind.KINDERGARTEN, id=head(uow, 0)[1])
        who = uow.register.person(person)
        uow.register.add_person_role(who.name, who.email, Role.HEAD, kindergarten)
        plan_due(uow, both)
        mine = [m for m in uow.outbox.due(both, 100) if m.person_id == person]
        assert [m.kind for m in mine] == [MessageKind.OWNER_REMINDER]
        assert uow.outbox.counts()[OutboxState.OBSOLETE.value] == 1
        uow.commit()
    with database.unit_of_work() as uow:
        assert plan_due(uow, both + timedelta(days=1)) == 0, "the head's reminder does not come a day later"


def test_the_second_reminder_of_a_day_waits(database: Database) -> None:
    with database.unit_of_work() as uow:
        plan_due(uow, FIRST_STEP)
        uow.commit()
        # The leader moves the date by a day at ten: other keys, the same people.
        current = uow.rounds.all_current(FIRST_STEP.date())[0]
        moved = current.deadlines[0].model_copy(update={"day": DEADLINE + timedelta(days=1)})
        uow.rounds.save(current.model_copy(update={"deadlines": (moved,)}))
        uow.commit()
        assert plan_due(uow, FIRST_STEP + timedelta(hours=1)) == 0
        assert plan_due(uow, FIRST_STEP + timedelta(days=1)) == 5


def test_bundling_leaves_digests_and_channels_alone() -> None:
    messages = [
        _message("owner", MessageKind.OWNER_REMINDER, 1),
        _message("head", MessageKind.HEAD_REMINDER, 1),
        _message("digest", MessageKind.LEADER_DIGEST, 1),
        _message("channel", MessageKind.CHANNEL_SUMMARY, None),
        _message("had-one", MessageKind.HEAD_REMINDER, 2),
    ]
    bundled = bundle(messages, frozenset({2}))
    assert {m.key for m in bundled.chosen} == {"owner", "digest", "channel"}
    assert [m.key for m in bundled.covered] == ["head"]


def test_what_is_coming_is_told_with_who_when_and_why(database: Database) -> None:
    with database.unit_of_work() as uow:
        # A Sunday evening before the week in which the owners are reminded.
        coming = planned(uow, datetime(2026, 11, 15, 20, 0, tzinfo=OSLO), days=40)
        leaders = leader(uow)
    assert {(p.step, p.reason) for p in coming if p.person_id == leaders} == {("after", Reason.DIGEST)}
    heads = [p for p in coming if p.kind is MessageKind.HEAD_REMINDER]
    assert [p.step for p in heads] == ["eve"] * 5 + ["late"] * 5
    assert heads[0].recipient == "Styrer Nummer0"
    assert heads[0].network == "Gauldal"
    assert heads[0].goes_at == datetime(2026, 11, 16, 8, 0, tzinfo=OSLO)
    assert coming == sorted(coming, key=lambda p: (p.goes_at, p.key))


def test_what_is_in_the_outbox_is_not_told_again(database: Database) -> None:
    with database.unit_of_work() as uow:
        assert len(planned(uow, FIRST_STEP, days=1)) == 5
        plan_due(uow, FIRST_STEP)
        assert planned(uow, FIRST_STEP, days=1) == []


def test_old_parameters_are_forgotten_once_a_day(database: Database) -> None:
    long_ago = FIRST_STEP - timedelta(days=100)
    with database.unit_of_work() as uow:
        old = _message("old", MessageKind.OWNER_REMINDER, owner(uow)).model_copy(
            update={"params": {"owner": 1}}
        )
        uow.outbox.add(old)
        uow.outbox.finish("old", OutboxState.SENT, long_ago)
        assert housekeeping(uow, FIRST_STEP) == 1
        kept = uow.outbox.get("old")
        assert kept is not None
        assert kept.params == {}
        assert housekeeping(uow, FIRST_STEP + timedelta(hours=1)) == 0


def test_questions_are_forgotten_after_eighteen_months(database: Database) -> None:
    day = FIRST_STEP.date()
    with database.unit_of_work() as uow:
        network = uow.register.networks()[0].id
        for key, age in (("old", 549), ("young", 540)):
            uow.inquiries.note_unanswered(network, key, key, day - timedelta(days=age), 500)
        assert housekeeping(uow, FIRST_STEP) == 1
        assert [q.text for q in uow.inquiries.unanswered([network], 15)] == ["young"]


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        (datetime(2026, 11, 10, 9, 30), datetime(2026, 11, 10, 9, 30)),
        (datetime(2026, 11, 10, 3, 0), datetime(2026, 11, 10, 8, 0)),
        (datetime(2026, 11, 13, 16, 0), datetime(2026, 11, 16, 8, 0)),
        (datetime(2026, 6, 30, 17, 0), datetime(2026, 8, 3, 8, 0)),
        (datetime(2026, 3, 31, 16, 0), datetime(2026, 4, 1, 8, 0)),
        (datetime(2026, 4, 1, 16, 0), datetime(2026, 4, 7, 8, 0)),
    ],
    ids=["open", "night", "weekend", "July", "an evening", "Easter"],
)
def test_first_opening(moment: datetime, opening: datetime) -> None:
    found = first_opening(moment.replace(tzinfo=OSLO).astimezone(UTC))
    assert found == opening.replace(tzinfo=OSLO)


def _message(key: str, kind: MessageKind, person: int | None) -> OutboxMessage:
    return OutboxMessage(
        key=key, kind=kind, person_id=person, binding_id=None if person else 1, due_at=FIRST_STEP
    )
