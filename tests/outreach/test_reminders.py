"""Reminders of needs, of the decision basis and of the reporting: what they say, and what makes them needless."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from domain.clock import OSLO
from domain.needs.errors import UnknownReport
from domain.needs.heads.head import declare_no_need
from domain.outbox import MessageKind, OutboxMessage, OutboxState
from domain.outreach.content import content_of
from domain.outreach.models import Level, ReminderChoice
from domain.outreach.reminding import snoozing, tasks
from domain.outreach.reminding.choosing import Another, DayProblem
from domain.outreach.reminding.putting_off import PREFIX, put_off
from domain.outreach.reminding.reminders import HeadReminder, OwnerReminder
from domain.outreach.reminding.tasks import NoSuchTask, TaskReminder
from domain.ports import UnitOfWork
from domain.register.models import Role, Scope, ScopeKind
from domain.rounds.models import Certainty, Deadline, DeadlineKind, Round
from storage.database import Database
from tests.delivery.world import DEADLINE, FIRST_STEP, QUIET, head, leader, owner

BASIS_DAY = date(2027, 2, 1)
JANUARY = datetime(2027, 1, 5, 9, 0, tzinfo=OSLO)


def the_round(uow: UnitOfWork) -> Round:
    """The one round there is."""
    return uow.rounds.all_current(QUIET.date())[0]


def to_head(uow: UnitOfWork, step: str = "start", index: int = 0) -> OutboxMessage:
    """A head's reminder, as the planner makes it."""
    person, kindergarten = head(uow, index)
    current = the_round(uow)
    return OutboxMessage(
        key=f"head_reminder:{current.id}:needs:{DEADLINE:%Y%m%d}:{step}:p{person}",
        kind=MessageKind.HEAD_REMINDER,
        person_id=person,
        params={"round": current.id, "step": step, "kindergarten": kindergarten},
        due_at=FIRST_STEP,
    )


def to_owner(uow: UnitOfWork) -> OutboxMessage:
    """The owner's reminder."""
    current, person = the_round(uow), owner(uow)
    own = uow.register.roles_of(person)[0].scope.id
    return OutboxMessage(
        key=f"owner_reminder:{current.id}:needs:{DEADLINE:%Y%m%d}:eve:p{person}",
        kind=MessageKind.OWNER_REMINDER,
        person_id=person,
        params={"round": current.id, "step": "eve", "owner": own},
        due_at=FIRST_STEP,
    )


def with_date(uow: UnitOfWork, kind: DeadlineKind, certainty: Certainty, *, confirmed: bool = False) -> Round:
    """The round with another date."""
    current = the_round(uow)
    deadline = Deadline(kind=kind, day=BASIS_DAY, source="LP", certainty=certainty, confirmed=confirmed)
    uow.rounds.save(current.model_copy(update={"deadlines": (*current.deadlines, deadline)}))
    return the_round(uow)


def of_task(current: Round, person: int, kind: DeadlineKind, owner_id: int | None = None) -> OutboxMessage:
    """A reminder of the basis or the reporting."""
    basis = kind is DeadlineKind.DECISION_BASIS
    own = {"owner": owner_id} if owner_id is not None else {}
    return OutboxMessage(
        key=f"task:{current.id}:{kind.value}:{BASIS_DAY:%Y%m%d}:early:p{person}",
        kind=MessageKind.BASIS_REMINDER if basis else MessageKind.REPORTING_REMINDER,
        person_id=person,
        params={"round": current.id, "step": "early", "deadline": kind.value, **own},
        due_at=JANUARY,
    )


# --- what they say --------------------------------------------------------------------------------------------


def test_the_season_is_spoken_of_while_it_is_early(database: Database) -> None:
    with database.unit_of_work() as uow:
        october = datetime(2026, 10, 1, 8, 0, tzinfo=OSLO)
        early = content_of(uow, to_head(uow, "season"), october)
        late = content_of(uow, to_head(uow, "season"), FIRST_STEP + timedelta(days=7))
    assert isinstance(early, HeadReminder)
    assert isinstance(late, HeadReminder)
    assert (early.season, late.season) == (True, False)
    assert (early.deadline, early.confirmed, early.source) == (DEADLINE, True, late.source)


