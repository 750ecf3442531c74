"""Rows of numbers added at once: a row is packed in one large integer, with a lane of 24 bits for each number.

Adding such rows, each times a weight, is one operation on large integers a row, however many lanes there are. Fractions
are cut off, so that it only tells which lanes may be among the highest: the exact sums of those are the caller's to do.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import compress, count

BYTES = 3
"""So wide is a lane."""

STEPS = 1 << 12
"""What the highest number that a row may have is kept as."""

WEIGHTS = 1 << 12
"""What all weights of a sum make together: times the steps, that is what a lane holds, with nothing over."""

TOP = 1 << 8 * (BYTES - 1)
"""What one in the highest byte of a lane counts."""

Weighed = Sequence[tuple[float, int]]
"""Rows with their weights."""


class Lanes:
    """Adds rows with so many lanes and no number above `highest`."""

    def __init__(self, lanes: int, highest: float) -> None:
        self._bytes = lanes * BYTES
        self._step = (STEPS - 1) / highest if highest else 0.0

    def row(self, numbers: Mapping[int, float]) -> int:
        """A row with these numbers, by lane, and 0 in the other lanes."""
        packed = bytearray(self._bytes)
        for at, number in numbers.items():
            packed[at * BYTES : (at + 1) * BYTES] = int(number * self._step).to_bytes(BYTES, "little")
        return int.from_bytes(packed, "little")

    def highest(self, first: Weighed, more: Weighed, within: float, most: int) -> list[int]:
        """The lanes where the sum of `first` is not further than `within` under the highest, in order.

        Of many only those with the highest sums of `first` and `more`, at least `most` of them, and those highest in
        `first`. Some that are a little lower may be among them: only the highest byte of a lane is looked at.
        """
        scale = WEIGHTS / sum([weight for weight, _ in (*first, *more)])
        lost = (len(first) + len(more)) * STEPS + 2 * WEIGHTS
        slack = lost // TOP + 2
        far = within * scale * self._step / TOP
        total = _sum(first, scale)
        heights = self._highest_bytes(total)
        top = max(heights)
        near = _from(heights, top - int(far) - slack)
        if near.count(1) <= 2 * most:
            return _places(near)
        both = self._highest_bytes(total + _sum(more, scale))
        surely = sorted(compress(both, _from(heights, math.ceil(top - far + slack))), reverse=True)
        if len(surely) < most:
            return _places(near)
        high = _from(both, surely[most - 1] - slack)
        return _places(_or(_and(near, high), _from(heights, top - slack)))

    def _highest_bytes(self, row: int) -> bytes:
        return row.to_bytes(self._bytes, "little")[BYTES - 1 :: BYTES]


def _from(heights: bytes, floor: int) -> bytes:
    """A 1 for each that is at least so high, and a 0 for the others."""
    return heights.translate(_table(min(max(floor, 0), 256)))


@cache
def _table(floor: int) -> bytes:
    return bytes(byte >= floor for byte in range(256))


def _places(chosen: bytes) -> list[int]:
    return list(compress(count(), chosen))


def _and(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one) & int.from_bytes(other)).to_bytes(len(one))


def _or(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one) | int.from_bytes(other)).to_bytes(len(one))


def _sum(weighed: Weighed, scale: float) -> int:
    total = 0
    for weight, row in weighed:
        total += int(weight * scale) * row
    return total
