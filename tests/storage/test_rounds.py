from __future__ import annotations

from datetime import date

import pytest

from domain.ports import UnitOfWork
from domain.rounds.repository import RoundRepository
from storage.database import Database
from tests.register.registers import SMALL
from tests.rounds.contract import RoundContract, make_round
from tests.storage.seeds import Seeds

TODAY = date(2026, 11, 22)


class TestSqlRounds(RoundContract):
    @pytest.fixture
    def networks(self, uow: UnitOfWork) -> tuple[int, int]:
        uow.register.replace_all(SMALL)
        first, second = uow.register.networks()
        return first.id, second.id

    @pytest.fixture
    def rounds(self, uow: UnitOfWork) -> RoundRepository:
        return uow.rounds


def test_a_round_is_seen_anew_after_a_change(database: Database, seeds: Seeds) -> None:
    network = seeds.networks[0]
    with database.unit_of_work() as uow:
        before = uow.rounds.current(network.id, TODAY)
        assert before is not None
        uow.rounds.save(make_round(network.id).model_copy(update={"form_version": "2026.2"}))
        after = uow.rounds.current(network.id, TODAY)
        assert after == before.model_copy(update={"form_version": "2026.2"})
    with database.unit_of_work() as uow:
        assert uow.rounds.current(network.id, TODAY) == before
