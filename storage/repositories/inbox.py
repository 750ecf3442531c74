"""Events that have been acted on."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from domain.needs.errors import Stale
from domain.ports import StoredTurn
from storage.session import Session
from storage.tables import inbox

_FIRST_TYPE: Final = "message"


class SqlInbox:
    """An Inbox; keys are `conversation|type|activity id|edit time`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, key: str) -> StoredTurn | None:
        row = self._session.find(inbox, key=key)
        return StoredTurn(row.key, row.answered, row.outgoing, row.effect) if row else None

    def add(self, turn: StoredTurn, now: datetime) -> None:
        values = {
            "key": turn.key,
            **_parts(turn.key),
            "answered": turn.answered,
            "outgoing": turn.outgoing,
            "effect": turn.effect,
            "received_at": now,
        }
        if self._session.insert_new(inbox, values) is None:
            raise Stale

    def answered(self, key: str) -> None:
        self._session.replace(inbox, {"answered": True}, key=key)

    def effect_of(self, conversation_id: str, activity_id: str) -> dict[str, Any] | None:
        first = (
            inbox.c.conversation_id == conversation_id,
            inbox.c.activity_id == activity_id,
            inbox.c.type == _FIRST_TYPE,
        )
        row = self._session.first(select(inbox.c.effect).where(*first).order_by(inbox.c.received_at))
        return row.effect if row else None

    def purge(self, before: datetime) -> int:
        """Forgets what was received before; returns how many events."""
        gone = inbox.delete().where(inbox.c.received_at < before).returning(inbox.c.key)
        return len(self._session.returning(gone))


def _parts(key: str) -> dict[str, str | None]:
    # A key of another form is as unique, but its event cannot be corrected by editing.
    parts = key.rsplit("|", 3)
    if len(parts) < 4:
        return {"conversation_id": None, "type": None, "activity_id": None}
    return {"conversation_id": parts[0], "type": parts[1], "activity_id": parts[2]}
