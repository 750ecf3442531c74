"""The plan of reminders: right people, right days, working hours, both clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.clock import OSLO
from domain.outbox import MessageKind
from domain.outreach.plan import (
    HeadTask,
    NetworkFacts,
    OwnerTask,
    due,
    expires_at,
    may_go_out,
    opens_at,
    plan,
    working_day,
)
from domain.rounds.models import NEW, Certainty, Deadline, DeadlineKind, Round


def round_(certainty: Certainty = Certainty.AGREED, *, confirmed: bool = True) -> Round:
    """A round with the date for needs on Tuesday 1 December 2026."""
    deadline = Deadline(
        kind=DeadlineKind.NEEDS, day=date(2026, 12, 1), source="LP", certainty=certainty, confirmed=confirmed
    )
    return Round(
        id=NEW,
        network_id=1,
        label="2026/27",
        starts=date(2026, 8, 1),
        ends=date(2027, 7, 31),
        deadlines=(deadline,),
        form_version="2026.1",
    )


FACTS = NetworkFacts(
    round_(), heads=(HeadTask(1, 11),), owners=(OwnerTask(2, 21),), leaders=(3,), bindings=(4,)
)


def test_the_whole_plan() -> None:
    """Every message with its day; the head's dates hang on the svarfrist, 17 November."""
    days = [(m.kind.value, m.params["step"], m.due_at.date().isoformat()) for m in plan(FACTS)]
    assert days == [
        ("head_reminder", "start", "2026-11-03"),
        ("head_reminder", "eve", "2026-11-16"),
        ("owner_reminder", "fortnight", "2026-11-17"),
        ("channel_summary", "week", "2026-11-24"),
        ("head_reminder", "late", "2026-11-24"),
        ("owner_reminder", "week", "2026-11-24"),
        ("owner_reminder", "eve", "2026-11-27"),
        ("channel_summary", "after", "2026-12-02"),
        ("leader_digest", "after", "2026-12-02"),
    ]


def test_an_owners_own_date_moves_its_heads() -> None:
    """Those of the others keep theirs, and nothing comes after the network's own date."""
    own = date(2026, 11, 26)
    facts = NetworkFacts(round_(), heads=(HeadTask(1, 11), HeadTask(2, 12, own)))
    days = [(m.person_id, m.params["step"], m.due_at.date().isoformat()) for m in plan(facts)]
    assert days == [
        (1, "start", "2026-11-03"),
        (2, "start", "2026-11-12"),
        (1, "eve", "2026-11-16"),
        (1, "late", "2026-11-24"),
        (2, "eve", "2026-11-25"),
    ]


def test_a_date_that_is_moved_gives_new_messages() -> None:
    """What was said about the one date does not stand in the way of the other."""
    keys = [
        {m.key for m in plan(NetworkFacts(round_(), heads=(HeadTask(1, 11, day),)))}
        for day in (None, date(2026, 11, 20), date(2026, 11, 24))
    ]
    assert len(set().union(*keys)) == sum(map(len, keys))


def test_a_head_of_two_owners_hears_of_both_dates() -> None:
    """And once about each."""
    day = date(2026, 11, 20)
    tasks = (HeadTask(1, 11), HeadTask(1, 12, day), HeadTask(1, 13, day))
    told = [m.params["kindergarten"] for m in plan(NetworkFacts(round_(), heads=tasks))]
    assert sorted(set(told)) == [11, 12]


def test_all_go_out_at_eight_in_oslo() -> None:
    """Also where the clock has changed in between."""
    assert {m.due_at.astimezone(OSLO).hour for m in plan(FACTS)} == {8}
    assert opens_at(date(2026, 10, 23)).astimezone(UTC).hour == 6
    assert opens_at(date(2026, 10, 26)).astimezone(UTC).hour == 7
    assert opens_at(date(2027, 3, 26)).astimezone(UTC).hour == 7
    assert opens_at(date(2027, 3, 29)).astimezone(UTC).hour == 6


def test_nobody_with_nothing_to_do_is_reminded() -> None:
    """Only leaders and channels are left when all have answered."""
    kinds = {m.kind for m in plan(NetworkFacts(round_(), leaders=(3,), bindings=(4,)))}
    assert kinds == {MessageKind.LEADER_DIGEST, MessageKind.CHANNEL_SUMMARY}


def test_planning_again_gives_the_same_keys() -> None:
    """So nothing is said twice."""
    assert [m.key for m in plan(FACTS)] == [m.key for m in plan(FACTS)]
    assert len({m.key for m in plan(FACTS)}) == len(plan(FACTS))


@pytest.mark.parametrize(
    ("certainty", "confirmed", "reminds"),
    [
        (Certainty.AGREED, False, True),
        (Certainty.DOUBTFUL, False, False),
        (Certainty.SINGLE, False, False),
        (Certainty.DOUBTFUL, True, True),
    ],
)
def test_doubtful_dates_do_not_remind(certainty: Certainty, confirmed: bool, reminds: bool) -> None:
    """Until somebody has confirmed them."""
    facts = NetworkFacts(round_(certainty, confirmed=confirmed), heads=(HeadTask(1, 11),))
    assert bool(plan(facts)) is reminds


@pytest.mark.parametrize(
    ("day", "days", "moved"),
    [
        (date(2026, 12, 1), -2, date(2026, 11, 27)),
        (date(2027, 1, 1), 0, date(2026, 12, 31)),
        (date(2026, 12, 4), 1, date(2026, 12, 7)),
        (date(2027, 5, 16), 1, date(2027, 5, 18)),
    ],
)
def test_a_reminder_falls_on_a_working_day(day: date, days: int, moved: date) -> None:
    """Back before a date, forward after it; weekends and holidays are none."""
    assert working_day(day, days) == moved


@pytest.mark.parametrize(
    ("moment", "may"),
    [
        ("2026-11-10 08:00", True),
        ("2026-11-10 07:59", False),
        ("2026-11-10 15:59", True),
        ("2026-11-10 16:00", False),
        ("2026-11-14 10:00", False),
        ("2026-12-25 10:00", False),
        ("2027-07-06 10:00", False),
    ],
)
def test_working_hours(moment: str, may: bool) -> None:
    """From 8 to 16 on working days, never in July."""
    assert may_go_out(datetime.fromisoformat(moment).replace(tzinfo=OSLO)) is may


def test_what_is_missed_for_long_is_not_sent() -> None:
    """A reminder is worth sending until four o'clock on the next working day."""
    messages = plan(FACTS)
    late = expires_at(date(2026, 11, 3))
    assert [m.params["step"] for m in due(messages, opens_at(date(2026, 11, 3)))] == ["start"]
    assert due(messages, late) == []
