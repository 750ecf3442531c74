"""Sums of money as people write them: «150 000 kr», «1.000», «1,5 mill», «hundre og femti tusen»."""

import re
from decimal import Decimal
from typing import Final

from domain.norwegian.numerals import CARDINALS
from domain.norwegian.wordlists import words

MOST_CHARACTERS: Final = 100
_LARGE: Final = {
    **dict.fromkeys(("tusen", "k", "t", "tkr"), 1_000),
    "hundretusen": 100_000,
    **dict.fromkeys(("mill", "million", "millioner", "millionar", "mnok", "m"), 1_000_000),
}
_HALVES: Final = (
    (re.compile(r"\b(?:en |ein |1 )?halv million\b"), "0,5 million"),
    (re.compile(r"\bhalvann?en million\b"), "1,5 million"),
)
_PART: Final = re.compile(
    r"\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+(?!\d)(?:,\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?|[^\W\d_]+|,-|\S"
)
_DASHES: Final = frozenset("-–—−")
_UNTIL: Final = _DASHES | {"til", "eller"}
_PLAIN: Final = words(
    "kr kroner krone nok ca cirka omtrent rundt om lag på er det blir trenger vi regner med totalt sammen"
    " samlet i alt inntil maks opptil opp mot kanskje"
) | {",", ",-", ".", ":", "til"}


def understand_kroner(text: str) -> Decimal | None:
    """The one sum in kroner that the text means, decimals included; of «100 000–150 000» the upper one."""
    if not text or len(text) > MOST_CHARACTERS:
        return None
    lowered = text.lower()
    for pattern, written in _HALVES:
        lowered = pattern.sub(written, lowered)
    parts = _PART.findall(lowered)
    sums: list[Decimal] = []
    position, open_ = 0, True
    while position < len(parts):
        part = parts[position]
        if _is_number(part):
            found, position = _sum(parts, position)
            if found is None or not open_:
                return None
            sums.append(found)
            open_ = False
            continue
        if part in _UNTIL and sums:
            open_ = True
        elif part not in _PLAIN:
            return None
        position += 1
    return max(sums, default=None)


def _is_number(part: str) -> bool:
    return part[0].isdecimal() or part in CARDINALS or part in ("tusen", "hundretusen")


def _sum(parts: list[str], position: int) -> tuple[Decimal | None, int]:
    """The sum that begins here, «1 million 200 tusen», and where it ends; None when its parts do not fit."""
    total, current, hundreds = Decimal(0), None, False
    while position < len(parts):
        part = parts[position]
        if part == "og" and _is_number(parts[position + 1] if position + 1 < len(parts) else " "):
            position += 1
            continue
        if part == "hundre":
            current, hundreds = (Decimal(1) if current is None else current) * 100, True
        elif part in _LARGE:
            total += (Decimal(1) if current is None else current) * _LARGE[part]
            current, hundreds = None, False
        elif _is_number(part):
            value = _value(part)
            if current is not None and not (hundreds or _continues(current, value, part)):
                return None, position
            current = value if current is None else current + value
        else:
            break
        position += 1
    return total + (current or 0), position


def _continues(current: Decimal, value: Decimal, part: str) -> bool:
    """«tjue fem»: a word for a unit after one for tens."""
    return part in CARDINALS and current in range(20, 100, 10) and value < 10


def _value(part: str) -> Decimal:
    if part in CARDINALS:
        return Decimal(CARDINALS[part])
    grouped = re.fullmatch(r"(\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+)(?:,(\d{1,2}))?", part)
    if grouped:
        return Decimal(re.sub(r"\D", "", grouped[1]) + "." + (grouped[2] or "0"))
    return Decimal(part.replace(",", "."))
