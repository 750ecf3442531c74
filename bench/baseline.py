"""What plain text search would do: BM25 over passages of the source documents, the best passage as the answer.

Words are stemmed as Norwegian. A follow-up is searched together with the question before it. When the score is under
a threshold, tuned for most right answers on the dev part, it declines.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import bm25s
import snowballstemmer
from bm25s.stopwords import STOPWORDS_NORWEGIAN

from domain.scheme.answers import Answer
from tests.scheme.judging import Part, Question, Verdict, judge

SOURCES = Path(__file__).resolve().parents[2] / "shared" / "seeds"
SHORTEST = 300
LONGEST = 450
_UNSPACED = re.compile(r"(\d\.)(?=[a-zæøå])")  # «1.desember», which is «1. desember» elsewhere
_WORD = re.compile(r"\w+")
_STOPWORDS = frozenset(STOPWORDS_NORWEGIAN)
_stemmer = snowballstemmer.stemmer("norwegian")


@dataclass(frozen=True)
class Hit:
    """The best passage for a question, and its score."""

    passage: str
    score: float


def source_texts() -> list[str]:
    """The source documents of the folder REKOMPIS_SOURCES, or of the usual one; empty when they are not there."""
    folder = Path(os.environ.get("REKOMPIS_SOURCES") or SOURCES)
    return [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt"))]


def passages(text: str) -> Iterator[str]:
    """Cut a text at ends of sentences and at bullets to pieces of about 400 characters, divided words made whole."""
    piece = ""
    for line in filter(None, (" ".join(line.split()) for line in text.splitlines())):
        if len(piece) >= LONGEST or (len(piece) >= SHORTEST and (piece[-1] in ".:?!" or line[0] in "-•")):
            yield piece
            piece = ""
        divided = piece.endswith("-") and not line.startswith(("og ", "eller "))
        piece = piece[:-1] + line if divided else f"{piece} {line}".strip()
        piece = _UNSPACED.sub(r"\1 ", piece)
    if piece:
        yield piece


class Search:
    """Finds the best of the passages."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._passages = [passage for text in texts for passage in passages(text)]
        self._index = bm25s.BM25()
        self._index.index([_words(passage) for passage in self._passages], show_progress=False)

    def best(self, question: Question) -> Hit:
        """The best passage for a question."""
        words = _words(" ".join([*question.after[-1:], question.q]))
        found = self._index.retrieve([words], k=1, show_progress=False)
        return Hit(self._passages[int(found.documents[0, 0])], float(found.scores[0, 0]))


def _words(text: str) -> list[str]:
    words = [word for word in _WORD.findall(text.lower()) if word not in _STOPWORDS]
    return [str(word) for word in _stemmer.stemWords(words)]


def comparable(question: Question) -> bool:
    """Whether a question can be judged by words alone: it says which, or is to be declined."""
    return question.decline or bool(question.says)


def judged_by_words(question: Question, answer: Answer) -> Verdict:
    """The verdict when it does not count which facts the words come from."""
    return judge(question.model_copy(update={"facts": ()}), answer)


def verdict(question: Question, hit: Hit, threshold: float) -> Verdict:
    """What the best passage is worth as an answer."""
    found = hit.score >= threshold
    return judged_by_words(question, Answer(found=found, lines=(hit.passage,) if found else ()))


def tuned(hits: Sequence[tuple[Question, Hit]]) -> float:
    """The threshold that gives most right answers on the dev part."""
    dev = [(question, hit) for question, hit in hits if question.part is Part.DEV]
    thresholds = sorted({0.0, *(hit.score for _, hit in dev)})

    def right(threshold: float) -> int:
        return sum(verdict(question, hit, threshold) is Verdict.RIGHT for question, hit in dev)

    return max(thresholds, key=right)
