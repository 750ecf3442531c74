"""The words of questions: aliases to concepts, dialect to bokmål, spelling slips to what was meant."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne
from snowballstemmer.norwegian_stemmer import NorwegianStemmer

from domain.norwegian.spoken import bokmal_words
from domain.scheme.model import Concept, Description, Frozen, read_yaml

WORD = re.compile(r"\d+|%|[^\W\d_]+(?:-[^\W\d_]+)*")
REGION = "region:"
SHORTEST_PART = 3
SHORTEST_CORRECTED = 5
MOST_WORDS = 5_000
"""Words that are kept with what they are by themselves."""

AT_ONCE = 32
"""Texts that are kept as words: while one is answered it is looked at several times."""


class LexiconData(Frozen):
    """The lexicon as it is written in description/lexicon.yaml."""

    phrases: Mapping[str, str]
    intents: tuple[tuple[str, str], ...]
    lead_in: str
    finite_verbs: frozenset[str]
    modal_openers: tuple[str, ...]
    deadline_plural: frozenset[str]
    first_person: frozenset[str]
    own_task: frozenset[str]
    neutral: str
    ordinary: str


@cache
def load_lexicon() -> LexiconData:
    """Load the lexicon that comes with the package (once)."""
    return LexiconData.model_validate(read_yaml("description/lexicon.yaml"))


_stemmer = NorwegianStemmer()


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Cut a word to its Norwegian stem."""
    return str(_stemmer.stemWord(word))


@dataclass(frozen=True, slots=True)
class _Word:
    """What a word is by itself: as many words as the longest alias has that begins with it, its concepts."""

    stem: str
    longest: int
    concepts: frozenset[str]
    neutral: bool
    means_nothing: bool


@dataclass(frozen=True)
class Reading:
    """What was found in a text: concepts, and words nobody knows with their places."""

    words: tuple[str, ...]
    concepts: frozenset[str]
    unknown: tuple[tuple[int, str], ...]


@cache
def _phrases() -> tuple[re.Pattern[str], Mapping[str, str]]:
    phrases = load_lexicon().phrases
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"), phrases


@lru_cache(maxsize=AT_ONCE)
def words_of(text: str) -> tuple[str, ...]:
    """Split a text to lower-case words, dialect and English put over to bokmål."""
    bokmal = bokmal_words()
    pattern, phrases = _phrases()
    words = " ".join([bokmal.get(word, word) for word in WORD.findall(text.lower())])
    return tuple(pattern.sub(lambda found: phrases[found[0]], words).split())


class Aliases(NamedTuple):
    """What concepts are called: their ids by the words of an alias, and by the words' stems (not a region's)."""

    surface: dict[tuple[str, ...], frozenset[str]]
    stems: dict[tuple[str, ...], frozenset[str]]


def aliases_of(description: Description) -> Aliases:
    """The aliases of all that a description lets a question name."""
    surface: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    stems: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for concept_id, concept in concepts_of(description):
        for alias in concept.aliases:
            key = words_of(alias)
            surface[key].add(concept_id)
            if not concept_id.startswith(REGION):
                stems[tuple(map(stem, key))].add(concept_id)
    return Aliases(_shared(surface), _shared(stems))


def _shared(found: Mapping[tuple[str, ...], Set[str]]) -> dict[tuple[str, ...], frozenset[str]]:
    """The same with one set for all that are equal."""
    sets: dict[frozenset[str], frozenset[str]] = {}
    frozen = {key: frozenset(ids) for key, ids in found.items()}
    return {key: sets.setdefault(ids, ids) for key, ids in frozen.items()}


