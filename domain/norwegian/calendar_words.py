"""Weekdays, months and words for time as people spell them, brought to one spelling."""

import re
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from domain.norwegian.numerals import CARDINALS, ORDINALS

WEEKDAYS: Final = {
    name: number
    for number, name in enumerate(("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"))
}
"""Full names, Monday is 0."""

WEEKDAY_SHORT: Final = {
    "man": 0,
    "tirs": 1,
    "tir": 1,
    "ons": 2,
    "tors": 3,
    "tor": 3,
    "fre": 4,
    "lør": 5,
    "søn": 6,
}
"""Short names; several are everyday words too, so they count only next to a date."""

MONTHS: Final = {
    name: number
    for number, name in enumerate(
        (
            "januar",
            "februar",
            "mars",
            "april",
            "mai",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "desember",
        ),
        start=1,
    )
}
"""Full names, January is 1."""

MONTH_SHORT: Final = {
    "jan": 1,
    "feb": 2,
    "febr": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "okt": 10,
    "nov": 11,
    "des": 12,
}
"""Short names; «jul» is Christmas too, so they count only after a day."""

_SPELLINGS: Final = {
    "måndag": "mandag",
    "tysdag": "tirsdag",
    "laurdag": "lørdag",
    "sundag": "søndag",
    "december": "desember",
    "october": "oktober",
    "veke": "uke",
    "veka": "uka",
    "vika": "uka",
    "uken": "uka",
    "veker": "uker",
    "vekor": "uker",
    "ukers": "uker",
    "månad": "måned",
    "månaden": "måneden",
    "månader": "måneder",
    "måneders": "måneder",
    "mnd": "måneder",
    "dagar": "dager",
    "dagers": "dager",
    "døgn": "dager",
    "års": "år",
    "timar": "timer",
    "minutt": "minutter",
    "min": "minutter",
    "idag": "i dag",
    "igår": "i går",
    "imorgen": "i morgen",
    "imorgon": "i morgen",
    "imorra": "i morgen",
    "morgon": "morgen",
    "morra": "morgen",
    "mårra": "morgen",
    "overmorgon": "overmorgen",
    "overimorgen": "overmorgen",
    "overmorra": "overmorgen",
    "ikveld": "i kveld",
    "klokken": "kl",
    "klokka": "kl",
    "klokkå": "kl",
    "neeste": "neste",
    "nesta": "neste",
    "kvar": "hver",
    "ikkje": "ikke",
    "haust": "høst",
    "hausten": "høsten",
    "haustsemesteret": "høstsemesteret",
}
_NOT_TYPOS: Final = frozenset({"fridag", "mandat", "mandal"})
_DASHES: Final = frozenset("–—‐‑−")
_TOKEN: Final = re.compile(r"[^\W\d_]+|\d+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text in one spelling, with the way back to what the person wrote."""

    original: str
    text: str
    _origins: tuple[tuple[int, int, int], ...]
    """(start in `text`, start in `original`, end in `original`) for each token."""

    def written(self, start: int, end: int) -> str:
        """What the person wrote for `text[start:end]`, on one line."""
        ends = [*(origin[0] for origin in self._origins[1:]), len(self.text)]
        spans = [
            (first, last)
            for (begin, first, last), stop in zip(self._origins, ends, strict=False)
            if begin < end and stop > start
        ]
        return " ".join(self.original[spans[0][0] : spans[-1][1]].split()) if spans else ""


def one_spelling(text: str) -> Phrase:
    """Lower case, number words as digits, ordinals as «1.», nynorsk and slips of one letter as bokmål."""
    pieces: list[str] = []
    origins: list[tuple[int, int, int]] = []
    length = 0
    for token in _TOKEN.finditer(text):
        piece = _spelled(token.group())
        origins.append((length, token.start(), token.end()))
        pieces.append(piece)
        length += len(piece)
    return Phrase(original=text, text="".join(pieces), _origins=tuple(origins))


def _spelled(token: str) -> str:
    if token.isspace():
        return " "
    if token in _DASHES:
        return "-"
    word = token.lower()
    if word in CARDINALS:
        return str(CARDINALS[word])
    if word in ORDINALS:
        return f"{ORDINALS[word]}."
    word = _SPELLINGS.get(word, word)
    return _corrected(word)


def _corrected(word: str) -> str:
    """The weekday or month that the word is one slip away from, else the word."""
    if not 5 <= len(word) <= 10 or word in _NOT_TYPOS or word in WEEKDAYS or word in MONTHS:
        return word
    near = [
        name
        for name in (*WEEKDAYS, *MONTHS)
        if len(name) >= 6 and name[0] == word[0] and OSA.distance(name, word, score_cutoff=1) <= 1
    ]
    return near[0] if len(near) == 1 else word
