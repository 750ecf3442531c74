"""A register that is read in again."""

from __future__ import annotations

from datetime import timedelta

from bot.data_files import sample_register
from bot.seeding import ROUNDS_FILE, import_register
from domain.clock import local_day
from domain.ports import UnitOfWork
from domain.register.models import Network
from domain.rounds.models import Deadline, DeadlineKind, Round
from domain.rounds.sample import read_rounds
from storage.database import Database
from tests.databases import Databases
from tests.needs.town import NOW

TODAY = local_day(NOW)


def gauldal(uow: UnitOfWork) -> tuple[Network, Round]:
    """The network and its round."""
    network = uow.register.network_by_name("Gauldal")
    assert network is not None
    current = uow.rounds.current(network.id, TODAY)
    assert current is not None
    return network, current


def test_a_round_keeps_its_form_and_what_its_leader_has_confirmed() -> None:
    """What the leader has turned off stays off, the form that needs were begun with stays theirs, and a date that is
    confirmed stays where it is; the file moves the others."""
    databases = Databases()
    database = Database(databases.fresh("sqlite"))
    with database.unit_of_work() as uow:
        import_register(uow, sample_register(), TODAY)
        _, first = gauldal(uow)
        moved = tuple(_a_day_earlier(d, d.kind is DeadlineKind.NEEDS) for d in first.deadlines)
        uow.rounds.save(
            first.model_copy(update={"form_on": False, "form_version": "2026.1", "deadlines": moved})
        )
        import_register(uow, sample_register(), TODAY)
        _, again = gauldal(uow)
    database.close()
    databases.close()
    (file,) = (f for f in read_rounds(sample_register() / ROUNDS_FILE) if f.network == "Gauldal")
    assert file.form_version != "2026.1"
    assert (again.id, again.form_on, again.form_version) == (first.id, False, "2026.1")
    assert again.deadline(DeadlineKind.NEEDS) == moved[0]
    assert again.deadline(DeadlineKind.GRANT_LETTER) == first.deadline(DeadlineKind.GRANT_LETTER)
    assert [d.kind for d in again.deadlines] == [d.kind for d in first.deadlines]


def _a_day_earlier(deadline: Deadline, confirmed: bool) -> Deadline:
    earlier = deadline.day - timedelta(days=1)
    return deadline.model_copy(update={"day": earlier, "confirmed": confirmed})
