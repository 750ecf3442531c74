"""Questions that may mean several things («når er fristen?»): what they may mean, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

from domain.scheme.examples import UNCLEAR
from domain.scheme.model import Ambiguity, Description, Fact


@dataclass(frozen=True)
class Meanings:
    """What a question may mean: the ambiguity, and the facts it may be about here."""

    ambiguity: Ambiguity
    facts: tuple[Fact, ...]


class Ambiguities:
    """The description's ambiguities, seen from a region."""

    def __init__(self, description: Description) -> None:
        facts = {fact.id: fact for fact in description.facts}
        self._all = {
            UNCLEAR + each.id: Meanings(each, tuple(facts[i] for i in each.facts))
            for each in description.ambiguities
        }

    def meanings(self, name: str, region: str | None, in_channel: bool) -> Meanings | None:
        """What a class («!which-deadline») may mean here; a region's own facts go before those for everybody."""
        whole = self._all[name]
        here = [
            fact
            for fact in whole.facts
            if fact.region in (None, region) and not (in_channel and fact.internal)
        ]
        here.sort(key=lambda fact: fact.region is None)
        return Meanings(whole.ambiguity, tuple(here)) if here else None