@pytest.mark.parametrize(("step", "goes"), [("start", True), ("eve", False), ("late", False)])
def test_who_is_head_and_owner_in_one_is_not_pressed_twice(database: Database, step: str, goes: bool) -> None:
    with database.unit_of_work() as uow:
        person, kindergarten = head(uow, 0)
        owned = Scope(kind=ScopeKind.OWNER, id=uow.register.kindergarten(kindergarten).owner_id)
        message = to_head(uow, step)
        assert content_of(uow, message, FIRST_STEP) is not None
        known = uow.register.person(person)
        uow.register.add_person_role(known.name, known.email, Role.OWNER, owned)
        assert (content_of(uow, message, FIRST_STEP) is not None) is goes


def test_a_head_of_several_sees_how_many_are_left(database: Database) -> None:
    with database.unit_of_work() as uow:
        person, first = head(uow, 0)
        who = uow.register.person(person)
        second = Scope(kind=ScopeKind.KINDERGARTEN, id=head(uow, 1)[1])
        uow.register.add_person_role(who.name, who.email, Role.HEAD, second)
        both = content_of(uow, to_head(uow), FIRST_STEP)
        declare_no_need(uow, person, second.id, FIRST_STEP)
        one = content_of(uow, to_head(uow), FIRST_STEP)
    assert isinstance(both, HeadReminder)
    assert isinstance(one, HeadReminder)
    assert (both.own, both.unanswered, one.own, one.unanswered) == (2, 2, 2, 1)
    assert one.kindergarten_id == first


def test_an_owner_is_not_reminded_after_the_round_or_for_somebody_else(database: Database) -> None:
    with database.unit_of_work() as uow:
        message = to_owner(uow)
        assert isinstance(content_of(uow, message, FIRST_STEP), OwnerReminder)
        assert content_of(uow, message, FIRST_STEP.replace(year=2027)) is None
        other = message.model_copy(update={"person_id": leader(uow)})
        assert content_of(uow, other, FIRST_STEP) is None


# --- another day ----------------------------------------------------------------------------------------------


def sent(uow: UnitOfWork, message: OutboxMessage) -> OutboxMessage:
    """The message, which has arrived."""
    uow.outbox.add(message)
    uow.outbox.finish(message.key, OutboxState.SENT, message.due_at)
    return message


def snooze(uow: UnitOfWork, person: int, day: date, now: datetime = FIRST_STEP) -> Another:
    """«Minn meg på …»"""
    found = snoozing.find(uow, person, now)
    assert found is not None
    chosen = snoozing.choose(uow, found, day, now)
    assert isinstance(chosen, Another)
    return chosen


def test_what_was_put_off_comes_on_its_day_and_nothing_before(database: Database) -> None:
    with database.unit_of_work() as uow:
        message = sent(uow, to_head(uow))
        person = message.person_id or 0
        snooze(uow, person, date(2026, 11, 10))
        (row,) = put_off(uow, person, FIRST_STEP)
        assert row.key == f"{PREFIX}20261110:{message.key}"
        assert row.due_at == datetime(2026, 11, 10, 8, 0, tzinfo=OSLO)
        assert uow.outbox.due(FIRST_STEP, 100) == []
        eve = to_head(uow, "eve")
        assert content_of(uow, eve, FIRST_STEP + timedelta(days=2)) is None
        assert content_of(uow, to_head(uow, index=1), FIRST_STEP) is not None
        due = row.due_at
        assert [m.key for m in uow.outbox.due(due, 100)] == [row.key]
        assert isinstance(content_of(uow, row, due), HeadReminder)
        assert isinstance(content_of(uow, eve, due), HeadReminder)


