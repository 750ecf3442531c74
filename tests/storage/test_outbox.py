from __future__ import annotations

from datetime import timedelta

import pytest

from domain.outbox import MessageKind, OutboxMessage, OutboxState
from domain.ports import UnitOfWork
from storage.database import Database
from tests.storage.seeds import NOW, Seeds, at_once, message

HOUR = timedelta(hours=1)


def test_what_is_added_is_got(uow: UnitOfWork, seeds: Seeds) -> None:
    full = message(
        "full",
        kind=MessageKind.CHANNEL_SUMMARY,
        person_id=seeds.people[0].id,
        binding_id=17,
        params={"round": 1, "step": "week"},
        expires_at=NOW + HOUR,
        state=OutboxState.HANDED,
        attempts=2,
        activity_id="1:abc",
        created_at=NOW - HOUR,
        finished_at=NOW,
    )
    assert uow.outbox.add(full)
    assert uow.outbox.get("full") == full
    assert uow.outbox.add(message("bare"))
    assert uow.outbox.get("bare") == message("bare")
    assert uow.outbox.get("other") is None


def test_a_key_is_unique_for_ever(database: Database) -> None:
    with database.unit_of_work() as uow:
        assert uow.outbox.add(message("a"))
        assert not uow.outbox.add(message("a", params={"round": 2}))
        uow.outbox.finish("a", OutboxState.SENT, NOW)
        uow.outbox.purge(NOW + HOUR)
        uow.commit()
    with database.unit_of_work() as uow:
        assert not uow.outbox.add(message("a"))
        assert uow.outbox.add(message("b"))
        uow.commit()
    with database.unit_of_work() as uow:
        assert uow.outbox.known(["a", "b", "c"]) == {"a", "b"}


def test_of_two_who_add_at_once_one_adds(database: Database) -> None:
    def add() -> bool:
        with database.unit_of_work() as uow:
            added = uow.outbox.add(message("same"))
            uow.commit()
            return added

    assert sorted(at_once(add, add, add, add), key=bool) == [False, False, False, True]


def test_many_keys_are_known_at_once(uow: UnitOfWork) -> None:
    keys = [f"key{n}" for n in range(1203)]
    for key in keys:
        uow.outbox.add(message(key))
    assert uow.outbox.known([*keys, "other"]) == set(keys)
    assert uow.outbox.known([]) == set()
    uow.outbox.handed(keys)
    assert uow.outbox.counts()[OutboxState.HANDED] == 1203


def test_many_are_added_at_once(uow: UnitOfWork, seeds: Seeds) -> None:
    """Each as it would be alone; those that are known are not among the keys."""
    uow.outbox.add(message("m3"))
    person = seeds.people[0].id
    found = [message(f"m{n}", person_id=person, params={"round": n}) for n in range(1200)]
    assert uow.outbox.add_all(found) == {m.key for m in found} - {"m3"}
    assert uow.outbox.get("m1199") == found[-1]
    assert uow.outbox.get("m3") == message("m3")
    assert uow.outbox.add_all(found) == set()
    assert uow.outbox.add_all([]) == set()


def test_who_has_been_told_or_will_be(uow: UnitOfWork, seeds: Seeds) -> None:
    """Sent from one moment on, or under way before another; what came to nothing or lapsed has told nobody."""
    ada, bo = seeds.people[0].id, seeds.people[1].id
    kinds = {MessageKind.HEAD_REMINDER, MessageKind.OWNER_REMINDER}

    def told(*given: OutboxMessage) -> set[int]:
        for m in given:
            uow.outbox.add(m)
        found = uow.outbox.told(kinds, NOW, NOW + HOUR)
        for m in given:
            uow.outbox.finish(m.key, OutboxState.OBSOLETE, NOW)
        return found

    head = MessageKind.HEAD_REMINDER
    sent = {"kind": head, "state": OutboxState.SENT}
    assert told(message("a", person_id=ada, kind=head), message("b", person_id=bo, kind=head)) == {ada, bo}
    assert told(message("c", person_id=ada, kind=head, due_at=NOW + 2 * HOUR)) == set()
    assert told(message("d", person_id=ada, kind=head, due_at=NOW - HOUR, expires_at=NOW)) == set()
    assert told(message("e", person_id=ada, finished_at=NOW, **sent)) == {ada}
    assert told(message("f", person_id=ada, finished_at=NOW - HOUR, **sent)) == set()
    assert told(message("g", person_id=ada, kind=MessageKind.NEED_RETURNED)) == set()


