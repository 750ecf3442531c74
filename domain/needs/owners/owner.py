"""What an owner does with each need: approve it, return it with a comment, or end it there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from domain.clock import local_day
from domain.needs import access
from domain.needs.acting import perform
from domain.needs.errors import Stale, WrongState
from domain.needs.lifecycle import Act
from domain.needs.models import NeedsReport, Status
from domain.needs.overview import grouped_by_round

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ports import UnitOfWork
    from domain.register.models import Kindergarten


@dataclass
class Approved:
    """What an approval did: those approved now, and those that somebody had handled already."""

    now: list[NeedsReport] = field(default_factory=list)
    before: list[NeedsReport] = field(default_factory=list)


def approve(
    uow: UnitOfWork,
    person_id: int,
    report_ids: Sequence[int],
    now: datetime,
    assessment: str | None = None,
) -> Approved:
    """Approves needs, several at once; `assessment` is the owner's view of them, which the network can read.

    One that is handled already, or is handled by somebody else in the same moment, is reported, not an error.
    """
    result = Approved()
    for report in [access.owned_report(uow, person_id, i) for i in dict.fromkeys(report_ids)]:
        if report.status is not Status.SENT_TO_OWNER:
            result.before.append(report)
            continue
        changes: dict[str, Any] = {} if assessment is None else {"assessment": assessment or None}
        try:
            after = perform(uow, person_id, report.id, Act.APPROVE, now, version=report.version, **changes)
        except (Stale, WrongState):
            result.before.append(_handled_meanwhile(uow, report))
        else:
            result.now.append(after)
    return result


def _handled_meanwhile(uow: UnitOfWork, report: NeedsReport) -> NeedsReport:
    """The need as somebody else left it between our reading and our writing; Stale when nobody did."""
    now = uow.needs.get(report.id)
    if now is None or now.status is Status.SENT_TO_OWNER:
        raise Stale
    return now


def report_again(
    uow: UnitOfWork,
    person_id: int,
    report_id: int,
    version: int,
    now: datetime,
    assessment: str | None = None,
) -> NeedsReport:
    """Sends a need that the network sent back to the network again, with the owner's view as it is now."""
    access.owned_report(uow, person_id, report_id)
    return perform(uow, person_id, report_id, Act.REPORT, now, version=version, assessment=assessment)


def withdraw(
    uow: UnitOfWork, person_id: int, report_id: int, version: int, reason: str | None, now: datetime
) -> NeedsReport:
    """Takes an approved need back, or with a reason one that is with the network; those concerned are told."""
    access.owned_report(uow, person_id, report_id)
    return perform(uow, person_id, report_id, Act.WITHDRAW, now, version=version, note=reason or None)


def progress(
    uow: UnitOfWork, person_id: int, report_id: int, version: int, act: Act, now: datetime
) -> NeedsReport:
    """What has happened to a need after the grant: begun, reported back, or ended."""
    access.owned_report(uow, person_id, report_id)
    return perform(uow, person_id, report_id, act, now, version=version)


def return_to_head(
    uow: UnitOfWork,
    person_id: int,
    report_id: int,
    version: int,
    comment: str,
    now: datetime,
    steps: tuple[str, ...] = (),
) -> NeedsReport:
    """Sends a need back with a comment; the head can change the steps that are pointed at (none: everything)."""
    access.owned_report(uow, person_id, report_id)
    return perform(uow, person_id, report_id, Act.RETURN, now, version=version, note=comment, reopened=steps)


def not_forward(
    uow: UnitOfWork, person_id: int, report_id: int, version: int, reason: str, now: datetime
) -> NeedsReport:
    """Ends a need at the owner, with a reason that the head is told."""
    access.owned_report(uow, person_id, report_id)
    return perform(uow, person_id, report_id, Act.NOT_FORWARD, now, version=version, note=reason)


def waiting(uow: UnitOfWork, owner_id: int, now: datetime) -> list[tuple[Kindergarten, NeedsReport]]:
    """The needs that wait for the owner's decision, in all the owner's networks, by kindergarten."""
    found = needs_of(uow, owner_id, None, now)
    return [(k, r) for k, r in found if r.status is Status.SENT_TO_OWNER and r.merged_into is None]


def approved(
    uow: UnitOfWork, owner_id: int, network_id: int, now: datetime
) -> list[tuple[Kindergarten, NeedsReport]]:
    """The approved needs that have not gone to the network yet."""
    found = needs_of(uow, owner_id, network_id, now)
    return [(k, r) for k, r in found if r.status is Status.APPROVED and r.merged_into is None]


def needs_of(
    uow: UnitOfWork, owner_id: int, network_id: int | None, now: datetime
) -> list[tuple[Kindergarten, NeedsReport]]:
    """Every need of the owner's kindergartens in their rounds, in all networks or in one."""
    found = []
    kindergartens = uow.register.kindergartens_of_owner(owner_id, network_id)
    for current, group in grouped_by_round(uow, kindergartens, local_day(now))[0]:
        names = {k.id: k for k in group}
        for report in uow.needs.of_kindergartens(list(names), current.id):
            # A common need counts once, at the kindergarten it stands under.
            if report.kindergarten_id in names:
                found.append((names[report.kindergarten_id], report))
    return found
