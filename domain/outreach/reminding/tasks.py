"""The decision basis and the reporting: who is reminded of them, and who has said that they are done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from domain.audit import AuditRow
from domain.clock import local_day
from domain.needs.errors import UnknownReport
from domain.needs.models import WITH_NETWORK, Status
from domain.outreach.models import TaskDone
from domain.register.models import Role, Scope, ScopeKind
from domain.rounds.models import Certainty, Deadline, DeadlineKind, Round
from domain.rounds.repository import NoSuchRound

if TYPE_CHECKING:
    from datetime import date

    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork
    from domain.register.models import Person

LEADS: Final = (Role.LEADER, Role.COORDINATOR)
WRITES: Final = (*LEADS, Role.UH)
"""Who makes a network's decision basis and its report."""

KINDS: Final = (DeadlineKind.DECISION_BASIS, DeadlineKind.REPORTING_NETWORK, DeadlineKind.REPORTING_UNITS)
"""The dates that somebody can say are kept."""

UNDECIDED: Final = frozenset({Status.REPORTED, Status.RETURNED_TO_OWNER, Status.UNDER_CONSIDERATION})
TO_REPORT_ON: Final = frozenset({Status.GRANTED, Status.ONGOING})


class NoSuchTask(UnknownReport):
    """The round has no such date, or it is not this person's to keep."""


@dataclass(frozen=True)
class Task:
    """What a date of a round asks of a network, or of an owner in it; `done` when somebody has said so."""

    round: Round
    deadline: Deadline
    scope: Scope
    network_id: int
    place: str
    done: TaskDone | None = None


@dataclass(frozen=True)
class TaskReminder:
    """To those who make a network's decision basis or its report, or to an owner who is to report.

    For the basis, `needs` are the network's and `undecided` those of them without a decision; for the reporting
    `needs` are those that have been granted. A network's numbers are for its leader alone.
    """

    recipient: Person
    kind: DeadlineKind
    round_id: int
    network_id: int
    place: str
    day: date
    confirmed: bool
    source: str
    needs: int | None = None
    undecided: int | None = None
    owner_id: int | None = None


