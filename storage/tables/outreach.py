"""What is kept about reaching people, beyond the messages on their way out."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table

from storage.tables.base import Json, Moment, metadata

reminder_choice = Table(
    "reminder_choice",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("level", String, nullable=False),
    Column("paused_until", Date),
)

task_done = Table(
    "task_done",
    metadata,
    Column("round_id", ForeignKey("round.id"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("scope_kind", String, primary_key=True),
    Column("scope_id", Integer, primary_key=True, autoincrement=False),
    Column("done_by", ForeignKey("person.id"), nullable=False),
    Column("done_at", Moment, nullable=False),
)

# No foreign key to the binding: what is left of one that is gone is never asked for.
posted_summary = Table(
    "posted_summary",
    metadata,
    Column("binding_id", Integer, primary_key=True, autoincrement=False),
    Column("round_id", ForeignKey("round.id"), nullable=False),
    Column("activity_id", String, nullable=False),
    Column("posted_at", Moment, nullable=False),
    Column("shown", Json, nullable=False),
)

unreachable = Table(
    "unreachable",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("reason", String, nullable=False),
    Column("seen_at", Moment, nullable=False),
)
