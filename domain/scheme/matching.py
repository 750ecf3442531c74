"""Which facts answer what is asked: every fact says itself which questions it answers."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.scheme.model import Description, Fact
from domain.scheme.understanding import Understood

INTENTS = frozenset(
    {"when", "who", "where", "which", "what", "about", "does", "how", "why", "differ", "may", "must"}
    | {"how_much", "how_many", "how_often", "how_long"}
)
ALIKE = {"must": "may", "what": "about"}


@dataclass(frozen=True)
class Ask:
    """A question pattern: an intent and the concepts that must be named, each group «one of these»."""

    intent: str
    groups: tuple[frozenset[str], ...]


def parse_ask(text: str) -> Ask:
    """Read «who send needs_report/need»; ValueError for an unknown intent or no concept."""
    intent, *groups = text.split()
    if intent not in INTENTS or not groups:
        raise ValueError(text)
    return Ask(ALIKE.get(intent, intent), tuple(frozenset(group.split("/")) for group in groups))


@dataclass(frozen=True)
class Match:
    """A fact that answers, how well, and how many of the question's concepts its pattern names."""

    fact: Fact
    score: float
    named: int


@dataclass(frozen=True)
class _Pattern:
    order: int
    fact: Fact
    groups: tuple[int, ...]
    asked: int
    covered: int


class Index:
    """All patterns of a description, by intent, with concepts as bits so that matching is quick."""

    def __init__(self, description: Description) -> None:
        names = [*description.actors, *description.topics, *description.schemes]
        self._bits = {name: 1 << number for number, name in enumerate(names)}
        concepts = {**description.actors, **description.topics, **description.schemes}
        self._soft = self._mask(name for name, concept in concepts.items() if concept.soft)
        self._by_intent: dict[str, list[_Pattern]] = {}
        for order, fact in enumerate(description.facts):
            covered = self._mask((*fact.actors, *fact.topics, *fact.schemes))
            for text in fact.asks:
                ask = parse_ask(text)
                groups = tuple(self._mask(group) for group in ask.groups)
                asked = 0
                for group in groups:
                    asked |= group
                pattern = _Pattern(order, fact, groups, asked, covered | asked)
                self._by_intent.setdefault(ask.intent, []).append(pattern)

    def _mask(self, names: Iterable[str]) -> int:
        mask = 0
        for name in names:
            mask |= self._bits[name]
        return mask

    def matches(self, asked: Understood, concepts: Iterable[str]) -> list[Match]:
        """The facts that cover all that is named; a pattern naming more of it scores higher."""
        question = self._mask(concepts)
        hard = question & ~self._soft
        best: dict[str, Match] = {}
        for rank, intent in enumerate(asked.intents):
            for pattern in self._by_intent.get(intent, ()):
                if hard & ~pattern.covered or not all(group & question for group in pattern.groups):
                    continue
                named = len(pattern.groups)
                beside = question & pattern.covered & ~pattern.asked
                left_out = question & ~pattern.covered
                score = 2 * named + 0.4 * beside.bit_count() - 0.3 * left_out.bit_count() - 1.5 * rank
                known = best.get(pattern.fact.id)
                if known is None or score > known.score:
                    best[pattern.fact.id] = Match(pattern.fact, score, named)
        return list(best.values())
