"""Dates with a weekday that is not their own: «torsdag 4. desember» when the 4th is a Friday."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.norwegian.calendar_words import WEEKDAY_SHORT, WEEKDAYS, one_spelling
from domain.norwegian.dates import MOST_CHARACTERS, is_only_day, understand_date

_NUMBERS: Final = {**WEEKDAYS, **WEEKDAY_SHORT}
_LONGEST_FIRST: Final = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_BEFORE: Final = re.compile(rf"\b(?P<weekday>{_LONGEST_FIRST})(?:en)?\b\.?,?\s*(?:den\s+)?(?=\d)")
_AFTER: Final = re.compile(rf"(?<=[\w.]),?\s*\(?\b(?P<weekday>{'|'.join(WEEKDAYS)})\b\)?")


@dataclass(frozen=True, slots=True)
class Misdated:
    """The day of the date, and the nearest day of the weekday: either may be meant."""

    day: date
    weekdays: date

    def __post_init__(self) -> None:
        if self.day == self.weekdays:
            raise ValueError(self.day)


def read_misdated(text: str, today: date) -> Misdated | None:
    """The two days that a text may mean; None when its weekday and date agree, or one of them is not there."""
    if not text or len(text) > MOST_CHARACTERS:
        return None
    spelled = one_spelling(text).text
    named = [*_BEFORE.finditer(spelled)] or [*_AFTER.finditer(spelled)]
    if len(named) != 1 or understand_date(spelled, today) is not None:
        return None
    (weekday,) = named
    rest = f"{spelled[: weekday.start()]} {spelled[weekday.end() :]}"
    found = understand_date(rest, today)
    if found is None or not any(character.isdigit() for character in found.phrase):
        return None
    ahead = (_NUMBERS[weekday["weekday"]] - found.day.weekday()) % 7
    if ahead == 0:
        return None
    return Misdated(found.day, found.day + timedelta(days=ahead if ahead <= 3 else ahead - 7))


def names_day(text: str, today: date) -> bool:
    """Whether a text is nothing but a day, also one with a weekday that is not its own."""
    return is_only_day(text, today) or read_misdated(text, today) is not None
