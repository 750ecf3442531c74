"""The life cycle of a need as data, and the one function that performs a transition (specification C4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.needs.errors import WrongState
from domain.needs.models import AuditRow, NeedsReport, Status
from domain.register.models import Role


class Act(StrEnum):
    """What somebody does to a need."""

    SUBMIT = "send_til_eier"
    NO_NEED = "ingen_behov"
    REOPEN = "gjenåpne"
    RETURN = "send_tilbake"
    APPROVE = "godkjenn"
    NOT_FORWARD = "ikke_meld_videre"
    REPORT = "meld_til_nettverket"
    WITHDRAW = "trekk"


@dataclass(frozen=True)
class Transition:
    """An arrow of the state machine and the role that may take it."""

    act: Act
    before: Status
    after: Status
    role: Role


TRANSITIONS = (
    Transition(Act.SUBMIT, Status.DRAFT, Status.SENT_TO_OWNER, Role.HEAD),
    Transition(Act.SUBMIT, Status.RETURNED, Status.SENT_TO_OWNER, Role.HEAD),
    Transition(Act.NO_NEED, Status.DRAFT, Status.NO_NEED, Role.HEAD),
    Transition(Act.REOPEN, Status.NO_NEED, Status.DRAFT, Role.HEAD),
    Transition(Act.WITHDRAW, Status.DRAFT, Status.WITHDRAWN, Role.HEAD),
    Transition(Act.WITHDRAW, Status.RETURNED, Status.WITHDRAWN, Role.HEAD),
    Transition(Act.WITHDRAW, Status.SENT_TO_OWNER, Status.WITHDRAWN, Role.HEAD),
    Transition(Act.APPROVE, Status.SENT_TO_OWNER, Status.APPROVED, Role.OWNER),
    Transition(Act.RETURN, Status.SENT_TO_OWNER, Status.RETURNED, Role.OWNER),
    Transition(Act.RETURN, Status.APPROVED, Status.RETURNED, Role.OWNER),
    Transition(Act.NOT_FORWARD, Status.SENT_TO_OWNER, Status.NOT_FORWARDED, Role.OWNER),
    Transition(Act.WITHDRAW, Status.APPROVED, Status.WITHDRAWN, Role.OWNER),
    Transition(Act.REPORT, Status.APPROVED, Status.REPORTED, Role.OWNER),
)

_BY_ARROW = {(t.act, t.before): t for t in TRANSITIONS}


def transition(
    report: NeedsReport, act: Act, person_id: int, now: datetime, note: str | None = None
) -> tuple[NeedsReport, AuditRow]:
    """The need after an act, with its audit row. Raises WrongState when there is no such arrow.

    The caller has checked that the person holds the arrow's role for this need, and stores both together.
    """
    arrow = _BY_ARROW.get((act, report.status))
    if arrow is None:
        raise WrongState(report.status)
    after = report.model_copy(
        update={"status": arrow.after, "version": report.version + 1, "updated_at": now}
    )
    row = AuditRow(
        at=now,
        person_id=person_id,
        role=arrow.role.value,
        subject="needs_report",
        subject_id=report.id,
        before=report.status.value,
        after=arrow.after.value,
        note=note,
    )
    return after, row
