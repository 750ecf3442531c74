"""All tables, by topic; importing this package makes `metadata` complete."""

from __future__ import annotations

from storage.tables.asking import inquiry, published_answer, unanswered_question
from storage.tables.base import metadata
from storage.tables.outreach import posted_summary, reminder_choice, task_done, unreachable
from storage.tables.register import (
    kindergarten,
    municipality,
    network,
    owner,
    person,
    role_assignment,
    round_,
)
from storage.tables.reporting import (
    attachment,
    audit,
    needs_report,
    needs_revision,
    owner_reply_by,
    owners_report,
    receipt_counter,
    staff_answer,
    staff_question,
)
from storage.tables.talking import (
    access_request,
    account,
    address,
    binding,
    conversation,
    inbox,
    meta,
    outbox,
    send_attempt,
)

__all__ = [
    "access_request",
    "account",
    "address",
    "attachment",
    "audit",
    "binding",
    "conversation",
    "inbox",
    "inquiry",
    "kindergarten",
    "meta",
    "metadata",
    "municipality",
    "needs_report",
    "needs_revision",
    "network",
    "outbox",
    "owner",
    "owner_reply_by",
    "owners_report",
    "person",
    "posted_summary",
    "published_answer",
    "receipt_counter",
    "reminder_choice",
    "role_assignment",
    "round_",
    "send_attempt",
    "staff_answer",
    "staff_question",
    "task_done",
    "unanswered_question",
    "unreachable",
]
