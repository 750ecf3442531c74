"""What somebody is told when something was done to a need: facts read at the moment of sending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.needs import access
from domain.needs.history import last_act
from domain.needs.models import ANSWERED, NeedsReport, Status
from domain.outbox import MessageKind, OutboxMessage
from domain.outreach.notices.decided import DECIDED, decided_together
from domain.outreach.notices.joint import said_elsewhere, theirs
from domain.register.models import Role

if TYPE_CHECKING:
    from domain.needs.history import LastAct
    from domain.ports import UnitOfWork
    from domain.register.models import Person


@dataclass(frozen=True)
class NeedNotice:
    """Somebody did something with a need: the one it concerns is told.

    `role` is what the recipient is to the need; `act` what happened to it last; `titles` every need that the
    same was done to at once, this one first, when the recipient is told of all in one.
    """

    kind: MessageKind
    report: NeedsReport
    kindergarten: str
    owner: str
    network: str
    recipient: Person
    role: Role | None = None
    act: LastAct | None = None
    titles: tuple[str, ...] = ()


_STILL = {
    MessageKind.NEED_ARRIVED: {Status.SENT_TO_OWNER},
    MessageKind.NO_NEED_ARRIVED: {Status.NO_NEED},
    # Sent on in the same breath, it is told of as sent.
    MessageKind.NEED_APPROVED: {Status.APPROVED},
    MessageKind.NEED_RETURNED: {Status.RETURNED},
    MessageKind.NEED_NOT_FORWARDED: {Status.NOT_FORWARDED},
    MessageKind.NEED_REPORTED: {Status.REPORTED},
    MessageKind.NEED_REPORTED_AGAIN: {Status.REPORTED, Status.UNDER_CONSIDERATION},
    MessageKind.NEED_SENT_BACK: {Status.RETURNED_TO_OWNER},
    MessageKind.NEED_WITHDRAWN: {Status.WITHDRAWN},
    MessageKind.NEED_DECIDED: DECIDED,
    MessageKind.NEED_REGISTERED: set(ANSWERED),
}


def need_notice(uow: UnitOfWork, message: OutboxMessage) -> NeedNotice | None:
    """None when the need has gone on since, or when the recipient hears of it in another message."""
    report = uow.needs.get(message.params.get("report", 0))
    if report is None or report.status not in _STILL.get(message.kind, set(Status)):
        return None
    if said_elsewhere(uow, message.kind, report):
        return None
    recipient = uow.register.person(message.person_id or 0)
    kindergarten = uow.register.kindergarten(theirs(uow, recipient.id, report))
    roles = access.roles_for(uow, recipient.id, report)
    titles: tuple[str, ...] = ()
    if message.kind is MessageKind.NEED_DECIDED:
        together = decided_together(uow, message, report, roles)
        if together is None:
            return None
        titles = tuple(r.title or "" for r in together)
    return NeedNotice(
        kind=message.kind,
        report=report,
        kindergarten=kindergarten.name,
        owner=uow.register.owner(kindergarten.owner_id).name,
        network=uow.register.network_of_kindergarten(kindergarten.id).name,
        recipient=recipient,
        role=_part_of(message.kind, roles),
        act=last_act(uow, report.id),
        titles=titles,
    )


def _part_of(kind: MessageKind, roles: tuple[Role, ...]) -> Role | None:
    """What the recipient is told it as: who is several things to a need is told it as the one it concerns most."""
    if kind is MessageKind.NEED_REGISTERED:
        return Role.HEAD if Role.HEAD in roles else None
    return next((r for r in (Role.OWNER, Role.HEAD, Role.LEADER) if r in roles), None)
