"""A round's meetings, and what the region's plan asks of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.clock import OSLO
from domain.rounds import meetings
from domain.rounds.meeting_rules import Missing, missing, theme_of
from domain.rounds.meetings import MeetingGone, MeetingPlan, MeetingProblem, MeetingRefused
from domain.rounds.models import Round
from tests.rounds.contract import make_round

NOW = datetime(2026, 11, 22, 9, tzinfo=OSLO)
SOURCE = "GA, Organisering"


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=OSLO)


def plan(day: date = date(2026, 12, 3), hour: int = 9, **other: Any) -> MeetingPlan:
    starts = at(day, hour)
    return MeetingPlan(**{"title": "Møte", "starts": starts, "ends": starts + timedelta(hours=2), **other})


def with_meetings(*plans: MeetingPlan, now: datetime = NOW) -> Round:
    current = make_round(1, region="Gauldal").model_copy(update={"id": 7})
    for each in plans:
        current, _ = meetings.add(current, each, now)
    return current


def test_a_meeting_gets_an_id_that_is_never_used_again() -> None:
    current = with_meetings(plan(), plan(date(2027, 1, 14)))
    current, cancelled = meetings.cancel(current, 2, 0)
    current, third = meetings.add(current, plan(date(2027, 1, 14)), NOW)
    assert (cancelled.id, cancelled.cancelled, third.id, current.last_id) == (2, True, 3, 3)
    assert [m.id for m in meetings.to_come(current, NOW)] == [1, 3]


def test_an_own_date_and_a_meeting_never_share_an_id() -> None:
    current = make_round(1).model_copy(update={"last_id": 4})
    assert meetings.add(current, plan(), NOW)[1].id == 5


def test_the_next_comes_first_and_what_is_over_is_counted() -> None:
    current = with_meetings(plan(date(2027, 1, 14)), plan(date(2026, 12, 3)))
    assert [m.id for m in meetings.to_come(current, NOW)] == [2, 1]
    during = at(date(2026, 12, 3), 10)
    assert [m.id for m in meetings.to_come(current, during)] == [2, 1]
    after = at(date(2026, 12, 3), 11)
    assert [m.id for m in meetings.to_come(current, after)] == [1]
    assert meetings.held(current, after) == 1


def test_a_change_counts_for_calendars_and_a_change_of_nothing_does_not() -> None:
    current = with_meetings(plan())
    same, unchanged = meetings.change(current, 1, 0, plan(), NOW)
    assert same is current
    assert unchanged.changes == 0
    current, moved = meetings.change(current, 1, 0, plan(date(2026, 12, 10)), NOW)
    assert (moved.changes, moved.starts) == (1, at(date(2026, 12, 10)))
    current, cancelled = meetings.cancel(current, 1, 1)
    assert cancelled.changes == 2
    assert meetings.to_come(current, NOW) == ()


def test_what_a_card_showed_before_somebody_else_acted_changes_nothing() -> None:
    current, _ = meetings.change(with_meetings(plan()), 1, 0, plan(date(2026, 12, 10)), NOW)
    with pytest.raises(MeetingGone):
        meetings.change(current, 1, 0, plan(date(2026, 12, 11)), NOW)
    with pytest.raises(MeetingGone):
        meetings.cancel(current, 1, 0)
    with pytest.raises(MeetingGone):
        meetings.cancel(current, 2, 0)
    gone, _ = meetings.cancel(current, 1, 1)
    with pytest.raises(MeetingGone):
        meetings.change(gone, 1, 2, plan(), NOW)


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        (plan(date(2026, 11, 21)), None),
        (plan(date(2026, 11, 22), 8), None),
        (plan(date(2026, 8, 1)), None),
        (plan(date(2026, 7, 31)), MeetingProblem.BEFORE),
        (plan(date(2025, 12, 3)), MeetingProblem.BEFORE),
        (plan(date(2027, 8, 1)), MeetingProblem.OUTSIDE),
        (plan(ends=at(date(2026, 12, 3), 8)), MeetingProblem.ENDS_FIRST),
        (plan(ends=at(date(2026, 12, 3), 9)), MeetingProblem.ENDS_FIRST),
        (plan(hour=23, ends=at(date(2026, 12, 4), 1)), MeetingProblem.ENDS_FIRST),
        (plan(date(2026, 12, 10), title="MØTE"), MeetingProblem.THERE_ALREADY),
        (plan(date(2026, 12, 10), title="Annet"), None),
        (plan(date(2026, 11, 22), 10), None),
        (plan(date(2027, 7, 31)), None),
    ],
)
def test_what_a_meeting_may_be(wanted: MeetingPlan, problem: MeetingProblem | None) -> None:
    current = with_meetings(plan(date(2026, 12, 10)))
    assert meetings.problem(current, wanted, NOW) is problem
    if problem is not None:
        with pytest.raises(MeetingRefused):
            meetings.add(current, wanted, NOW)


def test_one_that_people_wait_for_is_not_moved_to_where_it_has_been() -> None:
    """One that has been held is added; moving there would be something else."""
    current = with_meetings(plan(date(2026, 12, 10)))
    past = plan(date(2026, 11, 21))
    assert meetings.problem(current, past, NOW, changing=1) is MeetingProblem.PAST
    added, held = meetings.add(current, past, NOW)
    assert (meetings.held(added, NOW), meetings.to_come(added, NOW)) == (1, current.meetings)
    assert held in added.meetings


def test_the_day_is_that_of_oslo() -> None:
    """Half past eleven at night in UTC on the last day is the day after the round."""
    late = datetime(2027, 7, 31, 22, 30, tzinfo=UTC)
    wanted = plan(starts=late, ends=late + timedelta(hours=1))
    assert meetings.problem(with_meetings(), wanted, NOW) is MeetingProblem.OUTSIDE


def test_there_is_an_end_to_how_many() -> None:
    days = (date(2026, 12, 1) + timedelta(days=n) for n in range(meetings.MOST_MEETINGS))
    current = with_meetings(*(plan(day) for day in days))
    assert meetings.problem(current, plan(hour=15), NOW) is MeetingProblem.TOO_MANY


# --- what the plan asks ---------------------------------------------------------------------------------------


def test_gauldal_asks_for_four_meetings_two_of_them_physical() -> None:
    found = missing(with_meetings(), "gauldal")
    themes = (
        "oppstart av arbeidsåret",
        "behovsmeldinger",
        "beslutningsgrunnlag",
        "tildeling og rapportering",
    )
    assert found == Missing(4, 2, themes, 0, SOURCE)
    assert found.anything


def test_other_regions_have_no_such_rule() -> None:
    assert missing(with_meetings(), "fosen") == Missing()
    assert not missing(with_meetings(), "fosen").anything


def test_a_theme_has_its_meeting_by_month_or_by_title() -> None:
    current = with_meetings(
        plan(date(2026, 12, 3), title="Møte om behovsmeldinger", physical=False),
        plan(date(2027, 1, 14), physical=True),
    )
    assert missing(current, "gauldal") == Missing(
        2, 1, ("oppstart av arbeidsåret", "tildeling og rapportering"), 0, SOURCE
    )


def test_a_theme_whose_months_are_over_is_taken_to_have_had_its_meeting() -> None:
    """Nobody can plan what is past, and it may have been held without being written here."""
    assert missing(with_meetings(), "gauldal", date(2026, 9, 30)).meetings == 4
    later = missing(with_meetings(), "gauldal", date(2026, 10, 1))
    assert (later.meetings, later.physical, len(later.themes)) == (3, 1, 3)
    spring = missing(with_meetings(), "gauldal", date(2027, 5, 31))
    assert (spring.meetings, spring.physical, spring.themes) == (1, 0, ("tildeling og rapportering",))
    assert not missing(with_meetings(), "gauldal", date(2027, 6, 1)).anything


def test_cancelled_meetings_do_not_count_and_unsaid_ones_are_named() -> None:
    current = with_meetings(plan(date(2027, 1, 14), physical=True), plan(date(2027, 5, 20)))
    current, _ = meetings.cancel(current, 1, 0)
    found = missing(current, "gauldal")
    assert (found.meetings, found.physical, found.unknown) == (3, 2, 1)
    assert "beslutningsgrunnlag" in found.themes


def test_the_plan_is_whole_with_four() -> None:
    days = (date(2026, 9, 3), date(2026, 11, 5), date(2027, 1, 14), date(2027, 5, 20))
    whole = with_meetings(
        *(plan(day, physical=day.year == 2026) for day in days), now=datetime(2026, 8, 2, tzinfo=OSLO)
    )
    assert not missing(whole, "gauldal").anything


def test_the_theme_of_a_meeting_comes_from_its_month() -> None:
    current = with_meetings(plan(date(2027, 1, 14)), plan(date(2027, 2, 4)))
    january, february = current.meetings
    assert theme_of(january, "gauldal") == ("beslutningsgrunnlag", SOURCE)
    assert theme_of(february, "gauldal") is None
    assert theme_of(january, "fosen") is None
