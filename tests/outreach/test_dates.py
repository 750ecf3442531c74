"""A date that is moved: who is told, once, and what is never sent any more."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.data_files import sample_register
from bot.seeding import import_register
from domain.needs.heads.head import declare_no_need
from domain.needs.owners import reply_by
from domain.outbox import OutboxState
from domain.outreach.content import content_of
from domain.outreach.dates import moving as moving_dates
from domain.outreach.dates import moving_reply_by
from domain.outreach.dates.holding import still_holds
from domain.outreach.dates.moving import DatesOutdated
from domain.outreach.dates.notices import DateChanged
from domain.outreach.planning.bundles import Bundle, bundle
from domain.rounds.confirming import days_of
from domain.rounds.meeting_people import NOBODY, Told
from domain.rounds.models import DeadlineKind
from storage.database import Database
from tests.databases import BACKENDS, Databases
from tests.outreach.dates_town import (
    BASIS,
    INGRID,
    KARI,
    NEEDS,
    NEW,
    NOW,
    OLD,
    PER,
    TUVA,
    K,
    Town,
    backend,
    databases,
    filled,
    oslo,
    town,
)
from tests.storage.seeds import at_once

__all__ = ["backend", "databases", "filled", "town"]


def number(told: Told) -> int:
    """How many people and channels."""
    return len(told.people) + len(told.bindings)


@pytest.mark.parametrize("backend", BACKENDS)
def test_those_who_had_the_old_date_are_told_once(town: Town) -> None:
    """Head, owner, leader and channel, each in its own words; nobody who had not been told, nor who moved it."""
    town.sent(K.HEAD_REMINDER, KARI, "start")
    town.sent(K.OWNER_REMINDER, PER, "eve")
    town.sent(K.LEADER_DIGEST, INGRID, "week")
    town.sent(K.CHANNEL_SUMMARY, None, "week")
    done = town.move(NEW)
    assert number(done.told) == 3
    assert [(a.day, b.day) for a, b in done.moved] == [(OLD, NEW)]
    found = town.waiting()
    head, owner, channel = found[KARI], found[PER], found["kanal"]
    assert isinstance(head, DateChanged)
    assert (head.was, head.day) == (date(2026, 11, 17), date(2026, 11, 20))
    assert head.head is not None
    assert head.head.reply_by
    assert isinstance(owner, DateChanged)
    assert (owner.was, owner.day) == (OLD, NEW)
    assert owner.owner is not None
    assert isinstance(channel, DateChanged)
    assert channel.recipient is None
    assert set(found) == {KARI, PER, "kanal"}
    assert len(town.deliver()) == 3
    assert town.deliver() == {}
    trace = [(r.before, r.after, r.role) for r in town.uow.audit.of("deadline", town.round.id)]
    assert trace == [("needs 2026-12-01 confirmed", "needs 2026-12-04 confirmed", "leder")]


def test_moved_on_and_back(town: Town) -> None:
    """Each hears of what is new to them, from the day they knew."""
    town.sent(K.OWNER_REMINDER, PER, "eve")
    town.move(NEW)
    assert town.deliver() == {PER: "01.12 04.12"}
    town.move(date(2026, 12, 8), oslo("2026-11-05 12:01"))
    assert town.deliver(oslo("2026-11-05 12:01")) == {PER: "04.12 08.12"}
    for minute, day, told in ((2, NEW, "08.12 04.12"), (3, date(2026, 12, 8), "04.12 08.12")):
        now = oslo(f"2026-11-05 12:0{minute}")
        town.move(day, now)
        assert town.deliver(now) == {PER: told}


def test_undone_before_it_went_out(town: Town) -> None:
    """Nobody is told anything; moved once more, it is told from the day that people know."""
    town.sent(K.OWNER_REMINDER, PER, "eve")
    town.sent(K.HEAD_REMINDER, KARI, "start")
    assert number(town.move(NEW).told) == 2
    assert town.move(OLD, oslo("2026-11-05 12:01")).told == NOBODY
    assert town.deliver(oslo("2026-11-05 12:01")) == {}
    town.move(NEW, oslo("2026-11-05 12:02"))
    again = town.move(date(2026, 12, 8), oslo("2026-11-05 12:03"))
    assert number(again.told) == 2
    assert town.deliver(oslo("2026-11-05 12:03")) == {PER: "01.12 08.12", KARI: "17.11 24.11"}


def test_what_was_planned_for_the_old_date_does_not_go(town: Town) -> None:
    """It is obsolete when its turn comes. What was put off was promised, and what is not about that date goes."""
    old = town.planned(K.OWNER_REMINDER, PER, "eve")
    other = town.planned(K.BASIS_REMINDER, INGRID, "month")
    late = oslo("2026-11-27 09:00")
    assert content_of(town.uow, old, late) is not None
    town.move(NEW)
    assert content_of(town.uow, old, late) is None
    put_off = old.model_copy(update={"key": f"snoozed:20261130:{old.key}"})
    assert content_of(town.uow, put_off, late) is not None
    assert content_of(town.uow, other, oslo("2027-01-04 09:00")) is not None
    assert still_holds(town.uow, town.planned(K.OWNER_REMINDER, PER, "eve"), late)


def test_a_head_under_an_owners_own_date(town: Town) -> None:
    """The svarfrist that the owner has chosen stays, and nobody is told; a reminder of another one does not go."""
    usual = town.planned(K.HEAD_REMINDER, KARI, "eve")
    owner = town.uow.register.owner(town.uow.register.kindergarten(usual.params["kindergarten"]).owner_id)
    reply_by.choose(town.uow, town.people[PER], owner.id, date(2026, 11, 12), NOW)
    own = town.sent(K.HEAD_REMINDER, KARI, "start")
    assert own.key.endswith(":20261112")
    assert town.move(NEW).told == NOBODY
    assert not still_holds(town.uow, own, NOW)
    fresh = town.planned(K.HEAD_REMINDER, KARI, "eve")
    assert still_holds(town.uow, fresh, NOW)
    reply_by.choose(town.uow, town.people[PER], owner.id, date(2026, 11, 13), NOW)
    assert not still_holds(town.uow, fresh, NOW)
    assert not still_holds(town.uow, usual, NOW)


def test_an_owner_who_moves_the_svarfrist_tells_those_who_had_the_old_one(town: Town) -> None:
    """At once and once, from the day they knew; nobody who had not been told, and nobody who has answered."""
    told = town.sent(K.HEAD_REMINDER, KARI, "start")
    owner = town.uow.register.kindergarten(told.params["kindergarten"]).owner_id

    def move(day: date | None, now: datetime) -> int:
        return moving_reply_by.move(town.uow, town.people[PER], owner, day, now).told

    assert move(date(2026, 11, 12), oslo("2026-11-05 12:01")) == 1
    assert town.deliver(oslo("2026-11-05 12:01")) == {KARI: "17.11 12.11"}
    assert town.deliver(oslo("2026-11-05 12:01")) == {}
    assert move(date(2026, 11, 12), oslo("2026-11-05 12:02")) == 0
    # Moved on before it went out: told once, from the day that she knows; moved back: not at all.
    assert move(date(2026, 11, 20), oslo("2026-11-05 12:03")) == 1
    assert move(date(2026, 11, 19), oslo("2026-11-05 12:04")) == 1
    assert town.deliver(oslo("2026-11-05 12:04")) == {KARI: "12.11 19.11"}
    assert move(None, oslo("2026-11-05 12:05")) == 1
    assert move(date(2026, 11, 19), oslo("2026-11-05 12:06")) == 0
    assert town.deliver(oslo("2026-11-05 12:06")) == {}
    # The network's date moves too: she hears of it from the day she was told last.
    town.move(date(2026, 11, 18), oslo("2026-11-05 12:07"))
    assert town.deliver(oslo("2026-11-05 12:07")) == {KARI: "19.11 18.11"}
    declare_no_need(town.uow, town.people[KARI], told.params["kindergarten"], oslo("2026-11-05 12:08"))
    assert move(date(2026, 11, 10), oslo("2026-11-05 12:09")) == 0


def test_a_head_whose_own_date_has_passed(town: Town) -> None:
    """Hears of the owner's: that is what counts now."""
    town.sent(K.HEAD_REMINDER, KARI, "start")
    now = oslo("2026-11-25 12:00")
    town.move(NEW, now)
    told = town.waiting(now)[KARI]
    assert isinstance(told, DateChanged)
    assert told.head is not None
    assert not told.head.reply_by
    assert (told.was, told.day) == (OLD, NEW)


