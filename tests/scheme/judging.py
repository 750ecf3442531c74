"""Questions with what a good answer to them says, and the judgement of an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Self

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from dialogs.ask import ACTORS, dated
from domain.register.models import Role
from domain.rounds.models import round_start_year, standard_deadlines
from domain.scheme.answers import Answer, Asker, Context, DatedDeadline, Scheme
from domain.scheme.model import Loader

QUESTIONS = Path(__file__).parent / "questions.yaml"


class Part(StrEnum):
    """Questions to build with, and questions that only measure."""

    DEV = "dev"
    MEASURED = "measured"


class About(StrEnum):
    """What a question is about; `near` and `outside` are what the description has no answer to."""

    DEADLINE = "deadline"
    ROLE = "role"
    TASK = "task"
    MEETING = "meeting"
    MONEY = "money"
    COMPOSITION = "composition"
    CRITERION = "criterion"
    PLAN = "plan"
    PROCESS = "process"
    REGION = "region"
    MEASURE = "measure"
    GLOSSARY = "glossary"
    HISTORY = "history"
    NEAR = "near"
    OUTSIDE = "outside"


class Form(StrEnum):
    """How a question is put."""

    BOKMAL = "bokmål"
    NYNORSK = "nynorsk"
    DIALECT = "dialect"
    TYPO = "typo"
    SHORT = "short"
    LONG = "long"
    SEVERAL = "several"
    ENGLISH = "english"
    FOLLOWUP = "followup"
    AMBIGUOUS = "ambiguous"


def _alternatives(given: Any) -> Any:
    return [[entry] if isinstance(entry, str) else entry for entry in given]


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"«{pattern}»: {error}") from error
    return pattern


Text = Annotated[str, Field(min_length=1)]
Pattern = Annotated[str, Field(min_length=1), AfterValidator(_compiles)]
OneOf = Annotated[tuple[Text, ...], Field(min_length=1)]


class Question(BaseModel):
    """A question and who asks it; then what the answer must and must not say, or that it must be declined.

    Of each entry of `facts` one fact must be said. `says` and `never` are regular expressions, in any case.
    `after` are the questions that came before in the same chat.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: Text
    part: Part
    kind: About
    form: Form
    as_: Role | None = Field(default=None, alias="as")
    network: Literal["gauldal", "fosen"] | None = None
    channel: bool = False
    after: tuple[Text, ...] = ()
    facts: Annotated[tuple[OneOf, ...], BeforeValidator(_alternatives)] = ()
    says: tuple[Pattern, ...] = ()
    never: tuple[Pattern, ...] = ()
    decline: bool = False
    ids: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _wants_one_thing(self) -> Self:
        if self.decline == bool(self.facts or self.says):
            raise ValueError("wants either facts or sayings, or to be declined")
        if self.form is Form.FOLLOWUP and not self.after:
            raise ValueError("follows up nothing")
        return self

    @property
    def asker(self) -> Asker:
        """Who asks, as `rekompis ask` makes it."""
        role = ACTORS.get(self.as_) if self.as_ else None
        return Asker(role_actor=role, region=self.network, in_channel=self.channel)


class Verdict(StrEnum):
    """What an answer is worth."""

    RIGHT = "right"
    DECLINED_WRONGLY = "declined_wrongly"
    ANSWERED_WRONGLY = "answered_wrongly"
    WRONG_FACT = "wrong_fact"
    INCOMPLETE = "incomplete"


class Judged(NamedTuple):
    """A question with its answer and the verdict."""

    question: Question
    answer: Answer
    verdict: Verdict


def load_questions(path: Path = QUESTIONS) -> tuple[Question, ...]:
    """Read a file of questions; ValueError that names the first faulty question."""
    questions = []
    for raw in yaml.load(path.read_text(encoding="utf-8"), Loader):
        try:
            questions.append(Question.model_validate(raw))
        except ValueError as error:
            raise ValueError(f"{raw.get('q', raw)}: {error}") from error
    return tuple(questions)


def text_of(answer: Answer) -> str:
    """All that an answer says, source and suggestions apart."""
    note = [answer.validity_note] if answer.validity_note else []
    choices = [words for choice in answer.alternatives for words in (choice.label, choice.question)]
    return "\n".join([*answer.lines, *note, *choices])


def says(text: str, pattern: str) -> bool:
    """Whether a pattern is found in a text, in any case."""
    return re.search(pattern, text, re.IGNORECASE) is not None


def judge(question: Question, answer: Answer) -> Verdict:
    """Say what an answer is worth; what must never be said is wrong also where nothing should be."""
    if not answer.found:
        return Verdict.RIGHT if question.decline else Verdict.DECLINED_WRONGLY
    text = text_of(answer)
    if any(says(text, pattern) for pattern in question.never):
        return Verdict.WRONG_FACT
    if question.decline:
        return Verdict.ANSWERED_WRONGLY
    said = [any(fact in answer.facts for fact in one_of) for one_of in question.facts]
    if said and not any(said):
        return Verdict.WRONG_FACT
    if all(said) and all(says(text, pattern) for pattern in question.says):
        return Verdict.RIGHT
    return Verdict.INCOMPLETE


@cache
def dates(network: str | None, today: date) -> Sequence[DatedDeadline]:
    """The usual dates of a network's round, unconfirmed."""
    return dated(standard_deadlines(round_start_year(today), network))


def context_before(scheme: Scheme, question: Question, today: date) -> Context | None:
    """Ask what came before in the chat; what it leaves behind."""
    context: Context | None = None
    for earlier in question.after:
        context = _asked(scheme, earlier, question, today, context).context
    return context


def ask(scheme: Scheme, question: Question, today: date, context: Context | None) -> Answer:
    """Ask the question itself."""
    return _asked(scheme, question.q, question, today, context)


def _asked(scheme: Scheme, text: str, question: Question, today: date, context: Context | None) -> Answer:
    return scheme.answer(text, question.asker, today, dates(question.network, today), context)


def run(scheme: Scheme, questions: Iterable[Question], today: date) -> list[Judged]:
    """Ask every question in a chat of its own, and judge the answers."""
    judged = []
    for question in questions:
        answer = ask(scheme, question, today, context_before(scheme, question, today))
        judged.append(Judged(question, answer, judge(question, answer)))
    return judged


def explained(judged: Judged) -> str:
    """One line on a question that missed: what was wanted, and what came."""
    question, answer, verdict = judged
    chat = " → ".join([*question.after, question.q])
    who = ", ".join(filter(None, (question.as_, question.network, "channel" if question.channel else None)))
    wanted = "to be declined" if question.decline else f"{list(question.facts)} {list(question.says)}"
    came = "declined" if not answer.found else f"{list(answer.facts)} «{' '.join(answer.lines)[:160]}»"
    return f"{verdict}: {chat} ({who or 'anyone'}): wanted {wanted}, got {came}"
