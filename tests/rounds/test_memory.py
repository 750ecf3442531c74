from __future__ import annotations

import pytest

from domain.rounds.memory import MemoryRounds
from domain.rounds.repository import RoundRepository
from tests.rounds.contract import RoundContract, make_round


class TestMemoryRounds(RoundContract):
    @pytest.fixture
    def rounds(self) -> RoundRepository:
        return MemoryRounds()

    @pytest.fixture
    def networks(self) -> tuple[int, int]:
        return 1, 2


def test_it_can_start_filled() -> None:
    assert MemoryRounds([make_round(1), make_round(2)]).get(2).network_id == 2
