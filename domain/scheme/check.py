"""What validation by types cannot see: references, sources, days, duplicates."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from domain.scheme.examples import SILENT, UNCLEAR
from domain.scheme.lexicon import WORD
from domain.scheme.model import Description, Fact, Kind

DAY_KINDS = frozenset(
    {"needs", "decision_basis", "recommendation", "grant_letter", "reporting_units", "reporting_network"}
)
ENDED = frozenset({Kind.MONEY, Kind.CRITERION})


def check(description: Description) -> list[str]:
    """List everything wrong with a description, one line each; empty when it is sound."""
    problems = [*_twice("id", (fact.id for fact in description.facts))]
    problems += _twice("statement", (fact.statement for fact in description.facts))
    problems += _alike(description.facts)
    problems += _twice("question", (fact.question for fact in description.facts))
    ids = {fact.id for fact in description.facts}
    for fact in description.facts:
        problems += (f"{fact.id}: {problem}" for problem in _of_fact(fact, description, ids))
    problems += _beside_the_facts(description, ids)
    return problems


def _twice(what: str, values: Iterable[str]) -> list[str]:
    return [f"{what} twice: {value}" for value, count in Counter(values).items() if count > 1]


def _alike(facts: Iterable[Fact]) -> list[str]:
    """Different statements of the same words, in whatever order and case."""
    same: dict[tuple[str, ...], list[Fact]] = {}
    for fact in facts:
        same.setdefault(tuple(sorted(WORD.findall(fact.statement.casefold()))), []).append(fact)
    return [
        f"nearly the same statement: {', '.join(fact.id for fact in alike)}"
        for alike in same.values()
        if len({fact.statement for fact in alike}) > 1
    ]


def _beside_the_facts(description: Description, ids: set[str]) -> Iterable[str]:
    named = {one.id: one.facts for one in description.ambiguities}
    named |= {one.id: one.facts for one in description.contradictions}
    for about, names in named.items():
        yield from (f"{about}: unknown fact {name}" for name in names if name not in ids)
    yield from (f"{name}: English for an unknown fact" for name in description.english if name not in ids)
    covered = {name for fact in description.facts for name in fact.covers}
    yield from (f"{name}: both covered and left out" for name in description.left_out if name in covered)


def _of_fact(fact: Fact, description: Description, ids: set[str]) -> Iterable[str]:
    yield from (f"unknown actor {name}" for name in fact.actors if name not in description.actors)
    yield from (f"unknown topic {name}" for name in fact.topics if name not in description.topics)
    yield from (f"unknown scheme {name}" for name in fact.schemes if name not in description.schemes)
    yield from (f"unknown related fact {name}" for name in fact.related if name not in ids)
    yield from (f"instead of unknown fact {name}" for name in fact.instead_of if name not in ids)
    if fact.instead_of and fact.region is None:
        yield "instead of others, but of no region"
    if fact.region is not None and fact.region not in description.regions:
        yield f"unknown region {fact.region}"
    if not fact.statement.strip():
        yield "no statement"
    if fact.valid_from and fact.valid_to and fact.valid_from > fact.valid_to:
        yield "ends before it begins"
    yield from _of_sources(fact, description)
    yield from _of_day(fact)


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
    elif dated and fact.day_kind is None:
        yield "a day without kind"
    if fact.day_kind is not None and fact.day_kind not in DAY_KINDS:
        yield f"unknown kind of day {fact.day_kind}"


def check_examples(description: Description, examples: Mapping[str, Sequence[str]]) -> list[str]:
    """List everything wrong with the example questions: classes that nothing has, facts without, twins."""
    facts = {fact.id for fact in description.facts}
    unclear = {UNCLEAR + each.id for each in description.ambiguities}
    problems = [f"{name}: no example" for name in sorted((facts | unclear) - examples.keys())]
    problems += [
        f"{name}: examples for what there is not"
        for name in examples
        if not name.startswith(SILENT) and name not in facts | unclear
    ]
    classes: dict[str, list[str]] = {}
    for name, lines in examples.items():
        for line in lines:
            classes.setdefault(" ".join(WORD.findall(line.casefold())), []).append(name)
    problems += [
        f"«{line}» is an example of {' and of '.join(names)}"
        for line, names in classes.items()
        if len(names) > 1
    ]
    return problems
