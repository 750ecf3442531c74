"""A round's year: every date and meeting in it that somebody may see, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.clock import local_day
from domain.register.models import Role
from domain.rounds.models import Audience, Deadline, DeadlineKind, Meeting, OwnDate, Round

REPLY_BY: Final = 100
"""The number of the heads' own date (svarfrist)."""

_ORDINALS: Final = date(2000, 1, 1).toordinal()
"""Numbers from here on are days."""

_KINDS: Final = tuple(DeadlineKind)
_SEES: Final = {
    Role.HEAD: {Audience.HEADS},
    Role.OWNER: {Audience.OWNERS},
    Role.MEMBER: {Audience.MEMBERS},
    Role.UH: {Audience.MEMBERS},
    Role.PPT: {Audience.MEMBERS},
    Role.LEADER: set(Audience),
    Role.COORDINATOR: set(Audience),
    Role.COUNTY: set(Audience),
    Role.ADMIN: set(Audience),
}


@dataclass(frozen=True)
class YearEntry:
    """One date or meeting: just one of the last three is set, and none for the heads' own date.

    `number` is unique in the round: 1 to 99 deadlines, 100 the heads' own date, and 1000 + its id for the rest.
    """

    number: int
    day: date
    deadline: Deadline | None = None
    own: OwnDate | None = None
    meeting: Meeting | None = None


def audiences(roles: Iterable[Role]) -> frozenset[Audience]:
    """Whose dates somebody with these roles sees."""
    return frozenset(audience for role in roles for audience in _SEES.get(role, set()))


def year_of(
    current: Round, seen: Iterable[Audience], heads_reply_by: date | None = None
) -> tuple[YearEntry, ...]:
    """The entries of the year by day; meetings that are cancelled are left out."""
    for_whom = set(seen)
    found = [YearEntry(_KINDS.index(d.kind) + 1, d.day, deadline=d) for d in current.deadlines]
    found += [YearEntry(number_of(d.id), d.day, own=d) for d in current.own_dates if d.audience in for_whom]
    found += [
        YearEntry(number_of(m.id), local_day(m.starts), meeting=m)
        for m in current.meetings
        if not m.cancelled
    ]
    if heads_reply_by is not None:
        found.append(YearEntry(REPLY_BY, heads_reply_by))
    return tuple(sorted(found, key=lambda e: (e.day, e.number)))


def numbers(entries: Iterable[YearEntry]) -> list[int]:
    """The entries as numbers, for a link: the heads' own date, which is not the round's, with its day as well."""
    return [
        n for e in entries for n in ((e.number, e.day.toordinal()) if e.number == REPLY_BY else (e.number,))
    ]


def heads_days(found: Iterable[int]) -> list[date]:
    """The heads' own date among such numbers."""
    return [date.fromordinal(n) for n in found if n >= _ORDINALS]


def number_of(id: int) -> int:
    """The number of one of the round's own dates or meetings."""
    return 1000 + id
