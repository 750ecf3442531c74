"""What is done to DBOS where it has no setting."""

from __future__ import annotations

import time
from itertools import repeat

import pytest
from dbos import _sys_db
from sqlalchemy.exc import OperationalError

from delivery import engine


def test_a_database_that_was_away_is_soon_looked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_sys_db, "time", time)
    engine._look_again_soon()
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    gone = repeat(OperationalError("SELECT 1", None, Exception("gone"), connection_invalidated=True), 10)

    @_sys_db.db_retry()
    def asked() -> str:
        for error in gone:
            raise error
        return "here"

    assert asked() == "here"
    assert len(pauses) == 10
    assert pauses[0] < 2
    assert max(pauses) == engine.LONGEST_PAUSE
