"""Messages on their way out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, or_, select

from domain.outbox import MessageKind, OutboxMessage, OutboxState
from storage.session import Session
from storage.statements import batches
from storage.tables import outbox, send_attempt

_TO_PERSON = (
    select(outbox)
    .where(
        outbox.c.person_id == bindparam("person_id"),
        outbox.c.state == bindparam("state"),
        outbox.c.due_at >= bindparam("since"),
    )
    .order_by(outbox.c.id)
)
_COUNTED = (
    outbox.update()
    .where(outbox.c.key == bindparam("of"))
    .values(attempts=outbox.c.attempts + 1)
    .returning(outbox.c.id)
)
"""Built once, as they are asked for every message that is sent (see storage/statements.py)."""


class SqlOutbox:
    """An Outbox."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, message: OutboxMessage) -> bool:
        values = {**message.model_dump(), "kind": message.kind.value, "state": message.state.value}
        return self._session.insert_new(outbox, values) is not None

    def add_all(self, messages: Sequence[OutboxMessage]) -> set[str]:
        rows = [{**m.model_dump(), "kind": m.kind.value, "state": m.state.value} for m in messages]
        return {key for batch in batches(rows) for key in self._session.insert_many(outbox, "key", batch)}

    def get(self, key: str) -> OutboxMessage | None:
        row = self._session.find(outbox, key=key)
        return _message(row) if row else None

    def known(self, keys: Sequence[str]) -> set[str]:
        return {
            row.key
            for batch in batches(keys)
            for row in self._session.rows(select(outbox.c.key).where(outbox.c.key.in_(batch)))
        }

    def due(self, now: datetime, limit: int) -> list[OutboxMessage]:
        waiting = outbox.c.state == OutboxState.WAITING.value, outbox.c.due_at <= now
        found = select(outbox).where(*waiting).order_by(outbox.c.due_at, outbox.c.id).limit(limit)
        return [_message(row) for row in self._session.rows(found)]

    def in_state(self, state: OutboxState, after: str, limit: int) -> list[OutboxMessage]:
        some = outbox.c.state == state.value, outbox.c.key > after
        found = select(outbox).where(*some).order_by(outbox.c.key).limit(limit)
        return [_message(row) for row in self._session.rows(found)]

    def handed(self, keys: Sequence[str]) -> None:
        """A message that is not waiting any more stays as it is."""
        for batch in batches(keys):
            waiting = outbox.c.key.in_(batch), outbox.c.state == OutboxState.WAITING.value
            self._session.write(outbox.update().where(*waiting).values(state=OutboxState.HANDED.value))

    def finish(self, key: str, state: OutboxState, now: datetime, activity_id: str | None = None) -> None:
        values = {"state": state.value, "finished_at": now, "activity_id": activity_id}
        self._session.replace(outbox, values, key=key)

    def claim_attempt(self, key: str, number: int, now: datetime) -> bool:
        claimed = self._session.insert_new(send_attempt, {"key": key, "number": number, "begun_at": now})
        if claimed is None:
            return False
        self._session.returning(_COUNTED, {"of": key})
        return True

    def told(self, kinds: Collection[MessageKind], since: datetime, before: datetime) -> set[int]:
        on_the_way = outbox.c.state.in_([OutboxState.WAITING.value, OutboxState.HANDED.value])
        in_time = or_(outbox.c.expires_at.is_(None), outbox.c.expires_at > since)
        gone = outbox.c.state.in_([OutboxState.SENT.value, OutboxState.AMBIGUOUS.value])
        found = select(outbox.c.person_id).where(
            outbox.c.kind.in_([kind.value for kind in kinds]),
            outbox.c.person_id.is_not(None),
            or_(
                and_(on_the_way, outbox.c.due_at < before, in_time),
                and_(gone, outbox.c.finished_at >= since),
            ),
        )
        return {row.person_id for row in self._session.rows(found)}

    def begins_with(self, prefix: str, state: OutboxState) -> list[OutboxMessage]:
        found = select(outbox).where(outbox.c.key.startswith(prefix, autoescape=True))
        rows = self._session.rows(found.where(outbox.c.state == state.value).order_by(outbox.c.id))
        return [_message(row) for row in rows]

    def to_person(self, person_id: int, state: OutboxState, since: datetime) -> list[OutboxMessage]:
        theirs = {"person_id": person_id, "state": state.value, "since": since}
        return [_message(row) for row in self._session.rows(_TO_PERSON, theirs)]

    def ended(self, states: Sequence[OutboxState], since: datetime, limit: int) -> list[OutboxMessage]:
        wanted = outbox.c.state.in_([s.value for s in states]), outbox.c.finished_at >= since
        found = select(outbox).where(*wanted).order_by(outbox.c.finished_at.desc(), outbox.c.id).limit(limit)
        return [_message(row) for row in self._session.rows(found)]

    def counts(self) -> dict[str, int]:
        """How many messages are in each state, those without any included."""
        states = select(outbox.c.state, func.count().label("number")).group_by(outbox.c.state)
        rows = self._session.rows(states)
        return {state.value: 0 for state in OutboxState} | {row.state: row.number for row in rows}

    def counts_by_kind(self) -> dict[tuple[MessageKind, OutboxState], int]:
        both = outbox.c.kind, outbox.c.state
        rows = self._session.rows(select(*both, func.count().label("number")).group_by(*both).order_by(*both))
        return {(MessageKind(row.kind), OutboxState(row.state)): row.number for row in rows}

    def purge(self, before: datetime) -> int:
        done = outbox.c.finished_at < before, outbox.c.params.is_not(None)
        forgotten = outbox.update().where(*done).values(params=None).returning(outbox.c.key)
        keys = [row.key for row in self._session.returning(forgotten)]
        for batch in batches(keys):
            self._session.write(send_attempt.delete().where(send_attempt.c.key.in_(batch)))
        return len(keys)


def _message(row: Row[Any]) -> OutboxMessage:
    return OutboxMessage.model_validate({**row._mapping, "params": row.params or {}})
