"""How good and how quick the answers are, on the evaluation set, beside plain text search on the same questions.

Prints, apart for the questions to build with (dev) and those that only measure: how many are right of each kind and
form, what is declined, wrong facts said, lengths and times. Each question is timed in a fresh interpreter, when it is
asked first and when everything has been asked once.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from bench.baseline import Search, comparable, judged_by_words, source_texts, tuned, verdict
from domain.scheme.answers import Scheme
from domain.scheme.prepared import prepared
from tests.scheme.conftest import TODAY
from tests.scheme.judging import (
    QUESTIONS,
    About,
    Form,
    Judged,
    Part,
    Question,
    Verdict,
    load_questions,
    run,
)

ROOT = Path(__file__).resolve().parents[1]
STARTS = 2
WRONG = (Verdict.WRONG_FACT, Verdict.ANSWERED_WRONGLY, Verdict.INCOMPLETE)


class Start(NamedTuple):
    """What a fresh interpreter measured: seconds, and milliseconds of each question."""

    imports: float
    scheme: float
    first: list[float]
    again: list[float]


def main(file: Path = QUESTIONS) -> None:
    """Asks everything and prints the figures that the module's docstring names."""
    questions = load_questions(file)
    scheme = Scheme(prepared())
    judged = run(scheme, questions, TODAY)
    parts = [[one for one in judged if one.question.part is part] for part in Part]
    starts = [[_start(file, part) for _ in range(STARTS)] for part in Part]
    print(f"answers to {len(questions)} questions, asked on {TODAY}")
    _print_starts([start for of_part in starts for start in of_part])
    _row("", list(Part))
    _print_shares("kind", About, parts, lambda question: question.kind)
    _print_shares("form", Form, parts, lambda question: question.form)
    _row("all right", [_share(part, Verdict.RIGHT) for part in parts])
    unanswerable = [[one for one in part if one.question.decline] for part in parts]
    answerable = [[one for one in part if not one.question.decline] for part in parts]
    _row("declined rightly", [_share(part, Verdict.RIGHT) for part in unanswerable])
    _row("declined wrongly", [_share(part, Verdict.DECLINED_WRONGLY) for part in answerable])
    _row("wrong facts said", [_share(part, Verdict.WRONG_FACT) for part in parts])
    _row("characters", [_lengths(part) for part in parts])
    _row("asked first", [_quickest(start.first for start in of_part) for of_part in starts])
    _row("asked again", [_quickest(start.again for start in of_part) for of_part in starts])
    _print_baseline(parts)


def _start(file: Path, part: Part) -> Start:
    command = [sys.executable, "-m", "bench.start", str(file), part, TODAY.isoformat()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return Start(**json.loads(done.stdout))


def _quickest(runs: Iterable[list[float]]) -> str:
    """The run that other processes disturbed least: «median 0.42, p99 1.05 ms»."""
    times = min(runs, key=sum)
    return f"median {statistics.median(times):.2f}, p99 {_percentile(times, 99):.2f} ms" if times else "none"


def _row(title: str, cells: Sequence[str]) -> None:
    print(f"{title:<20}" + "".join(f"{cell:>32}" for cell in cells))


def _print_starts(starts: Sequence[Start]) -> None:
    imports = statistics.median(start.imports for start in starts)
    scheme = statistics.median(start.scheme for start in starts)
    print(f"start in a fresh interpreter: imports {imports:.2f} s, description and Scheme {scheme:.2f} s")


def _print_shares(
    title: str,
    groups: Iterable[StrEnum],
    parts: Sequence[Sequence[Judged]],
    of: Callable[[Question], StrEnum],
) -> None:
    print(title)
    for group in groups:
        members = [[one for one in part if of(one.question) is group] for part in parts]
        _row(f"  {group}", [_share(part, Verdict.RIGHT) for part in members])


def _share(judged: Iterable[Judged], *wanted: Verdict) -> str:
    return _share_of([one.verdict for one in judged], *wanted)


def _share_of(verdicts: Sequence[Verdict], *wanted: Verdict) -> str:
    """«12 of 13   92.3 %»."""
    count = sum(verdict in wanted for verdict in verdicts)
    return f"{count} of {len(verdicts)} {100 * count / len(verdicts):>6.1f} %" if verdicts else "none"


def _lengths(judged: Iterable[Judged]) -> str:
    lengths = [len("\n".join(one.answer.lines)) for one in judged if one.answer.lines]
    return (
        f"median {statistics.median(lengths):.0f}, p95 {_percentile(lengths, 95):.0f}" if lengths else "none"
    )


def _percentile(values: Sequence[float], percent: int) -> float:
    if len(values) < 2:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _print_baseline(parts: Sequence[Sequence[Judged]]) -> None:
    """Both judged by words alone, and only where words can tell; wrong is what was answered and is not right."""
    texts = source_texts()
    if not texts:
        print("BM25: left out, since the source documents are not here (REKOMPIS_SOURCES names their folder)")
        return
    search = Search(texts)
    hits = [(one.question, search.best(one.question)) for part in parts for one in part]
    hits = [(question, hit) for question, hit in hits if comparable(question)]
    threshold = tuned(hits)
    theirs = [[verdict(q, hit, threshold) for q, hit in hits if q.part is part] for part in Part]
    ours = [
        [judged_by_words(one.question, one.answer) for one in part if comparable(one.question)]
        for part in parts
    ]
    print(f"judged by words alone, BM25 declining under a score of {threshold:.1f}")
    for name, verdicts in (("Rekompis", ours), ("BM25", theirs)):
        _row(f"  {name}, right", [_share_of(part, Verdict.RIGHT) for part in verdicts])
        _row(f"  {name}, wrong", [_share_of(part, *WRONG) for part in verdicts])
