"""Asking the staff what they need to learn: a short question in the kindergarten's own chat, answered without names."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol

from pydantic import BaseModel, ConfigDict

from domain.clock import local_day
from domain.data import packaged_yaml
from domain.errors import DomainError
from domain.needs import access
from domain.needs.form import Answers, FormField, needs_form
from domain.needs.heads import head
from domain.needs.models import AuditRow, NeedsReport
from domain.norwegian.hygiene import clean, has_words, likely_personal
from domain.register.models import Role

if TYPE_CHECKING:
    from domain.ports import UnitOfWork

MOST_THEMES: Final = 3
LONGEST_LINE: Final = 200
"""Characters of the one free line."""
FEWEST_SHOWN: Final = 3
"""Answers from which they are shown: of fewer one could guess whose they are."""


class QuestionGone(DomainError):
    """The question to the staff is closed, or belongs to another conversation."""


class NothingAsked(DomainError):
    """The staff of this kindergarten have not been asked in this round."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class StaffQuestion(_Frozen):
    """A question to a kindergarten's staff in one conversation.

    `salt` makes the marks that keep one person to one answer. It is forgotten when the question is closed, and
    from then on nobody can tell which account a mark came from.
    """

    id: int
    kindergarten_id: int
    round_id: int
    asked_by: int
    asked_at: datetime
    conversation_id: str
    salt: str
    closed_at: datetime | None = None


class StaffAnswer(_Frozen):
    """What one of the staff answered; `respondent` is a mark, not a name."""

    question_id: int
    respondent: str
    themes: tuple[str, ...] = ()
    line: str | None = None


class StaffRepository(Protocol):
    """Questions to the staff and their answers."""

    def add(self, question: StaffQuestion) -> StaffQuestion:
        """Stores a question (its id is ignored) and returns it with its id."""
        ...

    def get(self, question_id: int) -> StaffQuestion | None: ...

    def latest(self, kindergarten_id: int, round_id: int) -> StaffQuestion | None:
        """The newest question of a kindergarten in a round, open or closed."""
        ...

    def close(self, question_id: int, now: datetime) -> None:
        """Closes a question and forgets its salt."""
        ...

    def answer(self, answer: StaffAnswer) -> None:
        """Keeps an answer; an earlier one with the same mark is replaced."""
        ...

    def answers(self, question_id: int) -> list[StaffAnswer]:
        """In no order that tells who or when."""
        ...


@dataclass(frozen=True)
class Results:
    """What the staff answered. `themes` (by option value) and `lines` are empty while there are too few to show."""

    question: StaffQuestion
    kindergarten: str
    answered: int
    themes: tuple[tuple[str, int], ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def shown(self) -> bool:
        """Whether there are enough answers to show them."""
        return self.answered >= FEWEST_SHOWN


@dataclass(frozen=True)
class Taken:
    """How an answer was taken: how many have answered now, and whether a line was left out as personal."""

    question: StaffQuestion
    kindergarten: str
    answered: int
    line_left_out: bool = False


def themes_field() -> FormField:
    """The themes that the staff choose among: those of the form."""
    field = needs_form().field("themes")
    assert field is not None, "the form has themes"
    return field


def ask(
    uow: UnitOfWork, person_id: int, kindergarten_id: int, conversation_id: str, now: datetime
) -> StaffQuestion:
    """Asks the staff in a conversation, on behalf of one's own kindergarten.

    The same question again in the same conversation stays the one it is; in another it is closed and asked anew.
    """
    kindergarten = access.own_kindergarten(uow, person_id, kindergarten_id)
    current = access.open_round(uow, access.network_of(uow, kindergarten.id).id, local_day(now))
    earlier = uow.staff.latest(kindergarten.id, current.id)
    if earlier is not None and earlier.closed_at is None:
        if earlier.conversation_id == conversation_id:
            return earlier
        _close(uow, person_id, earlier, now)
    asked = uow.staff.add(
        StaffQuestion(
            id=0,
            kindergarten_id=kindergarten.id,
            round_id=current.id,
            asked_by=person_id,
            asked_at=now,
            conversation_id=conversation_id,
            salt=secrets.token_hex(16),
        )
    )
    _note(uow, person_id, asked, None, "åpent", now)
    return asked


def answer(
    uow: UnitOfWork, question_id: int, conversation_id: str, account: str, themes: Sequence[str], line: str
) -> Taken:
    """One of the staff answers, from the conversation that the question stands in.

    `account` names the Teams account and is not kept. Raises QuestionGone.
    """
    question = uow.staff.get(question_id)
    if question is None or question.closed_at is not None or question.conversation_id != conversation_id:
        raise QuestionGone
    known = {o.value for o in themes_field().options}
    chosen = tuple(t for t in dict.fromkeys(themes) if t in known)[:MOST_THEMES]
    said: str | None = clean(line)[:LONGEST_LINE]
    left_out = bool(said and likely_personal(said))
    if left_out or not said or not has_words(said):
        said = None
    if chosen or said:
        mark = hmac.new(question.salt.encode(), account.encode(), hashlib.sha256).hexdigest()
        uow.staff.answer(StaffAnswer(question_id=question.id, respondent=mark, themes=chosen, line=said))
    return Taken(
        question,
        uow.register.kindergarten(question.kindergarten_id).name,
        len(uow.staff.answers(question.id)),
        left_out,
    )


def results(uow: UnitOfWork, person_id: int, kindergarten_id: int, now: datetime) -> Results:
    """What the staff of one's own kindergarten have answered in this round. Raises NothingAsked."""
    kindergarten = access.own_kindergarten(uow, person_id, kindergarten_id)
    current = access.open_round(uow, access.network_of(uow, kindergarten.id).id, local_day(now))
    question = uow.staff.latest(kindergarten.id, current.id)
    if question is None:
        raise NothingAsked
    answers = uow.staff.answers(question.id)
    if len(answers) < FEWEST_SHOWN:
        return Results(question, kindergarten.name, len(answers))
    counted = Counter(theme for a in answers for theme in a.themes)
    return Results(
        question,
        kindergarten.name,
        len(answers),
        tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))),
        tuple(sorted(a.line for a in answers if a.line)),
    )


