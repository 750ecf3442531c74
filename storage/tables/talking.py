"""Who talks to the bot from where, what has been heard, and what is on its way out."""

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
    false,
)

from storage.tables.base import Json, Moment, Words, metadata

account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant_id", String, nullable=False),
    Column("aad_object_id", String, nullable=False),
    Column("person_id", ForeignKey("person.id"), index=True),
    Column("acting_as", ForeignKey("person.id")),
    Column("name", Words),
    Column("email", Words),
    Column("user_id", String),
    Column("service_url", String),
    Column("bot_id", String),
    Column("guest", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("tenant_id", "aad_object_id"),
)

address = Table(
    "address",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant_id", String, nullable=False),
    Column("service_url", String, nullable=False),
    Column("conversation_id", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("bot_id", String, nullable=False),
    Column("user_id", String),
    Column("aad_object_id", String),
    Column("updated_at", Moment, nullable=False),
    Index(None, "tenant_id", "aad_object_id", "kind"),
)

# An id that has been used is never used again: messages on their way out name their channel by it.
binding = Table(
    "binding",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("network_id", ForeignKey("network.id"), nullable=False, index=True),
    Column("tenant_id", String, nullable=False),
    Column("service_url", String, nullable=False),
    Column("conversation_id", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("bot_id", String, nullable=False),
    Column("user_id", String),
    Column("aad_object_id", String),
    Column("bound_by", ForeignKey("person.id"), nullable=False),
    Column("bound_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

access_request = Table(
    "access_request",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant_id", String, nullable=False),
    Column("aad_object_id", String, nullable=False),
    Column("name", Words, nullable=False),
    Column("email", Words, nullable=False),
    Column("role", String, nullable=False),
    Column("scope_kind", String, nullable=False),
    Column("scope_id", Integer, nullable=False),
    Column("network_id", ForeignKey("network.id"), nullable=False),
    Column("state", String, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("answered_by", ForeignKey("person.id")),
    Index(None, "tenant_id", "aad_object_id", "state"),
)

conversation = Table(
    "conversation",
    metadata,
    Column("key", String, primary_key=True),
    Column("state", Json, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("version >= 1", name="version"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("key", String, primary_key=True),
    Column("conversation_id", String),
    Column("type", String),
    Column("activity_id", String),
    Column("answered", Boolean, nullable=False),
    Column("outgoing", Json, nullable=False),
    Column("effect", Json),
    Column("received_at", Moment, nullable=False, index=True),
    Index(None, "conversation_id", "activity_id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("person_id", ForeignKey("person.id")),
    # No foreign key: the message outlives the binding, and is then obsolete.
    Column("binding_id", Integer),
    # NULL when forgotten.
    Column("params", Json),
    Column("due_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("activity_id", String),
    Column("created_at", Moment),
    Column("finished_at", Moment, index=True),
    Index(None, "state", "due_at", "id"),
    Index(None, "person_id", "kind"),
)

send_attempt = Table(
    "send_attempt",
    metadata,
    Column("key", ForeignKey("outbox.key"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("begun_at", Moment, nullable=False),
)

meta = Table(
    "meta",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Words, nullable=False),
)
