"""Norwegian number words: bokmål, nynorsk and the old way of counting."""

from collections.abc import Iterator
from itertools import product
from types import MappingProxyType
from typing import Final

ARTICLES: Final = frozenset({"en", "én", "ein", "ei", "et", "ett", "eit", "eitt"})
"""Words that mean «one», but are mostly articles."""

_UNITS: Final[tuple[tuple[str, ...], ...]] = (
    ("null",),
    tuple(sorted(ARTICLES)),
    ("to",),
    ("tre",),
    ("fire",),
    ("fem",),
    ("seks",),
    ("sju", "syv"),
    ("åtte",),
    ("ni",),
    ("ti",),
    ("elleve",),
    ("tolv",),
    ("tretten",),
    ("fjorten",),
    ("femten",),
    ("seksten",),
    ("sytten",),
    ("atten",),
    ("nitten",),
)
_TENS: Final[dict[int, tuple[str, ...]]] = {
    20: ("tjue", "tyve"),
    30: ("tretti", "tredve"),
    40: ("førti", "førr"),
    50: ("femti",),
    60: ("seksti",),
    70: ("sytti",),
    80: ("åtti",),
    90: ("nitti",),
}
_ORDINAL_UNITS: Final[tuple[tuple[str, ...], ...]] = (
    (),
    ("første", "fyrste"),
    ("andre", "annen"),
    ("tredje",),
    ("fjerde",),
    ("femte",),
    ("sjette",),
    ("sjuende", "syvende", "sjuande"),
    ("åttende", "åttande"),
    ("niende", "niande"),
    ("tiende", "tiande"),
    ("ellevte",),
    ("tolvte", "tolvde"),
    ("trettende", "trettande"),
    ("fjortende", "fjortande"),
    ("femtende", "femtande"),
    ("sekstende", "sekstande"),
    ("syttende", "syttande"),
    ("attende", "attande"),
    ("nittende", "nittande"),
)
_ORDINAL_TENS: Final[dict[int, tuple[str, ...]]] = {
    20: ("tjuende", "tjuande", "tyvende"),
    30: ("trettiende", "trettiande", "tredevte"),
}


def _cardinals() -> Iterator[tuple[str, int]]:
    for value, words in enumerate(_UNITS):
        yield from ((word, value) for word in words)
    for value, words in _TENS.items():
        yield from ((word, value) for word in words)
        for unit in range(1, 10):
            for ten, one in product(words, _UNITS[unit]):
                yield ten + one, value + unit
                yield f"{one}og{ten}", value + unit
    yield "hundre", 100


def _ordinals() -> Iterator[tuple[str, int]]:
    for value, words in enumerate(_ORDINAL_UNITS):
        yield from ((word, value) for word in words)
    for value, words in _ORDINAL_TENS.items():
        yield from ((word, value) for word in words)
        for unit in range(1, 10):
            for ten, one in product(_TENS[value], _ORDINAL_UNITS[unit]):
                yield ten + one, value + unit


CARDINALS: Final = MappingProxyType(dict(_cardinals()))
"""Number words from 0 to 100, in lower case."""

ORDINALS: Final = MappingProxyType(dict(_ordinals()))
"""Ordinal words from 1 to 39, in lower case: enough for the days of a month."""
