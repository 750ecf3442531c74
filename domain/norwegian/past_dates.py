"""Days that have been, as people write them: «12. oktober», «sist fredag», «for to uker siden», «i oktober»."""

import re
from datetime import date, timedelta
from typing import Final

from domain.norwegian.calendar_words import MONTH_SHORT, MONTHS, WEEKDAYS, one_spelling
from domain.norwegian.dates import MOST_CHARACTERS, understand_date

_A_YEAR_OF_WEEKS: Final = timedelta(days=364)
_MONTH_NUMBERS: Final = {name: number for name, number in (MONTHS | MONTH_SHORT).items() if name != "jul"}
_MONTH: Final = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_LEAD: Final = r"(?:(?:vi|det|var|ble|gjorde|drøftet|sist|siste|ca|cirka|omtrent|rundt|en gang)\b[\s.]*)*"
_WEEKDAY: Final = re.compile(
    rf"(?:{_LEAD}(?:på|nå|forrige|førre|sist|siste|i)?\s*)(?P<weekday>{'|'.join(WEEKDAYS)})(?:en)?"
    r"(?P<week>,?\s+(?:i\s+)?(?:forrige|førre|sist) uk[ea])?"
)
_LAST_WEEK: Final = re.compile(rf"{_LEAD}(?:i\s+)?(?:forrige|førre|sist|siste) uk[ea]")
_AGO: Final = re.compile(
    rf"{_LEAD}for\s+(?:ca\.?\s+)?(?P<number>\d{{1,3}}|1 par|1 halvt)\s+(?P<unit>dag|uke|måned|år)(?:e?r)?\s+siden"
)
_IN_MONTH: Final = re.compile(
    rf"{_LEAD}(?:(?:i|på|begynnelsen av|starten av|slutten av|midten av|tidlig i|sent i|ut i)\s+)*"
    rf"(?P<month>{_MONTH})\b\.?(?:\s+(?:i\s+)?(?P<year>(?:20)?\d\d))?"
)
_LAST_MONTH: Final = re.compile(rf"{_LEAD}(?:i\s+)?(?:forrige|førre|sist|siste) måned")
_DAYS: Final = {"dag": 1, "uke": 7}


def understand_past_date(text: str, today: date) -> date | None:
    """The day that the text means, the latest one when it names no year; of a month its first day.

    A day that lies ahead and can mean nothing else («i morgen», «1.2.2031») is given as it is.
    """
    if not text or len(text) > MOST_CHARACTERS:
        return None
    spelled = _with_years(" ".join(one_spelling(text).text.split()).strip(" .,;:!?"), today)
    found = _counted_back(spelled, today)
    if found is not None:
        return found
    ahead, behind = understand_date(spelled, today), understand_date(spelled, today - _A_YEAR_OF_WEEKS)
    if ahead is None or behind is None:
        known = ahead or behind
        return known.day if known else None
    # What is counted from today follows it when today is moved; a named day stays where it is.
    if ahead.day - behind.day == _A_YEAR_OF_WEEKS and not re.search(r"\buke \d", spelled):
        return ahead.day
    return behind.day


def _with_years(text: str, today: date) -> str:
    for words, year in (("i fjor", today.year - 1), ("i år", today.year), ("neste år", today.year + 1)):
        text = re.sub(rf"\b{words}\b", str(year), text)
    return text


def _counted_back(text: str, today: date) -> date | None:
    if re.fullmatch(rf"{_LEAD}i (?:forgårs|førgårs|forigårs)|{_LEAD}forgårs", text):
        return today - timedelta(days=2)
    if match := _WEEKDAY.fullmatch(text):
        monday = today - timedelta(days=today.weekday())
        number = WEEKDAYS[match["weekday"]]
        if match["week"]:
            return monday + timedelta(days=number - 7)
        return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    if _LAST_WEEK.fullmatch(text):
        return today - timedelta(days=today.weekday() + 7)
    if _LAST_MONTH.fullmatch(text):
        return _ago(1, "måned", today.replace(day=1))
    if match := _AGO.fullmatch(text):
        return _some_time_ago(match["number"], match["unit"], today)
    if match := _IN_MONTH.fullmatch(text):
        return _in_month(_MONTH_NUMBERS[match["month"]], match["year"], today)
    return None


def _some_time_ago(number: str, unit: str, today: date) -> date | None:
    if number == "1 halvt":
        return _ago(6, "måned", today) if unit == "år" else None
    return _ago(2 if number == "1 par" else int(number), unit, today)


def _ago(number: int, unit: str, today: date) -> date | None:
    if unit in _DAYS:
        return today - timedelta(days=number * _DAYS[unit])
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "år" else 1)
    year, month = divmod(months, 12)
    for day in range(today.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, min(today.day, 28)) if year > 0 else None


def _in_month(month: int, year: str | None, today: date) -> date:
    if year is None:
        return date(today.year - (month > today.month), month, 1)
    return date(2000 + int(year[-2:]), month, 1)
