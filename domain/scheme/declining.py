"""Questions that nothing answers: whether they are about the scheme at all, and what can be asked instead."""

from __future__ import annotations

from domain.scheme.choosing import Chooser, Question
from domain.scheme.examples import OUTSIDE
from domain.scheme.model import Description, Kind

SUGGESTIONS = 3


class Field:
    """What the scheme is about, for questions that nothing answers."""

    def __init__(self, description: Description, chooser: Chooser) -> None:
        self._facts = description.facts
        self._soft = description.soft
        self._undescribed = description.undescribed
        self._specific = frozenset(
            name for name, concept in description.concepts.items() if not concept.generic
        )
        self._chooser = chooser
        self._about: dict[str, list[int]] = {}
        self._roles = [at for at, fact in enumerate(self._facts) if fact.kind is Kind.ROLE]
        for at, fact in enumerate(self._facts):
            for name in {*fact.actors[:1], *fact.topics[:1]}:
                self._about.setdefault(name, []).append(at)

    def has(self, question: Question) -> bool:
        """Whether a question is about the scheme."""
        silent = self._chooser.silent_about(question)
        if silent is not None:
            return not silent.startswith(OUTSIDE)
        asked = question.asked
        named = asked.concepts
        if named & self._specific or (named & self._undescribed and len(named) > 1):
            return True
        own = asked.about_own_part(self._soft)
        related = own or asked.region or named - self._soft - self._undescribed
        return bool(related) and not asked.unknown

    def near(self, question: Question, region: str | None, in_channel: bool) -> tuple[str, ...]:
        """Questions that can be answered about the same, or about the roles when nothing was named."""
        about = question.asked.concepts & self._specific
        regions = (None, question.asked.region or region)
        places = {at for name in about for at in self._about.get(name, ())} if about else self._roles
        facts = [
            fact
            for fact in map(self._facts.__getitem__, sorted(places))
            if fact.region in regions and not (in_channel and fact.internal) and fact.kind is not Kind.HISTORY
        ]
        facts.sort(key=lambda fact: -len(about & {*fact.actors, *fact.topics}))
        return tuple(fact.question for fact in facts[:SUGGESTIONS])
