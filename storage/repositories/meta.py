"""Small facts about this installation."""

from __future__ import annotations

from storage.session import Session
from storage.tables import meta


class SqlMeta:
    """A Meta."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, name: str) -> str | None:
        row = self._session.find(meta, name=name)
        return row.value if row else None

    def set(self, name: str, value: str) -> None:
        self._session.upsert(meta, ("name",), {"name": name, "value": value})
