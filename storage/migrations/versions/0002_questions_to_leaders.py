"""Questions to leaders, unanswered questions, shared answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Names of constraints and indexes follow the convention in `storage.tables.base`."""
    op.create_table(
        "inquiry",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("network_id", sa.Integer, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("asker", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("question", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("answer", sa.String),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("closed_by", sa.Integer, sa.ForeignKey("person.id")),
        sa.Column("closed_at", MOMENT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("network_id", "asker", "key"),
        sa.Index(None, "network_id", "state"),
        sa.CheckConstraint("version >= 1", name="version"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "unanswered_question",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("network_id", sa.Integer, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.UniqueConstraint("network_id", "key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "published_answer",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("network_id", sa.Integer, sa.ForeignKey("network.id"), nullable=False, index=True),
        sa.Column("question", sa.String, nullable=False),
        sa.Column("answer", sa.String, nullable=False),
        sa.Column("answered_on", sa.Date, nullable=False),
        sa.Column("inquiry_id", sa.Integer, unique=True),
        sqlite_autoincrement=True,
    )
