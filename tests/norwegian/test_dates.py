from datetime import UTC, date, datetime, time, timedelta
from time import thread_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.norwegian.calendar_words import MONTHS, WEEKDAYS
from domain.norwegian.dates import understand_date, understand_moment, warm_up
from domain.norwegian.wordlists import words

SUNDAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30)
DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))


def read(text: str, today: date = SUNDAY) -> str | None:
    found = understand_date(text, today)
    return found.day.isoformat() if found else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1. desember", "2026-12-01"),
        ("1 des", "2026-12-01"),
        ("1ste desember", "2026-12-01"),
        ("1.desember", "2026-12-01"),
        ("Første desember", "2026-12-01"),
        ("femtende desember", "2026-12-15"),
        ("1. desembr", "2026-12-01"),
        ("tysdag 1. desember", "2026-12-01"),
        ("torsdag 3. desember kl 0900", "2026-12-03"),
        ("tors 3. des kl 9", "2026-12-03"),
        ("3. mars 2027 kl. 12", "2027-03-03"),
        ("1. desember neste år", "2027-12-01"),
        ("1. des 26", "2026-12-01"),
        ("15.12", "2026-12-15"),
        ("15.12.", "2026-12-15"),
        ("15/12", "2026-12-15"),
        ("15.12.26", "2026-12-15"),
        ("15.12.2026", "2026-12-15"),
        ("15-12-2026", "2026-12-15"),
        ("1/12-26", "2026-12-01"),
        ("15.04.2027", "2027-04-15"),
        ("2026-12-15", "2026-12-15"),
        ("02.03", "2027-03-02"),
        ("tredje i tolvte", "2026-12-03"),
        ("den 15.", "2026-12-15"),
        ("mandag den 23.", "2026-11-23"),
        ("fredag", "2026-11-27"),
        ("på fredag", "2026-11-27"),
        ("fre", "2026-11-27"),
        ("neste fredag", "2026-11-27"),
        ("laurdag", "2026-11-28"),
        ("onsdga", "2026-11-25"),
        ("søndag", "2026-11-29"),
        ("neste torsdag kl 10", "2026-11-26"),
        ("fredag kl 12", "2026-11-27"),
        ("fredag 12.30", "2026-11-27"),
        ("uke 48", "2026-11-23"),
        ("uke 47", "2026-11-22"),
        ("veke 48", "2026-11-23"),
        ("uke 2", "2027-01-11"),
        ("uke 53", "2026-12-28"),
        ("fredag i uke 48", "2026-11-27"),
        ("uke 48 på onsdag", "2026-11-25"),
        ("fredag i uke 47", "2027-11-26"),
        ("neste uke", "2026-11-23"),
        ("fredag neste uke", "2026-11-27"),
        ("mandag om to uker", "2026-11-30"),
        ("i dag", "2026-11-22"),
        ("i morgen kl. 14:30", "2026-11-23"),
        ("i mårra", "2026-11-23"),
        ("overmorgen", "2026-11-24"),
        ("i overmorgen", "2026-11-24"),
        ("i går", "2026-11-21"),
        ("om to uker", "2026-12-06"),
        ("om 14 dager", "2026-12-06"),
        ("om fjorten dagar", "2026-12-06"),
        ("14 dager fra nå", "2026-12-06"),
        ("om ein månad", "2026-12-22"),
        ("om tre månader", "2027-02-22"),
        ("om et halvt år", "2027-05-22"),
        ("første mandag i mars", "2027-03-01"),
        ("femte mandag i mars", "2027-03-29"),
        ("siste fredag i november", "2026-11-27"),
        ("siste dag i januar", "2027-01-31"),
        ("andre tirsdag i mai 2028", "2028-05-09"),
        ("første mandag i neste måned", "2026-12-07"),
        ("22. november", "2026-11-22"),
        ("21. november", "2027-11-21"),
        ("29. februar", "2028-02-29"),
        ("senest 1. desember, takk", "2026-12-01"),
        ("Vi møtes fredag 4. desember kl 12 i Solbakken", "2026-12-04"),
        ("2026/11/27", "2026-11-27"),
        ("27 11 2026", "2026-11-27"),
        ("27112026", "2026-11-27"),
        ("27.11-26", "2026-11-27"),
        ("27nov", "2026-11-27"),
        ("d. 15.12", "2026-12-15"),
        ("pr. 15.12", "2026-12-15"),
        ("den femtende", "2026-12-15"),
        ("15. neste måned", "2026-12-15"),
        ("den 15. i neste måned", "2026-12-15"),
        ("den 30. denne måneden", "2026-11-30"),
        ("utgangen av november", "2026-11-30"),
        ("innen utgangen av året", "2026-12-31"),
        ("utgangen av januar", "2027-01-31"),
        ("utgangen av februar 2028", "2028-02-29"),
        ("utgangen av neste måned", "2026-12-31"),
        ("julaften", "2026-12-24"),
        ("lille julaften", "2026-12-23"),
        ("første juledag", "2026-12-25"),
        ("nyttårsaften", "2026-12-31"),
        ("nyttårsdag", "2027-01-01"),
        ("sankthans", "2027-06-24"),
        ("julaften 2027", "2027-12-24"),
        ("uke 48 2026", "2026-11-23"),
        ("innen fredag i uke 48", "2026-11-27"),
        ("mandag i uke 3", "2027-01-18"),
    ],
)
def test_a_day_is_understood(text: str, day: str) -> None:
    assert read(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "tull og tøys",
        "i løpet av uka",
        "i løpet av uke 48",
        "denne uka",
        "fredag 3. desember",
        "mandag 24.",
        "fredag 12",
        "31. februar",
        "12.13",
        "uke 54",
        "mars",
        "2027",
        "5",
        "12 ansatte",
        "H26",
        "vår 2027",
        "1,5 år",
        "1.5 år",
        "punkt 15.12 i planen",
        "1. og 3. desember",
        "1.-3. desember",
        "mandag eller tirsdag",
        "ikke fredag",
        "hver fredag",
        "forrige fredag",
        "dagen før 1. desember",
        "to uker før 1. desember",
        "nest siste fredag i mars",
        "fri fridag",
        "mandatet vårt",
        "kan man det",
        "kl 10",
        "mandag kl 25",
        "om 900 år",
        "om 99999999 dager",
        "3. desember 20 personer",
        "fredag denne uka",
        "15. i denne måneden",
        "over nyttår",
        "etter påske",
        "midten av desember",
        "slutten av januar",
        "månedsskiftet november/desember",
        "siste fredag før jul",
        "20261327",
        "12 11 2026 barn",
        "2026/02/30",
        "1. desember " * 2000,
        "x" * 20_000,
    ],
)
def test_what_is_no_single_day_is_not_guessed(text: str) -> None:
    assert read(text) is None


