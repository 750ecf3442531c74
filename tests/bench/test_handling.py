"""The big owner's lists ask the database the same few questions, however many kindergartens there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event

from bench import handling
from bench.big_owner import OWNER, STATES, Built, build
from dialogs.conduct import conduct
from dialogs.events import Event, EventKind, Who
from dialogs.turn import World
from domain.address import Address
from domain.needs.owners.desk import View
from domain.scheme.answers import Scheme
from domain.scheme.prepared import prepared
from storage.database import Database
from tests.databases import Databases

FEW, MANY = 20, 400
MOST_STATEMENTS = 20
"""Of the first turn of somebody, with who it is, what they have missed, the conversation's state and the round."""

Held = dict[int, tuple[Database, Built]]


@pytest.fixture(scope="module")
def held() -> Iterator[Held]:
    """A small register and a large one."""
    databases = Databases()
    found: Held = {}
    for kindergartens in (FEW, MANY):
        database = Database(databases.fresh("sqlite"))
        with database.unit_of_work() as uow:
            found[kindergartens] = database, build(uow, kindergartens, handling.NOW)
            uow.commit()
    yield found
    for database, _ in found.values():
        database.close()
    databases.close()


@pytest.fixture(scope="module")
def world() -> World:
    return World(Scheme(prepared()), local=True, sign=lambda claims: "token")


@pytest.mark.parametrize(
    "asked",
    [
        "hei",
        "til behandling",
        "svarfrist",
        {"verb": "to_handle", "page": 3},
        {"verb": "to_handle", "view": View.UNANSWERED.value},
    ],
)
def test_a_turn_asks_no_more_for_many_than_for_few(
    held: Held, world: World, asked: str | dict[str, Any]
) -> None:
    few, many = (statements(held[n][0], world, asked) for n in (FEW, MANY))
    assert few == many
    assert many <= MOST_STATEMENTS


def statements(database: Database, world: World, asked: str | dict[str, Any]) -> int:
    """How many statements a turn takes."""
    count = 0

    def counted(*_: Any) -> None:
        nonlocal count
        count += 1

    payload = {} if isinstance(asked, str) else asked
    turn = Event(
        key="k",
        kind=EventKind.PRESSED if payload else EventKind.SAID,
        activity_id="1",
        address=Address("t", "http://127.0.0.1/", "a:o", "personal", "b", "29:o", "o"),
        who=Who("t", "o", OWNER[0], (OWNER[1],)),
        text=asked if isinstance(asked, str) else "",
        payload=payload,
        reply_to=None,
    )
    event.listen(database.engine, "before_cursor_execute", counted)
    try:
        with database.unit_of_work() as uow:
            conduct(turn, uow, handling.NOW, world)
    finally:
        event.remove(database.engine, "before_cursor_execute", counted)
    return count


def test_there_is_something_of_everything(held: Held) -> None:
    """A register in which one state is missing would measure less than it says."""
    database, built = held[FEW]
    wanted = [s for s in STATES if s is not None]
    with database.unit_of_work() as uow:
        current = uow.rounds.current(uow.register.networks()[0].id, handling.NOW.date())
        assert current is not None
        found = uow.needs.in_round(current.id, wanted)
    assert len(built.waiting) == STATES.count(wanted[0])
    assert {n.status for n in found} == set(wanted)
