"""Answers that choose among options, and yes or no."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from domain.norwegian.numerals import CARDINALS, ORDINALS
from domain.norwegian.wordlists import words

MOST_CHARACTERS: Final = 500
_LONGEST_ITEM: Final = 12
"""Words that are tried together as one option."""
_ALIKE: Final = 86.0
"""Similarity in percent above which a slip of the pen is believed, for words of at least five letters."""
_MARGIN: Final = 6.0
"""So much better than the next option must it be."""

_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+|[\n,;/+&|•*-]")
_HARD: Final = frozenset("\n,;|•*")
_SOFT: Final = frozenset({"og", "eller", "samt", "pluss", "/", "+", "&", "-"})
_SEPARATORS: Final = _HARD | _SOFT
_NEGATIONS: Final = words("ikke ikkje unntatt uten minus ingen bortsett verken")
_NOISE: Final = words("nr nummer nei ja den det alternativ også takk både jeg vi")


@dataclass(frozen=True, slots=True)
class ChoiceReading:
    """What was chosen, in the order it was said."""

    values: tuple[str, ...]
    unknown: tuple[str, ...]
    """Pieces of the text that fit no option, as they were written."""
    surplus: tuple[str, ...] = ()
    """Options that were chosen beyond the most that may be."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Name:
    value: str
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)


def match_choices(text: str, options: Sequence[tuple[str, Sequence[str]]], most: int) -> ChoiceReading:
    """Which options the text names, by number from 1, by name, by part of a name or with a slip of the pen.

    An option is its value and the labels by which people may call it; a label may hold «og» and commas.
    """
    if len(text) > MOST_CHARACTERS:
        return ChoiceReading((), (text[:MOST_CHARACTERS].strip(),))
    names = [
        _Name(value, spoken)
        for value, labels in options
        for label in (value, *labels)
        if (spoken := _spoken(label))
    ]
    values = [value for value, _ in options]
    tokens = _words(text)
    if [token.text for token in tokens] in (["alle"], ["alt"], ["alle", "sammen"]):
        return ChoiceReading(tuple(values[:most]), (), tuple(values[most:]))
    chosen: list[str] = []
    unknown: list[str] = []
    position = 0
    while position < len(tokens):
        if tokens[position].text in _SEPARATORS:
            position += 1
            continue
        found, end = _item(tokens, position, names, values)
        if found:
            chosen += [value for value in found if value not in chosen]
        elif not all(token.text in _NOISE for token in tokens[position:end]):
            unknown.append(text[tokens[position].start : tokens[end - 1].end])
        position = end
    return ChoiceReading(tuple(chosen[:most]), tuple(unknown), tuple(chosen[most:]))


@lru_cache(maxsize=4_000)
def _spoken(label: str) -> tuple[str, ...]:
    """The words of a label, which is asked about again and again."""
    return tuple(word.text for word in _words(label))


