"""What a leader does with a round's dates: read, confirmed, moved, and set for oneself."""

from __future__ import annotations

from datetime import date

import pytest

from domain.norwegian.misdated import Misdated
from domain.rounds.confirming import (
    BY_LEADER,
    DayFault,
    DayRead,
    changes,
    confirmed,
    days_of,
    moved,
    out_of_order,
    own_date,
    read_day,
    same_own_date,
    unconfirmed,
    with_own_date,
    without_own_date,
    working_day_before,
)
from domain.rounds.date_orders import DateOrder, OwnDateOrder, kind_named, read_order, read_own_date
from domain.rounds.models import Audience, DeadlineKind
from tests.rounds.contract import make_round

GAULDAL = make_round(1, region="Gauldal")
FOSEN = make_round(2)
TODAY = date(2026, 11, 22)
K = DeadlineKind


@pytest.mark.parametrize(
    ("text", "today", "day", "fault"),
    [
        ("4. desember", TODAY, date(2026, 12, 4), None),
        ("4. des", TODAY, date(2026, 12, 4), None),
        ("uke 5", TODAY, date(2027, 2, 1), None),
        ("fredag i uke 5", TODAY, date(2027, 2, 5), None),
        ("5.2", TODAY, date(2027, 2, 5), None),
        ("i morgen", TODAY, date(2026, 11, 23), None),
        ("snart", TODAY, None, DayFault.UNKNOWN),
        ("", TODAY, None, DayFault.UNKNOWN),
        ("tirsdag 1. september", TODAY, date(2026, 9, 1), DayFault.PAST),
        ("1. desember 2027", TODAY, date(2027, 12, 1), DayFault.OUTSIDE),
        ("om et år", TODAY, date(2027, 11, 22), DayFault.OUTSIDE),
        ("1. september", TODAY, date(2026, 9, 1), DayFault.PAST),
        ("1. desember", date(2026, 12, 15), date(2026, 12, 1), DayFault.PAST),
        ("lørdag 5. desember", TODAY, date(2026, 12, 5), DayFault.WEEKEND),
        ("17. mai", TODAY, date(2027, 5, 17), DayFault.HOLIDAY),
    ],
)
def test_a_day_is_read_in_its_round(text: str, today: date, day: date | None, fault: DayFault | None) -> None:
    """As people write it; a day without a year is that of the round."""
    assert read_day(text, GAULDAL, today) == DayRead(day, fault)


def test_a_weekday_that_is_not_the_dates_own_has_to_be_asked_about() -> None:
    """4 December 2026 is a Friday: that day and the nearest Tuesday may be meant."""
    either = Misdated(date(2026, 12, 4), date(2026, 12, 1))
    assert read_day("tirsdag 4. desember", GAULDAL, TODAY) == DayRead(date(2026, 12, 4), None, either)
    weekend = Misdated(date(2026, 12, 5), date(2026, 12, 4))
    assert read_day("fredag 5. desember", GAULDAL, TODAY) == DayRead(
        date(2026, 12, 5), DayFault.WEEKEND, weekend
    )


@pytest.mark.parametrize(
    ("text", "day", "fault"),
    [
        ("en uke", date(2026, 12, 8), None),
        ("to uker fram", date(2026, 12, 15), None),
        ("med en måned", date(2027, 1, 1), DayFault.HOLIDAY),
        ("fire dager senere", date(2026, 12, 5), DayFault.WEEKEND),
        ("en uke tidligere", date(2026, 11, 24), None),
        ("to uker tilbake", date(2026, 11, 17), DayFault.PAST),
        ("om en uke", date(2026, 11, 29), DayFault.WEEKEND),
    ],
)
def test_how_far_is_counted_from_the_day_that_stood_there(
    text: str, day: date, fault: DayFault | None
) -> None:
    """«Om en uke» counts from today, as ever."""
    assert read_day(text, GAULDAL, TODAY, before=date(2026, 12, 1)) == DayRead(day, fault)
    if text != "om en uke":
        assert read_day(text, GAULDAL, TODAY) == DayRead(fault=DayFault.UNKNOWN)


def test_the_day_that_stood_there_is_always_taken() -> None:
    """15 May 2027 is a Saturday, and 1 December may have been."""
    saturday, passed = date(2027, 5, 15), date(2026, 12, 1)
    assert read_day("15. mai 2027", GAULDAL, TODAY, before=saturday) == DayRead(saturday)
    assert read_day("1. desember 2026", GAULDAL, date(2027, 1, 7), before=passed) == DayRead(passed)


def test_some_or_all_are_confirmed() -> None:
    """The others stay as they are."""
    some = confirmed(GAULDAL, {K.NEEDS, K.GRANT_LETTER})
    assert [d.kind for d in unconfirmed(some)] == [
        K.DECISION_BASIS,
        K.RECOMMENDATION,
        K.REPORTING_UNITS,
        K.REPORTING_NETWORK,
    ]
    assert days_of(some) == days_of(GAULDAL)
    assert confirmed(GAULDAL, set(K)).confirmed


def test_a_moved_date_is_confirmed_and_bears_the_leaders_name() -> None:
    """Until it is moved back to what the plans say."""
    after = moved(GAULDAL, {K.NEEDS: date(2026, 12, 4)}, "Gauldal")
    needs = after.deadline(K.NEEDS)
    assert needs is not None
    assert (needs.day, needs.confirmed, needs.source) == (date(2026, 12, 4), True, BY_LEADER)
    assert changes(GAULDAL, days_of(after)) == {K.NEEDS: date(2026, 12, 4)}
    back = moved(after, {K.NEEDS: date(2026, 12, 1)}, "Gauldal").deadline(K.NEEDS)
    before = GAULDAL.deadline(K.NEEDS)
    assert back is not None
    assert before is not None
    assert back == before.model_copy(update={"confirmed": True})


