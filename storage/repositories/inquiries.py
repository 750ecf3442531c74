"""Questions to leaders, questions that nobody could answer, and answers shared with a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select

from domain.clock import local_day
from domain.inquiries.errors import Changed
from domain.inquiries.models import Inquiry, InquiryState, PublishedAnswer, UnansweredQuestion
from storage.kept import View
from storage.session import Session
from storage.tables import inquiry as asked
from storage.tables import published_answer as shared
from storage.tables import unanswered_question as logged


class SqlInquiries:
    """An InquiryRepository."""

    def __init__(self, session: Session, view: View) -> None:
        self._session = session
        self._view = view

    def get(self, inquiry_id: int) -> Inquiry | None:
        return _inquiry(self._session.find(asked, id=inquiry_id))

    def asked_before(self, network_id: int, asker: int, key: str) -> Inquiry | None:
        return _inquiry(self._session.find(asked, network_id=network_id, asker=asker, key=key))

    def add(self, inquiry: Inquiry) -> Inquiry | None:
        return _inquiry(self._session.insert_new(asked, _values(inquiry)))

    def save(self, inquiry: Inquiry) -> None:
        stored = {"id": inquiry.id, "version": inquiry.version - 1}
        if not self._session.replace(asked, _values(inquiry), **stored):
            raise Changed

    def open_of(self, network_id: int, asker: int) -> int:
        theirs = asked.c.network_id == network_id, asked.c.asker == asker
        is_open = asked.c.state == InquiryState.OPEN.value
        return int(self._session.rows(select(func.count()).where(*theirs, is_open))[0][0])

    def open_in(self, network_ids: Sequence[int]) -> list[Inquiry]:
        is_open = asked.c.state == InquiryState.OPEN.value
        found = select(asked).where(asked.c.network_id.in_(network_ids), is_open)
        rows = self._session.rows(found.order_by(asked.c.asked_at, asked.c.id))
        return [Inquiry.model_validate(row._mapping) for row in rows]

    def published(self, network_id: int) -> list[PublishedAnswer]:
        """The newest first; kept by the process, as every question asks for them."""
        return list(self._view.get(("published", network_id), lambda: self._published(network_id)))

    def _published(self, network_id: int) -> tuple[PublishedAnswer, ...]:
        theirs = select(shared).where(shared.c.network_id == network_id).order_by(shared.c.id.desc())
        return tuple(PublishedAnswer.model_validate(row._mapping) for row in self._session.rows(theirs))

    def published_answer(self, answer_id: int) -> PublishedAnswer | None:
        return _published(self._session.find(shared, id=answer_id))

    def published_from(self, inquiry_id: int) -> PublishedAnswer | None:
        return _published(self._session.find(shared, inquiry_id=inquiry_id))

    def publish(self, answer: PublishedAnswer) -> PublishedAnswer | None:
        self._view.changed()
        return _published(self._session.insert_new(shared, answer.model_dump(exclude={"id"})))

    def withdraw(self, answer_id: int) -> bool:
        self._view.changed()
        gone = shared.delete().where(shared.c.id == answer_id)
        return bool(self._session.returning(gone.returning(shared.c.id)))

    def note_unanswered(self, network_id: int, key: str, text: str, day: date, most: int) -> None:
        values = {"network_id": network_id, "key": key, "text": text, "count": 1}
        new = self._session.insert_new(logged, {**values, "first_day": day, "last_day": day})
        if new is not None:
            self._make_room(network_id, new.id, most)
            return
        same = logged.c.network_id == network_id, logged.c.key == key
        again = {"count": logged.c.count + 1, "last_day": day}
        self._session.write(logged.update().where(*same).values(again))

    def unanswered(self, network_ids: Sequence[int], most: int) -> list[UnansweredQuestion]:
        order = logged.c.count.desc(), logged.c.last_day.desc(), logged.c.id.desc()
        found = select(logged).where(logged.c.network_id.in_(network_ids)).order_by(*order).limit(most)
        return [UnansweredQuestion.model_validate(row._mapping) for row in self._session.rows(found)]

    def unanswered_question(self, question_id: int) -> UnansweredQuestion | None:
        row = self._session.find(logged, id=question_id)
        return UnansweredQuestion.model_validate(row._mapping) if row else None

    def drop_unanswered(self, network_id: int, keys: Sequence[str]) -> int:
        gone = logged.delete().where(logged.c.network_id == network_id, logged.c.key.in_(keys))
        return len(self._session.returning(gone.returning(logged.c.id)))

    def purge(self, before: datetime) -> int:
        old = (
            asked.delete().where(asked.c.asked_at < before).returning(asked.c.id),
            logged.delete().where(logged.c.last_day < local_day(before)).returning(logged.c.id),
        )
        return sum(len(self._session.returning(statement)) for statement in old)

    def _make_room(self, network_id: int, new: int, most: int) -> None:
        here = logged.c.network_id == network_id
        number = int(self._session.rows(select(func.count()).where(here))[0][0])
        if number <= most:
            return
        least = select(logged.c.id).where(here, logged.c.id != new)
        least = least.order_by(logged.c.count, logged.c.last_day, logged.c.id).limit(number - most)
        self._session.write(logged.delete().where(logged.c.id.in_(least)))


def _inquiry(row: Row[Any] | None) -> Inquiry | None:
    return Inquiry.model_validate(row._mapping) if row is not None else None


def _published(row: Row[Any] | None) -> PublishedAnswer | None:
    return PublishedAnswer.model_validate(row._mapping) if row is not None else None


def _values(inquiry: Inquiry) -> Mapping[str, Any]:
    return {**inquiry.model_dump(exclude={"id"}), "state": inquiry.state.value}
