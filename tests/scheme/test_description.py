"""The description is sound, and unsound ones are found out."""

import time
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from domain.scheme.check import check
from domain.scheme.lexicon import concepts_of
from domain.scheme.matching import parse_ask
from domain.scheme.model import Description, Kind, Visibility, build, load

FACT: Mapping[str, Any] = {
    "id": "one",
    "kind": "role",
    "question": "Hva gjør eier?",
    "statement": "Eier melder behov.",
    "asks": ["does owner"],
    "actors": ["owner"],
    "sources": [["LP", "Roller", "88-92"]],
}


def described(*facts: Mapping[str, Any]) -> Description:
    concept = {"name": "x", "aliases": ["x"]}
    county = {"title": "Plan", "year": 2022, "status": "gammel", "level": "county"}
    note = {"title": "Notat", "year": 2021, "status": "intern", "level": "orientation"}
    return build(
        [
            {
                "sources": {
                    "LP": {**county, "valid_to": date(2025, 12, 31)},
                    "FO": {**note, "visibility": "internal"},
                },
                "actors": {"owner": concept},
                "topics": {"need": concept, "x_late": {**concept, "undescribed": True}},
                "schemes": {},
                "regions": {"gauldal": concept},
            },
            {"facts": [dict(fact) for fact in facts]},
        ]
    )


def test_the_description_is_sound(description: Description) -> None:
    assert check(description) == []
    assert len(description.facts) >= 130


def test_every_kind_is_there(description: Description) -> None:
    assert {fact.kind for fact in description.facts} == set(Kind)


def test_a_sound_fact_has_no_problem() -> None:
    assert check(described(FACT)) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"actors": ["ghost"]}, "unknown actor ghost"),
        ({"topics": ["ghost"]}, "unknown topic ghost"),
        ({"schemes": ["ghost"]}, "unknown scheme ghost"),
        ({"related": ["ghost"]}, "unknown related fact ghost"),
        ({"region": "ghost"}, "unknown region ghost"),
        ({"sources": []}, "no source"),
        ({"sources": [["XX", "Roller", "1"]]}, "unknown document XX"),
        ({"sources": [["LP", "Roller"]]}, "no lines in LP"),
        ({"statement": " "}, "no statement"),
        ({"valid_from": date(2026, 1, 1)}, "ends before it begins"),
        ({"kind": "deadline"}, "a deadline without day and kind"),
        ({"day_kind": "ghost"}, "unknown kind of day ghost"),
        ({"asks": []}, "answers no question"),
        ({"asks": ["does ghost"]}, "unknown concept ghost in «does ghost»"),
        ({"asks": ["does x_late"]}, "undescribed concept x_late in «does x_late»"),
        ({"asks": ["sometimes owner"]}, "cannot read «sometimes owner»"),
        ({"asks": ["when"]}, "cannot read «when»"),
        (
            {"sources": [["FO", "Roller", "1"]], "visibility": "public"},
            "public, but from an internal document",
        ),
        ({"kind": "money", "sources": [["https://x.no", "X"]]}, "a rule or amount without an end"),
    ],
)
def test_a_faulty_fact_is_found(change: Mapping[str, Any], problem: str) -> None:
    assert f"one: {problem}" in check(described({**FACT, **change}))


def test_doubles_are_found() -> None:
    problems = check(described(FACT, FACT))

    assert problems == [
        "id twice: one",
        "statement twice: Eier melder behov.",
        "question twice: Hva gjør eier?",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "rumour"},
        {"value": {"month": 13}},
        {"colour": "red"},
        {"visibility": "secret"},
        {"statement": None},
    ],
)
def test_a_faulty_value_is_refused(change: Mapping[str, Any]) -> None:
    with pytest.raises(ValidationError):
        described({**FACT, **change})


def test_a_concept_without_aliases_is_refused() -> None:
    with pytest.raises(ValidationError):
        build([{"facts": [], "sources": {}, "actors": {"owner": {"name": "x", "aliases": []}},
                "topics": {}, "schemes": {}, "regions": {}}])  # fmt: skip


def test_a_fact_inherits_from_its_documents() -> None:
    county = described(FACT).fact("one")
    assert county.valid_to == date(2025, 12, 31)
    assert county.visibility is Visibility.PUBLIC

    internal = described({**FACT, "sources": [["LP", "Roller", "1"], ["FO", "Roller", "1"]]}).fact("one")
    assert internal.internal
    assert internal.valid_to is None


def test_facts_are_frozen(description: Description) -> None:
    with pytest.raises(ValidationError):
        description.facts[0].statement = "noe annet"


def test_no_fact_from_fosen_is_public(description: Description) -> None:
    cited = [fact for fact in description.facts if any(s.document == "FO" for s in fact.sources)]

    assert cited
    assert all(fact.internal for fact in cited)


def test_an_unknown_fact_is_a_key_error(description: Description) -> None:
    with pytest.raises(KeyError):
        description.fact("ghost")


def test_no_undescribed_concept_is_part_of_a_fact(description: Description) -> None:
    undescribed = {name for name, concept in description.topics.items() if concept.undescribed}

    assert undescribed
    assert not any(undescribed & set(fact.topics) for fact in description.facts)


def test_concepts_have_ids_of_their_own(description: Description) -> None:
    ids = [concept_id for concept_id, _ in concepts_of(description)]

    assert len(ids) == len(set(ids))


def test_an_ask_is_read() -> None:
    ask = parse_ask("must send needs_report/need")

    assert ask.intent == "may"
    assert ask.groups == (frozenset({"send"}), frozenset({"needs_report", "need"}))


def test_loading_is_quick() -> None:
    load.cache_clear()
    start = time.process_time()
    load()

    assert time.process_time() - start < 0.5
