"""How far something is to be moved: «en uke», «to uker fram», «tre dager tidligere»."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.norwegian.calendar_words import one_spelling
from domain.norwegian.dates import MOST_CHARACTERS

_LATER: Final = (
    r"senere|seinere|seinare|til|ekstra|utover|ut|fram i tid|frem i tid|lenger fram|lenger frem|lengre fram"
    r"|fremover|framover"
)
_EARLIER: Final = r"tidligere|tidlegare|før|tilbake|bakover"
_EITHER: Final = r"fram|frem"
_WAY: Final = rf"(?P<{{}}>{_LATER}|{_EARLIER}|{_EITHER})"
_SHIFT: Final = re.compile(
    rf"(?:{_WAY.format('first')}\s+)?(?:med\s+|i\s+)?(?P<number>\d{{1,3}}|1 par)\s*(?P<unit>dag|uke|måned)(?:e?r)?"
    rf"(?:\s+{_WAY.format('last')})?"
)
_MOST_MONTHS: Final = 24


@dataclass(frozen=True, slots=True)
class Shift:
    """So many days and months; negative towards earlier. `either` when the words may also mean the other way."""

    days: int = 0
    months: int = 0
    either: bool = False

    def of(self, day: date) -> date:
        """The day that a day is moved to; the last of a month that is too short."""
        months = day.year * 12 + day.month - 1 + self.months
        year, month = divmod(months, 12)
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last)) + timedelta(days=self.days)

    def other_way(self) -> "Shift":
        """As far, the other way."""
        return Shift(-self.days, -self.months)


def read_shift(text: str) -> Shift | None:
    """How far the whole text moves something, later unless it says otherwise; None for anything else."""
    if not text or len(text) > MOST_CHARACTERS:
        return None
    spelled = re.sub(r"\b(?:et|ett|1)\s+par\b", "1 par", one_spelling(text).text)
    found = _SHIFT.fullmatch(" ".join(spelled.split()).strip(" .,!?"))
    if found is None:
        return None
    number = 2 if found["number"] == "1 par" else int(found["number"])
    if number == 0 or (found["unit"] == "måned" and number > _MOST_MONTHS):
        return None
    ways = [way for way in (found["first"], found["last"]) if way]
    back = any(re.fullmatch(_EARLIER, way) for way in ways)
    sign = -1 if back else 1
    either = bool(ways) and all(re.fullmatch(_EITHER, way) for way in ways)
    if found["unit"] == "måned":
        return Shift(months=sign * number, either=either)
    return Shift(days=sign * number * (7 if found["unit"] == "uke" else 1), either=either)
