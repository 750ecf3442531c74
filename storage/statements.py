"""Statements that are built once: their values come as parameters.

Building a statement with its values in it, and working out whether it has been compiled before, takes longer
than SQLite needs to run it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, TypeVar

from sqlalchemy import Executable, Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

OLD = "old_"
"""The prefix of parameters that say which row is meant, where the column's own name is the new value."""

_BATCH: Final = 500

T = TypeVar("T")


@cache
def find(table: Table, where: tuple[str, ...]) -> Executable:
    """The rows with these values."""
    return select(table).where(*[table.c[name] == bindparam(name) for name in where])


@cache
def insert(table: Table) -> Executable:
    """Inserts a row and returns its id."""
    return table.insert().returning(table.c.id)


@cache
def insert_new(table: Table, dialect: str) -> Executable:
    """Inserts a row and returns it, or nothing where a unique key has it already."""
    return _dialects_insert(table, dialect).on_conflict_do_nothing().returning(*table.c)


@cache
def insert_many(table: Table, dialect: str, name: str) -> Executable:
    """Inserts rows and returns this column of those that no unique key had already."""
    return _dialects_insert(table, dialect).on_conflict_do_nothing().returning(table.c[name])


@cache
def upsert(table: Table, dialect: str, keys: tuple[str, ...], names: tuple[str, ...]) -> Executable:
    """Inserts a row, or puts these columns into the one that has the keys; returns the row."""
    statement = _dialects_insert(table, dialect)
    changes = {name: statement.excluded[name] for name in names if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changes).returning(*table.c)


@cache
def replace(table: Table, where: tuple[str, ...]) -> Executable:
    """Changes the row with these old values and returns its first column, or nothing if there is none."""
    conditions = [table.c[name] == bindparam(OLD + name) for name in where]
    return table.update().where(*conditions).returning(next(iter(table.c)))


def _dialects_insert(table: Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in parts that fit into one statement."""
    return (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))
