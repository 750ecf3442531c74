"""The trace of a need's states: written with every change, and read to tell who did what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.needs.models import AuditRow, Status

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork
    from domain.register.models import Role

_SUBJECT: Final = "needs_report"


@dataclass(frozen=True)
class LastAct:
    """The last change of a need's state. `person` is None when it was nobody the register names."""

    person: str | None
    person_id: int | None
    at: datetime
    before: Status | None
    after: Status
    note: str | None


def write(
    uow: UnitOfWork,
    person_id: int,
    role: Role,
    report_id: int,
    before: Status | None,
    after: Status,
    now: datetime,
    note: str | None = None,
) -> None:
    """Adds who did what to a need, in which role; `before` is None for one that is new."""
    uow.audit.add(
        AuditRow(
            at=now,
            person_id=person_id,
            role=role.value,
            subject=_SUBJECT,
            subject_id=report_id,
            before=before.value if before else None,
            after=after.value,
            note=note,
        )
    )


def trace(uow: UnitOfWork, report_id: int) -> list[AuditRow]:
    """Everything that has been done to a need, oldest first."""
    return uow.audit.of(_SUBJECT, report_id)


def last_act(uow: UnitOfWork, report_id: int) -> LastAct | None:
    """The last change of a need's state; None before its first."""
    states = {s.value for s in Status}
    rows = [r for r in trace(uow, report_id) if r.after in states]
    if not rows:
        return None
    row = rows[-1]
    return LastAct(
        person=uow.register.person(row.person_id).name if row.person_id is not None else None,
        person_id=row.person_id,
        at=row.at,
        before=Status(row.before) if row.before in states else None,
        after=Status(row.after),
        note=row.note,
    )
