"""The state of conversations."""

from __future__ import annotations

from domain.needs.errors import Stale
from domain.ports import StoredConversation
from storage.session import Session
from storage.tables import conversation as table


class SqlConversations:
    """A ConversationRepository."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, key: str) -> StoredConversation:
        row = self._session.find(table, key=key)
        return StoredConversation(row.key, row.state, row.version) if row else StoredConversation(key)

    def save(self, conversation: StoredConversation) -> None:
        insert = conversation.version == 0
        if not (self._insert(conversation) if insert else self._update(conversation)):
            raise Stale

    def _insert(self, conversation: StoredConversation) -> bool:
        values = {"key": conversation.key, "state": conversation.state, "version": 1}
        return self._session.insert_new(table, values) is not None

    def _update(self, conversation: StoredConversation) -> bool:
        values = {"state": conversation.state, "version": conversation.version + 1}
        key = {"key": conversation.key, "version": conversation.version}
        return self._session.replace(table, values, **key)
