"""Messages on their way out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, func, select

from domain.outbox import OutboxMessage, OutboxState
from storage.session import Session
from storage.tables import outbox, send_attempt

_BATCH: Final = 500


class SqlOutbox:
    """An Outbox."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, message: OutboxMessage) -> bool:
        values = {**message.model_dump(), "kind": message.kind.value, "state": message.state.value}
        return self._session.insert_new(outbox, values) is not None

    def get(self, key: str) -> OutboxMessage | None:
        row = self._session.find(outbox, key=key)
        return _message(row) if row else None

    def known(self, keys: Sequence[str]) -> set[str]:
        return {
            row.key
            for batch in _batches(keys)
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
        for batch in _batches(keys):
            waiting = outbox.c.key.in_(batch), outbox.c.state == OutboxState.WAITING.value
            self._session.write(outbox.update().where(*waiting).values(state=OutboxState.HANDED.value))

    def finish(self, key: str, state: OutboxState, now: datetime, activity_id: str | None = None) -> None:
        values = {"state": state.value, "finished_at": now, "activity_id": activity_id}
        self._session.replace(outbox, values, key=key)

    def claim_attempt(self, key: str, number: int, now: datetime) -> bool:
        claimed = self._session.insert_new(send_attempt, {"key": key, "number": number, "begun_at": now})
        if claimed is None:
            return False
        counted = outbox.update().where(outbox.c.key == key).values(attempts=outbox.c.attempts + 1)
        self._session.write(counted)
        return True

    def counts(self) -> dict[str, int]:
        """How many messages are in each state, those without any included."""
        states = select(outbox.c.state, func.count().label("number")).group_by(outbox.c.state)
        rows = self._session.rows(states)
        return {state.value: 0 for state in OutboxState} | {row.state: row.number for row in rows}

    def purge(self, before: datetime) -> int:
        done = outbox.c.finished_at < before, outbox.c.params.is_not(None)
        forgotten = outbox.update().where(*done).values(params=None).returning(outbox.c.key)
        keys = [row.key for row in self._session.returning(forgotten)]
        for batch in _batches(keys):
            self._session.write(send_attempt.delete().where(send_attempt.c.key.in_(batch)))
        return len(keys)


def _message(row: Row[Any]) -> OutboxMessage:
    return OutboxMessage.model_validate({**row._mapping, "params": row.params or {}})


def _batches(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + _BATCH] for start in range(0, len(keys), _BATCH))
