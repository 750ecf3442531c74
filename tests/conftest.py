"""The order of the tests: the slow ones first, so that the workers end at about the same time."""

from __future__ import annotations

import pytest

SLOW_FIRST = ("tests/client/", "tests/protocol/", "tests/delivery/", "tests/storage/", "tests/transcripts/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """By folder, otherwise as collected."""
    items.sort(key=lambda item: next((n for n, f in enumerate(SLOW_FIRST) if item.nodeid.startswith(f)), 99))
