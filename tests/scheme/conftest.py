"""One scheme for all tests of this folder, and a fixed day."""

from datetime import date

import pytest

from domain.scheme.answers import Scheme
from domain.scheme.model import Description, load
from domain.scheme.prepared import prepared

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def description() -> Description:
    return load()


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    return Scheme(prepared())


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY
