"""The judge itself: what counts as right, and which faulty question it refuses."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.scheme.answers import Answer, Choice, Scheme
from tests.scheme.judging import Part, Question, Verdict, explained, judge, load_questions, run

SAMPLE = r"""
- {q: "Når er fristen for behovsmelding?", part: dev, kind: deadline, form: bokmål, as: eier,
   facts: [deadline-needs], says: ["1\\. desember 2026"], never: ["1\\. februar"], ids: [EI4]}
- {q: "og for beslutningsgrunnlaget?", part: measured, kind: deadline, form: followup,
   after: ["Når er fristen for behovsmelding?"], facts: [[deadline-needs, deadline-basis]]}
- {q: "Hva er OFO?", part: measured, kind: near, form: short, network: fosen, channel: true, decline: true}
"""


def question(**fields: Any) -> Question:
    return Question.model_validate(
        {"q": "Hva gjør eier?", "part": "dev", "kind": "role", "form": "bokmål", "facts": ["a"], **fields}
    )


def said(*facts: str, text: str = "Eier melder behov.") -> Answer:
    return Answer(found=True, facts=facts, lines=(text,), validity_note="Gjaldt til 2025.")


def test_a_file_is_read_asked_and_judged(scheme: Scheme, today: date, tmp_path: Path) -> None:
    file = tmp_path / "questions.yaml"
    file.write_text(SAMPLE, encoding="utf-8")
    questions = load_questions(file)

    assert [(q.part, q.asker.role_actor, q.asker.region, q.asker.in_channel) for q in questions] == [
        (Part.DEV, "owner", None, False),
        (Part.MEASURED, None, None, False),
        (Part.MEASURED, None, "fosen", True),
    ]
    assert questions[1].facts == (("deadline-needs", "deadline-basis"),)
    judged = run(scheme, questions, today)
    assert [explained(one) for one in judged if one.verdict is not Verdict.RIGHT] == []
    assert judged[1].answer.facts == ("deadline-basis",)


@pytest.mark.parametrize(
    ("wants", "answer", "verdict"),
    [
        ({}, said("a"), Verdict.RIGHT),
        ({}, said("b", "a"), Verdict.RIGHT),
        ({}, said("b"), Verdict.WRONG_FACT),
        ({}, Answer(found=False), Verdict.DECLINED_WRONGLY),
        ({"facts": ["a", "b"]}, said("a"), Verdict.INCOMPLETE),
        ({"facts": [["a", "b"], "c"]}, said("b", "c"), Verdict.RIGHT),
        ({"says": ["MELDER"]}, said("a"), Verdict.RIGHT),
        ({"says": ["melder", "^nei"]}, said("a"), Verdict.INCOMPLETE),
        ({"says": ["gjaldt til"]}, said("a"), Verdict.RIGHT),
        ({"never": ["MELDER"]}, said("a"), Verdict.WRONG_FACT),
        ({"facts": [], "says": ["Styrer"]}, said("a"), Verdict.INCOMPLETE),
        ({"facts": [], "decline": True}, said("a"), Verdict.ANSWERED_WRONGLY),
        ({"facts": [], "decline": True, "never": ["melder"]}, said("a"), Verdict.WRONG_FACT),
        ({"facts": [], "decline": True}, Answer(found=False, suggestions=("Hva?",)), Verdict.RIGHT),
    ],
)
def test_an_answer_is_judged(wants: dict[str, Any], answer: Answer, verdict: Verdict) -> None:
    assert judge(question(**wants), answer) is verdict


def test_what_is_offered_is_said_too() -> None:
    choice = Choice(label="Behovsmelding: 1. desember", question="Når er fristen for behovsmelding?")
    asked_back = Answer(found=True, lines=("Det er flere frister.",), alternatives=(choice,))

    assert judge(question(facts=[], says=["1\\. desember", "fristen for"]), asked_back) is Verdict.RIGHT
    assert judge(question(facts=[], decline=True), asked_back) is Verdict.ANSWERED_WRONGLY


@pytest.mark.parametrize(
    "fault",
    [
        {"colour": "red"},
        {"kind": "rumour"},
        {"form": "opera"},
        {"as": "konge"},
        {"network": "bergen"},
        {"facts": [[]]},
        {"says": ["("]},
        {"facts": []},
        {"decline": True},
        {"form": "followup"},
    ],
)
def test_a_faulty_question_is_refused(fault: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        question(**fault)


def test_the_faulty_question_of_a_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "questions.yaml"
    file.write_text(SAMPLE.replace("form: short", "form: opera"), encoding="utf-8")

    with pytest.raises(ValueError, match="Hva er OFO"):
        load_questions(file)
