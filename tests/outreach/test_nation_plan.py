"""How long it takes to plan for many: 40 networks all due at eight, and a town of 600 in the ordinary suite."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bench.nation import build
from domain.clock import OSLO
from domain.outbox import REMINDERS
from domain.outreach.planning.coming import planned
from domain.outreach.planning.planner import plan_due
from domain.ports import UnitOfWork
from storage.database import Database

STEP = datetime(2026, 11, 24, 8, 0, tzinfo=OSLO)
"""A week before the date for needs and after the svarfrist: heads, leaders and channels are all due."""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path}/many.db")
    made.upgrade()
    yield made
    made.close()


@dataclass(frozen=True)
class Figures:
    """Seconds of processor time to plan, to ask again a minute later and to tell beforehand; the most memory in MB."""

    messages: int
    planning: float
    again: float
    telling: float
    memory: float


def measured(database: Database, heads: int, networks: int) -> Figures:
    """Plans the morning of everybody, in one transaction."""
    with database.unit_of_work() as uow:
        nation = build(uow, STEP, "https://teams.example/", heads=heads, networks=networks)
        uow.commit()
    with database.unit_of_work() as uow:
        # What every process has read long before: the register.
        assert len(uow.register.all_people()) > heads
    telling, coming = _timed(database, lambda uow: len(planned(uow, STEP - timedelta(hours=1), 1)))
    planning, added = _timed(database, lambda uow: plan_due(uow, STEP))
    memory = _memory()
    again, more = _timed(database, lambda uow: plan_due(uow, STEP + timedelta(minutes=1)))
    assert (coming, more) == (added, 0)
    with database.unit_of_work() as uow:
        told = uow.outbox.told(REMINDERS, STEP, STEP + timedelta(hours=1))
    assert len(told) == heads + networks
    assert added == len(told) + nation.channels
    return Figures(added, planning, again, telling, memory)


def _timed(database: Database, act: Callable[[UnitOfWork], int]) -> tuple[float, int]:
    began = time.process_time()
    with database.unit_of_work() as uow:
        found = act(uow)
        uow.commit()
    return time.process_time() - began, found


def _memory() -> float:
    """The most memory that this process has had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_a_town_is_planned_at_once(database: Database) -> None:
    """600 heads and 30 channels: a generous bound, for machines that do other things too."""
    found = measured(database, heads=600, networks=4)
    assert found.planning < 5
    assert found.again < 1


@pytest.mark.torture
def test_a_nation_is_planned_in_seconds(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """6,000 heads, 40 leaders and 300 channels in 40 networks, due at eight: under 5 s and 300 MB."""
    found = measured(database, heads=6000, networks=40)
    with capsys.disabled():
        print(
            f"\n{found.messages} messages planned in {found.planning:.2f} s, {found.memory:.0f} MB in all; "
            f"asked again in {found.again * 1000:.0f} ms; told beforehand in {found.telling:.2f} s"
        )
    assert found.planning < 5
    assert found.memory < 300
    assert found.again < 1
