"""What stands in a round's year, and for whom."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.register.models import Role
from domain.rounds.models import Audience, Meeting, OwnDate, Round, round_period, standard_deadlines
from domain.rounds.year import REPLY_BY, audiences, heads_days, number_of, numbers, year_of

STARTS, ENDS = round_period(2026)
# Half past eleven at night in UTC is the next day in Oslo.
AT = datetime(2027, 1, 13, 23, 30, tzinfo=UTC)
ROUND = Round(
    id=1,
    network_id=1,
    label="2026/27",
    starts=STARTS,
    ends=ENDS,
    deadlines=standard_deadlines(2026),
    form_version="1",
    own_dates=(
        OwnDate(id=1, title="Innspill", day=date(2026, 10, 5), audience=Audience.OWNERS),
        OwnDate(id=2, title="Kartlegging", day=date(2026, 9, 1), audience=Audience.HEADS),
    ),
    meetings=(
        Meeting(id=3, title="Nettverksmøte", starts=AT, ends=AT + timedelta(hours=1)),
        Meeting(id=4, title="Avlyst", starts=AT, ends=AT + timedelta(hours=1), cancelled=True),
    ),
)


def test_the_year_is_in_order_and_without_what_is_cancelled() -> None:
    year = year_of(ROUND, Audience, date(2026, 11, 17))
    assert [e.day for e in year] == sorted(e.day for e in year)
    assert len(year) == len(ROUND.deadlines) + 2 + 1 + 1
    meeting = next(e for e in year if e.meeting)
    assert meeting.day == date(2027, 1, 14)
    assert len({e.number for e in year}) == len(year)


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        (Role.HEAD, {"Kartlegging"}),
        (Role.OWNER, {"Innspill"}),
        (Role.LEADER, {"Kartlegging", "Innspill"}),
        (Role.AUTHORITY, set()),
    ],
)
def test_own_dates_are_seen_by_those_they_are_for(role: Role, titles: set[str]) -> None:
    assert {e.own.title for e in year_of(ROUND, audiences([role])) if e.own} == titles


def test_a_link_keeps_the_heads_own_date() -> None:
    year = year_of(ROUND, (), date(2026, 11, 17))
    kept = numbers(year)
    assert heads_days(kept) == [date(2026, 11, 17)]
    assert REPLY_BY in kept
    assert number_of(3) in kept
    assert heads_days(numbers(year_of(ROUND, ()))) == []
