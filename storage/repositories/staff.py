"""Questions to the staff of kindergartens, and their answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from domain.needs.heads.staff import StaffAnswer, StaffQuestion
from storage.session import Session
from storage.tables import staff_answer, staff_question


class SqlStaff:
    """A StaffRepository."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, question: StaffQuestion) -> StaffQuestion:
        id = self._session.insert(staff_question, question.model_dump(exclude={"id"}))
        return question.model_copy(update={"id": id})

    def get(self, question_id: int) -> StaffQuestion | None:
        return _question(self._session.find(staff_question, id=question_id))

    def latest(self, kindergarten_id: int, round_id: int) -> StaffQuestion | None:
        mine = staff_question.c.kindergarten_id == kindergarten_id, staff_question.c.round_id == round_id
        newest = select(staff_question).where(*mine).order_by(staff_question.c.id.desc()).limit(1)
        return _question(self._session.first(newest))

    def close(self, question_id: int, now: datetime) -> None:
        self._session.replace(staff_question, {"closed_at": now, "salt": ""}, id=question_id)

    def answer(self, answer: StaffAnswer) -> None:
        self._session.upsert(staff_answer, ("question_id", "respondent"), answer.model_dump())

    def answers(self, question_id: int) -> list[StaffAnswer]:
        given = select(staff_answer).where(staff_answer.c.question_id == question_id)
        rows = self._session.rows(given.order_by(staff_answer.c.respondent))
        return [StaffAnswer.model_validate(row._mapping) for row in rows]


def _question(row: Row[Any] | None) -> StaffQuestion | None:
    return StaffQuestion.model_validate(row._mapping) if row else None
