"""Questions to leaders, questions that nobody could answer, and answers shared with a network.

An id that has been used is never used again: the audit names rows that have been deleted.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from storage.tables.base import Moment, Words, metadata

inquiry = Table(
    "inquiry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("network_id", ForeignKey("network.id"), nullable=False),
    Column("asker", ForeignKey("person.id"), nullable=False),
    Column("role", String, nullable=False),
    Column("question", Words, nullable=False),
    Column("key", String, nullable=False),
    Column("state", String, nullable=False),
    Column("answer", Words),
    Column("asked_at", Moment, nullable=False),
    Column("closed_by", ForeignKey("person.id")),
    Column("closed_at", Moment),
    Column("version", Integer, nullable=False),
    UniqueConstraint("network_id", "asker", "key"),
    Index(None, "network_id", "state"),
    CheckConstraint("version >= 1", name="version"),
    sqlite_autoincrement=True,
)

unanswered_question = Table(
    "unanswered_question",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("network_id", ForeignKey("network.id"), nullable=False),
    Column("key", String, nullable=False),
    Column("text", Words, nullable=False),
    Column("count", Integer, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    UniqueConstraint("network_id", "key"),
    sqlite_autoincrement=True,
)

published_answer = Table(
    "published_answer",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("network_id", ForeignKey("network.id"), nullable=False, index=True),
    Column("question", Words, nullable=False),
    Column("answer", Words, nullable=False),
    Column("answered_on", Date, nullable=False),
    # No foreign key: what is shared outlives the question that it came from.
    Column("inquiry_id", Integer, unique=True),
    sqlite_autoincrement=True,
)
