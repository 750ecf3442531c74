"""The control set of the inventory, every fact's own question, and what holds of every answer."""

import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import yaml

from domain.scheme.answers import Answer, Asker, Scheme
from domain.scheme.examples import SILENT, load_examples
from domain.scheme.model import Description, Fact, read_yaml
from tests.scheme.judging import Question, load_questions

CONTROL = yaml.safe_load((Path(__file__).parent / "control_questions.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def answers(scheme: Scheme, today: date) -> list[tuple[Question, Answer]]:
    """The evaluation set's questions, each asked alone."""
    return [(q, scheme.answer(q.q, q.asker, today)) for q in load_questions()]


def asker(case: Mapping[str, Any]) -> Asker:
    return Asker(role_actor=case.get("role"), region=case.get("region"))


def named(case: Mapping[str, Any]) -> str:
    return f"{case['q']} ({case.get('region') or case.get('role') or 'any'})"


def test_all_35_control_questions_are_here() -> None:
    assert [case["n"] for case in CONTROL] == list(range(1, 36))


@pytest.mark.parametrize("case", CONTROL, ids=named)
def test_control_question(scheme: Scheme, today: date, case: Mapping[str, Any]) -> None:
    answer = scheme.answer(case["q"], asker(case), today)

    assert set(case["facts"]) <= set(answer.facts)
    text = " ".join(answer.lines)
    assert [piece for piece in case["says"] if piece.lower() not in text.lower()] == []
    assert answer.source
    if "note" in case:
        assert case["note"] in (answer.validity_note or "")


def test_each_fact_answers_its_own_question(scheme: Scheme, description: Description, today: date) -> None:
    def misses(fact: Fact) -> bool:
        return fact.id not in scheme.answer(fact.question, Asker(region=fact.region), today).facts

    assert [fact.id for fact in description.facts if misses(fact)] == []


def test_what_the_sources_are_silent_about_is_declined(scheme: Scheme, today: date) -> None:
    examples = [line for name, lines in load_examples().items() if name.startswith(SILENT) for line in lines]
    answered = [line for line in examples if scheme.answer(line, Asker(), today).found]

    assert len(examples) > 1_000
    assert len(answered) / len(examples) < 0.01, answered


def test_examples_are_answered_by_what_they_are_examples_of(
    scheme: Scheme, description: Description, today: date
) -> None:
    known = {fact.id: fact for fact in description.facts}
    said = [
        (name, line, scheme.answer(line, Asker(region=known[name].region), today).facts)
        for name, lines in load_examples().items()
        if name in known
        for line in lines[::10]
    ]
    missed = [(name, line, facts) for name, line, facts in said if name not in facts]

    assert len(said) > 800
    assert len(missed) / len(said) < 0.03, missed


def test_a_declined_answer_says_nothing(answers: list[tuple[Question, Answer]]) -> None:
    declined = [answer for _, answer in answers if not answer.found]

    assert len(declined) > 60
    assert {(a.facts, a.lines, a.source, a.day) for a in declined} == {((), (), None, None)}
    assert {a.declined_reason for a in declined} == {"unknown", "outside"}


def test_suggestions_can_be_answered(
    scheme: Scheme, today: date, answers: list[tuple[Question, Answer]]
) -> None:
    suggested = {(suggestion, q.network) for q, answer in answers for suggestion in answer.suggestions}

    assert len(suggested) > 40
    unanswered = [q for q, region in suggested if not scheme.answer(q, Asker(region=region), today).found]
    assert unanswered == []


def test_answers_are_short_and_made_of_statements_only(
    description: Description, answers: list[tuple[Question, Answer]]
) -> None:
    phrases = [
        *(template for language in read_yaml("phrases.yaml").values() for template in language.values()),
        *(line for a in description.ambiguities for line in (a.lead, a.english)),
    ]
    fixed = [part for phrase in phrases if (part := phrase.split("{")[0])]
    for _, answer in answers:
        said = [description.fact(fact_id) for fact_id in answer.facts]
        own = {
            text for fact in said for text in (fact.statement, fact.note, description.english.get(fact.id))
        }

        longest = max((len(fact.statement) for fact in said), default=0)
        assert sum(map(len, answer.lines)) + len(answer.lines) - 1 <= max(600, longest + 100), answer
        for line in answer.lines:
            dated = any(char.isdigit() for char in line) and ("dag" in line or "day" in line)
            assert line in own or dated or any(line.startswith(part) for part in fixed), line


def test_answering_is_quick(scheme: Scheme, today: date) -> None:
    taken = []
    for question in load_questions():
        start = time.thread_time()
        scheme.answer(question.q, question.asker, today)
        taken.append(time.thread_time() - start)

    assert median(taken) < 0.03
