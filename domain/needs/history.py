"""Who last did something with a need: read from the trace of its states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.needs.models import Status

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork


@dataclass(frozen=True)
class LastAct:
    """The last change of a need's state. `person` is None when it was nobody the register names."""

    person: str | None
    person_id: int | None
    at: datetime
    before: Status | None
    after: Status
    note: str | None


def last_act(uow: UnitOfWork, report_id: int) -> LastAct | None:
    """The last change of a need's state; None before its first."""
    states = {s.value for s in Status}
    rows = [r for r in uow.audit.of("needs_report", report_id) if r.after in states]
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