def _words(text: str) -> list[_Word]:
    return [_Word(match.group().lower(), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def _item(tokens: list[_Word], start: int, names: list[_Name], values: list[str]) -> tuple[list[str], int]:
    """The options that the next item means, and where the item ends; the longest item that fits."""
    stops = [end for end in range(start + 1, len(tokens)) if tokens[end].text in _SEPARATORS]
    ends = [end for end in (*stops, len(tokens)) if end - start <= _LONGEST_ITEM] or [
        (*stops, len(tokens))[0]
    ]
    pieces = [(tuple(token.text for token in tokens[start:end]), end) for end in reversed(ends)]
    for piece, end in pieces:
        if found := _exact(piece, names) or _alike(piece, names):
            return [found], end
    numbers, end = _numbers(tokens, start, len(values))
    if numbers:
        return [values[number - 1] for number in numbers], end
    for read in (_containing, _partial):
        for piece, end in pieces:
            if not _NEGATIONS.intersection(piece) and (found := read(piece, names)):
                return [found], end
    return [], pieces[-1][1]


def _exact(piece: tuple[str, ...], names: list[_Name]) -> str | None:
    return next((name.value for name in names if name.words == piece), None)


def _numbers(tokens: list[_Word], start: int, most: int) -> tuple[list[int], int]:
    """«1 3», «nr. 2», «to», «1-3»: option numbers up to the next word that is none."""
    found: list[int] = []
    position = start
    while position < len(tokens) and tokens[position].text not in _HARD:
        word = tokens[position].text
        number = (
            int(word) if word.isdecimal() and len(word) < 4 else CARDINALS.get(word, ORDINALS.get(word, 0))
        )
        if 1 <= number <= most:
            spans = position >= start + 2 and tokens[position - 1].text == "-" and found
            found += range(found[-1] + 1, number) if spans else ()
            found.append(number)
        elif word not in _SOFT and word not in _NOISE:
            break
        position += 1
    stopped = position < len(tokens) and tokens[position].text not in _HARD
    # A number with a word right after it («3 avdelinger») counts something else.
    if stopped and tokens[position - 1].text not in _SOFT:
        return [], start
    return found, position


def _alike(piece: tuple[str, ...], names: list[_Name]) -> str | None:
    written = " ".join(piece)
    if len(written) < 5 or _NEGATIONS.intersection(piece):
        return None
    digits = [word for word in piece if word.isdecimal()]
    best: dict[str, float] = {}
    listed = len(piece) if _SEPARATORS.intersection(piece) else 0
    for name in names:
        if [word for word in name.words if word.isdecimal()] != digits:
            continue
        # A piece with «og» or a comma in it is one option only if the option's name is built the same way.
        if listed and (len(name.words) != listed or not _SEPARATORS.intersection(name.words)):
            continue
        score = fuzz.ratio(written, name.text)
        best[name.value] = max(best.get(name.value, 0.0), score)
    ranked = sorted(best.items(), key=lambda entry: -entry[1])
    if not ranked or ranked[0][1] < _ALIKE:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= _MARGIN else None


def _containing(piece: tuple[str, ...], names: list[_Name]) -> str | None:
    """The one option whose whole label stands inside the piece; a longer label hides one within it."""
    inside = [name for name in names if len(name.text) >= 3 and _stands_in(name.words, piece)]
    longest = [
        name
        for name in inside
        if not any(other.value != name.value and _hides(other.words, name.words) for other in inside)
    ]
    found = {name.value for name in longest}
    return found.pop() if len(found) == 1 else None


def _hides(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    return len(longer) > len(shorter) and _stands_in(shorter, longer)


def _stands_in(label: tuple[str, ...], piece: tuple[str, ...]) -> bool:
    return any(piece[at : at + len(label)] == label for at in range(len(piece) - len(label) + 1))


def _partial(piece: tuple[str, ...], names: list[_Name]) -> str | None:
    """The one option in whose label every word of the piece begins a word."""
    telling = [word for word in piece if word not in _NOISE and word not in _SOFT]
    if not telling or max(map(len, telling)) < 4:
        return None
    found = {name.value for name in names if all(_begins(word, name.words) for word in telling)}
    return found.pop() if len(found) == 1 else None


def _begins(word: str, label: tuple[str, ...]) -> bool:
    return any(other == word or (len(word) >= 4 and other.startswith(word)) for other in label)


_YES: Final = words(
    "ja jepp japp jupp jo jau jada javisst javel yes yess yep y j ok okei okay oki greit stemmer riktig rett"
    " korrekt selvfølgelig sjølvsagt selvsagt absolutt gjerne nettopp klart enig sant"
)
_NO: Final = words("nei næi nææ nope neida nix niks no n feil galt uriktig")
_CONTRARY: Final = words("men ikke ikkje kanskje usikker nesten vet veit eller delvis")
_YES_PHRASES: Final = frozenset(
    {
        "det stemmer",
        "det er riktig",
        "det er rett",
        "det er greit",
        "alt stemmer",
        "alt er riktig",
        "lagre",
        "lagre det",
        "lagre møtet",
        "bekreft",
        "👍",
        "✅",
    }
)
_NO_PHRASES: Final = frozenset(
    {"det stemmer ikke", "stemmer ikke", "ikke riktig", "ikke enig", "det er feil", "👎", "❌"}
)


def yes_or_no(text: str) -> bool | None:
    """True for yes, False for no, None when it is neither or both."""
    if len(text) > MOST_CHARACTERS:
        return None
    said = re.findall(r"[^\W\d_]+|👍|👎|✅|❌", text.lower())
    phrase = " ".join(said)
    if phrase in _YES_PHRASES or phrase in _NO_PHRASES:
        return phrase in _YES_PHRASES
    if not said or len(said) > 7:
        return None
    first, rest = said[0], said[1:]
    if first in _YES:
        return None if _CONTRARY.union(_NO).intersection(rest) else True
    if first in {"ikke", "ikkje"}:
        return False if not rest or rest in (["takk"], ["nå"]) else None
    if first in _NO:
        return None if _YES.intersection(rest) or {"men", "kanskje"}.intersection(rest) else False
    return None
