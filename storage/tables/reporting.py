"""Needs, the owners' consolidated reports, and the audit of every change of state."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    false,
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
    Column("reopened", Json, nullable=False),
    Column("assessment", Words),
    Column("rank", Integer),
    Column("source", String, nullable=False, server_default="bot"),
    Column("covers", Json, nullable=False),
    Column("common", Boolean, nullable=False, server_default=false()),
    Column("merged_into", ForeignKey("needs_report.id"), index=True),
    Column("copied_from", ForeignKey("needs_report.id")),
    Column("decided_on", Date),
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
    Column("joint", Json, nullable=False),
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

owner_reply_by = Table(
    "owner_reply_by",
    metadata,
    Column("owner_id", ForeignKey("owner.id"), primary_key=True),
    Column("round_id", ForeignKey("round.id"), primary_key=True),
    Column("day", Date, nullable=False),
)

attachment = Table(
    "attachment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report_id", ForeignKey("needs_report.id"), nullable=False, index=True),
    Column("name", Words, nullable=False),
    Column("media_type", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("added_by", ForeignKey("person.id"), nullable=False),
    Column("added_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

staff_question = Table(
    "staff_question",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kindergarten_id", ForeignKey("kindergarten.id"), nullable=False),
    Column("round_id", ForeignKey("round.id"), nullable=False),
    Column("asked_by", ForeignKey("person.id"), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("conversation_id", String, nullable=False),
    Column("salt", String, nullable=False),
    Column("closed_at", Moment),
    Index(None, "kindergarten_id", "round_id"),
    sqlite_autoincrement=True,
)

staff_answer = Table(
    "staff_answer",
    metadata,
    Column("question_id", ForeignKey("staff_question.id"), primary_key=True),
    Column("respondent", String, primary_key=True),
    Column("themes", Json, nullable=False),
    Column("line", Words),
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
