"""Which facts answer a question, or that the sources are silent: likeness weighed with region, role and reach."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from domain.scheme.examples import SILENT, UNCLEAR
from domain.scheme.model import Description, Fact, Kind
from domain.scheme.retrieval import AROUND, Likeness, Retrieval
from domain.scheme.understanding import Understood

CANDIDATES = 12
BARE = 3
YEAR = re.compile(r"\b(?:19|20)\d\d\b")

# Weighed against differences in likelihood; found by trying them out on the questions of tests/scheme.
CLOSENESS = 0.5
SILENT_FIRST = 0.45
UNDESCRIBED_NAMED = 1.0
STRANGE_WORD = 1.0
MOST_STRANGE = 2
NAMED_REGION = 0.6
OWN_REGION = 0.4
NO_REGION = -0.5
GENERAL = -0.3
OTHER_REGION = -1.0
OTHER_ACTOR = -0.2
SAID_BEFORE = -0.4
NO_DAY_ASKED = -2.0
LEANT_ON = 0.6
TOGETHER = 0.3
CLOSE_ENOUGH = 0.15
SURE = 0.35
MOST_TOGETHER = 2

JOINED = frozenset(
    {
        Kind.ROLE,
        Kind.TASK,
        Kind.COMPOSITION,
        Kind.CRITERION,
        Kind.PLAN,
        Kind.DEADLINE,
        Kind.HISTORY,
        Kind.MONEY,
    }
)
"""The kinds of which two are said together when they answer equally well."""


@dataclass(frozen=True)
class Place:
    """From where a question is asked: the asker's region, whether others read along, the day."""

    region: str | None
    in_channel: bool
    today: date


@dataclass(frozen=True)
class Chosen:
    """The facts to say, the best first, or the ambiguity that the question is."""

    facts: tuple[Fact, ...] = ()
    unclear: str | None = None
    sure: bool = False


NOTHING = Chosen()


