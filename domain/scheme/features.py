"""What a model knows of one feature, and how it is kept: packed, as most of some thousands are seldom asked for."""

from __future__ import annotations

import struct
from typing import Final, NamedTuple

DIGITS: Final = 4
_UNIT: Final = 10_000
_HEAD = 4
_EACH = 8
"""Bytes of the rarity, and of a class: its number (2), likelihood (4) and closeness (2)."""

# One for all that are equal, which is half the memory.
_CLOSENESS: Final = [whole / _UNIT for whole in range(_UNIT + 1)]
_classes: Final[dict[int, int]] = {}


class Feature(NamedTuple):
    """How rare a feature is, and, by class, what it adds to likelihood and closeness: all with four decimals."""

    rarity: float
    likelihood: dict[int, float]
    closeness: dict[int, float]


def pack(feature: Feature) -> bytes:
    """A feature in a tenth of the memory; the numbers as whole ten-thousandths, no class above 65535."""
    classes = list(feature.likelihood)
    return struct.pack(
        _format(len(classes)),
        _whole(feature.rarity),
        *classes,
        *[_whole(feature.likelihood[at]) for at in classes],
        *[_whole(feature.closeness[at]) for at in classes],
    )


def unpack(packed: bytes) -> Feature:
    """The feature that was packed, with the very same numbers."""
    count = (len(packed) - _HEAD) // _EACH
    rarity, *rest = struct.unpack(_format(count), packed)
    classes = [_classes.setdefault(at, at) for at in rest[:count]]
    likelihood = [whole / _UNIT for whole in rest[count : 2 * count]]
    closeness = [_CLOSENESS[whole] for whole in rest[2 * count :]]
    return Feature(
        rarity / _UNIT,
        dict(zip(classes, likelihood, strict=True)),
        dict(zip(classes, closeness, strict=True)),
    )


def _format(count: int) -> str:
    return f"<I{count}H{count}I{count}H"


def _whole(number: float) -> int:
    return round(number * _UNIT)
