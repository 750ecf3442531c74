"""The planner against a real database: each thing once, right people, one reminder a day and person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from delivery.ticker import housekeeping
from domain.clock import OSLO
from domain.needs import overview
from domain.needs.channel_counts import channel_counts
from domain.needs.errors import UnknownReport
from domain.needs.heads.head import declare_no_need
from domain.outbox import MessageKind, OutboxMessage, OutboxState
from domain.outreach.models import Level, PostedSummary, ReminderChoice
from domain.outreach.planning import planner
from domain.outreach.planning.coming import Reason, planned
from domain.outreach.planning.held import Held, held_by_choice
from domain.outreach.planning.planner import plan_due
from domain.outreach.planning.stopping import Stopping, set_stopped
from domain.ports import UnitOfWork
from domain.register.models import Role, Scope, ScopeKind
from domain.rounds.models import Meeting
from storage.database import Database
from tests.delivery.world import DEADLINE, FIRST_STEP, QUIET, address, fill, head, leader, owner, seat


def test_the_step_that_is_due_is_added_once(database: Database) -> None:
    with database.unit_of_work() as uow:
        assert plan_due(uow, FIRST_STEP) == 5
        assert plan_due(uow, FIRST_STEP + timedelta(minutes=1)) == 0
        waiting = uow.outbox.due(FIRST_STEP, 100)
    assert {m.kind for m in waiting} == {MessageKind.HEAD_REMINDER}
    assert {m.params["step"] for m in waiting} == {"start"}


def test_planning_that_was_cut_off_is_taken_up_again(database: Database) -> None:
    """Some of the people are in the outbox already, and that it was looked at is not noted yet."""
    with database.unit_of_work() as uow:
        due = planner.due_now(uow, FIRST_STEP)
        [share] = planner.shares(planner.to_be_said(uow, one, FIRST_STEP) for one in due)
        assert planner.put_in(uow, share[:2], FIRST_STEP) == 2
        assert plan_due(uow, FIRST_STEP) == 3
        assert plan_due(uow, FIRST_STEP) == 0
        waiting = uow.outbox.due(FIRST_STEP, 100)
    assert len({m.person_id for m in waiting}) == len(waiting) == 5


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


def test_a_date_that_is_not_sure_reminds_nobody_but_the_leader(database: Database) -> None:
    """Who is asked to confirm it, four weeks before."""
    with database.unit_of_work() as uow:
        fill(uow, heads=5, confirmed=False)
        assert plan_due(uow, FIRST_STEP) == 1
        assert [m.kind for m in uow.outbox.due(FIRST_STEP, 10)] == [MessageKind.DATES_TO_CONFIRM]


def test_several_things_for_a_person_are_one_message(database: Database) -> None:
    """What it says of the others is on record, so that it never comes by itself."""
    eve = datetime.combine(DEADLINE - timedelta(days=4), datetime.min.time(), tzinfo=OSLO).replace(hour=9)
    with database.unit_of_work() as uow:
        person = owner(uow)
        who, network = uow.register.person(person), uow.register.networks()[0].id
        uow.register.add_person_role(
            who.name, who.email, Role.MEMBER, Scope(kind=ScopeKind.NETWORK, id=network)
        )
        starts = eve.replace(hour=12) + timedelta(days=3)
        meeting = Meeting(id=3, title="Møte", starts=starts, ends=starts + timedelta(hours=1))
        current = uow.rounds.all_current(eve.date())[0]
        uow.rounds.save(current.model_copy(update={"meetings": (meeting,), "last_id": 3}))
        plan_due(uow, eve)
        mine = [m for m in uow.outbox.due(eve, 100) if m.person_id == person]
        assert [m.kind for m in mine] == [MessageKind.MEETING_REMINDER]
        assert [(k, p["owner"] > 0) for k, p in mine[0].params["also"]] == [("owner_reminder", True)]
        assert uow.outbox.counts()[OutboxState.OBSOLETE.value] == 1
        uow.commit()
    with database.unit_of_work() as uow:
        plan_due(uow, eve + timedelta(days=3))
        assert [m.key for m in uow.outbox.due(eve + timedelta(days=3), 100) if m.person_id == person] == [
            mine[0].key
        ]


def test_the_second_reminder_of_a_day_waits(database: Database) -> None:
    with database.unit_of_work() as uow:
        plan_due(uow, FIRST_STEP)
        deliver(uow, FIRST_STEP)
        # The leader moves the date by a day at ten: other keys, the same people.
        current = uow.rounds.all_current(FIRST_STEP.date())[0]
        moved = current.deadlines[0].model_copy(update={"day": DEADLINE + timedelta(days=1)})
        uow.rounds.save(current.model_copy(update={"deadlines": (moved,)}))
        uow.commit()
        assert plan_due(uow, FIRST_STEP + timedelta(hours=1)) == 0
        assert plan_due(uow, FIRST_STEP + timedelta(days=1)) == 5


def test_a_reminder_that_was_put_off_is_the_days_one(database: Database) -> None:
    """Whoever gets it today is not reminded of something else as well, whichever row it is in."""
    with database.unit_of_work() as uow:
        person, kindergarten = head(uow, 1)
        put_off = OutboxMessage(
            key=f"snoozed:{FIRST_STEP:%Y%m%d}:head_reminder:x",
            kind=MessageKind.HEAD_REMINDER,
            person_id=person,
            params={"kindergarten": kindergarten},
            due_at=FIRST_STEP + timedelta(hours=2),
        )
        uow.outbox.add(put_off)
        assert plan_due(uow, FIRST_STEP) == 4
        assert person not in {m.person_id for m in uow.outbox.due(FIRST_STEP, 100)}


def test_what_nobody_fetched_in_time_stands_in_nobodys_way(database: Database) -> None:
    """A row that has expired without being sent is no reminder of today."""
    with database.unit_of_work() as uow:
        assert plan_due(uow, FIRST_STEP) == 5
        assert plan_due(uow, datetime(2026, 11, 16, 9, tzinfo=OSLO)) == 5


def test_an_owners_own_date_is_planned_for(database: Database) -> None:
    """On its own day, although no other step of the network is due then."""
    with database.unit_of_work() as uow:
        current = uow.rounds.all_current(FIRST_STEP.date())[0]
        owner_id = uow.register.owners(current.network_id)[0].id
        uow.rounds.set_reply_by(owner_id, current.id, date(2026, 11, 20))
        assert plan_due(uow, FIRST_STEP) == 0
        assert plan_due(uow, datetime(2026, 11, 6, 9, tzinfo=OSLO)) == 5
        assert plan_due(uow, datetime(2026, 11, 19, 9, tzinfo=OSLO)) == 5


@pytest.mark.parametrize(
    ("choice", "start", "eve"),
    [
        ({"level": Level.OFF}, False, False),
        ({"level": Level.FEWER}, False, True),
        ({"paused_until": date(2026, 11, 5)}, False, True),
        ({"paused_until": date(2026, 11, 4)}, True, True),
        ({"paused_until": FIRST_STEP.date()}, True, True),
    ],
    ids=["off", "fewer", "paused", "a pause that ends in time", "paused until today"],
)
def test_what_a_person_has_chosen(database: Database, choice: dict[str, Any], start: bool, eve: bool) -> None:
    """A reminder of 3 November is in time until the day after at four; what is held back does not come later."""
    with database.unit_of_work() as uow:
        person, _ = head(uow, 0)
        uow.outreach.save_choice(ReminderChoice(person_id=person, **choice))
        got = set()
        for day in (3, 4, 5, 6, 9, 16):
            now = datetime(2026, 11, day, 9, tzinfo=OSLO)
            plan_due(uow, now)
            got |= {m.params["step"] for m in deliver(uow, now) if m.person_id == person}
        assert got == {*(["start"] if start else []), *(["eve"] if eve else [])}


def test_a_choice_is_about_reminders_only(database: Database) -> None:
    """What a channel gets does not hang on anybody's choice."""
    channel = message_of("c", MessageKind.CHANNEL_SUMMARY, None)
    nothing = ReminderChoice(person_id=1, level=Level.OFF)
    assert held_by_choice(channel, nothing, FIRST_STEP.date()) is None
    notice = message_of("n", MessageKind.NEED_RETURNED, 1)
    assert held_by_choice(notice, nothing, FIRST_STEP.date()) is None
    assert (
        held_by_choice(message_of("r", MessageKind.HEAD_REMINDER, 1), nothing, FIRST_STEP.date()) is Held.OFF
    )


