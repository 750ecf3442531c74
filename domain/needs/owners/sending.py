"""The owner's consolidated report: prepared from what is approved, answered, and sent to the network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from domain.clock import local_day
from domain.needs import access, notices
from domain.needs.acting import is_late, perform
from domain.needs.errors import NotReady, Stale, UnknownReport, WrongState
from domain.needs.flow import Circumstances, steps_that_apply
from domain.needs.form import Answers, Form, owners_form
from domain.needs.lifecycle import Act
from domain.needs.models import (
    AuditRow,
    JointOwner,
    JointState,
    NeedsReport,
    OwnersReport,
    OwnersStatus,
    Status,
)
from domain.needs.owners import joint
from domain.needs.owners.joint_notices import to_owner
from domain.needs.owners.owner import approved, needs_of
from domain.outbox import MessageKind
from domain.register.models import Role

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork
    from domain.rounds.models import Round

SUPPORT = "support"
"""The choice in a need, and its further question, that ask for PPT or others around the child."""


def prepare(uow: UnitOfWork, person_id: int, owner_id: int, network_id: int, now: datetime) -> OwnersReport:
    """The owner's open draft to a network, with what is approved by now; made when there is none.

    Raises NotReady when nothing is approved and not every kindergarten has said that it has no need, and InJoint
    while another owner is to send for this one.
    """
    access.owned(uow, person_id, owner_id)
    current = access.open_round(uow, network_id, local_day(now))
    if (elsewhere := joint.membership(uow, owner_id, current.id)) is not None:
        raise joint.InJoint(elsewhere.id, own=False)
    earlier = uow.owners_reports.of_owner(owner_id, network_id, current.id)
    draft = next((r for r in earlier if r.status is OwnersStatus.DRAFT), None)
    sent = joint.spoken_for(uow, owner_id, current.id)
    others = joint.as_it_stands(uow, draft.joint) if draft else ()
    ids = _contents(uow, owner_id, network_id, others, now)
    if not ids and not others and (sent or not all_without_need(uow, owner_id, network_id, now)):
        raise NotReady(())
    if draft is None:
        new = OwnersReport(
            id=0,
            round_id=current.id,
            network_id=network_id,
            owner_id=owner_id,
            sequence=len(sent),
            report_ids=ids,
            created_by=person_id,
            updated_at=now,
        )
        return _added(uow, new)
    changes = _refreshed(draft, ids, others, len(sent))
    if changes:
        draft = draft.model_copy(update={**changes, "version": draft.version + 1, "updated_at": now})
        uow.owners_reports.save(draft)
    return draft


def _added(uow: UnitOfWork, new: OwnersReport) -> OwnersReport:
    """The new draft, or the one that somebody else of the same owner has just made."""
    try:
        return uow.owners_reports.add(new)
    except Stale:
        found = uow.owners_reports.of_owner(new.owner_id, new.network_id, new.round_id)
        draft = next((r for r in found if r.status is OwnersStatus.DRAFT), None)
        if draft is None:
            raise
        return draft


def _contents(
    uow: UnitOfWork, owner_id: int, network_id: int, others: Sequence[JointOwner], now: datetime
) -> tuple[int, ...]:
    """The needs that a report would hold now: the owner's approved ones, and what others have confirmed."""
    own = (r.id for _, r in approved(uow, owner_id, network_id, now))
    return tuple(dict.fromkeys((*own, *(i for j in others for i in j.report_ids))))


def _refreshed(
    draft: OwnersReport, ids: tuple[int, ...], others: tuple[JointOwner, ...], sequence: int
) -> dict[str, Any]:
    """What of a draft is no longer so; the order is asked for again when the needs are not the same."""
    changes: dict[str, Any] = {}
    if set(draft.report_ids) != set(ids):
        kept = [i for i in draft.report_ids if i in ids]
        changes["report_ids"] = (*kept, *(i for i in ids if i not in kept))
        changes["answers"] = {k: v for k, v in draft.answers.items() if k != "order"}
    if draft.joint != others:
        changes["joint"] = others
    if draft.sequence != sequence:
        changes["sequence"] = sequence
    return changes


def is_current(uow: UnitOfWork, report: OwnersReport, now: datetime) -> bool:
    """Whether a draft holds exactly what would be sent now."""
    others = joint.as_it_stands(uow, report.joint)
    ids = _contents(uow, report.owner_id, report.network_id, others, now)
    return set(ids) == set(report.report_ids) and others == report.joint


def form_of(uow: UnitOfWork, report: OwnersReport) -> Form:
    """The owner's form in the version that the report's round froze."""
    current = uow.rounds.get(report.round_id)
    return owners_form(current.form_version if current else None)


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


def circumstances(uow: UnitOfWork, report: OwnersReport) -> Circumstances:
    """Which questions of the owner's form apply."""
    needs = [uow.needs.get(i) for i in report.report_ids]
    return Circumstances(
        several_needs=len(report.report_ids) > 1,
        supplement=report.is_supplement,
        support=any(_asks_for_support(need.answers) for need in needs if need),
    )


def _asks_for_support(answers: Answers) -> bool:
    return SUPPORT in answers.get("special", ()) or any(v != "none" for v in answers.get(SUPPORT, ()))


