"""Examples of the annual wheel and the calendar files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.preview.scene import Scene
from dialogs import replies as r
from domain.rounds.models import Audience, Meeting, OwnDate, Round, standard_deadlines
from domain.rounds.year import year_of

Variants = Iterator[tuple[str, r.Reply]]


def year(s: Scene) -> Variants:
    """A year with a bit of everything in it."""
    at = datetime.combine(s.today + timedelta(days=10), time(9), tzinfo=UTC)
    current = Round(
        id=1,
        network_id=1,
        label="2026/27",
        starts=s.today - timedelta(days=110),
        ends=s.today + timedelta(days=250),
        deadlines=standard_deadlines(s.today.year, "Gauldal"),
        form_version="1",
        own_dates=(
            OwnDate(id=1, title=s.title(1), day=s.today + timedelta(days=40), audience=Audience.HEADS),
        ),
        meetings=(Meeting(id=2, title=s.title(2), starts=at, ends=at + timedelta(hours=2)),),
    )
    entries = year_of(current, Audience, s.today - timedelta(days=5))
    wheel = r.WheelShown(s.network.name, 1, current.label, entries, s.today, "light", "dark")
    yield "year", wheel
    yield "year-over", replace(wheel, today=s.today + timedelta(days=360))
    link = r.CalendarLink(s.network.name, 1, entries, "token", entries)
    yield "all", link
    yield "one", replace(link, entries=entries[:1], others=())
    yield "nothing", r.NothingToCalendar()
    names = tuple((n, f"{s.network.name} {n}") for n in range(1, 9))
    yield "which-wheel", r.WhichNetwork("annual_wheel", names)
    yield "which-calendar", r.WhichNetwork("calendar", names[:2])
