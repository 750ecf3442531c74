"""The annual wheel (årshjul) as a picture: a ring of months with the round's dates and meetings on it.

Lengths are in pixels of the finished picture, which is 1000 wide: a third of that on a phone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import as_file, files
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from domain.rounds.models import Round
from domain.rounds.year import YearEntry
from messages.year_words import short_name, unsure

WIDTH: Final = 1000
_SCALE: Final = 2
"""Drawn so many times larger and then made smaller: lines get smooth edges."""

_CENTRE: Final = (500.0, 485.0)
_OUTER: Final = 385.0
_INNER: Final = 265.0
_BADGES: Final = 440.0
_RADIUS: Final = 30.0
_APART: Final = 8.5
"""Degrees between two badges, so that they do not cover each other."""

_LEGEND_TOP: Final = 1000.0
_ROW: Final = 66.0
_TEXT: Final = 39
_MONTHS: Final = ("jan", "feb", "mars", "april", "mai", "juni", "juli", "aug", "sep", "okt", "nov", "des")


@dataclass(frozen=True)
class Theme:
    """The colours of a picture; each has a contrast of at least 4.5 to what it is drawn on."""

    paper: str
    ink: str
    faint: str
    months: tuple[str, str]
    deadline: str
    meeting: str
    own: str
    on_badge: str
    today: str


LIGHT: Final = Theme(
    "#FFFFFF",
    "#1B1B1F",
    "#5B5B66",
    ("#E9ECF6", "#DCE1F1"),
    "#3A4BA8",
    "#1F6B4A",
    "#7A3E8E",
    "#FFFFFF",
    "#B3261E",
)
DARK: Final = Theme(
    "#1F1F23",
    "#F2F2F5",
    "#B4B4C0",
    ("#33364A", "#3E4259"),
    "#AEB9FF",
    "#8FD9B6",
    "#E0B0F2",
    "#1B1B1F",
    "#FF9C94",
)


@lru_cache(maxsize=64)
def annual_wheel(
    network: str, current: Round, entries: tuple[YearEntry, ...], today: date, theme: Theme = LIGHT
) -> bytes:
    """The picture as PNG, kept for the next who asks. Numbers on the ring are those of the list beneath it."""
    height = int(_LEGEND_TOP + _ROW * max(1, len(entries)) + 30)
    picture = _Picture(height, theme)
    _months(picture, current)
    _middle(picture, network, current.label)
    if current.starts <= today <= current.ends:
        _today(picture, _angle(current, today))
    for number, (entry, angle) in enumerate(_spread(current, entries), start=1):
        picture.line(_at(_angle(current, entry.day), _OUTER - 14), _at(angle, _BADGES), _colour(theme, entry))
        _badge(picture, _at(angle, _BADGES), number, entry)
        _legend(picture, number, entry, today)
    return picture.png()


def _months(picture: _Picture, current: Round) -> None:
    first = current.starts.replace(day=1)
    for number in range(12):
        month = (first.month - 1 + number) % 12
        begins = date(first.year + (first.month - 1 + number) // 12, month + 1, 1)
        ends = (begins + timedelta(days=32)).replace(day=1)
        fro, to = _angle(current, begins), _angle(current, ends)
        picture.slice(fro, to, picture.theme.months[number % 2])
        picture.text(
            _at((fro + to) / 2, (_OUTER + _INNER) / 2), _MONTHS[month], _TEXT, picture.theme.ink, "mm"
        )
    picture.disc(_CENTRE, _INNER, picture.theme.paper)


def _middle(picture: _Picture, network: str, label: str) -> None:
    x, y = _CENTRE
    picture.text((x, y - 62), "Årshjul", 40, picture.theme.faint, "mm")
    picture.text((x, y), picture.fitted(network, 60, 2 * _INNER - 90), 60, picture.theme.ink, "mm")
    picture.text((x, y + 62), label, 40, picture.theme.faint, "mm")


def _today(picture: _Picture, angle: float) -> None:
    picture.line(_at(angle, _INNER - 4), _at(angle, _OUTER + 8), picture.theme.today, 7)
    picture.text(_at(angle, _INNER - 42), "i dag", 32, picture.theme.today, "mm")


def _badge(
    picture: _Picture, at: tuple[float, float], number: int, entry: YearEntry, size: float = 1.0
) -> None:
    # Shape and number tell what colour tells: not everybody sees colours.
    colour = _colour(picture.theme, entry)
    if entry.meeting is not None:
        picture.square(at, _RADIUS * size - 2, colour)
    elif entry.own is not None:
        picture.diamond(at, _RADIUS * size + 9, colour)
    else:
        picture.disc(at, _RADIUS * size, colour)
    picture.text(at, str(number), 34, picture.theme.on_badge, "mm")


def _legend(picture: _Picture, number: int, entry: YearEntry, today: date) -> None:
    y = _LEGEND_TOP + _ROW * (number - 0.5)
    _badge(picture, (60, y), number, entry, 0.88)
    ink = picture.theme.faint if entry.day < today else picture.theme.ink
    picture.text((115, y), f"{entry.day.day}. {_MONTHS[entry.day.month - 1]}", _TEXT, ink, "lm")
    name = short_name(entry) + (" (ikke bekreftet)" if unsure(entry) else "")
    picture.text((290, y), picture.fitted(name, _TEXT, WIDTH - 320), _TEXT, ink, "lm")


def _spread(current: Round, entries: Sequence[YearEntry]) -> list[tuple[YearEntry, float]]:
    """The entries with the angles of their badges: near their day, and apart from each other."""
    angles = [_angle(current, e.day) for e in entries]
    gap = min(_APART, 350 / max(1, len(entries)))
    for _ in range(200):
        moved = False
        for i in range(len(angles) - 1):
            short = gap - (angles[i + 1] - angles[i])
            if short > 0.01:
                angles[i] -= short / 2
                angles[i + 1] += short / 2
                moved = True
        if not moved:
            break
    return list(zip(entries, angles, strict=True))


def _angle(current: Round, day: date) -> float:
    """Degrees from the top, with the clock: the round begins and ends there."""
    first = current.starts.replace(day=1)
    whole = (current.ends + timedelta(days=1) - first).days
    return (day - first).days / whole * 360


def _at(angle: float, radius: float) -> tuple[float, float]:
    turned = math.radians(angle - 90)
    return _CENTRE[0] + radius * math.cos(turned), _CENTRE[1] + radius * math.sin(turned)


def _colour(theme: Theme, entry: YearEntry) -> str:
    if entry.meeting is not None:
        return theme.meeting
    return theme.own if entry.own is not None else theme.deadline


class _Picture:
    """A drawing in pixels of the finished picture."""

    def __init__(self, height: int, theme: Theme) -> None:
        self.theme = theme
        self._image = Image.new("RGB", (WIDTH * _SCALE, height * _SCALE), theme.paper)
        self._draw = ImageDraw.Draw(self._image)

    def line(self, fro: tuple[float, float], to: tuple[float, float], colour: str, width: int = 4) -> None:
        self._draw.line([self._p(fro), self._p(to)], colour, width * _SCALE)

    def disc(self, at: tuple[float, float], radius: float, colour: str) -> None:
        self._draw.ellipse(self._box(at, radius), colour)

    def square(self, at: tuple[float, float], half: float, colour: str) -> None:
        self._draw.rounded_rectangle(self._box(at, half), 8 * _SCALE, colour)

    def diamond(self, at: tuple[float, float], half: float, colour: str) -> None:
        x, y = at
        corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
        self._draw.polygon([self._p(c) for c in corners], colour)

    def slice(self, fro: float, to: float, colour: str) -> None:
        self._draw.pieslice(self._box(_CENTRE, _OUTER), fro - 90, to - 90, colour)

    def text(self, at: tuple[float, float], text: str, size: int, colour: str, anchor: str) -> None:
        self._draw.text(self._p(at), text, colour, _font(size), anchor)

    def fitted(self, text: str, size: int, width: float) -> str:
        """The text, or as much of it as fits."""
        while self._draw.textlength(text, _font(size)) > width * _SCALE and len(text) > 1:
            text = _shorter(text)
        return text

    def png(self) -> bytes:
        small = self._image.resize((WIDTH, self._image.height // _SCALE), Image.Resampling.LANCZOS)
        out = BytesIO()
        small.quantize(64).save(out, "PNG", optimize=True)
        return out.getvalue()

    def _p(self, at: tuple[float, float]) -> tuple[float, float]:
        return at[0] * _SCALE, at[1] * _SCALE

    def _box(self, at: tuple[float, float], half: float) -> tuple[float, float, float, float]:
        return (*self._p((at[0] - half, at[1] - half)), *self._p((at[0] + half, at[1] + half)))


def _shorter(text: str) -> str:
    """The text with its last letter gone and an ellipsis in its place."""
    return text.rstrip("…")[:-1].rstrip() + "…"


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    # Has the Norwegian and the Sámi letters, which Pillow's own font lacks. Its licence lies beside it.
    with as_file(files("messages") / "fonts" / "SourceSans3-Regular.ttf.woff") as path:
        return ImageFont.truetype(path, size * _SCALE)
