"""What is done to every text before it is kept: tidying, and a look for what points to a person."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from stdnum.no import fodselsnummer

from domain.norwegian.named_children import named_children

_LINE_BREAK: Final = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs"})
_REPEATED_SIGNS: Final = re.compile(r"(\S)\1{2,}")
_REPEATED_WORDS: Final = re.compile(r"\b(\w{1,40})(?:\W{1,3}\1\b){2,}", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[\s\d.,:/()+%–—−-]+")


def bare(text: str) -> str:
    """A few words as they are compared with fixed ones: clean, small, and without a full stop at the end."""
    return clean(text).casefold().rstrip(" .!")


def clean(text: str) -> str:
    """The text in NFC without control and zero-width characters, with single spaces and blank lines."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return " ".join(text.split())  # as almost every text is
    lines = _LINE_BREAK.sub("\n", text)
    composed = unicodedata.normalize("NFC", lines)
    hidden = (c for c in set(composed) - {"\n", "\t"} if unicodedata.category(c) in _HIDDEN)
    kept = composed.translate(dict.fromkeys(map(ord, hidden)))
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


def telling(text: str) -> str:
    """What in a text says something: without emoji, and with what is repeated standing once."""
    signs = (c for c in set(text) - {"\n", "\t"} if unicodedata.category(c)[0] in "SC")
    kept = text.translate(dict.fromkeys(map(ord, signs)))
    once = _REPEATED_SIGNS.sub(r"\1", kept)
    return " ".join(_REPEATED_WORDS.sub(r"\1", once).split())


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


_NATIONAL_ID: Final = re.compile(
    r"(?<![\w+])[0-9]{2}[ .]?[0-9]{2}[ .]?[0-9]{2}[ \u00a0.-]?[0-9]{3}[ \u00a0]?[0-9]{2}(?!\w)"
)
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
_PHONE_SAID: Final = re.compile(
    r"\b(?:tlf|tel|telefon|telefonnummer|mobil|mob|ring|sms)\b[.:]{0,2}[ \u00a0]?"
    r"(?P<number>[2-9](?:[ \u00a0.-]?[0-9]){7})(?![ .-]?[0-9])",
    re.IGNORECASE,
)
_MONEY_BEFORE: Final = re.compile(r"\b(?:kr|nok|kroner)\.?\s*$", re.IGNORECASE)
_MONEY_AFTER: Final = re.compile(r"\s*(?:kr\b|nok\b|kroner\b|,-)", re.IGNORECASE)


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
    for match in _PHONE_SAID.finditer(text):
        yield PersonalHint(PersonalKind.PHONE, match.start("number"), match.end("number"))
    for start, end in named_children(text):
        yield PersonalHint(PersonalKind.NAMED_CHILD, start, end)


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
