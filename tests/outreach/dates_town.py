"""The sample register's network in November, with what has been sent and what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

import pytest

from bot.data_files import sample_register
from bot.seeding import import_register
from domain.address import Address
from domain.clock import OSLO
from domain.outbox import MessageKind, OutboxMessage, OutboxState
from domain.outreach.content import Content, content_of
from domain.outreach.dates import moving as moving_dates
from domain.outreach.dates.notices import DateChanged
from domain.outreach.planning.facts import facts_of
from domain.outreach.planning.plan import plan
from domain.ports import UnitOfWork
from domain.rounds.confirming import days_of
from domain.rounds.models import DeadlineKind, Round
from storage.database import Database
from tests.databases import Databases

INGRID, TUVA, PER, KARI, OLA = "Ingrid Moen", "Tuva Sørgård", "Per Aune", "Kari Nordli", "Ola Fossen"
NEEDS, BASIS = DeadlineKind.NEEDS, DeadlineKind.DECISION_BASIS
OLD, NEW = date(2026, 12, 1), date(2026, 12, 4)
K = MessageKind


def oslo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


NOW = oslo("2026-11-05 12:00")
"""Twelve days before the svarfrist, when heads have been reminded once."""


@pytest.fixture(scope="module")
def databases() -> Iterator[Databases]:
    made = Databases()
    yield made
    made.close()


@pytest.fixture(scope="module")
def filled(databases: Databases) -> Iterator[Callable[[str], Database]]:
    """Gives a database with the sample register, made once for each backend: no test of it commits."""
    made: dict[str, Database] = {}

    def give(backend: str) -> Database:
        if backend not in made:
            made[backend] = Database(databases.fresh(backend), lambda: NOW.date())
            with made[backend].unit_of_work() as uow:
                import_register(uow, sample_register(), NOW.date())
                uow.commit()
        return made[backend]

    yield give
    for database in made.values():
        database.close()


@pytest.fixture
def backend() -> str:
    """SQLite, unless a test asks for both."""
    return "sqlite"


@dataclass
class Town:
    """A unit of work on the sample register, and its people by name."""

    uow: UnitOfWork
    people: dict[str, int]
    network: int

    @property
    def round(self) -> Round:
        """Gauldal's, as it is stored."""
        found = self.uow.rounds.current(self.network, NOW.date())
        assert found is not None
        return self.uow.rounds.get(found.id)

    def planned(self, kind: MessageKind, name: str | None, step: str, now: datetime = NOW) -> OutboxMessage:
        """What the schedule says to somebody, or into the channel, at a step."""
        person = self.people[name] if name else None
        return next(
            m
            for m in plan(facts_of(self.uow, self.round, now))
            if (m.kind, m.person_id, m.params["step"]) == (kind, person, step)
        )

    def sent(self, kind: MessageKind, name: str | None, step: str) -> OutboxMessage:
        """The same, told."""
        message = self.planned(kind, name, step)
        self.uow.outbox.add(message)
        self.uow.outbox.finish(message.key, OutboxState.SENT, NOW)
        return message

    def move(self, day: date, now: datetime = NOW, by: str = INGRID) -> moving_dates.Changed:
        """The date for needs, by a leader who sees it as it is."""
        seen = days_of(self.round)
        return moving_dates.move(self.uow, self.people[by], self.round.id, {NEEDS: day}, seen, now)

    def waiting(self, now: datetime = NOW) -> dict[str, Content | None]:
        """What waits, by the name of the recipient, as it would be said now."""
        names = {i: n for n, i in self.people.items()}
        return {
            names.get(m.person_id or 0, "kanal"): content_of(self.uow, m, now)
            for m in self.uow.outbox.due(now, 100)
        }

    def deliver(self, now: datetime = NOW) -> dict[str, str]:
        """Sends what is still needed; who got which days."""
        names = {i: n for n, i in self.people.items()}
        told = {}
        for message in self.uow.outbox.due(now, 100):
            content = content_of(self.uow, message, now)
            state = OutboxState.SENT if content is not None else OutboxState.OBSOLETE
            if isinstance(content, DateChanged):
                told[names.get(message.person_id or 0, "kanal")] = f"{content.was:%d.%m} {content.day:%d.%m}"
            self.uow.outbox.finish(message.key, state, now)
        return told


@pytest.fixture
def town(filled: Callable[[str], Database], backend: str) -> Iterator[Town]:
    with filled(backend).unit_of_work() as uow:
        network = uow.register.network_by_name("Gauldal")
        assert network is not None
        people = {p.name: p.id for p in uow.register.all_people()}
        channel = Address("t", "http://127.0.0.1/", "19:g", "channel", "bot", "29:i", "i")
        uow.identity.bind(network.id, channel, people[INGRID], NOW)
        yield Town(uow, people, network.id)
