"""How many people, as a head of a kindergarten writes it."""

import re
from collections.abc import Sequence
from typing import Final

from domain.norwegian.numerals import ARTICLES, CARDINALS
from domain.norwegian.wordlists import words

MOST_CHARACTERS: Final = 200
LARGEST: Final = 9999

_TOKEN: Final = re.compile(r"\d+(?:[ .\u00a0]\d{3})+(?!\d)|\d+(?:[.,]\d+)?|[^\W\d_]+|[-–—−+%/]")
_DASHES: Final = frozenset("-–—−/")
_UNTIL: Final = _DASHES | {"til", "eller", "og"}
_VAGUE: Final = words("håndfull handfull neve del rekke gjeng mengde gruppe titalls par dusin")
_NOT_PEOPLE: Final = frozenset({"%", "prosent", "år", "kroner", "kr", "timer", "dager", "uker", "måneder"})


def understand_count(text: str) -> int | None:
    """The first number of people in the text, 0 to 9999; of «10-12» the upper one."""
    if not text or len(text) > MOST_CHARACTERS:
        return None
    tokens = [token.lower() for token in _TOKEN.findall(text)]
    fallback: int | None = None
    position = 0
    while position < len(tokens):
        value, after = _number(tokens, position)
        if value is None:
            position = max(after, position + 1)
            continue
        if _is_negative(tokens, position, text):
            return None
        value, after = _range_or_sum(tokens, value, after)
        if after < len(tokens) and tokens[after] in _NOT_PEOPLE:
            position = after + 1
            continue
        if after - position == 1 and tokens[position] in ARTICLES:
            fallback = value if fallback is None else fallback
            position = after
            continue
        return value if value <= LARGEST else None
    if fallback is None and "ingen" in tokens:
        return 0
    return fallback


def understand_counts(text: str, things: Sequence[tuple[str, Sequence[str]]]) -> dict[str, int]:
    """How many of each thing, known by its names: «3 assistenter, 2 andre», or all the numbers in order.

    Empty when a number belongs to nothing, or one thing has two.
    """
    if not text or len(text) > MOST_CHARACTERS:
        return {}
    left = re.sub(r"[^\W\d_]+", lambda word: str(CARDINALS.get(word[0], word[0])), text.lower())
    known = {key: _any_of(names) for key, names in things}
    first = re.search(rf"\d|\b(?:{'|'.join(known.values())})\b", left)
    number_first = first is not None and first[0].isdecimal()
    found: dict[str, int] = {}
    for key, name in known.items():
        number = r"(?<![\d.,])(?P<number>\d{1,4})(?![\d%]|[.,]\d)"
        wanted = rf"{number}\s+(?:{name})\b" if number_first else rf"\b(?:{name})\s*[:=–-]?\s*{number}"
        matches = list(re.finditer(wanted, left))
        if len(matches) > 1:
            return {}
        if matches:
            found[key] = int(matches[0]["number"])
            left = left[: matches[0].start()] + " " + left[matches[0].end() :]
    numbers = re.findall(r"\d+", left)
    if not found and len(numbers) == len(things) and not re.search(r"[^\W\d_]{3}", left):
        return {key: min(int(n), LARGEST + 1) for (key, _), n in zip(things, numbers, strict=True)}
    return {} if numbers else found


def _any_of(names: Sequence[str]) -> str:
    return "|".join(re.escape(name.lower()) for name in sorted(names, key=len, reverse=True))


def _number(tokens: list[str], position: int) -> tuple[int | None, int]:
    """The number that begins here and where it ends; None with where to go on."""
    word = tokens[position]
    follower = tokens[position + 1] if position + 1 < len(tokens) else ""
    if word[0].isdecimal():
        digits = re.sub(r"[ .\u00a0](?=\d{3}(?:\D|$))", "", word)
        if not digits.isdecimal():
            return None, position + 1
        return (int(digits) if len(digits) <= len(str(LARGEST)) else LARGEST + 1), position + 1
    if word in ARTICLES and follower in _VAGUE:
        return ({"par": 2, "dusin": 12}.get(follower), position + 2)
    if word not in CARDINALS:
        return None, position + 1
    value, after = CARDINALS[word], position + 1
    if value in range(20, 100, 10) and 1 <= CARDINALS.get(follower, 0) <= 9:
        return value + CARDINALS[follower], after + 1
    if value < 10 and follower == "hundre":
        value, after = value * 100, after + 1
    if value >= 100 and tokens[after : after + 1] == ["og"]:
        more, end = _number(tokens, after + 1) if after + 1 < len(tokens) else (None, after)
        if more is not None and more < 100:
            return value + more, end
    return value, after


def _range_or_sum(tokens: list[str], value: int, after: int) -> tuple[int, int]:
    while after + 1 < len(tokens):
        if tokens[after] not in _UNTIL | {"+", "pluss"}:
            break
        other, end = _number(tokens, after + 1)
        if other is None:
            break
        if tokens[after] in {"+", "pluss"}:
            value, after = value + other, end
        elif other > value or tokens[after] != "og":
            value, after = max(value, other), end
        else:
            break
    return value, after


def _is_negative(tokens: list[str], position: int, text: str) -> bool:
    if position and tokens[position - 1] == "minus":
        return True
    return position == 1 and tokens[0] in _DASHES and re.match(r"\s*[-–—−]\w", text) is not None