def test_a_stopped_step_is_not_sent_until_it_goes_again(database: Database) -> None:
    name = "head_reminder:needs:start"
    with database.unit_of_work() as uow:
        network, who = uow.register.networks()[0].id, leader(uow)
        assert set_stopped(uow, who, network, name, True, QUIET) is Stopping.DONE
        assert set_stopped(uow, who, network, name, True, QUIET) is Stopping.ALREADY
        assert plan_due(uow, FIRST_STEP) == 0
        assert {(p.held, p.name) for p in planned(uow, FIRST_STEP, days=1)} == {(Held.STOPPED, name)}
        assert set_stopped(uow, who, network, name, False, FIRST_STEP) is Stopping.DONE
        assert plan_due(uow, FIRST_STEP + timedelta(hours=1)) == 5
        assert set_stopped(uow, who, network, "head_reminder:needs:never", True, QUIET) is Stopping.UNKNOWN
        county = "county_digest:needs:after"
        assert set_stopped(uow, who, network, county, True, QUIET) is Stopping.NOT_POSSIBLE
        with pytest.raises(UnknownReport):
            set_stopped(uow, owner(uow), network, name, True, QUIET)
        rows = uow.audit.of("outreach", uow.rounds.all_current(QUIET.date())[0].id)
    assert [(r.person_id, r.after) for r in rows] == [(who, f"{name} stoppet"), (who, f"{name} går")]


