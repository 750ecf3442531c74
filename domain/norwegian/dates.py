"""Dates and times as people write them in Norwegian, day before month.

Our own rules read the Norwegian forms first; dateparser gets the phrases that count from today («om 14
dager», «i morgen»). A text in which two days could be meant, or whose weekday contradicts its date, is not
understood: the caller asks again instead of guessing.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from domain.norwegian.calendar_words import MONTHS, WEEKDAYS, Phrase, one_spelling
from domain.norwegian.clock_times import read_clock, time_from_now
from domain.norwegian.day_rules import DAY_RULES
from domain.norwegian.wordlists import words

MOST_CHARACTERS: Final = 200
_YEARS: Final = range(2000, 2101)

_COUNTED: Final = re.compile(
    r"\b(?:i\s+(?:dag|morgen|går)|om\s+(?P<number>\d{1,3}|1 halvt)\s*(?P<unit>dag|uke|måned|år)(?:e?r)?"
    r"|(?P<ahead>\d{1,3})\s*(?P<ahead_unit>dag|uke|måned|år)(?:e?r)?\s+fra\s+(?:nå|i\s+dag))\b"
)


_PLAIN: Final = words(
    "på den i innen senest seinest før etter fra frå til helst gjerne kanskje omtrent ca rundt nå fram frem"
    " førstkommende kommende komande denne fristen frist er blir dato datoen takk vi jeg starter start"
    " d pr per oppstart kan da så ja ok det m med møte møtet morgenen tidlig kveld kvelden ettermiddag"
)
_BESIDE_A_DAY: Final = _PLAIN - {"møte", "møtet", "start", "starter", "oppstart"} | words(
    "nei hei heller stedet istedenfor istedet for vær så snill ta bruk sett sette kan skal være burde bli prøv du nytt ny"
)
"""What may be said politely beside a day that is the whole answer."""
_UNSAFE: Final = words(
    "ikke hver alle aldri unntatt uten forrige førre sist siste nest løpet løpe mellom eller enten igjen"
    " dag dager dagen uke uka uker måned måneden måneder år året halvår semester jul påske siden"
)
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class DateReading:
    """A day, and the words that were read as it."""

    day: date
    phrase: str


@dataclass(frozen=True, slots=True)
class MomentReading:
    """A day with the time if one was given (local to the reader), and the words that were read."""

    day: date
    time_of_day: time | None
    phrase: str


def understand_date(text: str, today: date) -> DateReading | None:
    """The one day that the text means; a day and month without year is never in the past."""
    phrase = _phrase(text)
    clock = read_clock(phrase.text) if phrase else None
    if phrase is None or clock is None:
        return None
    found = _find_day(clock.rest, today)
    return DateReading(found[0], phrase.written(found[1], found[2])) if found else None


def is_only_day(text: str, today: date) -> bool:
    """Whether a text is one day and nothing more, but for polite words around it; a question is not."""
    found = understand_date(text, today)
    if found is None or found.phrase not in text or text.rstrip().endswith("?"):
        return False
    rest = text.replace(found.phrase, " ", 1).casefold()
    return all(word in _BESIDE_A_DAY for word in _WORD.findall(rest))


def understand_moment(text: str, now: datetime) -> MomentReading | None:
    """The one day that the text means, and the time of day if it names one.

    A time without a day is its next occurrence. The answer is in the time zone of `now`.
    """
    phrase = _phrase(text)
    if phrase is None:
        return None
    if (counted := time_from_now(phrase.text)) is not None:
        ahead, start, end = counted
        then = _later(now, ahead)
        written = phrase.written(start, end)
        return MomentReading(then.date(), then.time().replace(second=0, microsecond=0), written)
    clock = read_clock(phrase.text)
    if clock is None:
        return None
    found = _find_day(clock.rest, now.date())
    if found is not None:
        first, last = found[1], found[2]
        if clock.time_of_day is not None:
            first, last = min(first, clock.start), max(last, clock.end)
        return MomentReading(found[0], clock.time_of_day, phrase.written(first, last))
    if clock.time_of_day is None or not _only_plain(clock.rest):
        return None
    day = now.date() if clock.time_of_day >= now.time() else now.date() + timedelta(days=1)
    return MomentReading(day, clock.time_of_day, phrase.written(clock.start, clock.end))


def warm_up() -> None:
    """Let dateparser load its language data, which takes a third of a second the first time."""
    _by_dateparser("om 2 uker", date(2026, 1, 1))


def _phrase(text: str) -> Phrase | None:
    if not text or len(text) > MOST_CHARACTERS:
        return None
    return one_spelling(text)


def _later(now: datetime, ahead: timedelta) -> datetime:
    """Real time, also over a change to or from summer time."""
    if now.tzinfo is None:
        return now + ahead
    return (now.astimezone(UTC) + ahead).astimezone(now.tzinfo)


def _find_day(text: str, today: date) -> tuple[date, int, int] | None:
    """The day with the positions of its words, or None."""
    try:
        for rule in DAY_RULES:
            match = rule.pattern.search(text)
            if match is not None:
                rest = text[: match.start()] + " " + text[match.end() :]
                fits = _harmless(rest) if rule.unmistakable else _only_plain(rest)
                day = rule.day(match, today) if fits else None
                return _bounded(day, match.start(), match.end())
        return _find_counted(text, today)
    except (ValueError, OverflowError):
        return None


def _find_counted(text: str, today: date) -> tuple[date, int, int] | None:
    match = _COUNTED.search(text)
    if match is None or not _harmless(text[: match.start()] + " " + text[match.end() :]):
        return None
    number, unit = match["number"] or match["ahead"], match["unit"] or match["ahead_unit"]
    if number is None:
        wanted = match.group()
    elif number == "1 halvt":
        wanted = "om 6 måneder" if unit == "år" else ""
    else:
        wanted = f"om {number} {unit}"
    return _bounded(_by_dateparser(wanted, today), match.start(), match.end())


def _bounded(day: date | None, start: int, end: int) -> tuple[date, int, int] | None:
    return (day, start, end) if day is not None and day.year in _YEARS else None


def _only_plain(rest: str) -> bool:
    return all(word in _PLAIN for word in _WORD.findall(rest))


def _harmless(rest: str) -> bool:
    """Nothing that is left could change which day is meant, or mean another one."""
    return not any(
        word.isdigit() or word in _UNSAFE or word in WEEKDAYS or word in MONTHS or word == "overmorgen"
        for word in _WORD.findall(rest)
    )


def _by_dateparser(wanted: str, today: date) -> date | None:
    # Imported on first use: loading it costs more than the rest of the program's start.
    import dateparser

    found = dateparser.parse(
        wanted,
        languages=["nb", "nn"],
        settings={
            "RELATIVE_BASE": datetime(today.year, today.month, today.day),  # noqa: DTZ001
            "PREFER_DATES_FROM": "future",
            "DATE_ORDER": "DMY",
            "REQUIRE_PARTS": ["day"],
        },
    )
    return found.date() if found else None
