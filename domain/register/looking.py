"""Finding a kindergarten, an owner or a person by what somebody wrote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from rapidfuzz import fuzz, process

from domain.register.models import Kindergarten, Municipality, Owner, Person
from domain.register.names import clean, clean_email, compact_orgnr, municipality_key

_T = TypeVar("_T", bound=Kindergarten | Owner | Person | Municipality)

MOST_NEAR: Final = 4
_NEAR: Final = 75
_GENERAL: Final = frozenset(
    {"barnehage", "barnehager", "barnehagen", "kommune", "as", "sa", "ans", "ba", "i"}
)


@dataclass(frozen=True)
class Looked(Generic[_T]):
    """The one that was meant, or those that may have been."""

    found: _T | None = None
    near: tuple[_T, ...] = ()


def look(text: str, things: Sequence[_T]) -> Looked[_T]:
    """By number or address, by name, by the words of the name that tell it apart; else names that are near."""
    wanted = clean(text)
    if not wanted:
        return Looked()
    for same in (_same_key, _same_name, _same_words, _holds_the_words):
        hits = _matching(things, same(wanted))
        if len(hits) == 1:
            return Looked(hits[0])
        if hits:
            return Looked(near=tuple(hits[:MOST_NEAR]))
    # Compared without the words that every name has.
    names = [" ".join(sorted(_words(t.name))) for t in things]
    bare = " ".join(sorted(_words(wanted)))
    hits_ = process.extract(bare, names, scorer=fuzz.WRatio, limit=MOST_NEAR, score_cutoff=_NEAR)
    return Looked(near=tuple(things[place] for _, _, place in hits_))


def _matching(things: Sequence[_T], same: Callable[[_T], bool]) -> list[_T]:
    return [t for t in things if same(t)]


def _same_key(wanted: str) -> Callable[[_T], bool]:
    number, address = compact_orgnr(wanted), clean_email(wanted)

    def same(thing: _T) -> bool:
        if isinstance(thing, Person):
            return thing.email == address
        return isinstance(thing, Kindergarten | Owner) and thing.orgnr == number

    return same


def _same_name(wanted: str) -> Callable[[_T], bool]:
    return lambda thing: thing.name.casefold() == wanted.casefold()


def _same_words(wanted: str) -> Callable[[_T], bool]:
    words, key = _words(wanted), municipality_key(wanted)

    def same(thing: _T) -> bool:
        if isinstance(thing, Municipality):
            return municipality_key(thing.name) == key
        return bool(words) and _words(thing.name) == words

    return same


def _holds_the_words(wanted: str) -> Callable[[_T], bool]:
    words = _words(wanted)
    return lambda thing: bool(words) and words <= _words(thing.name)


def _words(name: str) -> frozenset[str]:
    words = frozenset(name.casefold().replace(",", " ").split())
    return words - _GENERAL or words
