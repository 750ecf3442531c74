"""What is done to every text before it is kept: tidying, and a look for what points to a person."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from stdnum.no import fodselsnummer

from domain.norwegian.wordlists import words

_LINE_BREAK: Final = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs"})
_NUMBER: Final = re.compile(r"[\s\d.,:/()+%–—−-]+")


def clean(text: str) -> str:
    """The text in NFC without control and zero-width characters, with single spaces and blank lines."""
    lines = _LINE_BREAK.sub("\n", text)
    kept = "".join(
        character
        for character in unicodedata.normalize("NFC", lines)
        if character in "\n\t" or unicodedata.category(character) not in _HIDDEN
    )
    # What was hidden may have stood between a letter and its accent, so they are put together once more.
    tidied = (" ".join(line.split()) for line in unicodedata.normalize("NFC", kept).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(tidied)).strip()


def has_words(text: str) -> bool:
    """Whether two letters stand side by side anywhere."""
    previous = False
    for character in unicodedata.normalize("NFC", text):
        letter = character.isalpha()
        if letter and previous:
            return True
        previous = letter
    return False


def only_number(text: str) -> bool:
    """Whether the text is digits, with nothing but spaces and signs between them."""
    return _NUMBER.fullmatch(text) is not None and any(character.isdecimal() for character in text)


class PersonalKind(StrEnum):
    """What in a text points to a single person."""

    NATIONAL_ID = "national_id"
    PHONE = "phone"
    EMAIL = "email"
    NAMED_CHILD = "named_child"


@dataclass(frozen=True, slots=True)
class PersonalHint:
    """Where something personal stands: `text[start:end]` of the text that was given."""

    kind: PersonalKind
    start: int
    end: int


_NATIONAL_ID: Final = re.compile(r"(?<![\w+])[0-9]{6}[ \u00a0.-]?[0-9]{5}(?!\w)")
_EMAIL: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,6}[^\W\d_]{2,24}(?![\w@])"
)
_GAP: Final = r"[ \u00a0]"
_PHONE: Final = re.compile(
    rf"(?:(?<![\w+])\(?(?:\+|00)47\)?{_GAP}?[2-9][0-9](?:{_GAP}?[0-9]){{6}}(?!\w)(?!{_GAP}?[0-9])"
    rf"|(?<!\w)(?<![0-9][.,:/-])(?<![0-9]{_GAP})"
    rf"(?:[2-9][0-9](?:{_GAP}[0-9]{{2}}){{3}}|[2-9][0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{3}})(?!{_GAP}[0-9])"
    rf"(?![\w/]|[.,:-][0-9])"
    rf"|(?<!\w)(?<![0-9][.,:/-])(?<![0-9]{_GAP})(?P<solid>[2-9][0-9]{{7}})(?!{_GAP}[0-9])(?![\w/]|[.,:-][0-9]))"
)
_MONEY_BEFORE: Final = re.compile(r"\b(?:kr|nok|kroner)\.?\s*$", re.IGNORECASE)
_MONEY_AFTER: Final = re.compile(r"\s*(?:kr\b|nok\b|kroner\b|,-)", re.IGNORECASE)
_CHILD: Final = re.compile(
    r"\b(?:barnet|jenta|jenten|gutten|guten|eleven|ungen|sønnen|datteren|dattera|tvillingen)"
    r"[ \u00a0]+(?:(?:vår|vårt|min|mitt|deres|hennes|hans|dykkar)(?:,?[ \u00a0]+))?"
    r"(?:(?:som heter|som heiter|heter|heiter|ved navn|med navn|med namn)[ \u00a0]+)?"
    r"(?P<name>[^\W\d_]+(?:-[^\W\d_]+)?)",
    re.IGNORECASE,
)
_NOT_NAMES: Final = words(
    "alle at av begge bli blir da de den der det dette du eller en er et for fra får føler gjør ha har hos"
    " hun han hva hvis hvor i ikke ikkje jeg kan kommer leker lærer må med mellom men mot når og om over"
    " på pga samt selv ser sin sitt skal slik som står til trenger under uten var ved vi vil viser å"
)


def likely_personal(text: str) -> tuple[PersonalHint, ...]:
    """Where the text seems to hold a national identity number, a phone number, an e-mail or a named child.

    The number's control digits follow the Norwegian Tax Administration's rules; D-numbers count too.
    """
    hints = sorted(_hints(text), key=lambda hint: (hint.start, -hint.end))
    kept: list[PersonalHint] = []
    for hint in hints:
        if not kept or hint.start >= kept[-1].end:
            kept.append(hint)
    return tuple(kept)


def _hints(text: str) -> Iterator[PersonalHint]:
    for match in _NATIONAL_ID.finditer(text):
        if fodselsnummer.is_valid(re.sub(r"[^0-9]", "", match.group())):
            yield PersonalHint(PersonalKind.NATIONAL_ID, match.start(), match.end())
    for match in _EMAIL.finditer(text):
        yield PersonalHint(PersonalKind.EMAIL, match.start(), match.end())
    for match in _PHONE.finditer(text):
        if not (_is_compact_date(match["solid"]) or _is_money(text, match)):
            yield PersonalHint(PersonalKind.PHONE, match.start(), match.end())
    for match in _CHILD.finditer(text):
        if _is_name(match["name"]):
            yield PersonalHint(PersonalKind.NAMED_CHILD, match.start(), match.end())


def _is_compact_date(digits: str | None) -> bool:
    """«24122026» and «20261224» are dates before they are phone numbers."""
    if digits is None:
        return False
    orders = ((digits[4:], digits[2:4], digits[:2]), (digits[:4], digits[4:6], digits[6:]))
    return any(_is_date(int(year), int(month), int(day)) for year, month, day in orders)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        return 1950 <= date(year, month, day).year <= 2099
    except ValueError:
        return False


def _is_money(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 10) : match.start()]
    return bool(_MONEY_BEFORE.search(before) or _MONEY_AFTER.match(text, match.end()))


def _is_name(word: str) -> bool:
    parts = word.split("-")
    capitalised = all(part[0].isupper() and (part[1:].islower() or not part[1:]) for part in parts)
    return len(word) >= 2 and capitalised and word.lower() not in _NOT_NAMES