def test_the_words_are_given_back_as_they_were_written() -> None:
    found = understand_date("Vi møtes  Torsdag 3. Desember kl 9", SUNDAY)
    assert found is not None
    assert found.phrase == "Torsdag 3. Desember"


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("fredag", "2026-11-27", "2026-12-04"),
        ("fredag", "2026-11-26", "2026-11-27"),
        ("neste fredag", "2026-11-25", "2026-12-04"),
        ("1. desember", "2026-12-01", "2026-12-01"),
        ("1. desember", "2026-12-02", "2027-12-01"),
        ("torsdag 3. desember", "2026-12-04", None),
        ("den 31.", "2026-11-22", "2026-12-31"),
        ("den 3. neste måned", "2026-12-30", "2027-01-03"),
        ("om en måned", "2027-01-31", "2027-02-28"),
        ("uke 1", "2026-12-31", "2027-01-04"),
        ("uke 53", "2027-01-02", "2027-01-02"),
        ("siste fredag i november", "2026-11-28", "2027-11-26"),
    ],
)
def test_the_day_depends_on_today(text: str, today: str, day: str | None) -> None:
    assert read(text, date.fromisoformat(today)) == day


@given(st.sampled_from(sorted(MONTHS)), st.integers(1, 28), DAYS)
def test_a_day_and_month_is_the_next_such_day(month: str, day: int, today: date) -> None:
    found = understand_date(f"{day}. {month}", today)
    assert found is not None
    assert today <= found.day < today + timedelta(days=367)
    assert (found.day.day, found.day.month) == (day, MONTHS[month])


@given(st.sampled_from(sorted(WEEKDAYS)), DAYS)
def test_a_weekday_is_one_of_the_next_seven_days(weekday: str, today: date) -> None:
    found = understand_date(weekday, today)
    assert found is not None
    assert 1 <= (found.day - today).days <= 7
    assert found.day.weekday() == WEEKDAYS[weekday]


