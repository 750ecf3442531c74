"""What validation by types cannot see: references, sources, days, duplicates."""

from collections import Counter
from collections.abc import Iterable

from domain.scheme.matching import parse_ask
from domain.scheme.model import Description, Fact, Kind

DAY_KINDS = frozenset(
    {"needs", "decision_basis", "recommendation", "grant_letter", "reporting_units", "reporting_network"}
)
ENDED = frozenset({Kind.MONEY, Kind.CRITERION})


def check(description: Description) -> list[str]:
    """List everything wrong with a description, one line each; empty when it is sound."""
    problems = [*_twice("id", (fact.id for fact in description.facts))]
    problems += _twice("statement", (fact.statement for fact in description.facts))
    problems += _twice("question", (fact.question for fact in description.facts))
    ids = {fact.id for fact in description.facts}
    for fact in description.facts:
        problems += (f"{fact.id}: {problem}" for problem in _of_fact(fact, description, ids))
    return problems


def _twice(what: str, values: Iterable[str]) -> list[str]:
    return [f"{what} twice: {value}" for value, count in Counter(values).items() if count > 1]


def _of_fact(fact: Fact, description: Description, ids: set[str]) -> Iterable[str]:
    yield from (f"unknown actor {name}" for name in fact.actors if name not in description.actors)
    yield from (f"unknown topic {name}" for name in fact.topics if name not in description.topics)
    yield from (f"unknown scheme {name}" for name in fact.schemes if name not in description.schemes)
    yield from (f"unknown related fact {name}" for name in fact.related if name not in ids)
    if fact.region is not None and fact.region not in description.regions:
        yield f"unknown region {fact.region}"
    if not fact.statement.strip():
        yield "no statement"
    if fact.valid_from and fact.valid_to and fact.valid_from > fact.valid_to:
        yield "ends before it begins"
    yield from _of_sources(fact, description)
    yield from _of_day(fact)
    yield from _of_asks(fact, description)


def _of_sources(fact: Fact, description: Description) -> Iterable[str]:
    if not fact.sources:
        yield "no source"
    for source in fact.sources:
        if not source.public and source.document not in description.sources:
            yield f"unknown document {source.document}"
        if not source.public and source.lines is None:
            yield f"no lines in {source.document}"
    from_internal = any(
        description.sources[source.document].visibility == "internal"
        for source in fact.sources
        if source.document in description.sources
    )
    if from_internal and not fact.internal:
        yield "public, but from an internal document"
    if fact.kind in ENDED and fact.valid_to is None:
        yield "a rule or amount without an end"


def _of_day(fact: Fact) -> Iterable[str]:
    dated = fact.value is not None and fact.value.is_day
    if fact.kind is Kind.DEADLINE and not (dated and fact.day_kind):
        yield "a deadline without day and kind"
    if fact.day_kind is not None and fact.day_kind not in DAY_KINDS:
        yield f"unknown kind of day {fact.day_kind}"


def _of_asks(fact: Fact, description: Description) -> Iterable[str]:
    known = {*description.actors, *description.topics, *description.schemes}
    if not fact.asks:
        yield "answers no question"
    for text in fact.asks:
        try:
            ask = parse_ask(text)
        except ValueError:
            yield f"cannot read «{text}»"
            continue
        for name in frozenset[str]().union(*ask.groups):
            if name not in known:
                yield f"unknown concept {name} in «{text}»"
            elif name in description.topics and description.topics[name].undescribed:
                yield f"undescribed concept {name} in «{text}»"
