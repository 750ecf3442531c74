"""The concrete day of a deadline: the network's own where it has one, else the next of the year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.scheme.model import Fact


@dataclass(frozen=True)
class DatedDeadline:
    """A date in a network's round; kinds are the facts' `day_kind`."""

    kind: str
    day: date
    confirmed: bool
    source: str


def next_occurrence(month: int, day: int, today: date) -> date:
    """The next time a day of the year comes, today included."""
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


def of_network(kind: str | None, deadlines: Sequence[DatedDeadline], today: date) -> DatedDeadline | None:
    """The network's date of a kind: the nearest to come, else the last that was."""
    dated = sorted((d for d in deadlines if d.kind == kind), key=lambda d: d.day)
    coming = [d for d in dated if d.day >= today]
    return coming[0] if coming else dated[-1] if dated else None


def day_of(fact: Fact, deadlines: Sequence[DatedDeadline], today: date) -> DatedDeadline | None:
    """A fact's concrete day, unconfirmed when it is the usual one; None when the fact has no day."""
    own = of_network(fact.day_kind, deadlines, today)
    if own is not None or fact.day_kind is None:
        return own
    value = fact.value
    if value is None or value.month is None or value.day is None:
        return None
    day = next_occurrence(value.month, value.day, today)
    return DatedDeadline(fact.day_kind, day, confirmed=False, source="")
