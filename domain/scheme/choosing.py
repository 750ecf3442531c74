"""Which facts answer a question, or that the sources are silent: likeness weighed with region, role and reach."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from domain.scheme.examples import SILENT, UNCLEAR
from domain.scheme.model import Description, Fact, Kind
from domain.scheme.retrieval import AROUND, Likeness, Retrieval
from domain.scheme.understanding import Understood

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


class _Ranked(NamedTuple):
    """A class that a question is like, with the weight that puts it before or after the others."""

    weight: float
    like: Likeness


_WEIGHT = attrgetter("weight")


class _Named(NamedTuple):
    """What a question names that all classes are weighed with: actors, whether a day, and what speaks for silence."""

    actors: frozenset[str]
    a_day: bool
    silence: float


class Question:
    """A question as it is understood, compared with the examples at most once."""

    def __init__(self, asked: Understood, retrieval: Retrieval) -> None:
        self.asked = asked
        self._retrieval = retrieval

    @cached_property
    def likest(self) -> Sequence[Likeness]:
        """The classes that it is like by itself, the likest first."""
        return self._retrieval.likest(self.asked)


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
        self._actors = frozenset(description.actors)
        self._soft = description.soft
        self._undescribed = description.undescribed
        self._retrieval = retrieval

    def choose(
        self,
        question: Question,
        place: Place,
        around: Understood | None = None,
        said_before: Collection[str] = (),
    ) -> Chosen:
        """What to say; nothing when the sources are silent, or nothing is close enough.

        `around` is the message that the question stands in, or the question it leans on; what was `said_before` is
        not what is asked for again.
        """
        asked = question.asked
        if around is None and self._bare(asked):
            return NOTHING
        ranked = self._ranked(question, place, around, said_before)
        if not ranked:
            return NOTHING
        first = ranked[0].like
        if first.name.startswith(SILENT) or first.closeness < CLOSE_ENOUGH:
            return NOTHING
        if first.name.startswith(UNCLEAR):
            return Chosen(unclear=first.name)
        best = self._facts[first.name]
        if self._refused(best, asked, place):
            return NOTHING
        vague = self._if_vague.get(best.kind)
        if vague is not None and around is None and not asked.concepts - self._soft:
            return Chosen(unclear=vague)
        facts = self._instead.get((asked.region or place.region, best.id)) or self._joined(ranked, place)
        if not all(_sayable(fact, place) for fact in facts):
            return NOTHING
        return Chosen(tuple(facts), sure=first.closeness >= SURE)

    def silent_about(self, question: Question) -> str | None:
        """What is asked for that the sources are silent about, the likest class; None when it is like none."""
        for like in question.likest:
            if like.name.startswith(SILENT) and like.closeness >= CLOSE_ENOUGH:
                return like.name
        return None

    def _bare(self, asked: Understood) -> bool:
        """Whether a few words name nothing, and nobody is known to ask so."""
        few = len(asked.words) <= BARE and not asked.concepts and asked.region is None
        return few and not self._retrieval.is_example(asked)

    def _ranked(
        self, question: Question, place: Place, around: Understood | None, said_before: Collection[str]
    ) -> list[_Ranked]:
        """What a question may be about here, the likeliest first."""
        asked = question.asked
        if around is None:
            likest = question.likest
        else:
            likest = self._retrieval.likest(asked, around, LEANT_ON if said_before else AROUND)
        named = _Named(asked.concepts & self._actors, _asks_for_a_day(asked), self._silence(asked))
        weighed = [(self._weight(like, asked, place, named, said_before), like) for like in likest]
        ranked = [_Ranked(weight, like) for weight, like in weighed if weight is not None]
        ranked.sort(key=_WEIGHT, reverse=True)
        return ranked

    def _silence(self, asked: Understood) -> float:
        """What makes it likelier that the sources are silent: what is named that nothing is known of."""
        silence = SILENT_FIRST + STRANGE_WORD * min(self._retrieval.strange_words(asked), MOST_STRANGE)
        return silence + UNDESCRIBED_NAMED if asked.concepts & self._undescribed else silence

    def _refused(self, fact: Fact, asked: Understood, place: Place) -> bool:
        """Whether the likeliest fact is kept back: said here and now, or asked so, it would be wrong."""
        return not _sayable(fact, place) or self._beside(fact, asked) or _of_another_year(fact, asked, place)

    def _joined(self, ranked: Sequence[_Ranked], place: Place) -> list[Fact]:
        """The likeliest fact, and the next that answers as well and goes with it."""
        first, *others = ranked
        best = self._facts[first.like.name]
        facts = [best]
        for one in others:
            other = self._facts.get(one.like.name)
            near = first.weight - one.weight <= TOGETHER
            if near and other is not None and _together(best, other) and _sayable(other, place):
                facts.append(other)
        return facts[:MOST_TOGETHER]

    def _beside(self, fact: Fact, asked: Understood) -> bool:
        """Whether a question names something undescribed that nobody names when asking for the fact."""
        undescribed = asked.concepts & self._undescribed
        return any(not self._retrieval.has_example_with(fact.id, concept) for concept in undescribed)

    def _weight(
        self,
        like: Likeness,
        asked: Understood,
        place: Place,
        named: _Named,
        said_before: Collection[str],
    ) -> float | None:
        """A class's likelihood, bettered or worsened by what is known beside the words; None keeps it out."""
        likely = like.likelihood + CLOSENESS * like.closeness
        if like.name.startswith(SILENT):
            return likely + named.silence
        if like.name.startswith(UNCLEAR):
            return likely
        fact = self._facts[like.name]
        region = self._of_region(fact, asked, place)
        if region is None:
            return None
        others = named.actors.difference(fact.actors)
        weight = likely + region + OTHER_ACTOR * len(others)
        if fact.id in said_before:
            weight += SAID_BEFORE
        if fact.kind is Kind.DEADLINE and not named.a_day:
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
    said = _years_of(fact)
    return any(not said or not min(said) <= year <= max(said) for year in named)


def _years_of(fact: Fact) -> list[int]:
    """The years that a fact speaks of: those it says, and where it tells of the past, those of its period."""
    said = [int(year) for year in YEAR.findall(f"{fact.question} {fact.statement} {fact.note}")]
    if said or fact.kind is not Kind.HISTORY:
        return said
    return [day.year for day in (fact.valid_from, fact.valid_to) if day is not None]


def _asks_for_a_day(asked: Understood) -> bool:
    return bool({"when", "how_long"} & set(asked.intents)) or any(
        concept in ("deadline", "date", "last") or concept.startswith("month_") for concept in asked.concepts
    )


def _together(best: Fact, other: Fact) -> bool:
    return (
        {best.kind, other.kind} <= JOINED
        and (best.kind is Kind.DEADLINE) == (other.kind is Kind.DEADLINE)
        and best.region == other.region
    )


def _sayable(fact: Fact, place: Place) -> bool:
    """Whether a fact may be said there: nothing internal in a channel, nothing that has not begun."""
    return not (place.in_channel and fact.internal) and fact.begun_by(place.today)
