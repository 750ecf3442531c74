"""Written-down questions: the control set, paraphrases, slips of the pen, and what must be declined."""

import time
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import yaml

from domain.scheme.answers import Asker, Scheme
from domain.scheme.model import Description, Fact, read_yaml

HERE = Path(__file__).parent
CONTROL = yaml.safe_load((HERE / "control_questions.yaml").read_text(encoding="utf-8"))
PARAPHRASES = yaml.safe_load((HERE / "paraphrases.yaml").read_text(encoding="utf-8"))
MISSPELLED = yaml.safe_load((HERE / "misspelled.yaml").read_text(encoding="utf-8"))
DECLINED = yaml.safe_load((HERE / "declined.yaml").read_text(encoding="utf-8"))


def asker(case: dict[str, Any]) -> Asker:
    return Asker(role_actor=case.get("role"), region=case.get("region"))


def named(case: dict[str, Any]) -> str:
    return f"{case['q']} ({case.get('region') or case.get('role') or 'any'})"


def test_all_35_control_questions_are_here() -> None:
    assert [case["n"] for case in CONTROL] == list(range(1, 36))


@pytest.mark.parametrize("case", CONTROL, ids=named)
def test_control_question(scheme: Scheme, today: date, case: dict[str, Any]) -> None:
    answer = scheme.answer(case["q"], asker(case), today)

    assert set(case["facts"]) <= set(answer.facts)
    text = " ".join(answer.lines)
    assert [piece for piece in case["says"] if piece not in text] == []
    assert answer.source
    if "note" in case:
        assert case["note"] in (answer.validity_note or "")


@pytest.mark.parametrize("case", [*PARAPHRASES, *MISSPELLED], ids=named)
def test_free_question(scheme: Scheme, today: date, case: dict[str, Any]) -> None:
    answer = scheme.answer(case["q"], asker(case), today)

    assert answer.found
    assert set(answer.facts[:2]) & set(case["facts"])


@pytest.mark.parametrize("case", DECLINED, ids=named)
def test_declined(scheme: Scheme, today: date, case: dict[str, Any]) -> None:
    answer = scheme.answer(case["q"], asker(case), today)

    assert not answer.found
    assert (answer.facts, answer.lines, answer.source, answer.day) == ((), (), None, None)
    assert case["reason"] in ("any", answer.declined_reason)


def test_each_fact_answers_its_own_question(scheme: Scheme, description: Description, today: date) -> None:
    def misses(fact: Fact) -> bool:
        return fact.id not in scheme.answer(fact.question, Asker(region=fact.region), today).facts

    assert [fact.id for fact in description.facts if misses(fact)] == []


def test_suggestions_can_be_answered(scheme: Scheme, today: date) -> None:
    suggested = {
        (suggestion, case.get("region"))
        for case in (*CONTROL, *PARAPHRASES, *DECLINED)
        for suggestion in scheme.answer(case["q"], asker(case), today).suggestions
    }

    assert len(suggested) > 40
    unanswered = [q for q, region in suggested if not scheme.answer(q, Asker(region=region), today).found]
    assert unanswered == []


def test_answers_are_short_and_made_of_statements_only(
    scheme: Scheme, description: Description, today: date
) -> None:
    fixed = [part for phrase in read_yaml("phrases.yaml").values() for part in phrase.split("{")[0:1] if part]
    for case in (*CONTROL, *PARAPHRASES):
        answer = scheme.answer(case["q"], asker(case), today)
        said = [description.fact(fact_id) for fact_id in answer.facts]
        own = {fact.statement for fact in said} | {fact.note for fact in said}

        assert sum(map(len, answer.lines)) + len(answer.lines) - 1 <= 600
        for line in answer.lines:
            dated = any(char.isdigit() for char in line) and "dag" in line
            assert line in own or dated or any(line.startswith(part) for part in fixed), line


def test_answering_is_quick(scheme: Scheme, today: date) -> None:
    taken = []
    for case in (*CONTROL, *PARAPHRASES, *DECLINED):
        start = time.perf_counter()
        scheme.answer(case["q"], asker(case), today)
        taken.append(time.perf_counter() - start)

    assert median(taken) < 0.005
