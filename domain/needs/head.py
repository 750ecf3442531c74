"""What a head does: start a need, answer, send it to the owner, or say that there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import access, notices
from domain.needs.errors import NotReady, Stale, WrongState
from domain.needs.flow import Circumstances, steps_that_apply
from domain.needs.form import Answers, needs_form
from domain.needs.lifecycle import Act, transition
from domain.needs.models import EDITABLE, NeedsReport, Status
from domain.outbox import MessageKind
from domain.rounds.models import DeadlineKind

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork
    from domain.rounds.models import Round


def start(uow: UnitOfWork, person_id: int, kindergarten_id: int, now: datetime) -> NeedsReport:
    """A new empty draft for one's own kindergarten in the round that is open."""
    kindergarten = access.own_kindergarten(uow, person_id, kindergarten_id)
    network = access.network_of(uow, kindergarten.id)
    current = access.open_round(uow, network.id, local_day(now))
    return uow.needs.add(
        NeedsReport(
            id=0,
            round_id=current.id,
            kindergarten_id=kindergarten.id,
            form_version=current.form_version,
            created_by=person_id,
            created_at=now,
            updated_at=now,
        )
    )


def open_draft(uow: UnitOfWork, person_id: int, kindergarten_id: int, now: datetime) -> NeedsReport | None:
    """The kindergarten's newest need that the head can still work on; None when there is none."""
    access.own_kindergarten(uow, person_id, kindergarten_id)
    network = access.network_of(uow, kindergarten_id)
    current = uow.rounds.current(network.id, local_day(now))
    if current is None:
        return None
    drafts = [r for r in uow.needs.of_kindergarten(kindergarten_id, current.id) if r.status in EDITABLE]
    return drafts[-1] if drafts else None


def answer(
    uow: UnitOfWork, person_id: int, report_id: int, version: int, values: Answers, now: datetime
) -> NeedsReport:
    """The need with more answers stored. Answers that no longer apply (a hidden field's) are dropped."""
    report = access.own_report(uow, person_id, report_id)
    if report.status not in EDITABLE:
        raise WrongState(report.status)
    if report.version != version:
        raise Stale
    merged = {**report.answers, **values}
    for step in needs_form().steps:
        for field in step.fields:
            if field.id in merged and not field.shown(merged):
                del merged[field.id]
    changed = report.model_copy(update={"answers": merged, "version": version + 1, "updated_at": now})
    uow.needs.save(changed)
    return changed


def not_ready(answers: Answers, circumstances: Circumstances) -> NotReady | None:
    """What keeps a need from being sent; None when it may go."""
    steps = tuple(
        s.id for s in steps_that_apply(needs_form(), circumstances) if not s.closes and s.missing(answers)
    )
    if answers.get("need") not in ("new", "continued"):
        return NotReady(("need", *(s for s in steps if s != "need")))
    if steps:
        return NotReady(steps)
    if answers.get("involved") == ["head"]:
        return NotReady(("involved",), only_head=True)
    return None


def submit(uow: UnitOfWork, person_id: int, report_id: int, version: int, now: datetime) -> NeedsReport:
    """Sends the need to the owner: number, revision, frozen content, audit row and notice in one transaction."""
    report = access.own_report(uow, person_id, report_id)
    if report.status not in EDITABLE:
        raise WrongState(report.status)
    if report.version != version:
        raise Stale
    if (obstacle := not_ready(report.answers, Circumstances())) is not None:
        raise obstacle
    return _hand_over(uow, report, Act.SUBMIT, person_id, now, MessageKind.NEED_ARRIVED)


def declare_no_need(uow: UnitOfWork, person_id: int, kindergarten_id: int, now: datetime) -> NeedsReport:
    """Answers that the kindergarten has no need this year; the same answer again changes nothing."""
    kindergarten = access.own_kindergarten(uow, person_id, kindergarten_id)
    network = access.network_of(uow, kindergarten.id)
    current = access.open_round(uow, network.id, local_day(now))
    reports = uow.needs.of_kindergarten(kindergarten_id, current.id)
    if already := next((r for r in reports if r.status is Status.NO_NEED), None):
        return already
    bare = next((r for r in reports if r.status is Status.DRAFT and set(r.answers) <= {"need"}), None)
    report = bare or start(uow, person_id, kindergarten_id, now)
    report = report.model_copy(update={"answers": {"need": "no"}})
    return _hand_over(uow, report, Act.NO_NEED, person_id, now, MessageKind.NO_NEED_ARRIVED)


def reopen(uow: UnitOfWork, person_id: int, report_id: int, now: datetime) -> NeedsReport:
    """Takes back «no need»: the answer becomes an empty draft again."""
    report = access.own_report(uow, person_id, report_id)
    after, row = transition(report, Act.REOPEN, person_id, now)
    after = after.model_copy(update={"answers": {}})
    uow.needs.save(after)
    uow.audit.add(row)
    return after


def withdraw(uow: UnitOfWork, person_id: int, report_id: int, now: datetime) -> NeedsReport:
    """Takes a draft or a sent need back before the owner has approved it; it is kept, but counts no more."""
    report = access.own_report(uow, person_id, report_id)
    after, row = transition(report, Act.WITHDRAW, person_id, now)
    uow.needs.save(after)
    uow.audit.add(row)
    return after


def _hand_over(
    uow: UnitOfWork, report: NeedsReport, act: Act, person_id: int, now: datetime, notice: MessageKind
) -> NeedsReport:
    current = uow.rounds.get(report.round_id)
    after, row = transition(report, act, person_id, now)
    after = after.model_copy(
        update={
            "number": report.number or _number(uow, report.round_id, current),
            "revision": report.revision + 1,
            "submitted_at": now,
            "comment": None,
            "late": is_late(current, now),
        }
    )
    uow.needs.save(after)
    uow.needs.freeze(after)
    uow.audit.add(row)
    kindergarten = uow.register.kindergarten(report.kindergarten_id)
    notices.to_owner(uow, notice, after, kindergarten.owner_id, person_id, now)
    return after


def _number(uow: UnitOfWork, round_id: int, current: Round | None) -> str:
    year = current.starts.year if current else 0
    mark = uow.register.network(current.network_id).name[:1].upper() if current else ""
    return f"{year}-{mark}{uow.needs.next_number(round_id):03d}"


def is_late(current: Round | None, now: datetime) -> bool:
    """Whether the network's date for needs has passed; it is the end of its day in Europe/Oslo."""
    deadline = current.deadline(DeadlineKind.NEEDS) if current else None
    return deadline is not None and local_day(now) > deadline.day
