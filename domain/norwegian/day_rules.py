"""The forms in which a day is written, each with the day that it means.

All patterns read a text of one spelling (`one_spelling`). A rule answers None for a day that does not
exist, or that its own weekday contradicts.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.norwegian.calendar_words import MONTH_SHORT, MONTHS, WEEKDAY_SHORT, WEEKDAYS

_WEEKDAY_NUMBERS: Final = {**WEEKDAYS, **WEEKDAY_SHORT}
_MONTH_NUMBERS: Final = {**MONTHS, **MONTH_SHORT}


_NAMED_DAYS: Final = {
    "nyttårsdag": (1, 1),
    "nyttårsdagen": (1, 1),
    "sankthansaften": (6, 23),
    "sankthans": (6, 24),
    "lille julaften": (12, 23),
    "julaften": (12, 24),
    "julaftan": (12, 24),
    "1. juledag": (12, 25),
    "2. juledag": (12, 26),
    "nyttårsaften": (12, 31),
    "nyttårsaftan": (12, 31),
}
"""Month and day of those with a name that fall on the same date each year."""


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_FULL: Final = rf"(?P<weekday>{_any_of(WEEKDAYS)})(?:en)?\b"
_LEAD: Final = rf"(?:\b(?P<weekday>{_any_of(_WEEKDAY_NUMBERS)})\b\.?,?\s*(?:den\s+)?)?"
_MONTH: Final = rf"(?P<month>{_any_of(_MONTH_NUMBERS)})\b\.?"
_LONG_MONTH: Final = rf"(?P<month>{_any_of(MONTHS)})\b"
_YEAR: Final = (
    r"(?:,?\s*(?:i\s+)?['’]?(?P<year>20\d\d(?!\d)|[2-5]\d(?=\s*(?:$|[,.;!?)])))"
    r"|\s+(?P<which>(?:til\s+)?neste år|i år))?"
)
_DAY: Final = r"(?<![\d.,:/-])(?P<day>\d{1,2})(?:\s?(?:\.|ste\b|te\b|de\b|nde\b)\.?)?\s*"


@dataclass(frozen=True, slots=True)
class DayRule:
    """A form of writing a day; an unmistakable one may also stand inside a sentence."""

    pattern: re.Pattern[str]
    day: Callable[[re.Match[str], date], date | None]
    unmistakable: bool = True


def coming_weekday(weekday: int, today: date) -> date:
    """The next such day after today (Monday is 0)."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def coming_day(day: int, month: int, today: date) -> date | None:
    """The next such day on or after today; None if it never comes."""
    for year in range(today.year, today.year + 9):
        found = _exact(year, month, day)
        if found is not None and found >= today:
            return found
    return None