class Lexicon:
    """Reads texts with a description's aliases; `common` are words that are rightly spelled."""

    def __init__(self, aliases: Aliases, data: LexiconData, common: Collection[str] = frozenset()) -> None:
        self.data = data
        self._neutral = frozenset(data.neutral.split())
        self.openers = tuple(f"{opener} " for opener in data.modal_openers)
        self._surface, self._stems = aliases
        self._longest_from: dict[str, int] = {}
        for key in (*self._surface, *self._stems):
            self._longest_from[key[0]] = max(len(key), self._longest_from.get(key[0], 1))
        self._vocabulary = self._vocabulary_of(common)
        self._known = frozenset(self._vocabulary) | self._neutral | set(data.ordinary.split())
        self._corrected = lru_cache(maxsize=MOST_WORDS)(self._spell)
        self._word = lru_cache(maxsize=MOST_WORDS)(self._by_itself)

    def _vocabulary_of(self, common: Collection[str]) -> list[str]:
        """The words that a slip is taken to mean."""
        words = {word for key in self._surface for word in key}
        words |= self._neutral | set(bokmal_words().values()) | self.data.finite_verbs | set(common)
        return sorted(word for word in words if len(word) >= SHORTEST_CORRECTED)

    def read(self, spoken: Iterable[str]) -> Reading:
        """Find the concepts of a text's words, longest alias first, and the words that nobody knows."""
        words = [self._corrected(word) for word in spoken]
        concepts: set[str] = set()
        unknown: list[tuple[int, str]] = []
        at = 0
        known = [self._word(word) for word in words]
        while at < len(words):
            found, length = self._longest(words, known, at)
            concepts |= found
            if not found and not known[at].means_nothing:
                unknown.append((at, words[at]))
            at += length
        return Reading(tuple(words), frozenset(concepts), tuple(unknown))

    def _longest(self, words: list[str], known: list[_Word], at: int) -> tuple[Set[str], int]:
        """The concepts of the longest alias that begins at a place, and how many words that is."""
        first = known[at]
        for length in range(min(first.longest, len(words) - at), 1, -1):
            found = self._surface.get(tuple(words[at : at + length])) or self._stems.get(
                tuple([word.stem for word in known[at : at + length]])
            )
            if found:
                return found, length
            if length == 2 and (joined := self._joined(words, known, at)):
                return joined, length
        if first.longest < 2 and at + 1 < len(words) and (joined := self._joined(words, known, at)):
            return joined, 2
        return first.concepts, 1

    def _joined(self, words: list[str], known: list[_Word], at: int) -> Set[str] | None:
        """The concepts of a word that is written in two («behovs melding»)."""
        return None if known[at].neutral else self._surface.get((words[at] + words[at + 1],))

    def _by_itself(self, word: str) -> _Word:
        cut = stem(word)
        neutral = word in self._neutral
        found = self._surface.get((word,))
        if found is None and not neutral:
            found = self._stems.get((cut,))
            if found is not None and len(found) > 1:
                found = None
        return _Word(
            cut,
            longest=max(self._longest_from.get(word, 1), self._longest_from.get(cut, 1)),
            concepts=frozenset(found or self._surface.get((word.removesuffix("s"),)) or self._parts(word)),
            neutral=neutral,
            means_nothing=neutral or len(word) <= 2 or word.isdigit() or cut in self._neutral,
        )

    def _parts(self, word: str) -> frozenset[str]:
        """The concepts of a compound's two parts, when both are known («rapporteringsfristen»)."""
        if word in self._neutral:
            return frozenset()
        if "-" in word:
            pieces = [self._one(piece) for piece in word.split("-")]
            if all(pieces):
                return frozenset().union(*pieces)
        for cut in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            head, tail = word[:cut], word[cut:]
            last = self._one(tail)
            if last:
                first = (
                    self._one(head) or self._one(head.removesuffix("s")) or self._one(head.removesuffix("e"))
                )
                if first:
                    return first | last
        return frozenset()

    def _one(self, word: str) -> frozenset[str]:
        return self._surface.get((word,)) or frozenset()

    def _spell(self, word: str) -> str:
        """The word, or the one that a slip in it is taken to mean."""
        if len(word) < SHORTEST_CORRECTED or word in self._known:
            return word
        if (stem(word),) in self._stems or stem(word) in self._neutral or self._parts(word):
            return word
        allowed = 1 if len(word) < 9 else 2 if len(word) < 13 else 3
        best = extractOne(word, self._vocabulary, scorer=OSA.distance, score_cutoff=allowed)
        return best[0] if best and best[0][0] == word[0] else word


def concepts_of(description: Description) -> Iterable[tuple[str, Concept]]:
    """All that a question may name, by id; regions bear the prefix «region:»."""
    yield from description.actors.items()
    yield from description.topics.items()
    yield from description.schemes.items()
    yield from ((f"{REGION}{region}", concept) for region, concept in description.regions.items())
