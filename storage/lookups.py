"""Rows by a unique key, asked of the driver itself.

Compiled once by SQLAlchemy, columns read by its types: a turn asks for five such rows, and each costs a
tenth of what a statement costs on the usual way (9 against 88 µs on SQLite).
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import Dialect, Table

from storage import statements

_Convert = Callable[[Any], Any]


class Lookup:
    """One question: the row of a table that has these values."""

    def __init__(self, table: Table, where: tuple[str, ...], dialect: Dialect) -> None:
        statement: Any = statements.find(table, where)
        compiled = statement.compile(dialect=dialect)
        self._sql: Final = str(compiled)
        self._order: Final[tuple[str, ...] | None] = (
            tuple(compiled.positiontup) if compiled.positional else None
        )
        self._bound: Final = {
            name: convert
            for name in where
            if (convert := table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) is not None
        }
        self._read: Final = [
            (at, convert)
            for at, column in enumerate(table.columns)
            if (convert := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
        ]
        self._row: Final = _row_type(table)
        self.faults: Final[type[Exception]] = dialect.loaded_dbapi.Error

    def find(self, driver: Any, values: Mapping[str, Any]) -> Any:
        """The row, None if there is none, by the driver's own connection. Raises `faults`, the driver's own errors."""
        if self._bound:
            values = {**values, **{name: convert(values[name]) for name, convert in self._bound.items()}}
        asked = values if self._order is None else [values[name] for name in self._order]
        found = driver.execute(self._sql, asked).fetchone()
        if found is None:
            return None
        if self._read:
            found = list(found)
            for at, convert in self._read:
                found[at] = convert(found[at])
        return self._row(*found)


def _row_type(table: Table) -> Any:
    """A row with its columns as attributes, and `_mapping` as SQLAlchemy's rows have it."""
    base: Any = namedtuple("Row", [column.name for column in table.columns])  # type: ignore[misc]
    return type(table.name, (base,), {"__slots__": (), "_mapping": property(lambda row: row._asdict())})