class Chooser:
    """Chooses facts for questions."""

    def __init__(self, description: Description, retrieval: Retrieval) -> None:
        self._facts = {fact.id: fact for fact in description.facts}
        self._instead: dict[tuple[str | None, str], list[Fact]] = {}
        for fact in description.facts:
            for general in fact.instead_of:
                self._instead.setdefault((fact.region, general), []).append(fact)
        self._if_vague = {
            each.if_vague: UNCLEAR + each.id for each in description.ambiguities if each.if_vague
        }
        self._vague = frozenset(
            name
            for concepts in (description.actors, description.topics, description.schemes)
            for name, concept in concepts.items()
            if concept.soft
        )
        self._actors = description.actors.keys()
        self._undescribed = frozenset(
            name
            for concepts in (description.actors, description.topics, description.schemes)
            for name, concept in concepts.items()
            if concept.undescribed
        )
        self._retrieval = retrieval

    def choose(
        self,
        asked: Understood,
        place: Place,
        around: Understood | None = None,
        said_before: Collection[str] = (),
    ) -> Chosen:
        """What to say; nothing when the sources are silent, or nothing is close enough.

        `around` is the message that the question stands in, or the question it leans on; what was `said_before` is
        not what is asked for again.
        """
        bare = around is None and len(asked.words) <= BARE and not asked.concepts and asked.region is None
        if bare and not self._retrieval.is_example(asked):
            return NOTHING
        silence = SILENT_FIRST + STRANGE_WORD * min(self._retrieval.strange_words(asked), MOST_STRANGE)
        if asked.concepts & self._undescribed:
            silence += UNDESCRIBED_NAMED
        ranked = sorted(
            (
                (weight, -at, like)
                for at, like in enumerate(
                    self._retrieval.likest(asked, CANDIDATES, around, LEANT_ON if said_before else AROUND)
                )
                if (weight := self._weight(like, asked, place, silence, said_before)) is not None
            ),
            reverse=True,
            key=lambda one: one[:2],
        )
        if not ranked:
            return NOTHING
        top, _, first = ranked[0]
        if first.name.startswith(SILENT) or first.closeness < CLOSE_ENOUGH:
            return NOTHING
        if first.name.startswith(UNCLEAR):
            return Chosen(unclear=first.name)
        best = self._facts[first.name]
        if (place.in_channel and best.internal) or not _begun(best, place) or self._beside(best, asked):
            return NOTHING
        if _of_another_year(best, asked, place):
            return NOTHING
        vague = self._if_vague.get(best.kind)
        if vague is not None and around is None and not asked.concepts - self._vague:
            return Chosen(unclear=vague)
        local = self._instead.get((asked.region or place.region, best.id))
        if local is not None:
            if place.in_channel and any(fact.internal for fact in local):
                return NOTHING
            return Chosen(tuple(local), sure=first.closeness >= SURE)
        facts = [best]
        for weight, _, like in ranked[1:]:
            other = self._facts.get(like.name)
            if top - weight <= TOGETHER and other is not None and _together(best, other, place):
                facts.append(other)
        return Chosen(tuple(facts[:MOST_TOGETHER]), sure=first.closeness >= SURE)

    def silent_about(self, asked: Understood) -> str | None:
        """What is asked for that the sources are silent about, the likest class; None when it is like none."""
        for like in self._retrieval.likest(asked, CANDIDATES):
            if like.name.startswith(SILENT) and like.closeness >= CLOSE_ENOUGH:
                return like.name
        return None

    def _beside(self, fact: Fact, asked: Understood) -> bool:
        """Whether a question names something undescribed that nobody names when asking for the fact."""
        undescribed = asked.concepts & self._undescribed
        return any(not self._retrieval.has_example_with(fact.id, concept) for concept in undescribed)

    def _weight(
        self,
        like: Likeness,
        asked: Understood,
        place: Place,
        silence: float,
        said_before: Collection[str],
    ) -> float | None:
        """A class's likelihood, bettered or worsened by what is known beside the words; None keeps it out."""
        likely = like.likelihood + CLOSENESS * like.closeness
        if like.name.startswith(SILENT):
            return likely + silence
        if like.name.startswith(UNCLEAR):
            return likely
        fact = self._facts[like.name]
        region = self._of_region(fact, asked, place)
        if region is None:
            return None
        others = (asked.concepts & self._actors) - set(fact.actors)
        weight = likely + region + OTHER_ACTOR * len(others)
        if fact.id in said_before:
            weight += SAID_BEFORE
        if fact.kind is Kind.DEADLINE and not _asks_for_a_day(asked):
            weight += NO_DAY_ASKED
        return weight

    def _of_region(self, fact: Fact, asked: Understood, place: Place) -> float | None:
        if fact.region is None:
            return GENERAL if asked.region is not None else 0.0
        if asked.region is not None:
            return NAMED_REGION if fact.region == asked.region else None
        if place.region is None:
            return NO_REGION
        return OWN_REGION if fact.region == place.region else OTHER_REGION


def _of_another_year(fact: Fact, asked: Understood, place: Place) -> bool:
    """Whether a question names a year that the fact says nothing of, and that is not the one we are in, or the next."""
    named = {int(word) for word in asked.words if YEAR.fullmatch(word)} - {
        place.today.year,
        place.today.year + 1,
    }
    said = [int(year) for year in YEAR.findall(f"{fact.question} {fact.statement} {fact.note}")]
    return any(not said or not min(said) <= year <= max(said) for year in named)


def _asks_for_a_day(asked: Understood) -> bool:
    return bool({"when", "how_long"} & set(asked.intents)) or any(
        concept in ("deadline", "date", "last") or concept.startswith("month_") for concept in asked.concepts
    )


def _together(best: Fact, other: Fact, place: Place) -> bool:
    return (
        {best.kind, other.kind} <= JOINED
        and (best.kind is Kind.DEADLINE) == (other.kind is Kind.DEADLINE)
        and best.region == other.region
        and not (place.in_channel and other.internal)
        and _begun(other, place)
    )


def _begun(fact: Fact, place: Place) -> bool:
    return fact.valid_from is None or fact.valid_from <= place.today
