"""Whole conversations, word for word. To approve changed ones: UPDATE_TRANSCRIPTS=1 pytest tests/transcripts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.transcripts.script import play

FOLDER = Path(__file__).parent / "conversations"
SCRIPTS = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: p.stem)
def test_conversation(script: Path, tmp_path: Path) -> None:
    """What comes back is what is written down."""
    written = script.read_text(encoding="utf-8")
    played = play(written, tmp_path)
    if os.environ.get("UPDATE_TRANSCRIPTS"):
        script.write_text(played, encoding="utf-8")
        return
    assert played == written


def test_there_are_conversations() -> None:
    """The folder has not been lost."""
    assert len(SCRIPTS) >= 6
