"""What a leader does with a round's dates: confirms them, moves them, and sets dates of the network's own. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domain.norwegian.dates import understand_date
from domain.norwegian.misdated import Misdated, read_misdated
from domain.norwegian.shifts import read_shift
from domain.rounds.calendar import is_working_day
from domain.rounds.models import Audience, Deadline, DeadlineKind, OwnDate, Round, standard_deadlines

BY_LEADER: Final = "lederen for nettverket"
"""The source of a date that the network's leader has set."""

MOST_OWN_DATES: Final = 30
Days = Mapping[DeadlineKind, date]

_ABOUT_A_YEAR: Final = range(363, 373)
_ORDER: Final = (
    (DeadlineKind.NEEDS, DeadlineKind.DECISION_BASIS),
    (DeadlineKind.DECISION_BASIS, DeadlineKind.RECOMMENDATION),
    (DeadlineKind.RECOMMENDATION, DeadlineKind.GRANT_LETTER),
    (DeadlineKind.REPORTING_UNITS, DeadlineKind.REPORTING_NETWORK),
)


class DayFault(StrEnum):
    """Why what was written cannot be a date of the round."""

    UNKNOWN = "unknown"
    OUTSIDE = "outside"
    PAST = "past"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class DayRead:
    """What was understood of a text; `fault` is set when it cannot be taken, `day` when one was understood.

    `misdated` when the weekday that was written is not that of the day, so that it has to be asked which is meant.
    """

    day: date | None = None
    fault: DayFault | None = None
    misdated: Misdated | None = None


def read_day(text: str, current: Round, today: date, *, before: date | None = None) -> DayRead:
    """The day that a text means in a round; `before` is the one that stood there, which is always taken.

    «En uke fram» is counted from it.
    """
    if before is not None and (shift := read_shift(text)) is not None:
        moved_to = shift.of(before)
        return DayRead(moved_to, _fault(moved_to, current, today))
    # Of a day that has been, the weekday agrees in the round and not a year later.
    found = understand_date(text, today) or understand_date(text, current.starts)
    if found is None:
        misdated = read_misdated(text, today)
        if misdated is None:
            return DayRead(fault=DayFault.UNKNOWN)
        return DayRead(misdated.day, _fault(misdated.day, current, today), misdated)
    day = _in_round(text, found.day, current)
    if day == before:
        return DayRead(day)
    return DayRead(day, _fault(day, current, today))


def _in_round(text: str, day: date, current: Round) -> date:
    """A day and month without a year is that of the round, also when it has been."""
    if current.starts <= day <= current.ends:
        return day
    again = understand_date(text, current.starts)
    if again is not None and (day - again.day).days in _ABOUT_A_YEAR:
        return again.day
    return day


def _fault(day: date, current: Round, today: date) -> DayFault | None:
    if not current.starts <= day <= current.ends:
        return DayFault.OUTSIDE
    if day < today:
        return DayFault.PAST
    if day.weekday() >= 5:
        return DayFault.WEEKEND
    return None if is_working_day(day) else DayFault.HOLIDAY


def days_of(current: Round) -> dict[DeadlineKind, date]:
    """Every date of the round by its kind."""
    return {d.kind: d.day for d in current.deadlines}


def unconfirmed(current: Round) -> tuple[Deadline, ...]:
    """The dates that the leader has not confirmed, by day."""
    return tuple(sorted((d for d in current.deadlines if not d.confirmed), key=lambda d: d.day))


def confirmed(current: Round, kinds: Collection[DeadlineKind]) -> Round:
    """The round with these dates confirmed."""
    return _with(
        current,
        [d.model_copy(update={"confirmed": True}) if d.kind in kinds else d for d in current.deadlines],
    )


def moved(current: Round, days: Days, network: str) -> Round:
    """The round with these dates moved, and confirmed by that; `network` is the name, which the plans depend on.

    A date that is moved back to what the plans say bears their name again.
    """
    standard = {d.kind: d for d in standard_deadlines(current.starts.year, network)}

    def set_to(deadline: Deadline, day: date) -> Deadline:
        if day == deadline.day:
            return deadline.model_copy(update={"confirmed": True})
        plan = standard.get(deadline.kind)
        source = plan.source if plan is not None and plan.day == day else BY_LEADER
        return deadline.model_copy(update={"day": day, "source": source, "confirmed": True})

    return _with(current, [set_to(d, days[d.kind]) if d.kind in days else d for d in current.deadlines])


def changes(current: Round, days: Days) -> dict[DeadlineKind, date]:
    """Those of the days that are others than the round's."""
    mine = days_of(current)
    return {kind: day for kind, day in days.items() if kind in mine and mine[kind] != day}


def out_of_order(days: Days) -> tuple[tuple[DeadlineKind, DeadlineKind], ...]:
    """Pairs of which the first should come before the second, and does not."""
    return tuple((a, b) for a, b in _ORDER if a in days and b in days and days[a] >= days[b])


def working_day_before(day: date) -> date | None:
    """The working day before a date on which nobody is at work; None for a working day."""
    if is_working_day(day):
        return None
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def with_own_date(current: Round, title: str, day: date, audience: Audience) -> Round:
    """The round with one more date of the network's own."""
    id_ = current.last_id + 1
    added = OwnDate(id=id_, title=title, day=day, audience=audience)
    return current.model_copy(update={"own_dates": (*current.own_dates, added), "last_id": id_})


def same_own_date(current: Round, title: str, day: date, audience: Audience) -> OwnDate | None:
    """The date of the network's own that says just this already."""
    wanted = title.casefold(), day, audience
    return next((d for d in current.own_dates if (d.title.casefold(), d.day, d.audience) == wanted), None)


def own_date(current: Round, id_: int) -> OwnDate | None:
    """One of the network's own dates."""
    return next((d for d in current.own_dates if d.id == id_), None)


def without_own_date(current: Round, id_: int) -> Round:
    """The round without that date; its id is never used again."""
    return current.model_copy(update={"own_dates": tuple(d for d in current.own_dates if d.id != id_)})


def _with(current: Round, deadlines: Collection[Deadline]) -> Round:
    return current.model_copy(update={"deadlines": tuple(deadlines)})
