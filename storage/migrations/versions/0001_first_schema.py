"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """Names of constraints and indexes follow the convention in `storage.tables.base`."""
    _participants()
    _rounds()
    _needs()
    _owners_reports()
    _identity()
    _conversations()
    _messages()


def _participants() -> None:
    op.create_table(
        "network",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String, nullable=False, unique=True),
        sa.Column("county", sa.String, nullable=False),
        sa.Column("uh", JSON, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_table(
        "municipality",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String, nullable=False, unique=True),
        sa.Column("network_id", sa.Integer, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_table(
        "owner",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("orgnr", sa.String, nullable=False, unique=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("ownership", sa.String, nullable=False),
        sa.Column("municipality_id", sa.Integer, sa.ForeignKey("municipality.id"), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_table(
        "kindergarten",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("orgnr", sa.String, nullable=False, unique=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("municipality_id", sa.Integer, sa.ForeignKey("municipality.id"), nullable=False),
        sa.Column("owner_id", sa.Integer, sa.ForeignKey("owner.id"), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("email", sa.String, nullable=False, unique=True),
    )
    op.create_table(
        "role_assignment",
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("role", sa.String, primary_key=True),
        sa.Column("scope_kind", sa.String, primary_key=True),
        sa.Column("scope_id", sa.Integer, primary_key=True, autoincrement=False),
    )


def _rounds() -> None:
    op.create_table(
        "round",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("network_id", sa.Integer, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("label", sa.String, nullable=False),
        sa.Column("starts", sa.Date, nullable=False),
        sa.Column("ends", sa.Date, nullable=False),
        sa.Column("deadlines", JSON, nullable=False),
        sa.Column("form_version", sa.String, nullable=False),
        sa.UniqueConstraint("network_id", "label"),
        sa.Index(None, "starts", "ends"),
    )
    op.create_table(
        "receipt_counter",
        sa.Column("round_id", sa.Integer, sa.ForeignKey("round.id"), primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
    )


def _needs() -> None:
    op.create_table(
        "needs_report",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("round_id", sa.Integer, sa.ForeignKey("round.id"), nullable=False),
        sa.Column("kindergarten_id", sa.Integer, sa.ForeignKey("kindergarten.id"), nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("form_version", sa.String, nullable=False),
        sa.Column("number", sa.String),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.Column("comment", sa.String),
        sa.Column("created_by", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("submitted_at", MOMENT),
        sa.UniqueConstraint("round_id", "number"),
        sa.Index(None, "round_id", "kindergarten_id"),
        sa.CheckConstraint("version >= 1", name="version"),
    )
    op.create_table(
        "needs_revision",
        sa.Column("report_id", sa.Integer, sa.ForeignKey("needs_report.id"), primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("content", JSON, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id")),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("subject_id", sa.Integer, nullable=False),
        sa.Column("before", sa.String),
        sa.Column("after", sa.String, nullable=False),
        sa.Column("note", sa.String),
        sa.Index(None, "subject", "subject_id"),
    )


def _owners_reports() -> None:
    op.create_table(
        "owners_report",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("round_id", sa.Integer, sa.ForeignKey("round.id"), nullable=False),
        sa.Column("network_id", sa.Integer, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("owner_id", sa.Integer, sa.ForeignKey("owner.id"), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("report_ids", JSON, nullable=False),
        sa.Column("number", sa.String),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.Column("created_by", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.UniqueConstraint("owner_id", "network_id", "round_id", "sequence"),
        sa.Index(None, "round_id"),
        sa.CheckConstraint("version >= 1", name="version"),
        sa.CheckConstraint("sequence >= 0", name="sequence"),
    )


def _identity() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("tenant_id", sa.String, nullable=False),
        sa.Column("aad_object_id", sa.String, nullable=False),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), index=True),
        sa.Column("acting_as", sa.Integer, sa.ForeignKey("person.id")),
        sa.Column("name", sa.String),
        sa.Column("email", sa.String),
        sa.UniqueConstraint("tenant_id", "aad_object_id"),
    )
    op.create_table(
        "address",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("tenant_id", sa.String, nullable=False),
        sa.Column("service_url", sa.String, nullable=False),
        sa.Column("conversation_id", sa.String, nullable=False, unique=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("bot_id", sa.String, nullable=False),
        sa.Column("user_id", sa.String),
        sa.Column("aad_object_id", sa.String),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Index(None, "tenant_id", "aad_object_id", "kind"),
    )
    op.create_table(
        "binding",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("network_id", sa.Integer, sa.ForeignKey("network.id"), nullable=False, index=True),
        sa.Column("tenant_id", sa.String, nullable=False),
        sa.Column("service_url", sa.String, nullable=False),
        sa.Column("conversation_id", sa.String, nullable=False, unique=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("bot_id", sa.String, nullable=False),
        sa.Column("user_id", sa.String),
        sa.Column("aad_object_id", sa.String),
        sa.Column("bound_by", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("bound_at", MOMENT, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "access_request",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("tenant_id", sa.String, nullable=False),
        sa.Column("aad_object_id", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("scope_kind", sa.String, nullable=False),
        sa.Column("scope_id", sa.Integer, nullable=False),
        sa.Column("network_id", sa.Integer, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("answered_by", sa.Integer, sa.ForeignKey("person.id")),
        sa.Index(None, "tenant_id", "aad_object_id", "state"),
    )


def _conversations() -> None:
    op.create_table(
        "conversation",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("state", JSON, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("version >= 1", name="version"),
    )
    op.create_table(
        "inbox",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("conversation_id", sa.String),
        sa.Column("type", sa.String),
        sa.Column("activity_id", sa.String),
        sa.Column("answered", sa.Boolean, nullable=False),
        sa.Column("outgoing", JSON, nullable=False),
        sa.Column("effect", JSON),
        sa.Column("received_at", MOMENT, nullable=False, index=True),
        sa.Index(None, "conversation_id", "activity_id"),
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.String, nullable=False),
    )


def _messages() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String, nullable=False, unique=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id")),
        sa.Column("binding_id", sa.Integer),
        sa.Column("params", JSON),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("activity_id", sa.String),
        sa.Column("created_at", MOMENT),
        sa.Column("finished_at", MOMENT, index=True),
        sa.Index(None, "state", "due_at", "id"),
    )
    op.create_table(
        "send_attempt",
        sa.Column("key", sa.String, sa.ForeignKey("outbox.key"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("begun_at", MOMENT, nullable=False),
    )
