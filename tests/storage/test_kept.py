"""What is kept between units of work is asked for once, and never outlives a change, wherever it was made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import event

from storage.database import Database
from storage.kept import MOST, Kept
from tests.rounds.contract import make_round
from tests.storage.seeds import Seeds

TODAY = date(2026, 11, 22)


@pytest.fixture
def elsewhere(database: Database) -> Iterator[Database]:
    """Another process on the same database."""
    other = Database(database.engine.url.render_as_string(hide_password=False))
    yield other
    other.close()


def _form(database: Database, network_id: int) -> str:
    with database.unit_of_work() as uow:
        found = uow.rounds.current(network_id, TODAY)
        assert found is not None
        return found.form_version


def _change(database: Database, network_id: int, version: str, *, commit: bool) -> str:
    with database.unit_of_work() as uow:
        uow.rounds.save(make_round(network_id).model_copy(update={"form_version": version}))
        seen = uow.rounds.current(network_id, TODAY)
        if commit:
            uow.commit()
    assert seen is not None
    return seen.form_version


def test_it_is_read_once(database: Database, seeds: Seeds) -> None:
    network = seeds.networks[0].id
    _form(database, network)
    read: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *arguments: read.append(arguments[2]))
    with database.unit_of_work() as uow:
        uow.rounds.current(network, TODAY)
        uow.inquiries.published(network)
    with database.unit_of_work() as uow:
        uow.rounds.current(network, TODAY)
        uow.inquiries.published(network)
    assert [one for one in read if "round" in one] == []
    assert len([one for one in read if "published_answer" in one]) == 1


def test_a_change_is_seen_by_itself_and_then_by_all(
    database: Database, elsewhere: Database, seeds: Seeds
) -> None:
    network = seeds.networks[0].id
    before = _form(database, network)
    assert _form(elsewhere, network) == before
    assert _change(elsewhere, network, "2030.1", commit=True) == "2030.1"
    assert _form(elsewhere, network) == "2030.1"
    assert _form(database, network) == "2030.1"


def test_what_was_rolled_back_is_seen_by_nobody_else(database: Database, seeds: Seeds) -> None:
    network = seeds.networks[0].id
    before = _form(database, network)
    assert _change(database, network, "2030.1", commit=False) == "2030.1"
    assert _form(database, network) == before


def test_a_second_change_in_one_unit_of_work_after_a_commit(database: Database, seeds: Seeds) -> None:
    network = seeds.networks[0].id
    with database.unit_of_work() as uow:
        for version in ("2030.1", "2030.2"):
            uow.rounds.save(make_round(network).model_copy(update={"form_version": version}))
            uow.commit()
    assert _form(database, network) == "2030.2"


def test_a_reading_of_an_older_version_is_not_given_to_newer_ones() -> None:
    kept = Kept()

    def slow() -> str:
        assert kept.get("a", "2", lambda: "new") == "new"  # somebody else, meanwhile
        return "old"

    assert kept.get("a", "1", slow) == "old"
    assert kept.get("a", "2", lambda: "read again") == "new"


def test_it_does_not_grow_for_ever() -> None:
    kept = Kept()
    for number in range(MOST + 5):
        kept.get(number, "1", lambda: 0)
    assert kept.get(MOST + 4, "1", lambda: 1) == 0
    assert kept.get(0, "1", lambda: 1) == 1
