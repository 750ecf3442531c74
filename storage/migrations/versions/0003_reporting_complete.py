"""The whole reporting: needs held in common, deputies, the owners' own dates, staff, attachments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """Names of constraints and indexes follow the convention in `storage.tables.base`."""
    _needs()
    _participants()
    _attachments()
    _staff()


def _needs() -> None:
    _add_lists("needs_report", "reopened", "covers")
    _add_lists("owners_report", "joint")
    with op.batch_alter_table("needs_report") as table:
        table.add_column(sa.Column("assessment", sa.String))
        table.add_column(sa.Column("rank", sa.Integer))
        table.add_column(sa.Column("source", sa.String, nullable=False, server_default="bot"))
        table.add_column(sa.Column("common", sa.Boolean, nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("merged_into", sa.Integer))
        table.add_column(sa.Column("copied_from", sa.Integer))
        table.add_column(sa.Column("decided_on", sa.Date))
        table.create_foreign_key(
            "fk_needs_report_merged_into_needs_report", "needs_report", ["merged_into"], ["id"]
        )
        table.create_foreign_key(
            "fk_needs_report_copied_from_needs_report", "needs_report", ["copied_from"], ["id"]
        )
        table.create_index("ix_needs_report_merged_into", ["merged_into"])


def _add_lists(name: str, *columns: str) -> None:
    """Adds columns of lists, empty in the rows that are there. A default for JSON would not be comparable."""
    for column in columns:
        op.add_column(name, sa.Column(column, JSON))
        op.execute(f"UPDATE {name} SET {column} = '[]'")  # noqa: S608
    with op.batch_alter_table(name) as table:
        for column in columns:
            table.alter_column(column, existing_type=JSON, nullable=False)


def _participants() -> None:
    with op.batch_alter_table("role_assignment") as table:
        table.add_column(sa.Column("starts", sa.Date))
        table.add_column(sa.Column("ends", sa.Date))
        table.add_column(sa.Column("by_hand", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("kindergarten", sa.Column("by_hand", sa.Boolean, nullable=False, server_default=sa.false()))
    with op.batch_alter_table("round") as table:
        table.add_column(sa.Column("form_on", sa.Boolean, nullable=False, server_default=sa.true()))
    op.create_table(
        "owner_reply_by",
        sa.Column("owner_id", sa.Integer, sa.ForeignKey("owner.id"), primary_key=True),
        sa.Column("round_id", sa.Integer, sa.ForeignKey("round.id"), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
    )


def _attachments() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("report_id", sa.Integer, sa.ForeignKey("needs_report.id"), nullable=False, index=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("media_type", sa.String, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("added_by", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sqlite_autoincrement=True,
    )


def _staff() -> None:
    op.create_table(
        "staff_question",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kindergarten_id", sa.Integer, sa.ForeignKey("kindergarten.id"), nullable=False),
        sa.Column("round_id", sa.Integer, sa.ForeignKey("round.id"), nullable=False),
        sa.Column("asked_by", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("conversation_id", sa.String, nullable=False),
        sa.Column("salt", sa.String, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Index(None, "kindergarten_id", "round_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "staff_answer",
        sa.Column("question_id", sa.Integer, sa.ForeignKey("staff_question.id"), primary_key=True),
        sa.Column("respondent", sa.String, primary_key=True),
        sa.Column("themes", JSON, nullable=False),
        sa.Column("line", sa.String),
    )
