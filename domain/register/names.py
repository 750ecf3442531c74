"""Names as people write them: cleaned text, network names in all their forms, Norwegian order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from stdnum.no import orgnr as _orgnr

_NOISE_WORDS = frozenset(
    {
        *("kompetansenettverk", "kompetansenettverket", "nettverk", "nettverket", "region", "regionen"),
        *("regional", "regionale", "regionalt", "det", "i", "for", "pa", "rekom"),
    }
)
_COMPOUND_ENDINGS = (
    "kompetansenettverket",
    "kompetansenettverk",
    "nettverket",
    "regionen",
    "region",
    "nettverk",
)
_DEFINITE_ENDINGS = ("en", "et", "a")
_FOLDED = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ð": "d", "đ": "d"})
_IN_ORDER = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})
_EMAIL = re.compile(r"[^\s@,;:<>()\[\]\"\\]+@[^\s@,;:<>()\[\]\"\\.]+(\.[^\s@,;:<>()\[\]\"\\.]+)+")


def clean(text: str) -> str:
    """The text with single spaces, composed letters and nothing invisible; cleaning twice changes nothing."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return " ".join(text.split())  # as almost every text is
    visible = "".join(" " if _is_space(c) else c for c in text if not _is_invisible(c))
    return " ".join(unicodedata.normalize("NFC", visible).split())


def clean_email(text: str) -> str:
    """The address as it is compared and stored: cleaned, lower case."""
    return clean(clean(text).lower())


def is_email(text: str) -> bool:
    """Whether the text has the form of one e-mail address (it says nothing on whether it is in use)."""
    return _EMAIL.fullmatch(text) is not None


def compact_orgnr(text: str) -> str:
    """The text without any spaces, as an organisation number is stored."""
    return "".join(clean(text).split())


def is_orgnr(number: str) -> bool:
    """Whether a compact number is a Norwegian organisation number: nine digits, mod 11, not all zeros."""
    return (
        re.fullmatch(r"[0-9]{9}", number) is not None and number.strip("0") != "" and _orgnr.is_valid(number)
    )


def municipality_key(name: str) -> str:
    """What a municipality is compared by: «Melhus kommune» is «melhus»."""
    return clean(name).casefold().removesuffix(" kommune")


@lru_cache(maxsize=1000)
def network_slug(name: str) -> str:
    """What a network is compared by: «Gauldal», «Gauldalsregionen», «nettverket i Gauldal» are «gauldal»."""
    words = [_fold(w) for w in re.split(r"[\s/,.-]+", clean(name).casefold()) if w]
    kept = [w for w in words if w not in _NOISE_WORDS] or words
    return "-".join(_without_ending(w) for w in kept) or clean(name)


def match_network(text: str, names: Iterable[str]) -> str | None:
    """The one name that the text means, also in definite or genitive form; None if none or several."""
    slugs = {network_slug(name): name for name in names}
    asked = network_slug(text)
    if asked in slugs:
        return slugs[asked]
    found = {name for slug, name in slugs.items() if _forms(asked) & _stems(slug)}
    return found.pop() if len(found) == 1 else None


def sort_key(name: str) -> tuple[str, str]:
    """A key that puts names in Norwegian order: æ, ø and å last."""
    placed = name.casefold().translate(_IN_ORDER)
    bare = "".join(c for c in unicodedata.normalize("NFD", placed) if not unicodedata.combining(c))
    return bare, name


def _is_space(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) == "Cc"


def _is_invisible(char: str) -> bool:
    # Surrogates and non-characters can be written neither to UTF-8 nor to XML.
    return unicodedata.category(char) in {"Cf", "Cs"} or ord(char) & 0xFFFE == 0xFFFE


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.translate(_FOLDED))
    return "".join(c for c in plain if c.isalnum()) or word


def _without_ending(word: str) -> str:
    for ending in _COMPOUND_ENDINGS:
        stem = word.removesuffix(ending)
        if stem not in ("", word):
            return _without_genitive(stem)
    return word


def _without_genitive(stem: str) -> str:
    # The s that binds «Gauldals|regionen» follows a consonant; that of «Værnes|regionen» is the name's own.
    bound = len(stem) > 3 and stem.endswith("s") and stem[-2] not in "aeiouy"
    return stem[:-1] if bound else stem


def _stems(slug: str) -> set[str]:
    return {slug, slug.removesuffix("s")}


def _forms(slug: str) -> set[str]:
    forms = _stems(slug)
    return forms | {f.removesuffix(e) for f in forms for e in _DEFINITE_ENDINGS if len(f) - len(e) > 3}