@given(DAYS, DAYS)
def test_a_full_date_means_itself_whatever_today_is(day: date, today: date) -> None:
    month = next(name for name, number in MONTHS.items() if number == day.month)
    weekday = next(name for name, number in WEEKDAYS.items() if number == day.weekday())
    for written in (
        f"{day:%d.%m.%Y}",
        f"{day:%d.%m.%y}",
        day.isoformat(),
        f"{day.day}. {month} {day.year}",
        f"{weekday} {day.day}. {month} {day.year} kl. 12",
    ):
        assert read(written, today) == day.isoformat()


@given(DAYS, DAYS, st.integers(1, 6))
def test_a_weekday_that_contradicts_its_date_is_not_understood(day: date, today: date, off: int) -> None:
    wrong = list(WEEKDAYS)[(day.weekday() + off) % 7]
    assert read(f"{wrong} {day:%d.%m.%Y}", today) is None


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("i morgen kl. 14:30", "2026-11-23", "14:30"),
        ("neste torsdag kl 10", "2026-11-26", "10:00"),
        ("torsdag 3. desember kl 0900", "2026-12-03", "09:00"),
        ("fredag klokka ti", "2026-11-27", "10:00"),
        ("kl halv ti på fredag", "2026-11-27", "09:30"),
        ("fredag kvart over ti", "2026-11-27", "10:15"),
        ("fredag kvart på to", "2026-11-27", "13:45"),
        ("fredag kl 3", "2026-11-27", "15:00"),
        ("fredag kl 03", "2026-11-27", "03:00"),
        ("i kveld kl 8", "2026-11-22", "20:00"),
        ("mandag kl 10-12", "2026-11-23", "10:00"),
        ("4. desember 14.30", "2026-12-04", "14:30"),
        ("24. desember 2026 kl. 10.15", "2026-12-24", "10:15"),
        ("15.12 kl 12.00", "2026-12-15", "12:00"),
        ("kl. 10 1. desember", "2026-12-01", "10:00"),
        ("kl 10", "2026-11-22", "10:00"),
        ("kl 9", "2026-11-23", "09:00"),
        ("om to timer", "2026-11-22", "11:30"),
        ("om en halvtime", "2026-11-22", "10:00"),
        ("1. desember", "2026-12-01", None),
    ],
)
def test_a_moment_is_understood(text: str, day: str, clock: str | None) -> None:
    found = understand_moment(text, NOW)
    assert found is not None
    assert found.day.isoformat() == day
    assert found.time_of_day == (time.fromisoformat(clock) if clock else None)


@pytest.mark.parametrize(
    "text", ["", "hei", "mandag kl 25", "fredag kl 10 eller kl 12", "kl 10 et sted", "x" * 20_000]
)
def test_no_single_moment(text: str) -> None:
    assert understand_moment(text, NOW) is None


def test_hours_from_now_count_real_time_over_the_change_of_clocks() -> None:
    oslo = ZoneInfo("Europe/Oslo")
    before = datetime(2027, 3, 28, 1, 30, tzinfo=oslo)
    found = understand_moment("om 2 timer", before)
    assert found is not None
    assert datetime.combine(found.day, found.time_of_day or time(), oslo).astimezone(UTC) - before.astimezone(
        UTC
    ) == timedelta(hours=2)


WORDS = words(
    "1 15 31 . / - kl om uke neste fredag siste i mars halv to 2027 dager år den : 30 0900 først første"
    " 99999 des 99 femte idag"
)
FRAGMENTS = st.lists(st.sampled_from(sorted(WORDS)), max_size=12).map(" ".join)


@settings(deadline=None)
@given(
    st.one_of(st.text(max_size=250), FRAGMENTS, FRAGMENTS.map(lambda text: text.replace(" ", ""))), st.dates()
)
def test_no_text_makes_it_fail(text: str, today: date) -> None:
    found = understand_date(text, today)
    assert found is None or (2000 <= found.day.year <= 2100 and found.phrase)
    moment = understand_moment(text, datetime(today.year, today.month, today.day, 12))
    assert moment is None or moment.phrase


def test_long_texts_are_refused_at_once() -> None:
    warm_up()
    started = thread_time()
    for text in ("1" * 20_000, "fredag " * 20_000, "\u0301" * 20_000, "((((" * 5_000):
        assert understand_date(text, SUNDAY) is None
    for text in ("1 " * 100, "1." * 100, "fredag" * 33, "om 1 " * 40, " " * 200, "kl" * 100, "1-" * 100):
        understand_date(text, SUNDAY)
    assert thread_time() - started < 1
