"""The annual wheel and the calendar files, as programs that show them read them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from icalendar import Calendar
from PIL import Image

from domain.clock import OSLO
from domain.rounds.models import Meeting
from domain.rounds.year import year_of
from messages.annual_wheel import DARK, LIGHT, Theme, annual_wheel
from messages.calendar_files import calendar_file
from tests.rounds.test_year import ROUND

NOW = datetime(2026, 11, 22, 10, tzinfo=OSLO)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_wheel_is_a_small_picture_on_its_own_ground(theme: Theme) -> None:
    year = year_of(ROUND, (), date(2026, 11, 17))
    made = annual_wheel("Gauldal", ROUND, year, NOW.date(), theme)
    assert len(made) < 200_000
    picture = Image.open(BytesIO(made)).convert("RGB")
    assert picture.width == 1000
    assert picture.height < 2000
    assert picture.getpixel((2, 2)) == tuple(int(theme.paper[i : i + 2], 16) for i in (1, 3, 5))
    assert len(picture.getcolors(100_000) or []) > 8


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_colours_can_be_told_from_what_they_are_drawn_on(theme: Theme) -> None:
    pairs = [(theme.ink, theme.paper), (theme.faint, theme.paper), (theme.today, theme.paper)]
    pairs += [(theme.ink, month) for month in theme.months]
    pairs += [(theme.on_badge, badge) for badge in (theme.deadline, theme.meeting, theme.own)]
    assert all(_contrast(*pair) >= 4.5 for pair in pairs)


def test_the_wheel_takes_names_and_years_of_all_kinds() -> None:
    """Nothing on it, everything on one day, and names of any length and letters."""
    empty = ROUND.model_copy(update={"own_dates": (), "meetings": ()})
    assert annual_wheel("Indre Namdal og Østre Sør-Trøndelag", empty, (), date(2030, 1, 1))
    crowd = tuple(
        Meeting(id=n, title="Sámi čiekčan " * 20, starts=NOW, ends=NOW + timedelta(hours=1))
        for n in range(40)
    )
    full = ROUND.model_copy(update={"meetings": crowd})
    assert annual_wheel("Gauldal", full, year_of(full, ()), NOW.date())


def test_a_calendar_reads_the_file() -> None:
    year = year_of(ROUND, (), date(2026, 11, 17))
    read = Calendar.from_ical(calendar_file("Gauldal", ROUND, year, NOW))
    events = {str(e["summary"]): e for e in read.walk("VEVENT")}
    assert len(events) == len(year)
    needs = events["Behov fra eier til nettverket (ikke bekreftet) – Gauldal"]
    assert needs.decoded("dtstart") == date(2026, 12, 1)
    assert needs.decoded("dtend") == date(2026, 12, 2)
    meeting = events["Nettverksmøte – Gauldal"]
    assert meeting.decoded("dtstart") == datetime(2027, 1, 14, 0, 30, tzinfo=OSLO)
    assert meeting["dtstart"].params["TZID"] == "Europe/Oslo"
    assert [str(z["tzid"]) for z in read.walk("VTIMEZONE")] == ["Europe/Oslo"]


def test_what_is_moved_keeps_its_identity() -> None:
    moved = ROUND.meetings[0].model_copy(
        update={"starts": NOW, "ends": NOW + timedelta(hours=1), "changes": 1}
    )
    after = ROUND.model_copy(update={"meetings": (moved,)})
    first, second = (
        next(
            e
            for e in Calendar.from_ical(calendar_file("Gauldal", r, year_of(r, ()), NOW)).walk("VEVENT")
            if "sequence" in e
        )
        for r in (ROUND, after)
    )
    assert first["uid"] == second["uid"]
    assert (first["sequence"], second["sequence"]) == (0, 1)


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours after WCAG 2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
