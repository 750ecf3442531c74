"""What an owner is told of its own kindergartens when the heads' date has passed, or when the owner asks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.needs.models import Status
from domain.needs.owners import joint, reply_by
from domain.needs.owners.desk import Desk, View, desk
from domain.register import rights
from domain.rounds.models import DeadlineKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.needs.overview import Counts
    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork
    from domain.register.models import Person
    from domain.rounds.models import Deadline, Round


@dataclass(frozen=True)
class OwnerDigest:
    """To somebody who acts for an owner: how its kindergartens in one network stand.

    `several` when the owner has kindergartens in other networks too. `waiting` to `reported` are numbers of needs:
    to be approved, sent back by the network, approved and not sent, sent back to a head, at the network. `sendable`
    when there is something to send to the network, be it that nobody has a need. `only` is the name of the only
    kindergarten; `own` the id of the only one without an answer when the recipient is its head.
    """

    recipient: Person
    owner: str
    owner_id: int
    network: str
    several: bool
    reply_by: date
    deadline: Deadline
    form_on: bool
    counts: Counts
    unanswered: tuple[str, ...]
    waiting: int
    sent_back: int
    approved: int
    returned: int
    reported: int
    sent: bool
    sendable: bool
    only: str | None = None
    own: int | None = None

    @property
    def left(self) -> bool:
        """Whether the owner has anything to do, or to wait for."""
        asked = self.form_on and (bool(self.unanswered) or not self.sent)
        return asked or bool(self.waiting or self.sent_back or self.approved)


def owner_digest(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> OwnerDigest | None:
    """None when nothing is left, and for somebody who does not act for the owner any more."""
    current = uow.rounds.get(message.params.get("round", 0))
    found = for_owner(uow, message.person_id or 0, message.params.get("owner", 0), current, now)
    return found if found is not None and found.left else None


def for_owner(
    uow: UnitOfWork, person_id: int, owner_id: int, current: Round, now: datetime
) -> OwnerDigest | None:
    """How an owner's kindergartens stand in a network's round; None for anybody but the owner, and without any."""
    roles = uow.register.roles_of(person_id)
    deadline = current.deadline(DeadlineKind.NEEDS)
    if deadline is None or owner_id not in rights.owners(roles):
        return None
    whole = desk(uow, uow.register.owner(owner_id), now)
    mine = _in_network(whole, current.network_id)
    if not mine.standings:
        return None
    sizes, silent = mine.sizes(), mine.unanswered()
    sent = bool(joint.spoken_for(uow, owner_id, current.id))
    own = silent[0].id if len(silent) == 1 and silent[0].id in rights.heads(roles) else None
    return OwnerDigest(
        recipient=uow.register.person(person_id),
        owner=mine.owner.name,
        owner_id=owner_id,
        network=uow.register.network(current.network_id).name,
        several=len(whole.networks) > 1,
        reply_by=reply_by.of_round(uow, owner_id, current),
        deadline=deadline,
        form_on=current.form_on,
        counts=mine.counts,
        unanswered=tuple(k.name for k in silent),
        waiting=sizes[View.WAITING],
        sent_back=sizes[View.SENT_BACK],
        approved=sizes[View.APPROVED],
        returned=sum(r.status is Status.RETURNED for s in mine.standings for r in s.reports),
        reported=sizes[View.SENT],
        sent=sent,
        sendable=sizes[View.APPROVED] > 0 or (not sent and mine.without_need(current.network_id)),
        only=mine.standings[0].kindergarten.name if len(mine.standings) == 1 else None,
        own=own,
    )


def _in_network(whole: Desk, network_id: int) -> Desk:
    here = tuple(
        s for s in whole.standings if whole.network_ids[s.kindergarten.municipality_id] == network_id
    )
    return replace(whole, standings=here)
