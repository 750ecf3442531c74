"""Several owners' joint report (felles melding): one starts and sends, each of the others confirms for itself (E17)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from domain.errors import DomainError
from domain.needs import access
from domain.needs.errors import Stale, UnknownReport, WrongState
from domain.needs.models import (
    AuditRow,
    JointOwner,
    JointState,
    NeedsReport,
    OwnersReport,
    OwnersStatus,
    Status,
)
from domain.needs.owners.joint_notices import to_owner
from domain.needs.owners.owner import approved
from domain.outbox import MessageKind
from domain.register import rights
from domain.register.models import Owner, Role

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork

TAKEN_OUT = "tatt ut"


class InJoint(DomainError):
    """The owner takes part in another joint report that has not been sent, or has asked others itself."""

    def __init__(self, report_id: int, own: bool) -> None:
        super().__init__(report_id, own)
        self.report_id = report_id
        self.own = own


class NotAnswered(DomainError):
    """These owners have been asked and have not answered; they answer, or are taken out, before it is sent."""

    def __init__(self, report_id: int, owner_ids: tuple[int, ...]) -> None:
        super().__init__(report_id, owner_ids)
        self.report_id = report_id
        self.owner_ids = owner_ids


def invite(
    uow: UnitOfWork, person_id: int, report_id: int, version: int, owner_ids: Sequence[int], now: datetime
) -> OwnersReport:
    """Asks other owners of the network to come along; one that is asked already is not asked again."""
    report = _own_draft(uow, person_id, report_id, version)
    known = {j.owner_id for j in report.joint if j.state is not JointState.DECLINED}
    fresh = [i for i in dict.fromkeys(owner_ids) if i not in known]
    if not {o.id for o in others(uow, report)}.issuperset(fresh):
        raise UnknownReport
    if not fresh:
        return report
    if (elsewhere := membership(uow, report.owner_id, report.round_id)) is not None:
        raise InJoint(elsewhere.id, own=False)
    kept = tuple(j for j in report.joint if j.owner_id not in fresh)
    after = _saved(uow, report, (*kept, *(JointOwner(owner_id=i) for i in fresh)), now)
    for owner_id in fresh:
        _log(uow, person_id, after, owner_id, None, JointState.ASKED.value, now)
        to_owner(uow, MessageKind.JOINT_ASKED, after, owner_id, person_id, now)
    return after


def confirm(uow: UnitOfWork, person_id: int, report_id: int, owner_id: int, now: datetime) -> OwnersReport:
    """Takes the owner's approved needs into the report, as they stand now; confirming again renews them.

    Raises UnknownReport, WrongState when it has been sent, InJoint when the owner is in another one.
    """
    report, place = _asked_draft(uow, person_id, report_id, owner_id)
    elsewhere = membership(uow, owner_id, report.round_id)
    if elsewhere is not None and elsewhere.id != report.id:
        raise InJoint(elsewhere.id, own=False)
    if (own := _started_by(uow, owner_id, report.round_id)) is not None:
        raise InJoint(own.id, own=True)
    ids = tuple(r.id for _, r in approved(uow, owner_id, report.network_id, now))
    answered = JointOwner(
        owner_id=owner_id,
        state=JointState.CONFIRMED,
        answered_by=person_id,
        answered_at=now,
        report_ids=ids,
    )
    if place.state is JointState.CONFIRMED and place.report_ids == ids:
        return report
    return _answered(uow, person_id, report, place, answered, now)


def decline(uow: UnitOfWork, person_id: int, report_id: int, owner_id: int, now: datetime) -> OwnersReport:
    """Says no, or takes a confirmation back; the owner sends for itself."""
    report, place = _asked_draft(uow, person_id, report_id, owner_id)
    if place.state is JointState.DECLINED:
        return report
    answered = JointOwner(
        owner_id=owner_id, state=JointState.DECLINED, answered_by=person_id, answered_at=now
    )
    return _answered(uow, person_id, report, place, answered, now)


def take_out(
    uow: UnitOfWork, person_id: int, report_id: int, version: int, owner_ids: Sequence[int], now: datetime
) -> OwnersReport:
    """The sender goes on without these; one that had confirmed is told, and sends for itself."""
    report = _own_draft(uow, person_id, report_id, version)
    out = [j for j in report.joint if j.owner_id in owner_ids]
    if not out:
        return report
    after = _saved(uow, report, tuple(j for j in report.joint if j not in out), now)
    for gone in out:
        _log(uow, person_id, after, gone.owner_id, gone.state.value, TAKEN_OUT, now)
        if gone.state is JointState.CONFIRMED:
            to_owner(uow, MessageKind.JOINT_TAKEN_OUT, after, gone.owner_id, person_id, now)
    return after


def others(uow: UnitOfWork, report: OwnersReport) -> list[Owner]:
    """The other owners in the report's network."""
    return [o for o in uow.register.owners(report.network_id) if o.id != report.owner_id]


def unanswered(report: OwnersReport) -> tuple[int, ...]:
    """The owners that have been asked and have not answered."""
    return tuple(j.owner_id for j in report.joint if j.state is JointState.ASKED)


