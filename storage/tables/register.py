"""The register and the rounds. Ids are given by the import, which only one transaction at a time may run."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    false,
    true,
)

from storage.tables.base import Json, Words, metadata

network = Table(
    "network",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Words, nullable=False, unique=True),
    Column("county", Words, nullable=False),
    Column("uh", Json, nullable=False),
    Column("active", Boolean, nullable=False),
)

municipality = Table(
    "municipality",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Words, nullable=False, unique=True),
    Column("network_id", ForeignKey("network.id"), nullable=False),
    Column("active", Boolean, nullable=False),
)

owner = Table(
    "owner",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("orgnr", String, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("ownership", String, nullable=False),
    Column("municipality_id", ForeignKey("municipality.id"), nullable=False),
    Column("active", Boolean, nullable=False),
)

kindergarten = Table(
    "kindergarten",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("orgnr", String, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("municipality_id", ForeignKey("municipality.id"), nullable=False),
    Column("owner_id", ForeignKey("owner.id"), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("by_hand", Boolean, nullable=False, server_default=false()),
)

person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Words, nullable=False),
    Column("email", Words, nullable=False, unique=True),
)

role_assignment = Table(
    "role_assignment",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("role", String, primary_key=True),
    Column("scope_kind", String, primary_key=True),
    Column("scope_id", Integer, primary_key=True, autoincrement=False),
    Column("starts", Date),
    Column("ends", Date),
    Column("by_hand", Boolean, nullable=False, server_default=false()),
)

round_ = Table(
    "round",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("network_id", ForeignKey("network.id"), nullable=False),
    Column("label", String, nullable=False),
    Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False),
    Column("deadlines", Json, nullable=False),
    Column("form_version", String, nullable=False),
    Column("form_on", Boolean, nullable=False, server_default=true()),
    Column("own_dates", Json, nullable=False),
    Column("meetings", Json, nullable=False),
    Column("stopped", Json, nullable=False),
    Column("weekly", Boolean, nullable=False, server_default=false()),
    Column("last_id", Integer, nullable=False, server_default="0"),
    UniqueConstraint("network_id", "label"),
    Index(None, "starts", "ends"),
)
