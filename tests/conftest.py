"""The order of the files, so that the workers are all busy and end at about the same time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings

# How long an example takes says more about the machine than about the code; what is to be quick has a test that counts.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")

WAITING: Final = ("tests/client/", "tests/protocol/", "tests/delivery/")
"""Folders whose tests mostly wait, for a browser, another process or a second to pass; the longest first."""

LONG: Final = (
    *("tests/transcripts/", "tests/storage/test_register.py", "tests/messages/test_page.py"),
    *("tests/outreach/test_year.py", "tests/scheme/test_questions.py", "tests/inquiries/", "tests/messages/"),
    *("tests/bench/", "tests/dialogs/", "tests/needs/", "tests/storage/", "tests/outreach/"),
)
"""What takes long among what mostly computes; the longest first."""


AGAIN: Final = {"by_the_clock": 2, "client": 1}
"""How often a test with this mark is tried again: what it asserts hangs on how busy the machine is. Those with processes
of their own (WAITING) are tried again once."""


class _Backwards(pytest.Package):
    """A folder that is gone through from its end."""

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        return reversed(list(super().collect()))


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Every other worker begins at the end: what one has compiled, half of a checkout, the other finds compiled."""
    if os.environ.get("PYTEST_XDIST_WORKER", "")[-1:] in tuple("13579") and (path / "__init__.py").exists():
        return _Backwards.from_parent(parent, path=path)
    return None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Orders the files, the same in every worker, and says which tests are tried again."""
    items.sort(key=_file)
    yield
    for item in items:
        marked = max((AGAIN[m.name] for m in item.iter_markers() if m.name in AGAIN), default=0)
        if times := max(marked, int(_file(item).startswith(WAITING))):
            item.add_marker(pytest.mark.flaky(reruns=times))
    _order(items)


def _file(item: pytest.Item) -> str:
    return item.nodeid.split("::")[0]


def _order(items: list[pytest.Item]) -> None:
    """By file: one that waits and one that computes in turn, those that take long before the others."""
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(_file(item), []).append(item)
    waiting = sorted((f for f in files if f.startswith(WAITING)), key=lambda f: _place(f, WAITING))
    others = sorted((f for f in files if not f.startswith(WAITING)), key=lambda f: _place(f, LONG))
    order = chain.from_iterable(zip_longest(waiting, others))
    items[:] = [item for file in order if file is not None for item in files[file]]


def _place(file: str, among: tuple[str, ...]) -> int:
    return next((n for n, beginning in enumerate(among) if file.startswith(beginning)), len(among))


def pytest_unconfigure() -> None:
    """Ends the PostgreSQL server of this process, if there is one."""
    # Not imported for this: the process that only hands out the tests needs nothing of it.
    if (used := sys.modules.get("tests.databases")) is not None:
        used.Databases.end_shared()
