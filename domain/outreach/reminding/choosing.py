"""What people choose about their reminders: how many, a pause, or another day for one of them. Pure rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domain.norwegian.calendar_words import MONTHS
from domain.norwegian.dates import understand_date
from domain.outreach.models import Level, ReminderChoice
from domain.outreach.planning.hours import next_reminder_day, previous_reminder_day

LONGEST_PAUSE: Final = timedelta(days=366)

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(weeks=1)
_SPAN: Final = re.compile(
    r"(?:i|om)?\s*(?P<number>\d{1,3}|\w+)\s+(?P<unit>dag|dager|uke|uker|veke|veker|måned|måneder|månad|månader)"
    r"(?:\s+til)?"
)
_BOTH: Final = re.compile(r"\b(?:et|ett)\s+par\b")
_THROUGH: Final = re.compile(rf"(?:hele|i|over|i hele)\s+(?P<month>{'|'.join(MONTHS)})")
_MONTH: Final = re.compile(rf"(?:i|til|før|over)?\s*(?P<month>{'|'.join(MONTHS)})")
_AFTER_WEEKEND: Final = frozenset({"over helga", "over helgen", "over helgo", "etter helga", "etter helgen"})
_AFTER_CHRISTMAS: Final = frozenset({"over jul", "etter jul", "over nyttår", "etter nyttår", "på nyåret"})


class DayProblem(StrEnum):
    """Why a day cannot be chosen."""

    NOT_UNDERSTOOD = "not_understood"
    PAST = "past"
    TOO_LATE = "too_late"


def read_day(text: str, today: date) -> date | None:
    """The one day that the text means; also how long, and ways of speaking that name no day of the calendar."""
    spoken = " ".join(text.lower().split()).strip(" .,!?")
    spoken = _BOTH.sub("to", spoken)
    if (found := understand_date(spoken, today)) is not None:
        return found.day
    if spoken.removeprefix("til ") in _AFTER_WEEKEND:
        return today + timedelta(days=7 - today.weekday())
    if spoken.removeprefix("til ") in _AFTER_CHRISTMAS:
        return date(today.year + 1 if today.month > 1 else today.year, 1, 2)
    if month := _MONTH.fullmatch(spoken):
        number = MONTHS[month["month"]]
        return date(today.year + (number <= today.month), number, 1)
    if span := _SPAN.fullmatch(spoken):
        counted = understand_date(f"om {span['number']} {span['unit']}", today)
        return counted.day if counted else None
    return None


# --- how many, and a pause ------------------------------------------------------------------------------------


def read_pause(text: str, today: date) -> date | None:
    """The day on which the pause that the text means is over: «i juli» lasts the month out, «til juli» does not."""
    if whole := _THROUGH.fullmatch(" ".join(text.lower().split()).strip(" .,!?")):
        number = MONTHS[whole["month"]]
        year = today.year + (number < today.month)
        return date(year + number // 12, number % 12 + 1, 1)
    return read_day(text, today)


def pause_in_force(choice: ReminderChoice, today: date) -> date | None:
    """The day on which reminders begin again; None when there is no pause now."""
    ends = choice.paused_until
    return ends if ends is not None and ends > today else None


def with_level(choice: ReminderChoice, level: Level) -> ReminderChoice:
    """So many from now on. Everything, and nothing at all, put an end to a pause."""
    kept = choice.paused_until if level is Level.FEWER else None
    return choice.model_copy(update={"level": level, "paused_until": kept})


def paused(choice: ReminderChoice, until: date, today: date) -> ReminderChoice | DayProblem:
    """Nothing until that day, or what is wrong with the day."""
    if until <= today:
        return DayProblem.PAST
    if until > today + LONGEST_PAUSE:
        return DayProblem.TOO_LATE
    return choice.model_copy(update={"paused_until": until})


def unpaused(choice: ReminderChoice) -> ReminderChoice:
    """As many as were chosen before the pause."""
    return choice.model_copy(update={"paused_until": None})


# --- another day for one reminder -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Another:
    """When somebody is reminded again.

    `asked` is the day that was named, `day` the reminder day it became. `passes` is the date that the reminder is
    about, when `day` lies after it, and `suggested` the last day before that date, while there is one.
    """

    asked: date
    day: date
    passes: date | None = None
    suggested: date | None = None

    @property
    def moved(self) -> bool:
        """Whether nobody is reminded on the day that was named."""
        return self.asked != self.day


def another_day(
    asked: date, today: date, about: date | None = None, ends: date | None = None
) -> Another | DayProblem:
    """The reminder of another day: about a date, in a round that ends on the other one."""
    if asked <= today:
        return DayProblem.PAST
    day = next_reminder_day(asked)
    if (ends is not None and day > ends) or asked > today + LONGEST_PAUSE:
        return DayProblem.TOO_LATE
    if about is None or day <= about or about < today:
        return Another(asked, day)
    before = previous_reminder_day(about - _DAY)
    return Another(asked, day, passes=about, suggested=before if before > today else None)


def near_days(today: date) -> list[date]:
    """The days that are offered: tomorrow, Monday and a week from now, moved to reminder days, each once."""
    monday = today + timedelta(days=7 - today.weekday())
    wanted = (today + _DAY, monday, today + _WEEK)
    return list(dict.fromkeys(next_reminder_day(d) for d in wanted))
