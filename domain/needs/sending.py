"""The owner's consolidated report: prepared from what is approved, answered, and sent to the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import access, notices
from domain.needs.acting import is_late, perform
from domain.needs.errors import NotReady, Stale, WrongState
from domain.needs.flow import Circumstances, steps_that_apply
from domain.needs.form import Answers, owners_form
from domain.needs.lifecycle import Act
from domain.needs.models import AuditRow, OwnersReport, OwnersStatus, Status
from domain.needs.owner import approved, needs_of
from domain.register.models import Role

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork


def prepare(uow: UnitOfWork, person_id: int, owner_id: int, network_id: int, now: datetime) -> OwnersReport:
    """The owner's open draft to a network, with what is approved by now; made when there is none.

    Raises NotReady when nothing is approved and not every kindergarten has said that it has no need.
    """
    access.owned(uow, person_id, owner_id)
    current = access.open_round(uow, network_id, local_day(now))
    earlier = uow.owners_reports.of_owner(owner_id, network_id, current.id)
    ids = tuple(r.id for _, r in approved(uow, owner_id, network_id, now))
    draft = next((r for r in earlier if r.status is OwnersStatus.DRAFT), None)
    sent = [r for r in earlier if r.status is OwnersStatus.SENT]
    if not ids and (sent or not all_without_need(uow, owner_id, network_id, now)):
        raise NotReady(())
    if draft is None:
        return uow.owners_reports.add(
            OwnersReport(
                id=0,
                round_id=current.id,
                network_id=network_id,
                owner_id=owner_id,
                sequence=len(sent),
                report_ids=ids,
                created_by=person_id,
                updated_at=now,
            )
        )
    if set(draft.report_ids) != set(ids):
        kept = [i for i in draft.report_ids if i in ids]
        answers = {k: v for k, v in draft.answers.items() if k != "order"}
        draft = draft.model_copy(
            update={
                "report_ids": (*kept, *(i for i in ids if i not in kept)),
                "answers": answers,
                "version": draft.version + 1,
                "updated_at": now,
            }
        )
        uow.owners_reports.save(draft)
    return draft


def all_without_need(uow: UnitOfWork, owner_id: int, network_id: int, now: datetime) -> bool:
    """Whether every kindergarten of the owner in the network has answered that it has no need."""
    statuses: dict[int, set[Status]] = {
        k.id: set() for k in uow.register.kindergartens_of_owner(owner_id, network_id)
    }
    for _, report in needs_of(uow, owner_id, network_id, now):
        for covered in report.kindergartens:
            if covered in statuses:
                statuses[covered].add(report.status)
    return bool(statuses) and all(Status.NO_NEED in s for s in statuses.values())


def circumstances(report: OwnersReport) -> Circumstances:
    """Which questions of the owner's form apply."""
    return Circumstances(several_needs=len(report.report_ids) > 1, supplement=report.is_supplement)


def answer(
    uow: UnitOfWork, person_id: int, report_id: int, version: int, values: Answers, now: datetime
) -> OwnersReport:
    """The consolidated report with more answers; an order of priority also reorders the needs."""
    report = access.own_owners_report(uow, person_id, report_id)
    if report.status is not OwnersStatus.DRAFT:
        raise Stale
    if report.version != version:
        raise Stale
    ids = report.report_ids
    if order := values.get("order"):
        ids = tuple(report.report_ids[n - 1] for n in order)
        values = {**values, "order": list(range(1, len(ids) + 1))}
    changed = report.model_copy(
        update={
            "answers": {**report.answers, **values},
            "report_ids": ids,
            "version": version + 1,
            "updated_at": now,
        }
    )
    uow.owners_reports.save(changed)
    return changed


def send_in(uow: UnitOfWork, person_id: int, report_id: int, version: int, now: datetime) -> OwnersReport:
    """Sends to the network: every need in it becomes reported, heads and leaders are told."""
    report = access.own_owners_report(uow, person_id, report_id)
    if report.version != version or report.status is not OwnersStatus.DRAFT:
        raise Stale
    form_steps = steps_that_apply(owners_form(), circumstances(report))
    if missing := tuple(s.id for s in form_steps if s.missing(report.answers)):
        raise NotReady(missing)
    current = uow.rounds.get(report.round_id)
    owner = access.owned(uow, person_id, report.owner_id)
    needs = [access.owned_report(uow, person_id, need_id) for need_id in report.report_ids]
    if handled := next((n for n in needs if n.status is not Status.APPROVED), None):
        raise WrongState(handled.status)
    for need in needs:
        perform(uow, person_id, need.id, Act.REPORT, now, version=need.version, consolidated=True)
    year = current.starts.year if current else now.year
    sent = report.model_copy(
        update={
            "status": OwnersStatus.SENT,
            "version": version + 1,
            "number": f"{year}-E{owner.id:03d}" + (f"-T{report.sequence}" if report.sequence else ""),
            "late": is_late(current, now),
            "updated_at": now,
            "sent_at": now,
        }
    )
    uow.owners_reports.save(sent)
    uow.audit.add(
        AuditRow(
            at=now,
            person_id=person_id,
            role=Role.OWNER.value,
            subject="owners_report",
            subject_id=sent.id,
            before=OwnersStatus.DRAFT.value,
            after=OwnersStatus.SENT.value,
        )
    )
    notices.to_leader(uow, sent, person_id, now)
    return sent
