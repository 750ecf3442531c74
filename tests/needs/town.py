"""The sample register in a real database, and needs put straight into any state."""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from bot.data_files import sample_register
from bot.seeding import import_register
from domain.clock import local_day
from domain.needs.models import NeedsReport, OwnersReport, OwnersStatus, Status
from domain.ports import UnitOfWork
from domain.register.models import Kindergarten, Network
from storage.database import Database
from tests.databases import Databases
from tests.protocol.need import ANSWERS

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
COMPLETE: dict[str, Any] = {**ANSWERS, "title": "Lek for alle"}
UNSENT = frozenset({Status.DRAFT})


@dataclass
class Town:
    """People, kindergartens and networks by name."""

    database: Database
    people: dict[str, int]
    places: dict[str, Kindergarten]
    networks: dict[str, Network]
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @contextmanager
    def tried(self) -> Iterator[UnitOfWork]:
        """A unit of work that leaves nothing behind."""
        with self.database.unit_of_work() as uow:
            yield uow

    def need(self, uow: UnitOfWork, status: Status, place: str = "Solbakken", **changes: Any) -> NeedsReport:
        """A need in this state, as if it had come there by the usual way."""
        kindergarten = self.places[place]
        network = uow.register.network_of_kindergarten(kindergarten.id)
        current = uow.rounds.current(network.id, local_day(NOW))
        assert current is not None
        sent = status not in UNSENT
        values: dict[str, Any] = {
            "id": 0,
            "round_id": current.id,
            "kindergarten_id": kindergarten.id,
            "status": status,
            "revision": int(sent),
            "number": f"T-{next(self.numbers):03d}" if sent else None,
            "submitted_at": NOW if sent else None,
            "answers": COMPLETE,
            "form_version": current.form_version,
            "created_by": self.people["Kari Nordli"],
            "created_at": NOW,
            "updated_at": NOW,
        }
        return uow.needs.add(NeedsReport.model_validate(values | changes))

    def sent(self, uow: UnitOfWork, *needs: NeedsReport, **changes: Any) -> OwnersReport:
        """The owner's consolidated report with these needs, in this order."""
        kindergarten = uow.register.kindergarten(needs[0].kindergarten_id)
        values: dict[str, Any] = {
            "id": 0,
            "round_id": needs[0].round_id,
            "network_id": uow.register.network_of_kindergarten(kindergarten.id).id,
            "owner_id": kindergarten.owner_id,
            "status": OwnersStatus.SENT,
            "report_ids": tuple(n.id for n in needs),
            "created_by": self.people["Per Aune"],
            "updated_at": NOW,
            "sent_at": NOW,
        }
        return uow.owners_reports.add(OwnersReport.model_validate(values | changes))

    def waiting(self, uow: UnitOfWork, name: str) -> list[str]:
        """The kinds of messages that wait for somebody, oldest first."""
        return [m.kind.value for m in uow.outbox.due(NOW, 500) if m.person_id == self.people[name]]


@cache
def _filled() -> Path:
    """A database with the sample register, made once: to copy it is much quicker."""
    folder = tempfile.TemporaryDirectory(prefix="town")
    atexit.register(folder.cleanup)
    file = Path(folder.name) / "filled.db"
    database = Database(Databases.fresh_file(file))
    with database.unit_of_work() as uow:
        import_register(uow, sample_register(), local_day(NOW))
        uow.commit()
    database.close()
    return file


def build(databases: Databases) -> Town:
    """A fresh town on SQLite."""
    database = Database(databases.copy(_filled()))
    with database.unit_of_work() as uow:
        networks = uow.register.networks()
        places = [k for n in networks for k in uow.register.kindergartens_in_network(n.id)]
        return Town(
            database,
            {p.name: p.id for p in uow.register.all_people()},
            {k.name.removesuffix(" barnehage"): k for k in places},
            {n.name: n for n in networks},
        )
