"""Draws the app's two icons, a speech bubble with a sprout: `python manifest/draw_icons.py`."""

import math
from pathlib import Path

from PIL import Image, ImageDraw

Point = tuple[float, float]

GREEN = (27, 107, 87)
LIGHT_GREEN = (104, 180, 110)
WHITE = (255, 255, 255)
OVERSAMPLING = 8
GRID = 32
"""All shapes are given on a grid of 32 by 32 units, the size of the small icon in pixels."""


class Sheet:
    """A mask on the grid that is drawn large and scaled down, so that its edges are smooth."""

    def __init__(self, pixels: int) -> None:
        self.pixels = pixels
        self._unit = pixels * OVERSAMPLING / GRID
        self._image = Image.new("L", (pixels * OVERSAMPLING,) * 2, 0)
        self._draw = ImageDraw.Draw(self._image)

    def _scaled(self, points: list[Point]) -> list[Point]:
        return [(x * self._unit, y * self._unit) for x, y in points]

    def shape(self, points: list[Point], *, cut: bool = False) -> None:
        self._draw.polygon(self._scaled(points), fill=0 if cut else 255)

    def line(self, points: list[Point], width: float) -> None:
        """A line with round ends, as wide as `width` units."""
        self._draw.line(self._scaled(points), fill=255, width=round(width * self._unit), joint="curve")
        radius = width * self._unit / 2
        for x, y in self._scaled([points[0], points[-1]]):
            self._draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)

    def mask(self) -> Image.Image:
        return self._image.resize((self.pixels, self.pixels), Image.Resampling.BOX)


def bubble(inset: float) -> list[Point]:
    """A rounded box with a tail at the lower left, `inset` units smaller on every side."""
    left, top, right, bottom = 3 + inset, 3 + inset, 29 - inset, 24.5 - inset
    radius = 6.5 - inset
    outline: list[Point] = []
    corners = ((right - radius, top + radius, -90), (right - radius, bottom - radius, 0))
    for x, y, start in corners:
        outline += arc(x, y, radius, start)
    # The tail's inner edge moves by more than the inset, since its sides are steep.
    outline += [
        (15.5 - 0.9 * inset, bottom),
        (8.5 + 0.9 * inset, 30.2 - 2.4 * inset),
        (8.5 + 0.9 * inset, bottom),
    ]
    outline += arc(left + radius, bottom - radius, radius, 90)
    return outline + arc(left + radius, top + radius, radius, 180)


def arc(x: float, y: float, radius: float, start: int) -> list[Point]:
    """A quarter of a circle, clockwise on the screen from `start` degrees."""
    angles = [math.radians(start + step * 3) for step in range(31)]
    return [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]


def leaf(base: Point, tip: Point, width: float) -> list[Point]:
    """A pointed leaf from base to tip, `width` units across at its broadest."""
    length_x, length_y = tip[0] - base[0], tip[1] - base[1]
    length = math.hypot(length_x, length_y)
    across = (-length_y / length * width / 2, length_x / length * width / 2)
    sides: list[Point] = []
    for side in (1, -1):
        steps = range(41) if side == 1 else range(40, -1, -1)
        for step in steps:
            part = step / 40
            bulge = side * math.sin(math.pi * part)
            x = base[0] + part * length_x + bulge * across[0]
            y = base[1] + part * length_y + bulge * across[1]
            sides.append((x, y))
    return sides


STEM: list[Point] = [(16.0, 20.6), (16.0, 15.0)]
BIG_LEAF = leaf((15.8, 15.8), (22.6, 7.2), 6.4)
SMALL_LEAF = leaf((16.1, 17.6), (9.4, 11.4), 4.8)


def color_icon(pixels: int = 192) -> Image.Image:
    """The icon in colour: a white bubble on green; Teams rounds the corners itself."""
    icon = Image.new("RGB", (pixels, pixels), GREEN)

    def inner(points: list[Point]) -> list[Point]:
        # Teams wants the mark well inside the square.
        return [(16 + (x - 16) * 0.74, 16 + (y - 16.4) * 0.74) for x, y in points]

    layers: tuple[tuple[tuple[int, int, int], list[list[Point]]], ...] = (
        (WHITE, [bubble(0)]),
        (GREEN, [SMALL_LEAF]),
        (LIGHT_GREEN, [BIG_LEAF]),
    )
    for color, shapes in layers:
        sheet = Sheet(pixels)
        for points in shapes:
            sheet.shape(inner(points))
        icon.paste(color, mask=sheet.mask())
    stem = Sheet(pixels)
    stem.line(inner(STEM), 1.1)
    icon.paste(GREEN, mask=stem.mask())
    return icon


def outline_icon(pixels: int = 32) -> Image.Image:
    """The icon in outline: white on transparent, nothing else, as Teams demands."""
    sheet = Sheet(pixels)
    sheet.shape(bubble(0))
    sheet.shape(bubble(2.0), cut=True)
    sheet.shape(BIG_LEAF)
    sheet.shape(SMALL_LEAF)
    sheet.line(STEM, 1.8)
    icon = Image.new("RGBA", (pixels, pixels), (*WHITE, 0))
    icon.putalpha(sheet.mask())
    return icon


def main() -> None:
    """Writes both icons beside this file."""
    here = Path(__file__).parent
    color_icon().save(here / "color.png", optimize=True)
    outline_icon().save(here / "outline.png", optimize=True)


if __name__ == "__main__":
    main()