def _exact(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_of(match: re.Match[str], today: date) -> int | None:
    groups = match.groupdict()
    if which := groups.get("which"):
        return today.year if which == "i år" else today.year + 1
    if written := groups.get("year"):
        return int(written) if len(written) == 4 else 2000 + int(written)
    return None


def _agreeing(found: date | None, match: re.Match[str]) -> date | None:
    weekday = match.groupdict().get("weekday")
    if found is None or weekday is None or found.weekday() == _WEEKDAY_NUMBERS[weekday]:
        return found
    return None


def _dated(match: re.Match[str], today: date) -> date | None:
    """A day and a month, with or without year and weekday."""
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTH_NUMBERS[month]
    year = _year_of(match, today)
    day = int(match["day"])
    return _agreeing(coming_day(day, number, today) if year is None else _exact(year, number, day), match)


def _nth_weekday(match: re.Match[str], today: date) -> date | None:
    weekday = WEEKDAYS[match["weekday"]] if match["weekday"] else None
    if match["month"] is None:
        step = 1 if match["relative"].startswith("neste") else 0
        month = (today.month - 1 + step) % 12 + 1
        return _nth(today.year + (today.month + step > 12), month, weekday, match["nth"])
    month, year = MONTHS[match["month"]], _year_of(match, today)
    if year is not None:
        return _nth(year, month, weekday, match["nth"])
    candidates = (_nth(each, month, weekday, match["nth"]) for each in (today.year, today.year + 1))
    return next((found for found in candidates if found is not None and found >= today), None)


def _nth(year: int, month: int, weekday: int | None, nth: str) -> date | None:
    days = [found for number in range(1, 32) if (found := _exact(year, month, number)) is not None]
    if weekday is not None:
        days = [found for found in days if found.weekday() == weekday]
    if nth.startswith("sist"):
        return days[-1]
    position = int(nth.rstrip(".")) - 1
    return days[position] if 0 <= position < len(days) else None


def _in_week(match: re.Match[str], today: date) -> date | None:
    weekday = WEEKDAYS[match["weekday"]] if match.groupdict().get("weekday") else None
    number, year = int(match["week"]), _year_of(match, today)
    years = (today.year - 1, today.year, today.year + 1, today.year + 2) if year is None else (year,)
    for each in years:
        try:
            monday = date.fromisocalendar(each, number, 1)
        except ValueError:
            continue
        if year is not None:
            return monday + timedelta(days=weekday or 0)
        if weekday is None and monday <= today <= monday + timedelta(days=6):
            return today
        if (found := monday + timedelta(days=weekday or 0)) >= today:
            return found
    return None


def _in_weeks_time(match: re.Match[str], today: date) -> date | None:
    monday = today - timedelta(days=today.weekday())
    groups = match.groupdict()
    weeks = int(groups["weeks"]) if groups.get("weeks") else int(groups["relative"].startswith("neste"))
    found = monday + timedelta(days=7 * weeks + WEEKDAYS[groups.get("weekday") or "mandag"])
    return found if found >= today else None


def _weekday(match: re.Match[str], today: date) -> date | None:
    weekday = _WEEKDAY_NUMBERS[match["weekday"]]
    if match["next"]:
        return today + timedelta(days=7 - today.weekday() + weekday)
    return coming_weekday(weekday, today)


def _last_day(match: re.Match[str], today: date) -> date | None:
    if match["relative"] in ("året", "år"):
        return date(today.year, 12, 31)
    if match["month"]:
        month, year = MONTHS[match["month"]], _year_of(match, today)
        return _nth(year or today.year + (month < today.month), month, None, "sist")
    month = today.month + (match["relative"] == "neste måned")
    return _nth(today.year + (month > 12), (month - 1) % 12 + 1, None, "sist")


def _named_day(match: re.Match[str], today: date) -> date | None:
    month, day = _NAMED_DAYS[match["named"]]
    year = _year_of(match, today)
    return coming_day(day, month, today) if year is None else _exact(year, month, day)


def _day_of_month(match: re.Match[str], today: date) -> date | None:
    relative = match["relative"] or ""
    first, last = (1, 2) if "neste" in relative else (0, 1) if relative else (0, 13)
    for ahead in range(first, last):
        month = today.month - 1 + ahead
        found = _exact(today.year + month // 12, month % 12 + 1, int(match["day"]))
        if found is not None and found >= today:
            return _agreeing(found, match)
    return None


def _days_ahead(days: int) -> Callable[[re.Match[str], date], date | None]:
    return lambda _match, today: today + timedelta(days=days)


_RULES: Final[tuple[tuple[str, Callable[[re.Match[str], date], date | None], bool], ...]] = (
    (r"(?<![\d/-])(?P<year>20\d\d)(?P<sep>[-/])(?P<month>\d\d?)(?P=sep)(?P<day>\d\d?)(?!\d)", _dated, True),
    (r"(?<!\d)(?P<day>\d\d?) (?P<month>\d\d?) (?P<year>20\d\d)(?!\d)", _dated, False),
    (r"(?<!\d)(?P<day>\d\d)(?P<month>\d\d)(?P<year>20\d\d)(?!\d)", _dated, False),
    (
        _LEAD + r"(?<![\d.,:/-])(?P<day>\d{1,2})(?P<sep>[./-])\s?(?P<month>\d{1,2})"
        r"(?:(?P=sep)\s?|[-/ ])(?P<year>20\d\d|\d\d)(?![\d:]|[.,]\d)",
        _dated,
        True,
    ),
    (_LEAD + _DAY + _MONTH + _YEAR, _dated, True),
    (_LEAD + r"(?<![\d.,:/-])(?P<day>\d{1,2})\.\s?i\s(?P<month>\d{1,2})(?:\.|\b)", _dated, False),
    (_LEAD + r"(?<![\d.,:/-])(?P<day>\d{1,2})[./]\s?(?P<month>\d{1,2})\.?(?![\d:/]|[.,]\d)", _dated, False),
    (
        rf"(?<![\d-])\b(?P<nth>[1-5]\.|siste?)\s*(?:{_FULL}|dag(?:en)?\b)\s+i\s+"
        rf"(?:{_LONG_MONTH}{_YEAR}|(?P<relative>måneden|neste måned|denne måneden))",
        _nth_weekday,
        True,
    ),
    (
        rf"\butgangen av (?:{_LONG_MONTH}{_YEAR}|(?P<relative>måneden|neste måned|denne måneden|året|år))",
        _last_day,
        True,
    ),
    (rf"\b(?P<named>{_any_of(_NAMED_DAYS)})\b{_YEAR}", _named_day, True),
    (rf"\b{_FULL},?\s+(?:i\s+)?uke\s*(?P<week>\d{{1,2}})(?!\d){_YEAR}", _in_week, True),
    (rf"\buke\s*(?P<week>\d{{1,2}})(?!\d){_YEAR},?\s+(?:på\s+)?{_FULL}", _in_week, True),
    (rf"\b(?:uke|uka)\s*(?P<week>\d{{1,2}})(?!\d){_YEAR}", _in_week, True),
    (rf"\b{_FULL}\s+(?:i\s+)?(?P<relative>neste uke|neste uka|denne uka|denne uke)\b", _in_weeks_time, True),
    (rf"\b(?P<relative>neste uke|neste uka|denne uka)\s+(?:på\s+)?{_FULL}", _in_weeks_time, True),
    (rf"\b{_FULL}\s+om\s+(?P<weeks>\d{{1,2}})\s+(?:uke|uker)\b", _in_weeks_time, True),
    (r"\b(?P<relative>neste uke)\b", _in_weeks_time, True),
    (
        rf"(?:\b{_FULL},?\s+(?:den\s+)?|\bden\s+)(?P<day>\d{{1,2}})\.?(?![\d.,]*\d)"
        r"(?:\s+(?P<relative>(?:i )?(?:neste|denne) måned(?:en)?))?",
        _day_of_month,
        False,
    ),
    (
        r"(?<![\d.,])(?P<day>\d{1,2})\.?\s+(?P<relative>(?:i )?(?:neste|denne) måned(?:en)?)",
        _day_of_month,
        False,
    ),
    (rf"\b(?P<next>neste\s+)?{_FULL}", _weekday, True),
    (r"\b(?P<next>neste\s+)?(?P<weekday>tirs|ons|tors|fre|lør|søn)\b\.?", _weekday, False),
    (r"\b(?:i\s+)?overmorgen\b", _days_ahead(2), True),
    (r"\bi\s+(?:kveld|ettermiddag|formiddag|natt)\b", _days_ahead(0), True),
)
DAY_RULES: Final = tuple(DayRule(re.compile(pattern), day, sure) for pattern, day, sure in _RULES)
"""In the order in which they are tried: the fuller form first."""
