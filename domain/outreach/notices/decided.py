"""What became of needs in the network: who is told, once, of everything that was decided at the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.needs.models import WITH_NETWORK, NeedsReport, Source, Status
from domain.outbox import MessageKind, OutboxMessage
from domain.register.models import Role

if TYPE_CHECKING:
    from domain.ports import UnitOfWork

DECIDED = (set(WITH_NETWORK) | {Status.EXPIRED}) - {Status.REPORTED, Status.RETURNED_TO_OWNER}
"""The states that somebody below hears of; a need that went back since is told of by its own message."""


def decided_together(
    uow: UnitOfWork, message: OutboxMessage, report: NeedsReport, roles: tuple[Role, ...]
) -> list[NeedsReport] | None:
    """The needs that this message tells of, its own first; None when another message tells of it.

    An owner gets one message for all of its needs that were decided alike at the same moment. A later decision
    about the same need has a message of its own, which says where it stands.
    """
    version = int(message.params.get("version", report.version))
    newer = [
        f"{MessageKind.NEED_DECIDED.value}:{report.id}:{v}:{message.person_id}"
        for v in range(version + 1, report.version + 1)
    ]
    if newer and uow.outbox.known(newer):
        return None
    if not roles:
        # A draft that nobody but its head has seen.
        return None
    if Role.OWNER not in roles:
        return [report]
    if report.merged_into is not None:
        return None
    mine = uow.register.kindergarten(report.kindergarten_id).owner_id
    alike = [
        i for i, place in uow.needs.changed_with(report) if uow.register.kindergarten(place).owner_id == mine
    ]
    # One message a need waits in the outbox: the first that is the owner's to know of speaks for all.
    for other in alike:
        first = uow.needs.get(other)
        if first is not None and _is_told(first):
            return _all_of(uow, alike) if other == report.id else None
    return [report]


def _all_of(uow: UnitOfWork, ids: list[int]) -> list[NeedsReport]:
    found = (uow.needs.get(i) for i in ids)
    return [r for r in found if r is not None and _is_told(r)]


def _is_told(report: NeedsReport) -> bool:
    """Whether the owner hears of the need by itself: not of a draft, nor of what follows a common one."""
    known = report.submitted_at is not None or report.source is not Source.BOT
    return known and report.merged_into is None