def test_an_owners_nudge_comes_all_the_same(database: Database) -> None:
    with database.unit_of_work() as uow:
        message = sent(uow, to_head(uow))
        snooze(uow, message.person_id or 0, date(2026, 11, 10))
        nudge = message.model_copy(
            update={
                "key": "nudge:1",
                "kind": MessageKind.NUDGED_BY_OWNER,
                "params": {"kindergarten": message.params["kindergarten"], "by": owner(uow)},
            }
        )
        assert isinstance(content_of(uow, nudge, FIRST_STEP), HeadReminder)


def test_putting_off_again_moves_it_also_back_to_a_day_before(database: Database) -> None:
    with database.unit_of_work() as uow:
        message = sent(uow, to_head(uow))
        person = message.person_id or 0
        for day in (10, 12, 10, 10):
            snooze(uow, person, date(2026, 11, day))
            (row,) = put_off(uow, person, FIRST_STEP)
            assert row.due_at.astimezone(OSLO).day == day
        assert row.key == f"{PREFIX}20261110:{message.key}:2"


def test_what_came_late_can_be_put_off_again(database: Database) -> None:
    with database.unit_of_work() as uow:
        message = sent(uow, to_head(uow))
        person = message.person_id or 0
        snooze(uow, person, date(2026, 11, 10))
        (row,) = put_off(uow, person, FIRST_STEP)
        uow.outbox.finish(row.key, OutboxState.SENT, row.due_at)
        snooze(uow, person, date(2026, 11, 12), row.due_at + timedelta(hours=1))
        (again,) = put_off(uow, person, row.due_at + timedelta(hours=1))
        assert again.key == f"{PREFIX}20261112:{message.key}"


def test_done_before_then_nothing_comes(database: Database) -> None:
    with database.unit_of_work() as uow:
        message = sent(uow, to_head(uow))
        person, kindergarten = head(uow, 0)
        snooze(uow, person, date(2026, 11, 10))
        (row,) = put_off(uow, person, FIRST_STEP)
        declare_no_need(uow, person, kindergarten, FIRST_STEP)
        assert content_of(uow, row, row.due_at) is None
        assert snoozing.find(uow, person, FIRST_STEP) is None
        assert message.person_id == person


def test_a_reminder_of_a_date_that_has_been_moved_can_be_put_off(database: Database) -> None:
    with database.unit_of_work() as uow:
        person = sent(uow, to_head(uow)).person_id or 0
        current = the_round(uow)
        moved = current.deadlines[0].model_copy(update={"day": DEADLINE + timedelta(days=7)})
        uow.rounds.save(current.model_copy(update={"deadlines": (moved,)}))
        snooze(uow, person, date(2026, 11, 10))
        (row,) = put_off(uow, person, FIRST_STEP)
        found = content_of(uow, row, row.due_at)
        assert isinstance(found, HeadReminder)
        assert found.deadline == moved.day


def test_a_head_of_several_is_reminded_of_the_next_one(database: Database) -> None:
    with database.unit_of_work() as uow:
        message = sent(uow, to_head(uow))
        person, first = head(uow, 0)
        who = uow.register.person(person)
        second = Scope(kind=ScopeKind.KINDERGARTEN, id=head(uow, 1)[1])
        uow.register.add_person_role(who.name, who.email, Role.HEAD, second)
        snooze(uow, person, date(2026, 11, 10))
        (row,) = put_off(uow, person, FIRST_STEP)
        declare_no_need(uow, person, first, FIRST_STEP)
        found = content_of(uow, row, row.due_at)
        assert isinstance(found, HeadReminder)
        assert found.kindergarten_id == second.id
        assert content_of(uow, message, row.due_at) is None


def test_without_a_reminder_it_is_what_is_left_to_do(database: Database) -> None:
    with database.unit_of_work() as uow:
        person, kindergarten = head(uow, 3)
        found = snoozing.find(uow, person, QUIET)
        assert found is not None
        assert isinstance(found.content, HeadReminder)
        assert found.content.kindergarten_id == kindergarten
        theirs = snoozing.find(uow, owner(uow), QUIET)
        assert theirs is not None
        assert isinstance(theirs.content, OwnerReminder)
        assert snoozing.find(uow, leader(uow), QUIET) is None


