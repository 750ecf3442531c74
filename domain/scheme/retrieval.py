"""Which fact a question is most like, by the example questions of every fact.

Each fact is a class of a naive Bayes model, with the stems, synonyms, concepts and intents of its examples as features.
What the sources are silent about are classes too («?…»), so that a question near the field can be most like one of
those.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from operator import mul
from typing import NamedTuple

from domain.norwegian.spoken import synonym_groups
from domain.scheme.features import DIGITS, Feature, pack, unpack
from domain.scheme.lanes import Lanes
from domain.scheme.lexicon import stem
from domain.scheme.model import Frozen
from domain.scheme.understanding import Understanding, Understood

SMOOTHING = 0.1
CONCEPT = 1.5
SYNONYM = 0.8
INTENT = 1.2
AROUND = 0.45
ALIKE = 0.7
STRANGE = 6.0
"""What a word weighs that no example has, in the norm of a question."""

CANDIDATES = 12
LONG = 4
BROAD = 150
FAR = 2.5
ITSELF = 5.0
MOST_FEATURES = 1500
"""Features that are kept as they were last looked at (a question has about ten); the others are packed."""


class Model(Frozen):
    """What questions are compared with: the classes, what each begins with, the features, and the very examples.

    The features are packed, `highest` is the highest likelihood that one adds. An example of several classes is
    nobody's.
    """

    names: tuple[str, ...]
    beginnings: tuple[float, ...]
    highest: float
    features: dict[str, bytes]
    examples: dict[str, int]


class Likeness(NamedTuple):
    """How like a question is to a class: its name, likelihood beside the likeliest (≤ 0), and closeness (0–1)."""

    name: str
    likelihood: float
    closeness: float


def build(texts: Mapping[str, Sequence[str]], understanding: Understanding) -> Model:
    """Make the model from texts by class."""
    read = [(at, understanding.understand(text)) for at, lines in enumerate(texts.values()) for text in lines]
    bags = [(at, features_of(asked)) for at, asked in read]
    owners: defaultdict[str, set[int]] = defaultdict(set)
    for at, asked in read:
        owners[" ".join(asked.words)].add(at)
    spread = Counter(name for _, bag in bags for name in bag)
    rarity = {name: math.log((1 + len(bags)) / (1 + times)) + 1 for name, times in spread.items()}
    counts: defaultdict[str, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    totals = [0.0] * len(texts)
    for at, bag in bags:
        weighed = {name: weight * rarity[name] for name, weight in bag.items()}
        norm = _norm(weighed)
        for name, weight in weighed.items():
            counts[name][at] += weight / norm
            totals[at] += weight / norm
    features = {
        name: Feature(
            rarity=round(rarity[name], DIGITS),
            likelihood={at: round(math.log(1 + count / SMOOTHING), DIGITS) for at, count in row.items()},
            closeness={at: round(math.sqrt(count / totals[at]), DIGITS) for at, count in row.items()},
        )
        for name, row in counts.items()
    }
    return Model(
        names=tuple(texts),
        examples={words: next(iter(ats)) for words, ats in owners.items() if len(ats) == 1},
        beginnings=tuple(
            round(math.log(SMOOTHING) - math.log(total + SMOOTHING * len(counts)), DIGITS) for total in totals
        ),
        highest=max((max(feature.likelihood.values()) for feature in features.values()), default=0.0),
        features={name: pack(feature) for name, feature in features.items()},
    )


def features_of(asked: Understood) -> dict[str, float]:
    """The features of a question with their weights: stems «w…», synonyms «s…», concepts «c…», intent «i…»."""
    bag: dict[str, float] = {f"w{stem(word)}": 1.0 for word in asked.words}
    groups = synonym_groups()
    bag.update((f"s{groups[word]}", SYNONYM) for word in asked.words if word in groups)
    bag.update((f"c{concept}", CONCEPT) for concept in asked.concepts)
    if asked.region:
        bag[f"c{asked.region}"] = CONCEPT
    if asked.asks_by_itself:
        bag[f"i{asked.intents[0]}"] = INTENT
    return bag


class Known(NamedTuple):
    """A feature, and what it adds to the likelihood of all classes at once."""

    feature: Feature
    row: int


class Retrieval:
    """Compares questions with the examples that a model was made from."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._place = {name: at for at, name in enumerate(model.names)}
        least = min(model.beginnings, default=0.0)
        beginnings = {at: beginning - least for at, beginning in enumerate(model.beginnings)}
        self._lanes = Lanes(len(model.names), max(1.0, model.highest, *beginnings.values()))
        self._beginnings = self._lanes.row(beginnings)
        self._known = lru_cache(maxsize=MOST_FEATURES)(self._unpacked)

    def _unpacked(self, name: str) -> Known:
        feature = unpack(self._model.features[name])
        return Known(feature, self._lanes.row(feature.likelihood))

    def likest(
        self, asked: Understood, around: Understood | None = None, weight_around: float = AROUND
    ) -> list[Likeness]:
        """The classes that a question is like, the likest first; empty when it has nothing in common with any.

        What stands `around` it in the message counts for less.
        """
        bag = features_of(asked)
        if around is not None:
            bag = {name: weight_around * weight for name, weight in features_of(around).items()} | bag
        known, norm = self._weighed(bag)
        if not known:
            return []
        itself = self._model.examples.get(" ".join(asked.words))
        scores = self._scores(known, norm, itself)
        best = sorted(scores, key=scores.__getitem__, reverse=True)[:CANDIDATES]
        top = scores[best[0]]
        closeness = dict.fromkeys(best, 0.0)
        _add(closeness, [(weight, feature.closeness) for weight, (feature, _) in known])
        names = self._model.names
        return [Likeness(names[at], (scores[at] - top) / norm, closeness[at] / norm) for at in best]

    def is_example(self, asked: Understood) -> bool:
        """Whether a question stands among the examples as it is."""
        return " ".join(asked.words) in self._model.examples

    def has_example_with(self, name: str, concept: str) -> bool:
        """Whether a class has an example that names a concept."""
        feature = f"c{concept}"
        return (
            feature in self._model.features and self._place[name] in self._known(feature).feature.likelihood
        )

    def strange_words(self, asked: Understood) -> int:
        """How many words of a question no example has, short ones apart."""
        features = self._model.features
        return sum(len(word) >= LONG and f"w{stem(word)}" not in features for word in set(asked.words))

    def _scores(
        self, known: Sequence[tuple[float, Known]], norm: float, itself: int | None
    ) -> dict[int, float]:
        """The likelihood of the likeliest classes; `itself` is the class that the question is an example of.

        Features that nearly every class has say little: they are added only where the others agree.
        """
        narrow = [each for each in known if len(each[1].feature.likelihood) <= BROAD]
        broad = [each for each in known if len(each[1].feature.likelihood) > BROAD]
        if not narrow:
            narrow, broad = broad, []
        total = sum([weight for weight, _ in known])
        beginnings = self._model.beginnings
        first = [(total, self._beginnings), *((weight, row) for weight, (_, row) in narrow)]
        if itself is not None:
            first.append((ITSELF * norm, self._lanes.row({itself: 1.0})))
        likely = self._lanes.highest(
            first, [(weight, row) for weight, (_, row) in broad], FAR * norm, CANDIDATES
        )
        scores = {at: total * beginnings[at] for at in likely}
        _add(scores, [(weight, feature.likelihood) for weight, (feature, _) in narrow])
        if itself is not None and itself in scores:
            scores[itself] += ITSELF * norm
        within = max(scores.values()) - FAR * norm
        scores = {at: score for at, score in scores.items() if score >= within}
        _add(scores, [(weight, feature.likelihood) for weight, (feature, _) in broad])
        return scores

    def _weighed(self, bag: Mapping[str, float]) -> tuple[list[tuple[float, Known]], float]:
        """The features that the model knows with their weights here, and the norm of them and the strange words."""
        known: list[tuple[float, Known]] = []
        square = 0.0
        for name, weight in bag.items():
            if name in self._model.features:
                found = self._known(name)
                weighed = weight * found.feature.rarity
                known.append((weighed, found))
                square += weighed**2
            elif name[0] == "w":
                square += (weight * STRANGE) ** 2
        return known, math.sqrt(square) or 1.0

    def most_alike(self, asked: Understood, others: Sequence[Understood]) -> int | None:
        """The place of the one among `others` that has most in common with what is asked; None when little."""
        mine = self._rare(asked)
        likest: tuple[float, int] | None = None
        for at, other in enumerate(others):
            theirs = self._rare(other)
            shared = sum(weight * theirs[name] for name, weight in mine.items() if name in theirs)
            likeness = shared / (_norm(mine) * _norm(theirs))
            if likeness >= ALIKE and (likest is None or likeness > likest[0]):
                likest = likeness, at
        return likest[1] if likest else None

    def _rare(self, asked: Understood) -> dict[str, float]:
        features = self._model.features
        return {
            name: weight * (self._known(name).feature.rarity if name in features else STRANGE)
            for name, weight in features_of(asked).items()
        }


def _add(scores: dict[int, float], weighed: Sequence[tuple[float, dict[int, float]]]) -> None:
    """Add to each score what the rows, each times its weight, have for its class."""
    weights = [weight for weight, _ in weighed]
    rows = [row for _, row in weighed]
    # Some hundred numbers in a question: it takes half the time without a line of Python for each.
    for at, score in scores.items():
        scores[at] = sum(map(mul, weights, map(dict.get, rows, repeat(at), repeat(0.0))), score)


def _norm(bag: Mapping[str, float]) -> float:
    return math.hypot(*bag.values()) or 1.0
