"""The evaluation set: big and varied enough; all of one part right, and nearly all of the part that only measures."""

from collections import Counter
from collections.abc import Callable, Iterable

import pytest

from domain.scheme.answers import Scheme
from domain.scheme.examples import load_examples
from domain.scheme.lexicon import WORD
from domain.scheme.model import Description
from tests.scheme.conftest import TODAY
from tests.scheme.judging import (
    QUESTIONS,
    About,
    Form,
    Judged,
    Part,
    Question,
    Verdict,
    explained,
    load_questions,
    run,
)

RIGHT = 0.92
DECLINED = 0.92
DECLINED_WRONGLY = 0.04
"""A little under what holds: the aims are 0.95, 0.95 and 0.03, and `make bench` prints where we stand."""


@pytest.fixture(scope="module")
def questions() -> tuple[Question, ...]:
    return load_questions()


@pytest.fixture(scope="module")
def judged(scheme: Scheme, questions: tuple[Question, ...]) -> list[Judged]:
    return run(scheme, questions, TODAY)


@pytest.fixture(scope="module")
def measured(judged: list[Judged]) -> list[Judged]:
    return [one for one in judged if one.question.part is Part.MEASURED]


def test_each_question_is_one_line() -> None:
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if line and not line.startswith(("#", "- {"))] == []


def test_the_set_is_big_and_varied(questions: tuple[Question, ...]) -> None:
    declined = Counter(q.kind for q in questions if q.decline)
    forms = Counter(q.form for q in questions)
    parts = Counter(q.part for q in questions)

    assert len(questions) >= 250
    assert declined.total() >= 60
    assert declined[About.NEAR] > declined.total() / 2
    assert forms[Form.FOLLOWUP] >= 25
    assert forms[Form.AMBIGUOUS] >= 15
    assert {q.kind for q in questions} == set(About)
    assert set(forms) == set(Form)
    assert min(parts[part] for part in Part) >= 100


def test_no_question_is_there_twice(questions: tuple[Question, ...]) -> None:
    asked = Counter((q.q.casefold(), q.as_, q.network, q.channel, q.after) for q in questions)

    assert [q for q, count in asked.items() if count > 1] == []


def test_the_facts_wanted_exist(questions: tuple[Question, ...], description: Description) -> None:
    known = {fact.id for fact in description.facts}
    wanted = {fact for q in questions for one_of in q.facts for fact in one_of}

    assert wanted - known == set()


def test_no_measured_question_is_one_that_the_answers_are_made_with(
    questions: tuple[Question, ...], description: Description
) -> None:
    examples = [example for many in load_examples().values() for example in many]
    known = {plain(text) for text in (*examples, *(fact.question for fact in description.facts))}
    measured = [q.q for q in questions if q.part is Part.MEASURED and not q.after]

    assert [q for q in measured if plain(q) in known] == []


def test_the_questions_to_build_with_are_answered_rightly(judged: list[Judged]) -> None:
    built_with = [one for one in judged if one.question.part is Part.DEV]
    misses = [explained(one) for one in built_with if one.verdict is not Verdict.RIGHT]

    assert len(misses) / len(built_with) <= 1 - RIGHT, "\n".join(["", *misses])


def test_nearly_every_measured_question_is_answered_rightly(measured: list[Judged]) -> None:
    assert share(measured, lambda one: one.verdict is Verdict.RIGHT) >= RIGHT, figures(measured)


def test_what_has_no_answer_is_declined_and_little_else(measured: list[Judged]) -> None:
    unanswerable = [one for one in measured if one.question.decline]
    answerable = [one for one in measured if not one.question.decline]

    assert share(unanswerable, lambda one: one.verdict is Verdict.RIGHT) >= DECLINED, figures(measured)
    assert share(answerable, lambda one: one.verdict is Verdict.DECLINED_WRONGLY) <= DECLINED_WRONGLY, (
        figures(measured)
    )


def plain(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))


def share(judged: Iterable[Judged], counts: Callable[[Judged], bool]) -> float:
    found = [counts(one) for one in judged]
    return sum(found) / len(found)


def figures(judged: Iterable[Judged]) -> str:
    """How many missed in which way: the questions themselves stay unread, or they would measure nothing."""
    missed = Counter(
        f"{one.verdict} {one.question.kind}/{one.question.form}"
        for one in judged
        if one.verdict is not Verdict.RIGHT
    )
    return "\n".join(f"{count} {miss}" for miss, count in missed.most_common())