def close(uow: UnitOfWork, person_id: int, kindergarten_id: int, now: datetime) -> Results:
    """Ends the question; what was answered is kept, and who answered can no longer be told."""
    found = results(uow, person_id, kindergarten_id, now)
    if found.question.closed_at is None:
        _close(uow, person_id, found.question, now)
    return results(uow, person_id, kindergarten_id, now)


def take_in(uow: UnitOfWork, person_id: int, kindergarten_id: int, now: datetime) -> NeedsReport:
    """The kindergarten's draft with the staff's themes and lines in it; begun when there is none.

    What the head has written stays: themes and how the staff took part only fill what is empty, and the lines
    come after the text about today.
    """
    found = results(uow, person_id, kindergarten_id, now)
    draft = head.open_draft(uow, person_id, kindergarten_id, now)
    draft = draft or head.start(uow, person_id, kindergarten_id, now)
    values = _merged(draft, found)
    if not values:
        return draft
    return head.answer(uow, person_id, draft.id, draft.version, values, now)


def _merged(draft: NeedsReport, found: Results) -> Answers:
    words = _words()
    values: Answers = {}
    if not draft.answers.get("themes") and found.themes:
        values["themes"] = [theme for theme, _ in found.themes if theme != "other"][:MOST_THEMES]
    if not draft.answers.get("how") and found.shown:
        values["how"] = words["how"].format(answered=found.answered)
    field = needs_form(draft.form_version).field("today")
    before = str(draft.answers.get("today", ""))
    new = [line for line in found.lines if line not in before]
    if new and field is not None:
        text = "\n".join(
            [*([before, ""] if before else []), words["heading"], *(f"– {line}" for line in new)]
        )
        if len(text) <= field.max_length:
            values["today"] = text
    return {name: value for name, value in values.items() if value}


@cache
def _words() -> dict[str, str]:
    return dict(packaged_yaml(__package__, "staff.yaml"))


def _close(uow: UnitOfWork, person_id: int, question: StaffQuestion, now: datetime) -> None:
    uow.staff.close(question.id, now)
    _note(uow, person_id, question, "åpent", "lukket", now)


def _note(
    uow: UnitOfWork, person_id: int, question: StaffQuestion, before: str | None, after: str, now: datetime
) -> None:
    uow.audit.add(
        AuditRow(
            at=now,
            person_id=person_id,
            role=Role.HEAD.value,
            subject="staff_question",
            subject_id=question.id,
            before=before,
            after=after,
        )
    )
