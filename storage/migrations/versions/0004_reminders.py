"""Reminders and summaries: a round's own dates and meetings, what people have chosen, what channels show."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """Names of constraints and indexes follow the convention in `storage.tables.base`."""
    _rounds()
    _accounts()
    _people()
    op.create_index("ix_outbox_person_id_kind", "outbox", ["person_id", "kind"])


def _rounds() -> None:
    lists = ("own_dates", "meetings", "stopped")
    for column in lists:
        op.add_column("round", sa.Column(column, JSON))
        op.execute(f"UPDATE round SET {column} = '[]'")  # noqa: S608
    with op.batch_alter_table("round") as table:
        for column in lists:
            table.alter_column(column, existing_type=JSON, nullable=False)
        table.add_column(sa.Column("weekly", sa.Boolean, nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("last_id", sa.Integer, nullable=False, server_default="0"))


def _accounts() -> None:
    with op.batch_alter_table("account") as table:
        table.add_column(sa.Column("user_id", sa.String))
        table.add_column(sa.Column("service_url", sa.String))
        table.add_column(sa.Column("bot_id", sa.String))
        table.add_column(sa.Column("guest", sa.Boolean, nullable=False, server_default=sa.false()))


def _people() -> None:
    op.create_table(
        "reminder_choice",
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("level", sa.String, nullable=False),
        sa.Column("paused_until", sa.Date),
    )
    op.create_table(
        "task_done",
        sa.Column("round_id", sa.Integer, sa.ForeignKey("round.id"), primary_key=True),
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("scope_kind", sa.String, primary_key=True),
        sa.Column("scope_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("done_by", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("done_at", MOMENT, nullable=False),
    )
    op.create_table(
        "posted_summary",
        sa.Column("binding_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("round_id", sa.Integer, sa.ForeignKey("round.id"), nullable=False),
        sa.Column("activity_id", sa.String, nullable=False),
        sa.Column("posted_at", MOMENT, nullable=False),
        sa.Column("shown", JSON, nullable=False),
    )
    op.create_table(
        "unreachable",
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
    )
