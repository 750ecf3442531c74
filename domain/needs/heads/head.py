"""What a head does: start a need, answer, send it to the owner, or say that there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import access
from domain.needs.acting import perform
from domain.needs.errors import Locked, Stale, WrongState
from domain.needs.form import Answers, Form, needs_form
from domain.needs.lifecycle import Act
from domain.needs.models import EDITABLE, NeedsReport, Source, Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from domain.ports import UnitOfWork


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


def start_another(uow: UnitOfWork, person_id: int, kindergarten_id: int, now: datetime) -> NeedsReport:
    """A draft with nothing in it: one that was begun and left empty, or else a new one."""
    bare = (r for r in open_drafts(uow, person_id, kindergarten_id, now) if not r.answers)
    return next(bare, None) or start(uow, person_id, kindergarten_id, now)


def open_draft(uow: UnitOfWork, person_id: int, kindergarten_id: int, now: datetime) -> NeedsReport | None:
    """The kindergarten's newest need that the head can still work on; None when there is none."""
    drafts = open_drafts(uow, person_id, kindergarten_id, now)
    return drafts[-1] if drafts else None


def open_drafts(uow: UnitOfWork, person_id: int, kindergarten_id: int, now: datetime) -> list[NeedsReport]:
    """The kindergarten's needs that the head can still work on, oldest first."""
    access.own_kindergarten(uow, person_id, kindergarten_id)
    network = access.network_of(uow, kindergarten_id)
    current = uow.rounds.current(network.id, local_day(now))
    if current is None:
        return []
    return drafts_among(uow.needs.of_kindergarten(kindergarten_id, current.id), kindergarten_id)


def drafts_among(reports: Iterable[NeedsReport], kindergarten_id: int) -> list[NeedsReport]:
    """Those of a kindergarten's needs in a round that its head can still work on."""
    return [r for r in reports if r.kindergarten_id == kindergarten_id and _heads_to_write(r)]


def _heads_to_write(report: NeedsReport) -> bool:
    """Whether it is the head's turn: a draft of one's own, or anything sent back that the owner did not write."""
    if report.status is Status.DRAFT:
        return report.source is Source.BOT
    return report.status in EDITABLE and report.source is not Source.OWNER


def answer(
    uow: UnitOfWork, person_id: int, report_id: int, version: int, values: Answers, now: datetime
) -> NeedsReport:
    """The need with more answers stored; None takes an answer away, as does a field that no longer applies.

    Raises WrongState, Stale, and Locked for a step that the owner did not send back.
    """
    report = access.own_report(uow, person_id, report_id)
    if report.status not in EDITABLE:
        raise WrongState(report.status, report.id)
    if report.version != version:
        raise Stale
    form = needs_form(report.form_version)
    if locked := _locked(form, report, values):
        raise Locked(locked)
    merged = {k: v for k, v in {**report.answers, **values}.items() if v is not None}
    for field in form.fields:
        if field.id in merged and not field.shown(merged):
            del merged[field.id]
    changed = report.model_copy(update={"answers": merged, "version": version + 1, "updated_at": now})
    uow.needs.save(changed)
    return changed


def may_change(report: NeedsReport, step_id: str) -> bool:
    """Whether a step's answers may change: all of a draft's, and those that the owner pointed at."""
    return not report.reopened or step_id in report.reopened


def _locked(form: Form, report: NeedsReport, values: Answers) -> tuple[str, ...]:
    """The steps whose answers would change although only others were sent back."""
    if not report.reopened:
        return ()
    changed = {k for k, v in values.items() if report.answers.get(k) != v}
    closed = (s for s in form.steps if s.id not in report.reopened)
    return tuple(s.id for s in closed if changed & {f.id for f in s.fields})


def submit(uow: UnitOfWork, person_id: int, report_id: int, version: int, now: datetime) -> NeedsReport:
    """Sends the need to the owner: number, revision, frozen content, audit row and notice in one transaction."""
    access.own_report(uow, person_id, report_id)
    return perform(uow, person_id, report_id, Act.SUBMIT, now, version=version)


def declare_no_need(uow: UnitOfWork, person_id: int, kindergarten_id: int, now: datetime) -> NeedsReport:
    """Answers that the kindergarten has no need this year; the same answer again changes nothing."""
    kindergarten = access.own_kindergarten(uow, person_id, kindergarten_id)
    network = access.network_of(uow, kindergarten.id)
    current = access.open_round(uow, network.id, local_day(now))
    reports = [r for r in uow.needs.of_kindergarten(kindergarten_id, current.id) if r.source is Source.BOT]
    if already := next((r for r in reports if r.status is Status.NO_NEED), None):
        return already
    bare = next((r for r in reports if r.status is Status.DRAFT and set(r.answers) <= {"need"}), None)
    report = bare or start(uow, person_id, kindergarten_id, now)
    return perform(uow, person_id, report.id, Act.NO_NEED, now, answers={"need": "no"})


def no_need_in(uow: UnitOfWork, person_id: int, report_id: int, now: datetime) -> NeedsReport:
    """The same answer in a draft that is there already: what somebody registers on a kindergarten's behalf."""
    access.own_report(uow, person_id, report_id)
    return perform(uow, person_id, report_id, Act.NO_NEED, now, answers={"need": "no"})


def reopen(uow: UnitOfWork, person_id: int, report_id: int, now: datetime) -> NeedsReport:
    """Takes back «no need»: the answer becomes an empty draft again."""
    access.own_report(uow, person_id, report_id)
    return perform(uow, person_id, report_id, Act.REOPEN, now, answers={})


def withdraw(uow: UnitOfWork, person_id: int, report_id: int, now: datetime) -> NeedsReport:
    """Takes a draft or a sent need back before the owner has approved it; it is kept, but counts no more."""
    access.own_report(uow, person_id, report_id)
    return perform(uow, person_id, report_id, Act.WITHDRAW, now)
