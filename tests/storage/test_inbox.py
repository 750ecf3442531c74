from __future__ import annotations

from datetime import timedelta

import pytest

from domain.needs.errors import Stale
from domain.ports import StoredTurn, UnitOfWork
from storage.database import Database
from tests.storage.seeds import NOW, at_once

KEY = "a:1|b|message|1669|"


def test_a_turn_is_kept(uow: UnitOfWork) -> None:
    turn = StoredTurn(KEY, False, [{"text": "Hei «du»"}], {"report": 4, "field": "title"})
    uow.inbox.add(turn, NOW)
    assert uow.inbox.get(KEY) == turn
    assert uow.inbox.get("a:1|b|message|1670|") is None
    uow.inbox.answered(KEY)
    assert uow.inbox.get(KEY) == StoredTurn(KEY, True, turn.outgoing, turn.effect)


def test_a_known_key_is_stale_and_the_first_stays(uow: UnitOfWork) -> None:
    uow.inbox.add(StoredTurn(KEY, True, []), NOW)
    with pytest.raises(Stale):
        uow.inbox.add(StoredTurn(KEY, False, [{"text": "igjen"}]), NOW)
    assert uow.inbox.get(KEY) == StoredTurn(KEY, True, [])


def test_of_two_processes_one_is_first(database: Database) -> None:
    def act(text: str) -> str:
        with database.unit_of_work() as uow:
            uow.meta.set("acted", text)
            uow.inbox.add(StoredTurn(KEY, False, [{"text": text}]), NOW)
            uow.commit()
        return text

    outcomes = at_once(lambda: act("a"), lambda: act("b"), lambda: act("c"))
    winners = [o for o in outcomes if isinstance(o, str)]
    assert len(winners) == 1
    assert all(isinstance(o, Stale) for o in outcomes if o not in winners)
    with database.unit_of_work() as uow:
        assert uow.inbox.get(KEY) == StoredTurn(KEY, False, [{"text": winners[0]}])
        assert uow.meta.get("acted") == winners[0]


def test_the_effect_is_that_of_the_first_event(uow: UnitOfWork) -> None:
    edited = "a:1|b|messageUpdate|1669|2026-11-22T09:31:00Z"
    uow.inbox.add(StoredTurn(edited, True, [], {"report": 5}), NOW - timedelta(hours=1))
    uow.inbox.add(StoredTurn(KEY, True, [], {"report": 4}), NOW)
    uow.inbox.add(StoredTurn("a:1|b|message|1670|", True, []), NOW)
    uow.inbox.add(StoredTurn("other", True, [], {"report": 6}), NOW)
    assert uow.inbox.effect_of("a:1|b", "1669") == {"report": 4}
    assert uow.inbox.effect_of("a:1|b", "1670") is None
    assert uow.inbox.effect_of("a:1|b", "1671") is None
    assert uow.inbox.effect_of("a:2", "1669") is None


def test_old_events_are_forgotten(uow: UnitOfWork) -> None:
    uow.inbox.add(StoredTurn("old", True, []), NOW - timedelta(seconds=1))
    uow.inbox.add(StoredTurn("new", True, []), NOW)
    assert uow.inbox.purge(NOW) == 1
    assert uow.inbox.get("old") is None
    assert uow.inbox.get("new") is not None