def membership(uow: UnitOfWork, owner_id: int, round_id: int) -> OwnersReport | None:
    """Another owner's report that is not sent yet and that this owner has confirmed."""
    drafts = (r for r in uow.owners_reports.in_round(round_id) if r.status is OwnersStatus.DRAFT)
    return next((r for r in drafts if r.owner_id != owner_id and owner_id in r.senders), None)


def spoken_for(uow: UnitOfWork, owner_id: int, round_id: int) -> list[OwnersReport]:
    """What has been sent in the round for this owner, by itself or by another in a joint report."""
    found = uow.owners_reports.in_round(round_id)
    return [r for r in found if r.status is OwnersStatus.SENT and owner_id in r.senders]


def as_it_stands(uow: UnitOfWork, joint: Sequence[JointOwner]) -> tuple[JointOwner, ...]:
    """The other owners with what they confirmed, as far as it still holds.

    A need that is no longer approved has left; one that was merged stands for its common need. An owner whose
    confirmation was given by somebody who acts for it no more has to answer again.
    """
    return tuple(_still(uow, j) if j.state is JointState.CONFIRMED else j for j in joint)


def _still(uow: UnitOfWork, place: JointOwner) -> JointOwner:
    if place.owner_id not in rights.owners(uow.register.roles_of(place.answered_by or 0)):
        return JointOwner(owner_id=place.owner_id)
    needs = [_common_of(uow, uow.needs.get(i)) for i in place.report_ids]
    ids = dict.fromkeys(n.id for n in needs if n is not None and n.status is Status.APPROVED)
    return place.model_copy(update={"report_ids": tuple(ids)})


def _common_of(uow: UnitOfWork, need: NeedsReport | None) -> NeedsReport | None:
    if need is None or need.merged_into is None:
        return need
    return uow.needs.get(need.merged_into)


def _own_draft(uow: UnitOfWork, person_id: int, report_id: int, version: int) -> OwnersReport:
    report = access.own_owners_report(uow, person_id, report_id)
    if report.status is not OwnersStatus.DRAFT or report.version != version:
        raise Stale
    return report


def _asked_draft(
    uow: UnitOfWork, person_id: int, report_id: int, owner_id: int
) -> tuple[OwnersReport, JointOwner]:
    """The report and the owner's place in it; UnknownReport when it was never asked, or has been taken out."""
    access.owned(uow, person_id, owner_id)
    report = uow.owners_reports.get(report_id)
    place = next((j for j in report.joint if j.owner_id == owner_id), None) if report else None
    if report is None or place is None:
        raise UnknownReport
    if report.status is not OwnersStatus.DRAFT:
        raise WrongState(Status.REPORTED)
    return report, place


def _started_by(uow: UnitOfWork, owner_id: int, round_id: int) -> OwnersReport | None:
    """The owner's own draft in which others are asked or have confirmed."""
    found = uow.owners_reports.in_round(round_id)
    drafts = (r for r in found if r.status is OwnersStatus.DRAFT and r.owner_id == owner_id)
    return next((r for r in drafts if any(j.state is not JointState.DECLINED for j in r.joint)), None)


def _answered(
    uow: UnitOfWork,
    person_id: int,
    report: OwnersReport,
    before: JointOwner,
    after: JointOwner,
    now: datetime,
) -> OwnersReport:
    joint = tuple(after if j.owner_id == after.owner_id else j for j in report.joint)
    saved = _saved(uow, report, joint, now)
    _log(uow, person_id, saved, after.owner_id, before.state.value, after.state.value, now)
    if before.state is not after.state:
        to_owner(
            uow, MessageKind.JOINT_ANSWERED, saved, report.owner_id, person_id, now, about=after.owner_id
        )
    return saved


def _saved(
    uow: UnitOfWork, report: OwnersReport, joint: tuple[JointOwner, ...], now: datetime
) -> OwnersReport:
    """The report with these others in it; the order is asked for again when the needs are not the same."""
    gone = {i for j in report.joint for i in j.report_ids}
    own = [i for i in report.report_ids if i not in gone]
    theirs = [i for j in joint for i in j.report_ids]
    kept = [i for i in report.report_ids if i in own or i in theirs]
    ids = (*kept, *(i for i in theirs if i not in kept))
    answers = report.answers
    if set(ids) != set(report.report_ids):
        answers = {k: v for k, v in answers.items() if k != "order"}
    after = report.model_copy(
        update={
            "joint": joint,
            "report_ids": ids,
            "answers": answers,
            "version": report.version + 1,
            "updated_at": now,
        }
    )
    uow.owners_reports.save(after)
    return after


def _log(
    uow: UnitOfWork,
    person_id: int,
    report: OwnersReport,
    owner_id: int,
    before: str | None,
    after: str,
    now: datetime,
) -> None:
    uow.audit.add(
        AuditRow(
            at=now,
            person_id=person_id,
            role=Role.OWNER.value,
            subject="owners_report",
            subject_id=report.id,
            before=before,
            after=after,
            note=f"eier {owner_id}",
        )
    )
