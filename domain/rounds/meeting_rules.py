"""What the plans ask of a network's meetings in a year, and what a round's meeting plan lacks of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from domain.clock import local_day
from domain.data import packaged_yaml
from domain.rounds.models import Meeting, Round

Month = Annotated[int, Field(ge=1, le=12)]


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Theme(_Data):
    """What the plan has on the agenda of one meeting: the months it belongs in, and words that name it."""

    name: str
    months: tuple[Month, ...]
    words: tuple[str, ...]

    def is_of(self, meeting: Meeting) -> bool:
        """Whether a meeting is the one for the theme, by its title or its month."""
        title = meeting.title.casefold()
        return any(word in title for word in self.words) or local_day(meeting.starts).month in self.months


class MeetingRule(_Data):
    """What one region's plan asks: so many meetings a year, so many of them physical, and these themes."""

    at_least: int
    physical: int
    source: str
    themes: tuple[Theme, ...]


@dataclass(frozen=True)
class Missing:
    """What a meeting plan lacks.

    `physical` of the meetings that are there or to come have to be made physical; `unknown` is how many of those
    there nobody has said it of. `source` is None where no plan asks for anything.
    """

    meetings: int = 0
    physical: int = 0
    themes: tuple[str, ...] = ()
    unknown: int = 0
    source: str | None = None

    @property
    def anything(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.meetings or self.physical or self.themes)


def missing(current: Round, region_slug: str, today: date | None = None) -> Missing:
    """What the round's meeting plan lacks of what the region's plan asks; nothing where there is no such plan.

    With `today`, a theme whose months are over is taken to have had its meeting, entered here or not.
    """
    rule = _rules().get(region_slug)
    if rule is None:
        return Missing()
    standing = [m for m in current.meetings if not m.cancelled]
    without = [t for t in rule.themes if not any(t.is_of(m) for m in standing)]
    held = [t for t in without if today is not None and _is_over(t, current, today)]
    physical = sum(m.physical is True for m in standing)
    return Missing(
        meetings=max(0, rule.at_least - len(standing) - len(held)),
        physical=max(0, rule.physical - physical - len(held)),
        themes=tuple(t.name for t in without if t not in held),
        unknown=sum(m.physical is None for m in standing),
        source=rule.source,
    )


def theme_of(meeting: Meeting, region_slug: str) -> tuple[str, str] | None:
    """The theme that the region's plan has for a meeting, by its month, with the source; None when it has none."""
    rule = _rules().get(region_slug)
    if rule is None:
        return None
    month = local_day(meeting.starts).month
    return next(((t.name, rule.source) for t in rule.themes if month in t.months), None)


def _is_over(theme: Theme, current: Round, today: date) -> bool:
    """Whether the last of its months has passed."""
    last = max(_months_in(current, month) for month in theme.months)
    return last < _months_in(current, today.month) or current.ends < today


def _months_in(current: Round, month: int) -> int:
    """How many months into the round it is, from 0."""
    return (month - current.starts.month) % 12


@cache
def _rules() -> dict[str, MeetingRule]:
    found = packaged_yaml(__package__, "meeting_rules.yaml")
    return TypeAdapter(dict[str, MeetingRule]).validate_python(found)
