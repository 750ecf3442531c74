"""The same small network as delivery's tests have."""

from tests.delivery.conftest import database, filled

__all__ = ["database", "filled"]
