"""The questions in a message, and what stands around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.scheme.lexicon import Lexicon, words_of

QUESTION_WORDS = ("hva", "hvem", "hvor", "hvordan", "hvorfor", "hvilke", "hvilken", "hvilket", "når")
WORDS_WITHOUT_MARK = 25

_SPOKEN = (
    "ka|ke|kem|kæm|kor|korsn|korsen|koffer|nårti|kva|kven|kvifor|korleis|who|when|what|how|which|where|why"
)
_VERBS = "er|e|må|kan|kainn|skal|ska|har|får|bør|blir|gjelder|finnes|fins|trenger|fikk|vil|går|kommer|is|do|does|are|can"
NEXT_CLAUSE = re.compile(
    rf"(?:,?\s+(?:og|å|åsså|samt|and|men|eller)\s+(?:så\s+)?(?=(?:hv\w+|når|{_SPOKEN}|{_VERBS})\s)"
    rf"|,\s+(?=(?:hv\w+|når|{_SPOKEN})\s))",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*|[.!?]")
ORDINAL = re.compile(r"(\d)\.(?=\s*\w)")
LEADING = re.compile(r"^(?:(?:hei|hallo|heisann|hello|takk|ok|og|men|så|du|god|morgen)\W+)+", re.IGNORECASE)


@dataclass(frozen=True)
class Parts:
    """A message taken apart: its questions in order, and the rest of it."""

    questions: tuple[str, ...]
    rest: str


def looks_like_question(lexicon: Lexicon, text: str) -> bool:
    """Whether a message is meant as a question: it ends with «?» or opens as questions do."""
    stripped = text.strip()
    if stripped.endswith("?"):
        return len(stripped) > 1
    words = words_of(LEADING.sub("", stripped))
    if not words or len(words) > WORDS_WITHOUT_MARK:
        return False
    if f"{' '.join(words[:4])} ".startswith(lexicon.openers):
        return True
    if words[0] not in QUESTION_WORDS or len(words) < 2:
        return False
    if words[0] == "hvor" and words[1] in ("mye", "mange", "ofte", "lenge", "stor", "stort"):
        return True
    return words[1] in lexicon.data.finite_verbs or words[0].startswith("hvilke")


def take_apart(lexicon: Lexicon, text: str) -> Parts:
    """Find the questions: sentences that ask, clause by clause where each clause asks."""
    questions: list[str] = []
    rest: list[str] = []
    for sentence in SENTENCE.findall(ORDINAL.sub(r"\1", text)):
        clauses = [clause.strip() for clause in NEXT_CLAUSE.split(sentence) if len(clause.strip()) > 1]
        asking = [_asks(lexicon, clause, sentence, before=bool(questions)) for clause in clauses]
        if len(clauses) > 1 and not all(asking) and looks_like_question(lexicon, sentence):
            clauses, asking = [sentence.strip()], [True]
        for clause, asks in zip(clauses, asking, strict=True):
            (questions if asks else rest).append(clause)
    return Parts(tuple(questions), " ".join(rest))


def _asks(lexicon: Lexicon, clause: str, sentence: str, *, before: bool) -> bool:
    """Whether a clause is a question; in a sentence that ends with «?» it need only begin like one."""
    if looks_like_question(lexicon, clause):
        return True
    words = words_of(LEADING.sub("", clause))
    if not words:
        return False
    if sentence.rstrip().endswith("?"):
        return words[0] in QUESTION_WORDS or words[0] in lexicon.data.finite_verbs
    return before and words[0] in QUESTION_WORDS
