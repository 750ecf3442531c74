from __future__ import annotations

import pytest

from domain.register.memory import MemoryRegister
from domain.register.repository import RegisterRepository
from tests.register.contract import TODAY, RegisterContract
from tests.register.registers import SMALL


class TestMemoryRegister(RegisterContract):
    @pytest.fixture
    def register(self) -> RegisterRepository:
        return MemoryRegister(lambda: TODAY)


def test_it_can_start_filled() -> None:
    assert MemoryRegister(lambda: TODAY, SMALL).export() == SMALL.in_order()


def test_an_import_that_fails_changes_nothing() -> None:
    register = MemoryRegister(lambda: TODAY, SMALL)
    dangling = SMALL.model_copy(update={"owners": SMALL.owners[:1]})
    with pytest.raises(KeyError):
        register.replace_all(dangling)
    assert register.export() == SMALL.in_order()