def order_of(first: Sequence[int], total: int) -> list[int] | None:
    """A whole order from the numbers of those that come first: the others keep theirs. None when it is none."""
    if not first or len(set(first)) != len(first) or not all(1 <= n <= total for n in first):
        return None
    return [*first, *(n for n in range(1, total + 1) if n not in set(first))]


def answer(
    uow: UnitOfWork, person_id: int, report_id: int, version: int, values: Answers, now: datetime
) -> OwnersReport:
    """The consolidated report with more answers; an order of priority also reorders the needs.

    Answers that no longer apply (a hidden field's) are dropped.
    """
    report = access.own_owners_report(uow, person_id, report_id)
    if report.status is not OwnersStatus.DRAFT or report.version != version:
        raise Stale
    ids = report.report_ids
    if order := values.get("order"):
        if sorted(order) != list(range(1, len(ids) + 1)):
            raise Stale
        ids = tuple(report.report_ids[n - 1] for n in order)
        values = {**values, "order": list(range(1, len(ids) + 1))}
    answers = {k: v for k, v in {**report.answers, **values}.items() if v is not None}
    for field in form_of(uow, report).fields:
        if field.id in answers and not field.shown(answers):
            del answers[field.id]
    changed = report.model_copy(
        update={"answers": answers, "report_ids": ids, "version": version + 1, "updated_at": now}
    )
    uow.owners_reports.save(changed)
    return changed


def send_in(uow: UnitOfWork, person_id: int, report_id: int, version: int, now: datetime) -> OwnersReport:
    """Sends to the network: every need in it becomes reported, heads, leaders and the other owners are told.

    Raises Stale, NotReady, NotAnswered while somebody asked to come along has not answered, WrongState when a need
    is not approved any more, and UnknownReport for one that does not belong here.
    """
    report = access.own_owners_report(uow, person_id, report_id)
    if report.version != version or report.status is not OwnersStatus.DRAFT:
        raise Stale
    if silent := joint.unanswered(report):
        raise joint.NotAnswered(report.id, silent)
    steps = steps_that_apply(form_of(uow, report), circumstances(uow, report))
    if missing := tuple(s.id for s in steps if s.missing(report.answers)):
        raise NotReady(missing)
    needs = [_sendable(uow, report, need_id) for need_id in report.report_ids]
    current = uow.rounds.get(report.round_id)
    sent = report.model_copy(
        update={
            "status": OwnersStatus.SENT,
            "version": version + 1,
            "number": _number(uow, report, current, now),
            "late": is_late(current, now),
            "updated_at": now,
            "sent_at": now,
        }
    )
    # First the report: of two who send at once, the second is stopped here, before it has touched a need.
    uow.owners_reports.save(sent)
    # By id, as everywhere that several needs are locked: two who lock the same ones never wait for each other.
    for need in sorted(needs, key=lambda n: n.id):
        _report(uow, person_id, sent, need, now)
    _tell(uow, person_id, sent, now)
    return sent


def _sendable(uow: UnitOfWork, report: OwnersReport, need_id: int) -> NeedsReport:
    """A need of the report: approved, in its round and network, and of an owner that the report speaks for."""
    need = uow.needs.get(need_id)
    if need is None or need.round_id != report.round_id:
        raise UnknownReport
    kindergartens = [uow.register.kindergarten(i) for i in need.kindergartens]
    if any(access.network_of(uow, k.id).id != report.network_id for k in kindergartens):
        raise UnknownReport
    if any(k.owner_id not in report.senders for k in kindergartens):
        raise UnknownReport
    if need.status is not Status.APPROVED:
        raise WrongState(need.status, need.id)
    return need


def _report(uow: UnitOfWork, person_id: int, sent: OwnersReport, need: NeedsReport, now: datetime) -> None:
    """One need becomes reported: by the sender, or in the name of whoever confirmed for its own owner."""
    owner_id = uow.register.kindergarten(need.kindergarten_id).owner_id
    confirmed = next((j for j in sent.joint if j.owner_id == owner_id), None)
    if confirmed is None or confirmed.answered_by is None:
        perform(uow, person_id, need.id, Act.REPORT, now, version=need.version, consolidated=True)
        return
    perform(
        uow,
        confirmed.answered_by,
        need.id,
        Act.REPORT,
        now,
        version=need.version,
        consolidated=True,
        note=f"felles melding {sent.number}",
        comment=need.comment,
    )


def _number(uow: UnitOfWork, report: OwnersReport, current: Round | None, now: datetime) -> str:
    """The receipt's number: «2026-E011», with the network's letter for an owner in several, «-T1» for a supplement."""
    year = current.starts.year if current else now.year
    networks = {access.network_of(uow, k.id).id for k in uow.register.kindergartens_of_owner(report.owner_id)}
    mark = f"-{uow.register.network(report.network_id).name[:1].upper()}" if len(networks) > 1 else ""
    supplement = f"-T{report.sequence}" if report.sequence else ""
    return f"{year}-E{report.owner_id:03d}{mark}{supplement}"


def _tell(uow: UnitOfWork, person_id: int, sent: OwnersReport, now: datetime) -> None:
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
    for other in sent.joint:
        if other.state is JointState.CONFIRMED:
            to_owner(uow, MessageKind.JOINT_SENT, sent, other.owner_id, person_id, now)
