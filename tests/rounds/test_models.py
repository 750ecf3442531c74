from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from domain.rounds.models import (
    Certainty,
    DeadlineKind,
    Round,
    round_label,
    round_period,
    round_start_year,
    standard_deadlines,
)
from tests.rounds.contract import make_round


def days(region: str | None) -> dict[str, tuple[str, str]]:
    return {d.kind.value: (d.day.isoformat(), d.certainty.value) for d in standard_deadlines(2026, region)}


COMMON = {
    "needs": ("2026-12-01", "agreed"),
    "decision_basis": ("2027-02-01", "agreed"),
    "recommendation": ("2027-03-15", "single"),
    "grant_letter": ("2027-04-15", "agreed"),
}


@pytest.mark.parametrize("region", ["Gauldal", "gauldal", "Gauldalsregionen"])
def test_gauldal_reports_in_may_and_june(region: str) -> None:
    assert days(region) == COMMON | {
        "reporting_units": ("2027-05-15", "single"),
        "reporting_network": ("2027-06-15", "single"),
    }


@pytest.mark.parametrize("region", [None, "Fosen"])
def test_elsewhere_the_reporting_date_is_doubtful(region: str | None) -> None:
    assert days(region) == COMMON | {"reporting_network": ("2027-01-15", "doubtful")}


def test_nothing_is_confirmed_by_itself_and_everything_has_a_source() -> None:
    for deadline in (*standard_deadlines(2026, "Gauldal"), *standard_deadlines(2026)):
        assert deadline.confirmed is False
        plans = [plan for plan in ("LP, Saksgang", "GA, Årshjul") if plan in deadline.source]
        assert len(plans) == (2 if deadline.certainty is Certainty.AGREED else 1)


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2026, 7, 31), 2025),
        (date(2026, 8, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
        (date(2027, 7, 31), 2026),
    ],
)
def test_a_round_turns_on_the_first_of_august(today: date, year: int) -> None:
    assert round_start_year(today) == year
    starts, ends = round_period(year)
    assert starts <= today <= ends


def test_a_round_is_written_with_two_years() -> None:
    assert round_label(2026) == "2026/27"
    assert round_label(2099) == "2099/00"


def test_heads_reply_two_weeks_before_the_owner() -> None:
    assert make_round(1).reply_by() == date(2026, 11, 17)
    assert make_round(1).reply_by(date(2026, 11, 10)) == date(2026, 11, 10)


def test_a_deadline_is_found_by_its_kind() -> None:
    found = make_round(1).deadline(DeadlineKind.DECISION_BASIS)
    assert found is not None
    assert found.day == date(2027, 2, 1)
    assert make_round(1).deadline(DeadlineKind.REPORTING_UNITS) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"deadlines": standard_deadlines(2026)[1:]},
        {"deadlines": standard_deadlines(2026) + standard_deadlines(2026)[:1]},
        {"ends": date(2026, 8, 1)},
    ],
)
def test_a_round_that_is_not_whole_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Round.model_validate(make_round(1).model_dump() | wrong)


def test_a_round_survives_json() -> None:
    round = make_round(1, region="Gauldal")
    assert Round.model_validate_json(round.model_dump_json()) == round