def task_reminder(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> TaskReminder | None:
    """None when it is done, the date is not sure, or it is not the recipient's to do any more."""
    kind = DeadlineKind(message.params.get("deadline", DeadlineKind.DECISION_BASIS.value))
    round_id, owner_id = message.params.get("round", 0), message.params.get("owner")
    try:
        task = find(uow, message.person_id or 0, round_id, kind, owner_id)
    except NoSuchTask:
        return None
    over = task.round.ends < local_day(now)
    if task.done is not None or over or not is_sure(task.deadline):
        return None
    if owner_id is not None and not _needs(uow, task, TO_REPORT_ON):
        return None
    basis = kind is DeadlineKind.DECISION_BASIS
    counts = owner_id is not None or _holds(uow, message.person_id or 0, task.scope, LEADS)
    return TaskReminder(
        recipient=uow.register.person(message.person_id or 0),
        kind=kind,
        round_id=round_id,
        network_id=task.network_id,
        place=task.place,
        day=task.deadline.day,
        confirmed=task.deadline.confirmed,
        source=task.deadline.source,
        needs=_needs(uow, task, WITH_NETWORK if basis else TO_REPORT_ON) if counts else None,
        undecided=_needs(uow, task, UNDECIDED) if counts and basis else None,
        owner_id=owner_id,
    )


def is_sure(deadline: Deadline) -> bool:
    """Whether it reminds: confirmed, or, for all but the reporting (where sources differ), agreed on."""
    agreed = deadline.certainty is Certainty.AGREED
    return deadline.confirmed or (agreed and deadline.kind is DeadlineKind.DECISION_BASIS)


def find(
    uow: UnitOfWork, person_id: int, round_id: int, kind: DeadlineKind, owner_id: int | None = None
) -> Task:
    """The task, when it is this person's; NoSuchTask otherwise."""
    try:
        current = uow.rounds.get(round_id)
    except NoSuchRound as error:
        raise NoSuchTask from error
    deadline = current.deadline(kind) if kind in KINDS else None
    scope = Scope(kind=ScopeKind.NETWORK, id=current.network_id)
    if owner_id is not None:
        scope = Scope(kind=ScopeKind.OWNER, id=owner_id)
    roles = WRITES if owner_id is None else (Role.OWNER,)
    units = kind is DeadlineKind.REPORTING_UNITS
    if deadline is None or units is not (owner_id is not None) or not _holds(uow, person_id, scope, roles):
        raise NoSuchTask
    register = uow.register
    place = register.network(current.network_id).name if owner_id is None else register.owner(owner_id).name
    said = (t for t in uow.outreach.done(round_id) if t.kind is kind and t.scope == scope)
    return Task(current, deadline, scope, current.network_id, place, next(said, None))


def mine(uow: UnitOfWork, person_id: int, kinds: tuple[DeadlineKind, ...], now: datetime) -> list[Task]:
    """Those of these tasks that are a person's in the rounds of today, of the network's before the owner's."""
    found = []
    for current in uow.rounds.all_current(local_day(now)):
        owners = [r.scope.id for r in uow.register.roles_of(person_id) if r.role is Role.OWNER]
        for owner_id in (None, *dict.fromkeys(owners)):
            if owner_id is not None and not uow.register.kindergartens_of_owner(owner_id, current.network_id):
                continue
            for kind in kinds:
                try:
                    found.append(find(uow, person_id, current.id, kind, owner_id))
                except NoSuchTask:
                    continue
    return sorted(found, key=lambda t: (t.scope.kind is ScopeKind.OWNER, t.deadline.day, t.round.id))


def mark_done(
    uow: UnitOfWork,
    person_id: int,
    round_id: int,
    kind: DeadlineKind,
    now: datetime,
    owner_id: int | None = None,
) -> tuple[Task, bool]:
    """Says that it is done, for all whose task it is; False when somebody had said so before."""
    task = find(uow, person_id, round_id, kind, owner_id)
    if task.done is not None:
        return task, False
    done = TaskDone(round_id=round_id, kind=kind, scope=task.scope, done_by=person_id, done_at=now)
    if not uow.outreach.save_done(done):
        return find(uow, person_id, round_id, kind, owner_id), False
    _note(uow, person_id, task, now, None, "done")
    return find(uow, person_id, round_id, kind, owner_id), True


def undo(
    uow: UnitOfWork,
    person_id: int,
    round_id: int,
    kind: DeadlineKind,
    now: datetime,
    owner_id: int | None = None,
) -> Task:
    """Takes it back; nothing happens when nobody has said that it is done."""
    task = find(uow, person_id, round_id, kind, owner_id)
    if task.done is not None:
        uow.outreach.undo_done(task.done)
        _note(uow, person_id, task, now, "done", "open")
    return find(uow, person_id, round_id, kind, owner_id)


def _note(uow: UnitOfWork, person_id: int, task: Task, now: datetime, before: str | None, after: str) -> None:
    roles = (Role.OWNER,) if task.scope.kind is ScopeKind.OWNER else WRITES
    role = next(r for r in roles if _holds(uow, person_id, task.scope, (r,)))
    uow.audit.add(
        AuditRow(
            at=now,
            person_id=person_id,
            role=role.value,
            subject=f"task:{task.deadline.kind.value}:{task.scope.kind.value}",
            subject_id=task.scope.id,
            before=before,
            after=after,
        )
    )


def _holds(uow: UnitOfWork, person_id: int, scope: Scope, roles: tuple[Role, ...]) -> bool:
    return any(r.role in roles and r.scope == scope for r in uow.register.roles_of(person_id))


def _needs(uow: UnitOfWork, task: Task, statuses: frozenset[Status]) -> int:
    """How many needs of the network, or of the owner in it, are in one of the states; merged ones count once."""
    found = [r for r in uow.needs.in_round(task.round.id, sorted(statuses)) if r.merged_into is None]
    if task.scope.kind is not ScopeKind.OWNER:
        return len(found)
    own = {k.id for k in uow.register.kindergartens_of_owner(task.scope.id)}
    return sum(r.kindergarten_id in own for r in found)
