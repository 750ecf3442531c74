"""The same small network as delivery's tests have, and the same town as those of needs."""

from tests.delivery.conftest import database, filled
from tests.needs.conftest import town, work

__all__ = ["database", "filled", "town", "work"]
