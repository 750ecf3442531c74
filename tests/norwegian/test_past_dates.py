from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.norwegian.calendar_words import MONTHS, WEEKDAYS
from domain.norwegian.past_dates import understand_past_date

SUNDAY = date(2026, 11, 22)
DAYS = st.dates(date(2003, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12. oktober", "2026-10-12"),
        ("12.10", "2026-10-12"),
        ("12/10", "2026-10-12"),
        ("12.10.26", "2026-10-12"),
        ("12. oktober i år", "2026-10-12"),
        ("12. oktober 2025", "2025-10-12"),
        ("mandag 12. oktober", "2026-10-12"),
        ("vi drøftet det 12. oktober", "2026-10-12"),
        ("personalmøtet 12. oktober", "2026-10-12"),
        ("22. november", "2026-11-22"),
        ("23. november", "2025-11-23"),
        ("15.12", "2025-12-15"),
        ("i dag", "2026-11-22"),
        ("i går", "2026-11-21"),
        ("i forgårs", "2026-11-20"),
        ("torsdag", "2026-11-19"),
        ("på torsdag", "2026-11-19"),
        ("sist torsdag", "2026-11-19"),
        ("forrige torsdag", "2026-11-19"),
        ("torsdag i forrige uke", "2026-11-12"),
        ("søndag", "2026-11-15"),
        ("forrige uke", "2026-11-09"),
        ("forrige måned", "2026-10-01"),
        ("uke 42", "2026-10-12"),
        ("uke 43, onsdag", "2026-10-21"),
        ("for en uke siden", "2026-11-15"),
        ("for to veker sidan", None),
        ("for et par uker siden", "2026-11-08"),
        ("for 14 dager siden", "2026-11-08"),
        ("for to måneder siden", "2026-09-22"),
        ("for et halvt år siden", "2026-05-22"),
        ("for et år siden", "2025-11-22"),
        ("i oktober", "2026-10-01"),
        ("okt.", "2026-10-01"),
        ("desember", "2025-12-01"),
        ("oktober 25", "2025-10-01"),
        ("oktober i fjor", "2025-10-01"),
        ("i august i år", "2026-08-01"),
        ("begynnelsen av oktober", "2026-10-01"),
        ("i morgen", "2026-11-23"),
        ("neste uke", "2026-11-23"),
        ("om to uker", "2026-12-06"),
        ("1.12.2027", "2027-12-01"),
        ("fredag 3. november", None),
        ("31. november", None),
        ("i høst", None),
        ("5. og 12. oktober", None),
        ("flere ganger", None),
        ("for 999 år siden", "1027-11-22"),
        ("nei", None),
        ("", None),
        ("12. oktober " * 2000, None),
    ],
)
def test_a_day_that_has_been(text: str, day: str | None) -> None:
    found = understand_past_date(text, SUNDAY)
    assert (found.isoformat() if found else None) == day


@given(st.sampled_from(sorted(MONTHS)), st.integers(1, 28), DAYS)
def test_a_day_and_month_is_the_latest_such_day(month: str, day: int, today: date) -> None:
    found = understand_past_date(f"{day}. {month}", today)
    assert found is not None
    assert today - timedelta(days=366) <= found <= today
    assert (found.day, found.month) == (day, MONTHS[month])


@given(st.sampled_from(sorted(WEEKDAYS)), DAYS)
def test_a_weekday_is_one_of_the_last_seven_days(weekday: str, today: date) -> None:
    found = understand_past_date(weekday, today)
    assert found is not None
    assert 1 <= (today - found).days <= 7
    assert found.weekday() == WEEKDAYS[weekday]


@given(DAYS, DAYS)
def test_a_full_date_means_itself_whatever_today_is(day: date, today: date) -> None:
    for written in (f"{day:%d.%m.%Y}", day.isoformat()):
        assert understand_past_date(written, today) == day


WORDS = [
    *("for", "siden", "1", "999", "31", ".", "oktober", "i fjor", "forrige", "uke", "fredag", "måned", "år"),
    *("dager", "et par", "sist", "2027", "12.10", "i går", "halvt", "et"),
]


@settings(deadline=None)
@given(
    st.one_of(st.text(max_size=250), st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)), st.dates()
)
def test_no_text_makes_it_fail(text: str, today: date) -> None:
    found = understand_past_date(text, today)
    assert found is None or isinstance(found, date)
