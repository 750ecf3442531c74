"""The stage that most conversations here are played on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.transcripts.stage import Stage, oslo


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A week before the svarfrist."""
    made = Stage(tmp_path, oslo("2026-11-10 09:00"))
    yield made
    made.close()