def test_who_was_told_in_one_message_with_something_else(town: Town) -> None:
    """A bundle bears the key of its first part; the others are known, and lie there as covered."""
    digest = town.planned(K.OWNER_DIGEST, PER, "after")
    reminder = town.planned(K.OWNER_REMINDER, PER, "eve")
    bundled = bundle([digest, reminder])
    (goes,), covered = bundled.chosen, bundled.covered
    town.uow.outbox.add(goes)
    town.uow.outbox.finish(goes.key, OutboxState.SENT, NOW)
    for message in covered:
        town.uow.outbox.add(message)
        town.uow.outbox.finish(message.key, OutboxState.OBSOLETE, NOW)
    assert number(town.move(NEW).told) == 1
    assert town.deliver() == {PER: "01.12 04.12"}


def test_a_covered_reminder_that_never_went_out_tells_nothing(town: Town) -> None:
    """Obsolete alone does not mean told."""
    message = town.planned(K.OWNER_REMINDER, PER, "eve")
    town.uow.outbox.add(message)
    town.uow.outbox.finish(message.key, OutboxState.OBSOLETE, NOW)
    assert town.move(NEW).told == NOBODY


def test_a_summary_also_names_the_date_after(town: Town) -> None:
    """So the channel hears when that one is moved."""
    town.sent(K.CHANNEL_SUMMARY, None, "week")
    seen = days_of(town.round)
    days = {BASIS: date(2027, 2, 5)}
    told = moving_dates.would_tell(town.uow, town.people[INGRID], town.round, days, NOW)
    assert (len(told.people), len(told.bindings)) == (0, 1)
    assert days_of(town.round) == seen
    assert moving_dates.move(town.uow, town.people[INGRID], town.round.id, days, seen, NOW).told == told
    assert town.deliver() == {"kanal": "01.02 05.02"}


