"""Which of several facts is said, when more than one answers (inventory A12.1)."""

from collections.abc import Sequence
from datetime import date

from domain.scheme.matching import Match
from domain.scheme.model import Description, Fact, Kind, Level

RULES = frozenset({Kind.MONEY, Kind.CRITERION, Kind.PROCESS, Kind.PLAN, Kind.COMPOSITION})
FOR_RULES = (Level.NATIONAL, Level.COUNTY, Level.REGION, Level.ORIENTATION, Level.PROJECT)
FOR_LOCAL = (Level.NATIONAL, Level.REGION, Level.COUNTY, Level.ORIENTATION, Level.PROJECT)
BY_COUNTY = frozenset({Kind.MONEY, Kind.CRITERION})
JOINED = frozenset(
    {Kind.ROLE, Kind.TASK, Kind.COMPOSITION, Kind.CRITERION, Kind.PLAN, Kind.DEADLINE, Kind.HISTORY}
)
NAMED_REGION = 1.5
OWN_REGION = 0.9
OTHER_REGION = -1.0
CLOSE = 0.35


class Precedence:
    """Ranks matches for an asker's region and a day."""

    def __init__(self, description: Description) -> None:
        self._documents = description.sources
        bound: dict[str, set[str | None]] = {}
        for fact in description.facts:
            for ask in fact.asks:
                for concept in {name for group in ask.split()[1:] for name in group.split("/")}:
                    bound.setdefault(concept, set()).add(fact.region)
        self._bound = frozenset(concept for concept, regions in bound.items() if None not in regions)

    def level(self, fact: Fact) -> Level:
        """The furthest-reaching document behind a fact; a public address counts as national."""
        levels = [Level.NATIONAL if s.public else self._documents[s.document].level for s in fact.sources]
        if fact.region is not None and Level.REGION in levels:
            return Level.REGION
        return min(levels, key=FOR_RULES.index)

    def pick(
        self,
        matches: Sequence[Match],
        concepts: frozenset[str],
        named: str | None,
        own: str | None,
        today: date,
    ) -> list[Match]:
        """The best matches, best first: all that tie and may be said together, else one."""
        region = named or own
        ranked = sorted(
            (
                (match.score + bonus, match)
                for match in matches
                if (bonus := self._bonus(match.fact, concepts, named, region)) is not None
                and (match.fact.valid_from is None or match.fact.valid_from <= today)
            ),
            key=lambda pair: (-pair[0], *self._rank(pair[1].fact, region, today)),
        )
        if not ranked:
            return []
        top, first = ranked[0]
        tied = [match for score, match in ranked if top - score <= CLOSE]
        if first.fact.kind not in JOINED:
            return [first]
        return [m for m in tied if m is first or self._joins(first.fact, m.fact)]

    def _joins(self, first: Fact, other: Fact) -> bool:
        if other.kind not in JOINED or (first.kind is Kind.DEADLINE) != (other.kind is Kind.DEADLINE):
            return False
        if first.kind is Kind.DEADLINE:
            return first.region == other.region and first.day_kind != other.day_kind
        return True

    def _bonus(
        self, fact: Fact, concepts: frozenset[str], named: str | None, region: str | None
    ) -> float | None:
        """What a fact gains or loses by its region; None keeps it out."""
        if fact.region is None:
            return 0.0
        if fact.region == region:
            if fact.kind in BY_COUNTY:
                return 0.0
            return NAMED_REGION if named else OWN_REGION
        if named is not None:
            return None
        if not concepts & self._bound and (region is not None or fact.kind is Kind.HISTORY):
            return None
        return OTHER_REGION

    def _rank(self, fact: Fact, region: str | None, today: date) -> tuple[int, int, int]:
        by_rule = fact.kind in BY_COUNTY
        order = FOR_RULES if by_rule else FOR_LOCAL
        local = 0 if fact.region is not None and fact.region == region and not by_rule else 1
        return (int(not fact.holds_on(today)), local, order.index(self.level(fact)))
