"""What reminds a head or an owner of needs: facts read at the moment of sending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import overview
from domain.needs.flow import Circumstances, left
from domain.needs.form import needs_form
from domain.needs.heads.head import open_draft
from domain.needs.models import Status
from domain.needs.owners import reply_by
from domain.outreach.facts import UNANSWERED, is_reminded, owner_has_something_left
from domain.outreach.standing import standing_of
from domain.register import rights

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork
    from domain.register.models import Person


@dataclass(frozen=True)
class HeadReminder:
    """To a head who has not answered. `nudged_by` is set when the owner asked for it."""

    recipient: Person
    kindergarten: str
    kindergarten_id: int
    owner: str
    reply_by: date
    passed: bool
    begun: bool
    left: int
    nudged_by: str | None = None


@dataclass(frozen=True)
class OwnerReminder:
    """To somebody who acts for an owner that has something left to do."""

    recipient: Person
    owner: str
    owner_id: int
    deadline: date
    confirmed: bool
    waiting: int
    approved: int
    unanswered: int
    all_without_need: bool = False


def head_reminder(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> HeadReminder | None:
    """None when the kindergarten has answered, or the recipient is not its head any more."""
    recipient = uow.register.person(message.person_id or 0)
    kindergarten = uow.register.kindergarten(message.params.get("kindergarten", 0))
    if kindergarten.id not in rights.heads(uow.register.roles_of(recipient.id)):
        return None
    network = uow.register.network_of_kindergarten(kindergarten.id)
    current = uow.rounds.current(network.id, local_day(now))
    standing = overview.standings(uow, [kindergarten], now)[:1]
    if current is None or not kindergarten.active or standing[0].answer not in UNANSWERED:
        return None
    draft = open_draft(uow, recipient.id, kindergarten.id, now)
    if not current.form_on and draft is None:
        # The network takes needs in another way: nobody is asked to begin here.
        return None
    by = message.params.get("by")
    asked_by = reply_by.of_round(uow, kindergarten.owner_id, current)
    return HeadReminder(
        recipient=recipient,
        kindergarten=kindergarten.name,
        kindergarten_id=kindergarten.id,
        owner=uow.register.owner(kindergarten.owner_id).name,
        reply_by=asked_by,
        passed=asked_by < local_day(now),
        begun=draft is not None and bool(draft.answers),
        left=left(needs_form(draft.form_version), draft.answers, Circumstances()) if draft else 0,
        nudged_by=uow.register.person(by).name if by else None,
    )


def owner_reminder(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> OwnerReminder | None:
    """None when the owner has nothing left to do."""
    found = standing_of(uow, message, now)
    if found is None:
        return None
    deadline, whole = found
    current = uow.rounds.get(message.params.get("round", 0))
    mine = next((o for o in whole.owners if o.owner.id == message.params.get("owner")), None)
    if mine is None or not owner_has_something_left(mine, current):
        return None
    statuses = [r.status for s in mine.kindergartens for r in s.reports]
    return OwnerReminder(
        recipient=uow.register.person(message.person_id or 0),
        owner=mine.owner.name,
        owner_id=mine.owner.id,
        deadline=deadline.day,
        confirmed=deadline.confirmed,
        waiting=statuses.count(Status.SENT_TO_OWNER),
        approved=statuses.count(Status.APPROVED),
        unanswered=sum(is_reminded(s, current) for s in mine.kindergartens),
        all_without_need=not mine.sent
        and all(s.answer is overview.Answer.NO_NEED for s in mine.kindergartens),
    )