@pytest.mark.parametrize("backend", BACKENDS)
def test_other_dates_than_those_shown(town: Town) -> None:
    """Nothing is changed by an old card, nor in a round that is over."""
    seen, ingrid, round_ = days_of(town.round), town.people[INGRID], town.round.id
    town.move(NEW)
    before = town.round
    with pytest.raises(DatesOutdated):
        moving_dates.move(town.uow, ingrid, round_, {BASIS: date(2027, 2, 5)}, seen, NOW)
    with pytest.raises(DatesOutdated):
        moving_dates.confirm(town.uow, ingrid, round_, seen, None, NOW)
    with pytest.raises(DatesOutdated):
        moving_dates.confirm(town.uow, ingrid, round_, days_of(before), None, oslo("2027-08-02 09:00"))
    assert town.round == before


def test_a_bundle_whose_first_part_is_moved_says_the_rest(town: Town) -> None:
    """One part less."""
    owner = town.planned(K.OWNER_REMINDER, PER, "eve")
    basis = town.planned(K.BASIS_REMINDER, INGRID, "month")
    both = owner.model_copy(
        update={
            "person_id": town.people[INGRID],
            "params": {**owner.params, "also": [[K.BASIS_REMINDER.value, basis.params]]},
        }
    )
    town.move(NEW)
    content = content_of(town.uow, both, oslo("2026-11-27 09:00"))
    assert content is not None
    assert not isinstance(content, Bundle)


@pytest.mark.parametrize("backend", BACKENDS)
def test_two_leaders_at_the_same_moment(databases: Databases, backend: str) -> None:
    """One of them moves the date; the other is told that it is another one now."""
    database = Database(databases.fresh(backend), lambda: NOW.date())
    with database.unit_of_work() as uow:
        import_register(uow, sample_register(), NOW.date())
        uow.commit()
        people = {p.name: p.id for p in uow.register.all_people()}
        current = next(
            r for r in uow.rounds.all_current(NOW.date()) if r.deadline(DeadlineKind.REPORTING_UNITS)
        )

    def press(name: str, day: date) -> moving_dates.Changed:
        with database.unit_of_work() as uow:
            done = moving_dates.move(uow, people[name], current.id, {NEEDS: day}, days_of(current), NOW)
            uow.commit()
            return done

    outcomes = at_once(lambda: press(INGRID, NEW), lambda: press(TUVA, date(2026, 12, 8)))
    assert sorted(type(o).__name__ for o in outcomes) == ["Changed", "DatesOutdated"]
    with database.unit_of_work() as uow:
        assert len(uow.audit.of("deadline", current.id)) == 1
    database.close()
