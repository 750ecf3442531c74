"""The figures of the answers: plain text search is given a fair chance, and everything is printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench import __main__ as bench
from bench import answers
from bench.baseline import LONGEST, Hit, Search, passages, source_texts, tuned, verdict
from tests.scheme.judging import Question, Verdict

TEXT = """
 Om fristene
Eier sender behovsmeldingen til kompetanse-

nettverket innen 1.desember hvert år.
- styrer og eier snakker sammen om behov-
og mål i god tid
"""
QUESTIONS = r"""
- {q: "Når er fristen for behovsmelding?", part: dev, kind: deadline, form: bokmål,
   facts: [deadline-needs], says: ["1\\. desember"]}
- {q: "Hva heter hunden til kongen?", part: dev, kind: outside, form: bokmål, decline: true}
- {q: "og når må eier sende?", part: measured, kind: deadline, form: followup,
   after: ["Hva gjør eier?"], facts: [deadline-needs], says: ["1\\. mai"]}
"""


def question(**fields: Any) -> Question:
    return Question.model_validate({"part": "dev", "kind": "role", "form": "bokmål", **fields})


def test_a_text_is_cut_where_sentences_end_with_its_words_whole() -> None:
    (short,) = passages(TEXT)
    assert short == (
        "Om fristene Eier sender behovsmeldingen til kompetansenettverket innen 1. desember hvert år. "
        "- styrer og eier snakker sammen om behov- og mål i god tid"
    )
    pieces = list(passages(TEXT * 20))
    assert len(pieces) > 5
    assert all(piece.endswith((".", "tid")) for piece in pieces)
    assert max(map(len, pieces)) < LONGEST + 100


def test_the_best_passage_has_the_words_in_any_form() -> None:
    search = Search(["Eiere melder behov.", "UH-en følger opp tiltakene sine."])

    assert search.best(question(q="Hvem melder behovene?", says=["x"])).passage == "Eiere melder behov."
    followed = question(q="når da?", form="followup", after=["Følger UH opp tiltak?"], says=["x"])
    assert search.best(followed).passage == "UH-en følger opp tiltakene sine."
    assert search.best(question(q="Hva er været?", decline=True)).score == 0


def test_the_threshold_is_the_one_with_most_right_answers_to_build_with() -> None:
    hits = [
        (question(q="a", says=["eier"]), Hit("Eier.", 3.0)),
        (question(q="b", says=["eier"]), Hit("Eier.", 2.0)),
        (question(q="c", decline=True), Hit("Styrer.", 1.0)),
        (question(q="d", says=["styrer"], part="measured"), Hit("Styrer.", 0.5)),
    ]
    threshold = tuned(hits)

    assert threshold == 2.0
    assert [verdict(q, hit, threshold) for q, hit in hits] == [
        Verdict.RIGHT,
        Verdict.RIGHT,
        Verdict.RIGHT,
        Verdict.DECLINED_WRONGLY,
    ]


def test_all_figures_are_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "questions.yaml").write_text(QUESTIONS, encoding="utf-8")
    (tmp_path / "plan.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(answers, "STARTS", 1)
    monkeypatch.setenv("REKOMPIS_SOURCES", str(tmp_path))
    answers.main(tmp_path / "questions.yaml")
    rows = {line[:20].strip(): " ".join(line[20:].split()) for line in capsys.readouterr().out.splitlines()}

    assert rows["deadline"] == "1 of 1 100.0 % 0 of 1 0.0 %"
    assert rows["outside"] == "1 of 1 100.0 % none"
    assert rows["all right"] == "2 of 2 100.0 % 0 of 1 0.0 %"
    assert rows["Rekompis, wrong"] == "0 of 2 0.0 % 1 of 1 100.0 %"
    assert rows["BM25, right"] == "2 of 2 100.0 % 0 of 1 0.0 %"
    assert {"characters", "asked first", "asked again"} <= rows.keys()


def test_without_the_sources_there_is_no_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKOMPIS_SOURCES", str(tmp_path / "nowhere"))

    assert source_texts() == []


def test_an_unknown_part_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["speed"]) == 2
    assert (
        capsys.readouterr().err
        == "no such part: speed. The parts are answers, turns, reporting, handling, profile\n"
    )