def test_due_messages_are_oldest_first(uow: UnitOfWork) -> None:
    uow.outbox.add(message("later", due_at=NOW - HOUR))
    uow.outbox.add(message("z first", due_at=NOW - 2 * HOUR))
    uow.outbox.add(message("a second", due_at=NOW - 2 * HOUR))
    uow.outbox.add(message("now", due_at=NOW))
    uow.outbox.add(message("not yet", due_at=NOW + timedelta(microseconds=1)))
    uow.outbox.add(message("sent", due_at=NOW - HOUR, state=OutboxState.SENT))
    assert [m.key for m in uow.outbox.due(NOW, 10)] == ["z first", "a second", "later", "now"]
    assert [m.key for m in uow.outbox.due(NOW, 2)] == ["z first", "a second"]


def test_only_what_waits_is_handed_on(uow: UnitOfWork) -> None:
    uow.outbox.add(message("a"))
    uow.outbox.add(message("b"))
    uow.outbox.add(message("c", state=OutboxState.SENT))
    uow.outbox.handed(["a", "c"])
    uow.outbox.handed([])
    assert [m.key for m in uow.outbox.due(NOW, 10)] == ["b"]
    assert uow.outbox.get("a") == message("a", state=OutboxState.HANDED)
    assert uow.outbox.get("c") == message("c", state=OutboxState.SENT)


def test_an_end_is_recorded(uow: UnitOfWork) -> None:
    uow.outbox.add(message("a"))
    uow.outbox.finish("a", OutboxState.SENT, NOW, "1:abc")
    ended = message("a", state=OutboxState.SENT, finished_at=NOW, activity_id="1:abc")
    assert uow.outbox.get("a") == ended
    assert uow.outbox.due(NOW, 10) == []


def test_an_attempt_is_begun_once(database: Database) -> None:
    with database.unit_of_work() as uow:
        uow.outbox.add(message("a"))
        assert uow.outbox.claim_attempt("a", 0, NOW)
        uow.commit()
    with database.unit_of_work() as uow:
        assert not uow.outbox.claim_attempt("a", 0, NOW)
        assert uow.outbox.claim_attempt("a", 1, NOW)
        assert uow.outbox.get("a") == message("a", attempts=2)


def test_messages_are_counted_by_state(uow: UnitOfWork) -> None:
    assert set(uow.outbox.counts().values()) == {0}
    for key, state in (("a", OutboxState.WAITING), ("b", OutboxState.WAITING), ("c", OutboxState.FAILED)):
        uow.outbox.add(message(key, state=state))
    assert uow.outbox.counts() == {s.value: 0 for s in OutboxState} | {"waiting": 2, "failed": 1}


def test_finished_messages_lose_their_parameters(uow: UnitOfWork) -> None:
    for key in ("old", "new", "waiting"):
        uow.outbox.add(message(key, params={"round": 1}))
        uow.outbox.claim_attempt(key, 1, NOW)
    uow.outbox.finish("old", OutboxState.SENT, NOW - HOUR)
    uow.outbox.finish("new", OutboxState.SENT, NOW)
    assert uow.outbox.purge(NOW) == 1
    assert uow.outbox.purge(NOW) == 0
    params = {key: uow.outbox.get(key).params for key in ("old", "new", "waiting")}  # type: ignore[union-attr]
    assert params == {"old": {}, "new": {"round": 1}, "waiting": {"round": 1}}
    assert not uow.outbox.claim_attempt("new", 1, NOW)


def test_a_moment_without_time_zone_is_refused(uow: UnitOfWork) -> None:
    with pytest.raises(Exception, match="without a time zone"):
        uow.outbox.add(message("a", due_at=NOW.replace(tzinfo=None)))


def test_messages_are_counted_by_kind_and_state(uow: UnitOfWork, seeds: Seeds) -> None:
    uow.outbox.add(message("a", kind=MessageKind.HEAD_REMINDER))
    uow.outbox.add(message("b", kind=MessageKind.HEAD_REMINDER))
    uow.outbox.add(message("c", kind=MessageKind.MOVED_HERE))
    uow.outbox.finish("b", OutboxState.SENT, NOW)
    assert uow.outbox.counts_by_kind() == {
        (MessageKind.HEAD_REMINDER, OutboxState.WAITING): 1,
        (MessageKind.HEAD_REMINDER, OutboxState.SENT): 1,
        (MessageKind.MOVED_HERE, OutboxState.WAITING): 1,
    }
