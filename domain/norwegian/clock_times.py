"""Times of the day as people write them: «kl. 0900», «halv ti», «14:30», «om to timer»."""

import re
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Final

from domain.norwegian.calendar_words import MONTHS, WEEKDAYS

_KL: Final = r"(?:\bkl\b\.?\s*)?"
_UNTIL: Final = r"(?:\s*(?:-|til)\s*(?:kl\b\.?\s*)?\d{1,2}(?:[.:]?[0-5]\d)?(?!\d|\.\s*[^\W\d_]|\.\d))?"
_DAY_OR_MONTH: Final = "|".join((*WEEKDAYS, *MONTHS))
_FORMS: Final = (
    re.compile(_KL + r"\b(?P<quarter>kvart|5|10|20)\s+(?P<way>over|på)\s+(?P<hour>\d{1,2})\b(?!\.)"),
    re.compile(_KL + r"\bhalv\s+(?P<half>\d{1,2})\b(?!\.)"),
    re.compile(_KL + r"(?<![\d:.])(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d)?(?!\d)" + _UNTIL),
    re.compile(r"\bkl\b\.?\s*(?P<hour>\d{1,2}?)(?:\.?(?P<minute>\d\d))?(?!\d)" + _UNTIL),
    re.compile(
        rf"(?P<before>\b(?:{_DAY_OR_MONTH})\s+)(?P<hour>\d{{1,2}})\.(?P<minute>00|1[3-9]|[2-5]\d)(?![\d.])"
    ),
)
_FROM_NOW: Final = re.compile(r"\bom\s+(?:(?P<number>\d{1,3})|en|ei)\s*(?P<unit>timer?|minutter|halvtime)\b")
_LATE: Final = re.compile(r"\b(?:kveld|kvelden|ettermiddag|ettermiddagen)\b")
_EARLY: Final = re.compile(r"\b(?:morgenen|tidlig|natt|natta|natten|formiddag|formiddagen)\b")


@dataclass(frozen=True, slots=True)
class ClockReading:
    """The time in a text, and the same text with the time blanked out (positions are kept)."""

    rest: str
    time_of_day: time | None
    start: int
    end: int


def read_clock(text: str) -> ClockReading | None:
    """The one time in a text of one spelling; None when it is impossible or there are several."""
    rest, found, start, end = text, None, 0, 0
    for form in _FORMS:
        for match in form.finditer(rest):
            read = _time_of(match, text)
            if read is None or found is not None:
                return None
            found, start, end = (
                read,
                match.end("before") if "before" in form.groupindex else match.start(),
                match.end(),
            )
        if found is not None:
            rest = rest[:start] + " " * (end - start) + rest[end:]
            break
    if found is not None and any(form.search(rest) for form in _FORMS):
        return None
    return ClockReading(rest, found, start, end)


def time_from_now(text: str) -> tuple[timedelta, int, int] | None:
    """«om to timer», «om en halvtime»: how long, and where in the text it stands."""
    match = _FROM_NOW.search(text)
    if match is None:
        return None
    number, unit = int(match["number"] or 1), match["unit"]
    if unit == "halvtime":
        ahead = timedelta(minutes=30)
    else:
        ahead = timedelta(hours=number) if unit.startswith("time") else timedelta(minutes=number)
    return ahead, match.start(), match.end()


def _time_of(match: re.Match[str], text: str) -> time | None:
    groups = match.groupdict()
    written = groups.get("half") or groups["hour"]
    hour, minute = int(written), int(groups.get("minute") or 0)
    if groups.get("half"):
        hour, minute = (hour - 1) % 24, 30
    if quarter := groups.get("quarter"):
        minutes = 15 if quarter == "kvart" else int(quarter)
        hour, minute = (hour, minutes) if groups["way"] == "over" else ((hour - 1) % 24, 60 - minutes)
    if hour < 12 and (_LATE.search(text) or _sounds_like_afternoon(written, hour, match, text)):
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _sounds_like_afternoon(written: str, hour: int, match: re.Match[str], text: str) -> bool:
    """«kl. 3» is said of the afternoon by people at work; «kl. 03» and «3:00» are not."""
    exact = written.startswith("0") or ":" in match.group()
    return 1 <= hour <= 5 and not exact and not _EARLY.search(text)
