"""One transaction on one connection, opened at the first statement."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, CursorResult, Dialect, Engine, Executable, Row, Table
from sqlalchemy.exc import DBAPIError

from storage import statements
from storage.errors import CommitUnknown, NotQuick
from storage.prepared import Prepared

if TYPE_CHECKING:
    from sqlalchemy import Connection

Values = Mapping[str, Any]


class Session:
    """What the repositories of one unit of work share; `dirty` is set by every write.

    With `quick`, it raises NotQuick at the first statement after so many seconds of processor time.
    """

    def __init__(self, engine: Engine, quick: float | None = None) -> None:
        self._engine = engine
        self._ends = None if quick is None else time.thread_time() + quick
        self._dialect = engine.dialect.name
        self._connection: Connection | None = None
        self._driver: Any = None
        self.dirty = False

    def rows(self, statement: Executable, values: Values | None = None) -> Sequence[Row[Any]]:
        return self._execute(statement, values).all()

    def first(self, statement: Executable) -> Row[Any] | None:
        return self._execute(statement).first()

    def find(self, table: Table, **where: Any) -> Row[Any] | None:
        """The row with these values of a unique key, if there is one."""
        names = tuple(where)
        return self._one(statements.find(table, names), names, _columns(table), where, quick=True)

    def write(self, statement: Executable, rows: Sequence[Values] | None = None) -> None:
        """Runs a statement once, or once for each of the rows; no rows at all is nothing to do."""
        if rows is None or rows:
            self.dirty = True
            self._execute(statement, rows)

    def returning(self, statement: Executable, values: Values | None = None) -> Sequence[Row[Any]]:
        """Runs a statement that writes, and gives the rows that it returns.

        What a write has hit is always asked this way: the count of a result is -1 on psycopg.
        """
        self.dirty = True
        return self._execute(statement, values).all()

    def insert(self, table: Table, values: Values) -> int:
        """Inserts a row and gives its id."""
        row = self._written(statements.insert(table), values, (table.c.id,))
        assert row is not None
        return int(row[0])

    def insert_new(self, table: Table, values: Values) -> Row[Any] | None:
        """Inserts a row and gives it, or None where a unique key has it already.

        A conflict is not an error here: on PostgreSQL that would end the transaction.
        """
        return self._written(statements.insert_new(table, self._dialect), values, _columns(table))

    def insert_many(self, table: Table, name: str, rows: Sequence[Values]) -> list[Any]:
        """Inserts rows and gives this column of those that no unique key had already."""
        self.dirty = True
        statement = statements.insert_many(table, self._dialect, name)
        return [row[0] for row in self._execute(statement, rows).all()] if rows else []

    def upsert(self, table: Table, keys: tuple[str, ...], values: Values) -> Row[Any]:
        """Inserts a row, or puts the values into the row that has these keys; gives the row."""
        statement = statements.upsert(table, self._dialect, keys, tuple(values))
        row = self._written(statement, values, _columns(table))
        assert row is not None
        return row

    def replace(self, table: Table, values: Values, **where: Any) -> bool:
        """Puts the values into the row with these old ones; whether there was such a row."""
        old = {statements.OLD + name: value for name, value in where.items()}
        first = _columns(table)[:1]
        return self._written(statements.replace(table, tuple(where)), {**values, **old}, first) is not None

    def commit(self) -> None:
        """Raises CommitUnknown when the connection is lost on the way."""
        if self._connection is not None:
            try:
                self._connection.commit()
            except DBAPIError as error:
                if error.connection_invalidated:
                    raise CommitUnknown(type(error.orig).__name__) from error
                raise
        self.dirty = False

    def close(self) -> None:
        """Gives the connection back; what has not been committed is rolled back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = self._driver = None
        self.dirty = False

    def _written(
        self, statement: Executable, values: Values, columns: tuple[Column[Any], ...]
    ) -> Row[Any] | None:
        self.dirty = True
        # On PostgreSQL the way to the server costs more than what would be saved, and the usual way knows its errors.
        return self._one(statement, tuple(values), columns, values, quick=self._dialect == "sqlite")

    def _one(
        self,
        statement: Executable,
        names: tuple[str, ...],
        columns: tuple[Column[Any], ...],
        values: Values,
        *,
        quick: bool,
    ) -> Row[Any] | None:
        """The first row that a statement gives."""
        self._look_at_the_time()
        if quick:
            prepared = _prepared(statement, names, columns, self._engine.dialect)
            if self._connection is None or not self._connection.in_transaction():
                self._begin()
            try:
                found: list[Row[Any]] = prepared.rows(self._driver, values)
            except prepared.faults as fault:
                # Not once more on the usual way: the transaction may have ended with it.
                told: Any = DBAPIError.instance(None, None, fault, prepared.faults, hide_parameters=True)
                raise told from fault
            return found[0] if found else None
        return self._execute(statement, values).first()

    def _execute(
        self, statement: Executable, values: Values | Sequence[Values] | None = None
    ) -> CursorResult[Any]:
        self._look_at_the_time()
        if self._connection is None:
            self._begin()
        assert self._connection is not None
        return self._connection.execute(statement, values)

    def _look_at_the_time(self) -> None:
        if self._ends is not None and time.thread_time() > self._ends:
            raise NotQuick

    def _begin(self) -> None:
        if self._connection is None:
            self._connection = self._engine.connect()
            self._driver = self._connection.connection.dbapi_connection
        self._connection.begin()


@cache
def _columns(table: Table) -> tuple[Column[Any], ...]:
    return tuple(table.c)


@lru_cache(maxsize=500)
def _prepared(
    statement: Executable, names: tuple[str, ...], columns: tuple[Column[Any], ...], dialect: Dialect
) -> Prepared:
    return Prepared(statement, names, columns, dialect)
