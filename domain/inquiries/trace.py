"""The trace that every change of a question or a shared answer leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.audit import AuditRow
from domain.inquiries.models import Inquiry, InquiryState, PublishedAnswer, SharedState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.ports import UnitOfWork

_SUBJECTS: Final[Mapping[type, str]] = {Inquiry: "inquiry", PublishedAnswer: "published_answer"}


def note(
    uow: UnitOfWork,
    person_id: int,
    role: str,
    changed: Inquiry | PublishedAnswer,
    before: InquiryState | SharedState | None,
    after: InquiryState | SharedState,
    now: datetime,
) -> None:
    """Writes down who changed what, in which role; `before` is None for what is new."""
    uow.audit.add(
        AuditRow(
            at=now,
            person_id=person_id,
            role=role,
            subject=_SUBJECTS[type(changed)],
            subject_id=changed.id,
            before=before.value if before else None,
            after=after.value,
        )
    )
