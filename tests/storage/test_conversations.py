from __future__ import annotations

import pytest

from domain.needs.errors import Stale
from domain.ports import StoredConversation, UnitOfWork
from storage.database import Database
from tests.storage.seeds import at_once

KEY = "a:kari|kari"


def test_an_unknown_conversation_has_version_zero(uow: UnitOfWork) -> None:
    assert uow.conversations.get(KEY) == StoredConversation(KEY)


def test_state_follows_the_version(uow: UnitOfWork) -> None:
    uow.conversations.save(StoredConversation(KEY, {"flow": "report", "pending": "æ"}))
    assert uow.conversations.get(KEY) == StoredConversation(KEY, {"flow": "report", "pending": "æ"}, 1)
    uow.conversations.save(StoredConversation(KEY, {}, 1))
    assert uow.conversations.get(KEY) == StoredConversation(KEY, {}, 2)
    for version in (0, 1, 3):
        with pytest.raises(Stale):
            uow.conversations.save(StoredConversation(KEY, {"flow": "none"}, version))
    assert uow.conversations.get(KEY) == StoredConversation(KEY, {}, 2)


@pytest.mark.parametrize("read", [0, 1])
def test_of_two_turns_at_once_one_is_stale(database: Database, read: int) -> None:
    if read:
        with database.unit_of_work() as uow:
            uow.conversations.save(StoredConversation(KEY))
            uow.commit()

    def save(step: str) -> str:
        with database.unit_of_work() as uow:
            uow.conversations.save(StoredConversation(KEY, {"step": step}, read))
            uow.commit()
        return step

    outcomes = at_once(lambda: save("a"), lambda: save("b"))
    assert sorted(type(o) is Stale for o in outcomes) == [False, True]
    winner = next(o for o in outcomes if isinstance(o, str))
    with database.unit_of_work() as uow:
        assert uow.conversations.get(KEY) == StoredConversation(KEY, {"step": winner}, read + 1)
