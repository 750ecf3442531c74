"""Charts, which a client that has none shows as bars of columns instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from messages import cards, elements

Row = tuple[str, int]
"""What a bar stands for, and its length: a whole number above nought."""


def bars(title: str, rows: Sequence[Row]) -> elements.HorizontalBarChart:
    """A bar for each row, in the order given; the title is what a screen reader says of it."""
    return elements.HorizontalBarChart(
        title=title,
        show_title=True,
        display_mode="AbsoluteNoAxis",
        color="categoricalBlue",
        data=[elements.HorizontalBarChartDataValue(x=name, y=number) for name, number in rows],
        fallback=_columns(title, rows),
    )


def _columns(title: str, rows: Sequence[Row]) -> elements.Container:
    longest = max(number for _, number in rows)
    items: list[Any] = [cards.line(title, strong=True)]
    for name, number in rows:
        items += [cards.item(f"{name}: {number}"), _bar(number, longest)]
    return elements.Container(items=items)


def _bar(number: int, longest: int) -> elements.ColumnSet:
    columns = [elements.Column(width=number, style="accent", min_height="10px", items=[])]
    if number < longest:
        columns.append(elements.Column(width=longest - number, items=[]))
    return elements.ColumnSet(columns=columns, spacing="None")