def test_several_things_in_one_are_put_off_together(database: Database) -> None:
    with database.unit_of_work() as uow:
        person, kindergarten = head(uow, 0)
        who = uow.register.person(owner(uow))
        place = Scope(kind=ScopeKind.KINDERGARTEN, id=kindergarten)
        uow.register.add_person_role(who.name, who.email, Role.HEAD, place)
        both = to_owner(uow)
        also = [[MessageKind.HEAD_REMINDER.value, {"kindergarten": kindergarten, "step": "eve"}]]
        sent(uow, both.model_copy(update={"params": {**both.params, "also": also}}))
        snooze(uow, who.id, date(2026, 11, 10))
        assert content_of(uow, to_owner(uow), FIRST_STEP) is None
        mine = to_head(uow).model_copy(update={"person_id": who.id})
        assert content_of(uow, mine, FIRST_STEP) is None
        assert content_of(uow, to_head(uow), FIRST_STEP) is not None, "another head of the same kindergarten"
        assert person != who.id


def test_a_reminder_whose_ids_are_forgotten_is_not_the_one(database: Database) -> None:
    with database.unit_of_work() as uow:
        message = sent(uow, to_head(uow))
        uow.outbox.purge(FIRST_STEP + timedelta(days=1))
        found = snoozing.find(uow, message.person_id or 0, FIRST_STEP)
        assert found is not None
        assert ":asked" in found.message.key


def test_turning_off_and_a_longer_pause_drop_what_was_put_off(database: Database) -> None:
    with database.unit_of_work() as uow:
        person = sent(uow, to_head(uow)).person_id or 0
        snooze(uow, person, date(2026, 11, 10))
        choice = ReminderChoice(person_id=person)
        for kept in (choice, choice.model_copy(update={"paused_until": date(2026, 11, 10)})):
            snoozing.drop(uow, kept, FIRST_STEP)
            assert put_off(uow, person, FIRST_STEP)
        snoozing.drop(uow, choice.model_copy(update={"paused_until": date(2026, 11, 11)}), FIRST_STEP)
        assert not put_off(uow, person, FIRST_STEP)
        snooze(uow, person, date(2026, 11, 10))
        snoozing.drop(uow, choice.model_copy(update={"level": Level.OFF}), FIRST_STEP)
        assert not put_off(uow, person, FIRST_STEP)


def test_not_after_the_round(database: Database) -> None:
    with database.unit_of_work() as uow:
        found = snoozing.find(uow, head(uow, 0)[0], QUIET)
        assert found is not None
        assert snoozing.choose(uow, found, date(2027, 8, 20), QUIET) is DayProblem.TOO_LATE
        assert not put_off(uow, head(uow, 0)[0], QUIET)


# --- the decision basis and the reporting ---------------------------------------------------------------------


def test_the_basis_is_reminded_of_when_two_sources_agree(database: Database) -> None:
    with database.unit_of_work() as uow:
        current = with_date(uow, DeadlineKind.DECISION_BASIS, Certainty.AGREED)
        found = content_of(uow, of_task(current, leader(uow), DeadlineKind.DECISION_BASIS), JANUARY)
        assert isinstance(found, TaskReminder)
        assert (found.day, found.confirmed, found.needs, found.undecided) == (BASIS_DAY, False, 0, 0)


@pytest.mark.parametrize("certainty", Certainty)
def test_the_reporting_is_reminded_of_only_when_confirmed(database: Database, certainty: Certainty) -> None:
    with database.unit_of_work() as uow:
        current = with_date(uow, DeadlineKind.REPORTING_NETWORK, certainty)
        message = of_task(current, leader(uow), DeadlineKind.REPORTING_NETWORK)
        assert content_of(uow, message, JANUARY) is None
    with database.unit_of_work() as uow:
        current = with_date(uow, DeadlineKind.REPORTING_NETWORK, certainty, confirmed=True)
        assert content_of(uow, message, JANUARY) is not None


