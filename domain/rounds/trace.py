"""The trace of what a leader changes in a round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.audit import AuditRow
from domain.register.leading import required_leading_role
from domain.register.models import Scope, ScopeKind

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork
    from domain.rounds.models import Round


def note(
    uow: UnitOfWork,
    person_id: int,
    current: Round,
    before: str | None,
    after: str,
    now: datetime,
    subject: str = "round",
) -> None:
    """Adds who changed what in the round, in the role in which they lead its network; raises NotAllowed."""
    role = required_leading_role(uow, person_id, Scope(kind=ScopeKind.NETWORK, id=current.network_id))
    uow.audit.add(
        AuditRow(
            at=now,
            person_id=person_id,
            role=role.value,
            subject=subject,
            subject_id=current.id,
            before=before,
            after=after,
        )
    )
