"""Needs, the owners' consolidated reports, and the audit of every change of state."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from storage.tables.base import Json, Moment, Words, metadata

needs_report = Table(
    "needs_report",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("round_id", ForeignKey("round.id"), nullable=False),
    Column("kindergarten_id", ForeignKey("kindergarten.id"), nullable=False),
    Column("status", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("answers", Json, nullable=False),
    Column("form_version", String, nullable=False),
    Column("number", String),
    Column("late", Boolean, nullable=False),
    Column("comment", Words),
    Column("created_by", ForeignKey("person.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("submitted_at", Moment),
    UniqueConstraint("round_id", "number"),
    Index(None, "round_id", "kindergarten_id"),
    CheckConstraint("version >= 1", name="version"),
)

needs_revision = Table(
    "needs_revision",
    metadata,
    Column("report_id", ForeignKey("needs_report.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("content", Json, nullable=False),
)

receipt_counter = Table(
    "receipt_counter",
    metadata,
    Column("round_id", ForeignKey("round.id"), primary_key=True),
    Column("last", Integer, nullable=False),
)

owners_report = Table(
    "owners_report",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("round_id", ForeignKey("round.id"), nullable=False),
    Column("network_id", ForeignKey("network.id"), nullable=False),
    Column("owner_id", ForeignKey("owner.id"), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("status", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("answers", Json, nullable=False),
    Column("report_ids", Json, nullable=False),
    Column("number", String),
    Column("late", Boolean, nullable=False),
    Column("created_by", ForeignKey("person.id"), nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("sent_at", Moment),
    UniqueConstraint("owner_id", "network_id", "round_id", "sequence"),
    Index(None, "round_id"),
    CheckConstraint("version >= 1", name="version"),
    CheckConstraint("sequence >= 0", name="sequence"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("person_id", ForeignKey("person.id")),
    Column("role", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("subject_id", Integer, nullable=False),
    Column("before", String),
    Column("after", String, nullable=False),
    Column("note", Words),
    Index(None, "subject", "subject_id"),
)