def test_a_date_that_the_round_lacks_is_not_added() -> None:
    """Fosen has no reporting of units."""
    days = {K.REPORTING_UNITS: date(2027, 5, 14)}
    assert moved(FOSEN, days, "Fosen") == FOSEN
    assert changes(FOSEN, days) == {}


def test_order() -> None:
    """Needs before decision basis, and so on; reporting of the year before may come first."""
    assert out_of_order(days_of(GAULDAL)) == ()
    assert out_of_order(days_of(FOSEN)) == ()
    late = days_of(GAULDAL) | {K.NEEDS: date(2027, 2, 1), K.REPORTING_UNITS: date(2027, 6, 20)}
    assert out_of_order(late) == ((K.NEEDS, K.DECISION_BASIS), (K.REPORTING_UNITS, K.REPORTING_NETWORK))


def test_the_working_day_before() -> None:
    """None for a working day."""
    assert working_day_before(date(2026, 12, 1)) is None
    assert working_day_before(date(2027, 5, 17)) == date(2027, 5, 14)


def test_own_dates_keep_their_numbers() -> None:
    """A number is never used again."""
    one = with_own_date(GAULDAL, "Innspill", date(2027, 1, 11), Audience.OWNERS)
    two = with_own_date(one, "Fagdag", date(2027, 2, 9), Audience.HEADS)
    assert [(d.id, d.title) for d in two.own_dates] == [(1, "Innspill"), (2, "Fagdag")]
    assert same_own_date(two, "INNSPILL", date(2027, 1, 11), Audience.OWNERS) == one.own_dates[0]
    assert same_own_date(two, "Innspill", date(2027, 1, 12), Audience.OWNERS) is None
    gone = without_own_date(two, 2)
    assert own_date(gone, 2) is None
    assert with_own_date(gone, "Ny", date(2027, 3, 1), Audience.MEMBERS).own_dates[-1].id == 3


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("endre fristen for behov til 4. desember", DateOrder(K.NEEDS, "4. desember", True)),
        ("Flytt fristen for beslutningsgrunnlaget til uke 5.", DateOrder(K.DECISION_BASIS, "uke 5", True)),
        ("beslutningsgrunnlag 5. februar", DateOrder(K.DECISION_BASIS, "5. februar", False)),
        ("beslutningsgrunnlaget er 5. februar", DateOrder(K.DECISION_BASIS, "5. februar", False)),
        ("fristen for behov er flyttet til 4. desember", DateOrder(K.NEEDS, "4. desember", False)),
        ("ny frist for behov: 4.12", DateOrder(K.NEEDS, "4.12", True)),
        ("rapportering fra enhetene 20. mai", DateOrder(K.REPORTING_UNITS, "20. mai", False)),
        ("rapportering 1. juni", DateOrder(None, "1. juni", False)),
        ("endre fristen for innstillingen", DateOrder(K.RECOMMENDATION, "", True)),
        ("flytt fristen te 4 desember", DateOrder(K.NEEDS, "4 desember", True, named=False)),
        ("Kan du utsette fristen til fredag?", DateOrder(K.NEEDS, "fredag", True, named=False)),
        ("ny frist 10/12", DateOrder(K.NEEDS, "10/12", True, named=False)),
        ("fristen skal være 4. desember", DateOrder(K.NEEDS, "4. desember", False, named=False)),
        ("flytt fristen for Solbakken til fredag", None),
        ("flytt fristen", None),
        ("når er fristen", None),
        ("er fristen 4. desember?", None),
        ("beslutningsgrunnlag 5. februar?", None),
        ("når er fristen for behov?", None),
        ("beslutningsgrunnlag", None),
        ("behov", None),
        ("endre frister", None),
        ("", None),
    ],
)
def test_a_sentence_about_a_date(text: str, order: DateOrder | None) -> None:
    """Which date, and the words that say the day."""
    assert read_order(text, GAULDAL) == order


def test_the_only_reporting_date_is_the_one_meant() -> None:
    """Fosen has just one."""
    assert read_order("rapportering 1. juni", FOSEN) == DateOrder(K.REPORTING_NETWORK, "1. juni", False)
    assert kind_named("beslutningsgrunnlaget", FOSEN) is K.DECISION_BASIS
    assert kind_named("Gauldal", FOSEN) is None


@pytest.mark.parametrize(
    ("text", "order"),
    [
        (
            "egen dato: innspill til planen 10. januar, for eiere",
            OwnDateOrder("innspill til planen", "10. januar", Audience.OWNERS),
        ),
        ("egen dato: fagdag 10.1", OwnDateOrder("fagdag", "10.1", None)),
        (
            "egen dato: 12. mars 2027 fagdag om lek for styrere",
            OwnDateOrder("fagdag om lek", "12. mars 2027", Audience.HEADS),
        ),
        (
            "ny dato: Fagdag i Røros tirsdag 9. februar for medlemmene",
            OwnDateOrder("Fagdag i Røros", "tirsdag 9. februar", Audience.MEMBERS),
        ),
        ("egen dato: frist for innspill uke 5", OwnDateOrder("frist for innspill", "uke 5", None)),
        ("legg til en dato", OwnDateOrder(None, None, None)),
        ("hvilken dato passer?", None),
    ],
)
def test_a_sentence_about_a_date_of_ones_own(text: str, order: OwnDateOrder | None) -> None:
    """Title, day and whom it is for, whatever of them is there."""
    assert read_own_date(text, TODAY) == order
