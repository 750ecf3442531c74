"""One bot for each module of tests, in a process of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.protocol.town import Town, running

NOW = "2026-11-12T09:00"
"""A Thursday morning on which nobody is reminded of anything."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with running(tmp_path_factory.mktemp("town"), now=NOW) as found:
        yield found
