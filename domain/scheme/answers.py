"""Questions about the scheme answered with facts and their source, or an honest «not found»."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.scheme.composing import Composer
from domain.scheme.deadlines import DatedDeadline
from domain.scheme.lexicon import Lexicon, load_lexicon
from domain.scheme.matching import Index, Match
from domain.scheme.model import Description, Fact, Frozen, Kind
from domain.scheme.precedence import Precedence
from domain.scheme.understanding import Understanding, Understood, looks_like_question, sentences

__all__ = ["Answer", "Asker", "DatedDeadline", "Scheme"]

SUGGESTIONS = 3
LONGEST_QUESTION = 2000


@dataclass(frozen=True)
class Asker:
    """Who asks: role (an actor's id), network's region, and whether others read along."""

    role_actor: str | None = None
    region: str | None = None
    in_channel: bool = False


class Answer(Frozen):
    """What to say: lines (direct answer first, at most 600 characters in all), source, day and reservations."""

    found: bool
    declined_reason: Literal["unknown", "outside"] | None = None
    facts: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    source: str | None = None
    validity_note: str | None = None
    day: date | None = None
    day_kind: str | None = None
    day_confirmed: bool | None = None
    suggestions: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()


class Scheme:
    """Answers questions from a description; nothing is said that is not in a fact."""

    def __init__(self, description: Description) -> None:
        self.description = description
        self._lexicon = Lexicon(description, load_lexicon())
        self._understanding = Understanding(self._lexicon)
        self._index = Index(description)
        self._precedence = Precedence(description)
        self._composer = Composer(description)
        self._facts = {fact.id: fact for fact in description.facts}
        concepts = {**description.actors, **description.topics, **description.schemes}
        self._in_field = frozenset(name for name, concept in concepts.items() if not concept.generic)
        self._soft = frozenset(name for name, concept in concepts.items() if concept.soft)
        self._undescribed = frozenset(name for name, concept in concepts.items() if concept.undescribed)

    def looks_like_question(self, text: str) -> bool:
        """Whether a message is meant as a question (conservative: a statement is never one)."""
        return looks_like_question(self._lexicon, text)

    def answer(
        self, question: str, asker: Asker, today: date, deadlines: Sequence[DatedDeadline] = ()
    ) -> Answer:
        """Answer a question; the network's own dates in `deadlines` go before the usual ones."""
        text = question[-LONGEST_QUESTION:]
        whole = self._understanding.understand(text)
        found: Answer | None = None
        for asked in self._readings(text, whole):
            if self._asks_for_any_deadline(asked):
                found = found or self._any_deadline(asker, today, deadlines)
                continue
            picked = self._pick(asked, asker, today)
            if picked:
                return self._say(picked, asked, asker, today, deadlines)
        return found or self._declined(whole, asker)

    def _readings(self, text: str, whole: Understood) -> list[Understood]:
        """The sentence that asks (the first that can be answered), then the message as one."""
        parts = sentences(text)
        if len(parts) < 2:
            return [whole]
        asking = [part for part in parts if self.looks_like_question(part)]
        return [*(self._understanding.understand(part) for part in asking), whole]

    def _pick(self, asked: Understood, asker: Asker, today: date) -> list[Match]:
        if asked.concepts & self._undescribed:
            return []
        own = asker.role_actor if asker.role_actor in self.description.actors else None
        actors = asked.concepts & self.description.actors.keys()
        if asked.first_person and asked.own_task and own and not actors:
            picked = self._picked(asked, asked.concepts | {own}, asker, today)
            if picked:
                return picked
        return self._picked(asked, asked.concepts, asker, today)

    def _picked(self, asked: Understood, concepts: frozenset[str], asker: Asker, today: date) -> list[Match]:
        allowed = 0 if len(concepts - self._soft) < 2 else 1
        if len(asked.unknown) > allowed:
            return []
        matches = [
            match
            for match in self._index.matches(asked, concepts)
            if not (asker.in_channel and match.fact.internal) and match.named > len(asked.unknown)
        ]
        return self._precedence.pick(matches, concepts, asked.region, asker.region, today)

    def _asks_for_any_deadline(self, asked: Understood) -> bool:
        """«Når er fristen?»: a when without a what."""
        if (
            asked.intents[0] != "when"
            or asked.unknown
            or any(c not in self._soft and not c.startswith("month_") for c in asked.concepts)
        ):
            return False
        return bool(asked.concepts & {"deadline", "send"}) and "all" not in asked.concepts

    def _any_deadline(self, asker: Asker, today: date, deadlines: Sequence[DatedDeadline]) -> Answer:
        chain = [f for f in self.description.facts if f.kind is Kind.DEADLINE and f.region is None]
        mine = next((fact for fact in chain if asker.role_actor in fact.actors), None)
        others = tuple(fact.question for fact in chain if fact is not mine)
        if mine is None:
            said = self._composer.several(chain, today, deadlines)
            return Answer(
                found=True,
                facts=tuple(fact.id for fact in chain),
                lines=said.lines,
                source=said.source,
                validity_note=said.validity_note,
                alternatives=others,
            )
        said = self._composer.compose([mine], today, deadlines)
        return Answer(
            found=True,
            facts=said.facts,
            lines=said.lines,
            source=said.source,
            validity_note=said.validity_note,
            day=said.day,
            day_kind=said.day_kind,
            day_confirmed=said.day_confirmed,
            alternatives=others,
        )

    def _say(
        self,
        picked: list[Match],
        asked: Understood,
        asker: Asker,
        today: date,
        deadlines: Sequence[DatedDeadline],
    ) -> Answer:
        facts = [match.fact for match in picked]
        rule_asked = "may" in asked.intents
        said = self._composer.compose(facts, today, deadlines, rule_asked, asker.role_actor)
        return Answer(
            found=True,
            facts=said.facts,
            lines=said.lines,
            source=said.source,
            validity_note=said.validity_note,
            day=said.day,
            day_kind=said.day_kind,
            day_confirmed=said.day_confirmed,
            suggestions=self._related([self._facts[i] for i in said.facts], asker),
        )

    def _related(self, facts: Sequence[Fact], asker: Asker) -> tuple[str, ...]:
        said = {fact.id for fact in facts}
        ids = dict.fromkeys(related for fact in facts for related in fact.related if related not in said)
        return tuple(
            self._facts[i].question for i in ids if not (asker.in_channel and self._facts[i].internal)
        )[:SUGGESTIONS]

    def _declined(self, asked: Understood, asker: Asker) -> Answer:
        """Say honestly that there is no answer; near the field with questions that have one."""
        about = asked.concepts & self._in_field
        own_part = asked.first_person and asked.own_task and not asked.concepts
        near_field = bool(about) or bool(asked.concepts & self._undescribed and len(asked.concepts) > 1)
        related = own_part or asked.region or asked.concepts - self._soft - self._undescribed
        if not near_field and (asked.unknown or not related):
            return Answer(found=False, declined_reason="outside")
        return Answer(
            found=False,
            declined_reason="unknown",
            suggestions=self._near(about, asked.region or asker.region, asker.in_channel),
        )

    def _near(self, about: frozenset[str], region: str | None, in_channel: bool) -> tuple[str, ...]:
        """Questions that can be answered about the same, or about the roles when nothing was named."""
        facts = [
            fact
            for fact in self.description.facts
            if (about & {*fact.actors[:1], *fact.topics[:1]} if about else fact.kind is Kind.ROLE)
            and fact.region in (None, region)
            and not (in_channel and fact.internal)
            and fact.kind is not Kind.HISTORY
        ]
        facts.sort(key=lambda fact: -len(about & {*fact.actors, *fact.topics}))
        return tuple(fact.question for fact in facts[:SUGGESTIONS])