def test_a_channel_that_shows_other_counts_is_updated_once_a_day(database: Database) -> None:
    """Until it shows what is true; on a day with a new summary that is enough."""
    morning = datetime(2026, 11, 25, 8, 0, tzinfo=OSLO)
    with database.unit_of_work() as uow:
        current = uow.rounds.all_current(morning.date())[0]
        channel = address("channel")
        binding = uow.identity.bind(current.network_id, channel, leader(uow), morning)
        network = uow.register.network(current.network_id)
        shown = channel_counts(overview.network_standing(uow, network, current, morning))

        def show(counts: Any) -> None:
            uow.outreach.save_posted(
                PostedSummary(
                    binding_id=binding.id,
                    round_id=current.id,
                    activity_id="a",
                    posted_at=morning,
                    shown=counts,
                )
            )

        def updates(now: datetime) -> int:
            plan_due(uow, now)
            return [m.kind for m in deliver(uow, now)].count(MessageKind.SUMMARY_UPDATE)

        show(shown)
        assert updates(morning) == 0
        show(replace(shown, owners_total=99))
        assert updates(morning + timedelta(hours=3)) == 0
        assert updates(morning + timedelta(days=1)) == 1
        assert updates(morning + timedelta(days=1, hours=3)) == 0
        assert updates(morning + timedelta(days=2)) == 1
        assert updates(datetime(2026, 12, 2, 8, 0, tzinfo=OSLO)) == 0
        assert updates(datetime(2026, 12, 3, 8, 0, tzinfo=OSLO)) == 1


def test_what_is_coming_is_told_with_who_when_and_why(database: Database) -> None:
    with database.unit_of_work() as uow:
        # A Sunday evening before the week in which the owners are reminded.
        sunday = datetime(2026, 11, 15, 20, 0, tzinfo=OSLO)
        seat(uow, head(uow, 0)[0], "styrer0", sunday)
        uow.outreach.save_choice(ReminderChoice(person_id=head(uow, 1)[0], level=Level.OFF))
        coming = planned(uow, sunday, days=40)
        leaders = leader(uow)
    mine = {(p.step, p.reason) for p in coming if p.person_id == leaders}
    assert mine >= {("week", Reason.DIGEST), ("after", Reason.DIGEST)}
    heads = [p for p in coming if p.kind is MessageKind.HEAD_REMINDER]
    assert [p.step for p in heads] == ["eve"] * 5 + ["late"] * 5
    assert heads[0].recipient == "Styrer Nummer0"
    assert heads[0].network == "Gauldal"
    assert heads[0].goes_at == datetime(2026, 11, 16, 8, 0, tzinfo=OSLO)
    assert heads[0].day == date(2026, 11, 17)
    assert [p.held for p in heads[:3]] == [None, Held.OFF, Held.UNREACHABLE]
    assert coming == sorted(coming, key=lambda p: (p.goes_at, p.key))


def test_what_is_in_the_outbox_is_not_told_again(database: Database) -> None:
    with database.unit_of_work() as uow:
        assert len(planned(uow, FIRST_STEP, days=1)) == 5
        plan_due(uow, FIRST_STEP)
        assert planned(uow, FIRST_STEP, days=1) == []


def test_the_next_reminder_of_somebody_reminded_today_is_told_for_tomorrow(database: Database) -> None:
    with database.unit_of_work() as uow:
        plan_due(uow, FIRST_STEP)
        deliver(uow, FIRST_STEP)
        current = uow.rounds.all_current(FIRST_STEP.date())[0]
        moved = current.deadlines[0].model_copy(update={"day": DEADLINE + timedelta(days=1)})
        uow.rounds.save(current.model_copy(update={"deadlines": (moved,)}))
        coming = planned(uow, FIRST_STEP, days=2)
    assert {p.goes_at for p in coming} == {datetime(2026, 11, 4, 8, 0, tzinfo=OSLO)}


def test_a_new_year_gets_its_rounds_without_a_restart(database: Database) -> None:
    """On 1 August, by the first tick of the day."""
    august = datetime(2027, 8, 1, 0, 1, tzinfo=OSLO)
    with database.unit_of_work() as uow:
        assert uow.rounds.all_current(august.date()) == []
        housekeeping(uow, august)
        made = uow.rounds.all_current(august.date())
        housekeeping(uow, august + timedelta(days=1))
        assert uow.rounds.all_current(august.date()) == made
    assert [(r.label, r.confirmed) for r in made] == [("2027/28", False)]


def test_old_parameters_are_forgotten_once_a_day(database: Database) -> None:
    long_ago = FIRST_STEP - timedelta(days=100)
    with database.unit_of_work() as uow:
        old = message_of("old", MessageKind.OWNER_REMINDER, owner(uow)).model_copy(
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


def message_of(key: str, kind: MessageKind, person: int | None) -> OutboxMessage:
    return OutboxMessage(
        key=key, kind=kind, person_id=person, binding_id=None if person else 1, due_at=FIRST_STEP
    )


def deliver(uow: UnitOfWork, now: datetime) -> list[OutboxMessage]:
    """Everything that waits is sent."""
    found = uow.outbox.due(now, 100)
    for m in found:
        late = m.expires_at is not None and m.expires_at <= now
        uow.outbox.finish(m.key, OutboxState.OBSOLETE if late else OutboxState.SENT, now)
    return found
