from __future__ import annotations

from tests.storage.conftest import backend, database, databases, seeds, uow

__all__ = ["backend", "database", "databases", "seeds", "uow"]
