"""A fresh interpreter's first answers: `python -m bench.start QUESTIONS PART DAY` prints its times as JSON.

Seconds for the imports and for the description with its `Scheme`, then milliseconds for each question when it is
asked the first time, and again.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path


def main(file: Path, part: str, today: date) -> None:
    """Measures once; what is imported here is what is measured."""
    begun = time.perf_counter()
    from domain.scheme.answers import Scheme
    from domain.scheme.prepared import prepared

    imported = time.perf_counter()
    scheme = Scheme(prepared())
    ready = time.perf_counter()

    from tests.scheme.judging import ask, context_before, load_questions

    questions = [question for question in load_questions(file) if question.part == part]

    def times() -> list[float]:
        taken = []
        for question in questions:
            context = context_before(scheme, question, today)
            asked = time.perf_counter()
            ask(scheme, question, today, context)
            taken.append((time.perf_counter() - asked) * 1000)
        return taken

    first, again = times(), times()
    spent = {"imports": imported - begun, "scheme": ready - imported, "first": first, "again": again}
    print(json.dumps(spent))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], date.fromisoformat(sys.argv[3]))