def test_uh_is_reminded_without_numbers_and_others_not_at_all(database: Database) -> None:
    with database.unit_of_work() as uow:
        current = with_date(uow, DeadlineKind.DECISION_BASIS, Certainty.AGREED)
        scope = Scope(kind=ScopeKind.NETWORK, id=current.network_id)
        uh = uow.register.add_person_role("Una Høgskole", "una@uh.example", Role.UH, scope)
        found = content_of(uow, of_task(current, uh.id, DeadlineKind.DECISION_BASIS), JANUARY)
        assert isinstance(found, TaskReminder)
        assert (found.needs, found.undecided) == (None, None)
        for person in (owner(uow), head(uow, 0)[0]):
            assert content_of(uow, of_task(current, person, DeadlineKind.DECISION_BASIS), JANUARY) is None


def test_whoever_says_that_it_is_done_stops_it_for_all(database: Database) -> None:
    with database.unit_of_work() as uow:
        current = with_date(uow, DeadlineKind.DECISION_BASIS, Certainty.AGREED)
        scope = Scope(kind=ScopeKind.NETWORK, id=current.network_id)
        uh = uow.register.add_person_role("Una Høgskole", "una@uh.example", Role.UH, scope)
        basis, lise = DeadlineKind.DECISION_BASIS, leader(uow)
        task, new = tasks.mark_done(uow, uh.id, current.id, basis, JANUARY)
        assert new
        assert task.done is not None
        assert task.done.done_by == uh.id
        assert content_of(uow, of_task(current, lise, basis), JANUARY) is None
        again, new = tasks.mark_done(uow, lise, current.id, basis, JANUARY)
        assert not new
        assert again.done == task.done
        assert tasks.undo(uow, lise, current.id, basis, JANUARY).done is None
        assert content_of(uow, of_task(current, lise, basis), JANUARY) is not None
        assert tasks.undo(uow, lise, current.id, basis, JANUARY).done is None
        rows = uow.audit.of(f"task:{basis.value}:network", current.network_id)
        assert [(r.role, r.after) for r in rows] == [(Role.UH.value, "done"), (Role.LEADER.value, "open")]


def test_nobody_says_so_for_others(database: Database) -> None:
    with database.unit_of_work() as uow:
        current = with_date(uow, DeadlineKind.DECISION_BASIS, Certainty.AGREED)
        basis, own = DeadlineKind.DECISION_BASIS, uow.register.roles_of(owner(uow))[0].scope.id
        for person in (owner(uow), head(uow, 0)[0]):
            with pytest.raises(NoSuchTask):
                tasks.mark_done(uow, person, current.id, basis, JANUARY)
        with pytest.raises(UnknownReport):
            tasks.mark_done(uow, leader(uow), current.id, basis, JANUARY, own)
        with pytest.raises(NoSuchTask):
            tasks.mark_done(uow, leader(uow), current.id + 7, basis, JANUARY)
        with pytest.raises(NoSuchTask):
            tasks.mark_done(uow, leader(uow), current.id, DeadlineKind.NEEDS, JANUARY)
        assert uow.outreach.done(current.id) == []


def test_an_owner_without_a_grant_has_nothing_to_report(database: Database) -> None:
    with database.unit_of_work() as uow:
        current = with_date(uow, DeadlineKind.REPORTING_UNITS, Certainty.SINGLE, confirmed=True)
        odd = owner(uow)
        own = uow.register.roles_of(odd)[0].scope.id
        units = DeadlineKind.REPORTING_UNITS
        assert content_of(uow, of_task(current, odd, units, own), JANUARY) is None
        task, new = tasks.mark_done(uow, odd, current.id, units, JANUARY, own)
        assert new
        assert task.scope == Scope(kind=ScopeKind.OWNER, id=own)
