"""What is said of a round's dates: one that comes, one that was moved, those to confirm. Read when sent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import overview
from domain.needs.heads.head import open_draft
from domain.needs.models import Status
from domain.needs.owners import reply_by
from domain.outreach.planning.left import is_reminded, owner_has_something_left
from domain.register import rights
from domain.register.models import Kindergarten, Network, Person, ScopeKind
from domain.rounds.confirming import own_date, unconfirmed
from domain.rounds.meeting_rules import Missing, missing
from domain.rounds.models import Deadline, DeadlineKind, OwnDate, Round
from domain.rounds.seeing import networks_seen
from domain.rounds.year import audiences

if TYPE_CHECKING:
    from datetime import datetime

    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork


@dataclass(frozen=True)
class DateReminder:
    """To those whom a date of the network's own is for."""

    recipient: Person
    network: str
    network_id: int
    own: OwnDate


@dataclass(frozen=True)
class HeadsPart:
    """What a head needs to go on with the answer. `reply_by`: the date is the svarfrist, else the owner's own."""

    kindergarten: str
    kindergarten_id: int
    begun: bool
    reply_by: bool = True


@dataclass(frozen=True)
class OwnersPart:
    """What an owner needs to go on: needs that wait, and those that may be sent."""

    owner_id: int
    waiting: int
    approved: int


@dataclass(frozen=True)
class DateChanged:
    """To somebody, or into a channel (no recipient), who had been told the date that held before."""

    recipient: Person | None
    network: str
    network_id: int
    kind: DeadlineKind
    was: date
    day: date
    head: HeadsPart | None = None
    owner: OwnersPart | None = None


@dataclass(frozen=True)
class DatesToConfirm:
    """To the leader: the dates that nobody has confirmed yet, and what the meeting plan lacks."""

    recipient: Person
    network: str
    current: Round
    unconfirmed: tuple[Deadline, ...]
    meetings: Missing = field(default_factory=Missing)


def date_reminder(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> DateReminder | None:
    """None when the date is gone or past, or is not for the recipient any more."""
    recipient = uow.register.person(message.person_id or 0)
    current = uow.rounds.get(message.params.get("round", 0))
    network = uow.register.network(current.network_id)
    own = own_date(current, message.params.get("date", 0))
    if own is None or own.day < local_day(now) or not _concerns(uow, recipient, network, own):
        return None
    return DateReminder(recipient, network.name, network.id, own)


def dates_to_confirm(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> DatesToConfirm | None:
    """None when nothing is left to confirm or to plan, or the recipient does not lead the network any more."""
    recipient = uow.register.person(message.person_id or 0)
    current = uow.rounds.get(message.params.get("round", 0))
    network = uow.register.network(current.network_id)
    today = local_day(now)
    led = rights.led_networks(uow.register.roles_of(recipient.id))
    if network.id not in led or not current.starts <= today <= current.ends:
        return None
    left = unconfirmed(current)
    # The meetings are planned at the round's beginning; before a date only the dates count.
    lacks = missing(current, network.slug, today) if message.params.get("step") == "start" else Missing()
    if not left and not lacks.anything:
        return None
    return DatesToConfirm(recipient, network.name, current, left, lacks)


def date_changed(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> DateChanged | None:
    """None when the date is what it was, or does not concern the recipient any more."""
    return changed_in(uow, message, uow.rounds.get(message.params.get("round", 0)), now)


def changed_in(uow: UnitOfWork, message: OutboxMessage, current: Round, now: datetime) -> DateChanged | None:
    """The same for a round that is not saved, to know who would be told."""
    deadline = current.deadline(DeadlineKind(message.params.get("deadline", DeadlineKind.NEEDS)))
    if deadline is None:
        return None
    network = uow.register.network(current.network_id)
    was = date.fromisoformat(message.params["was"])
    changed = DateChanged(None, network.name, network.id, deadline.kind, was, deadline.day)
    if message.person_id is None:
        bound = uow.identity.binding(message.binding_id or 0)
        return changed if bound is not None and was != deadline.day else None
    recipient = uow.register.person(message.person_id)
    if "kindergarten" in message.params:
        kindergarten = uow.register.kindergarten(message.params["kindergarten"])
        known = message.params.get("reply_by")
        return _for_head(uow, recipient, kindergarten, current, changed, known, now)
    if was == deadline.day or network not in networks_seen(uow, uow.register.roles_of(recipient.id)):
        return None
    part = _for_owner(uow, recipient, message.params.get("owner"), network, current, now)
    return replace(changed, recipient=recipient, owner=part)


def _for_head(
    uow: UnitOfWork,
    recipient: Person,
    kindergarten: Kindergarten,
    current: Round,
    changed: DateChanged,
    known: str | None,
    now: datetime,
) -> DateChanged | None:
    """The head's own date when that one moved, and the owner's when one's own is past; while no answer is there."""
    today = local_day(now)
    own, was = reply_by.of_round(uow, kindergarten.owner_id, current), changed.was
    passed = own < today
    day = changed.day if passed else own
    if not passed:
        was = date.fromisoformat(known) if known is not None else own
    mine = kindergarten.id in rights.heads(uow.register.roles_of(recipient.id)) and kindergarten.active
    standing = overview.standings(uow, [kindergarten], now)[:1]
    if not mine or day == was or day < today:
        return None
    if not standing or not is_reminded(standing[0], current):
        return None
    draft = open_draft(uow, recipient.id, kindergarten.id, now)
    begun = draft is not None and bool(draft.answers)
    part = HeadsPart(kindergarten.name, kindergarten.id, begun, reply_by=not passed)
    return replace(changed, recipient=recipient, was=was, day=day, head=part)


def _for_owner(
    uow: UnitOfWork, recipient: Person, owner_id: int | None, network: Network, current: Round, now: datetime
) -> OwnersPart | None:
    """What waits, for somebody who acts for the owner and has something left."""
    if owner_id is None or owner_id not in rights.owners(uow.register.roles_of(recipient.id)):
        return None
    whole = overview.network_standing(uow, network, current, now)
    mine = next((o for o in whole.owners if o.owner.id == owner_id), None)
    if mine is None or not owner_has_something_left(mine, current):
        return None
    statuses = [r.status for s in mine.kindergartens for r in s.reports]
    return OwnersPart(owner_id, statuses.count(Status.SENT_TO_OWNER), statuses.count(Status.APPROVED))


def _concerns(uow: UnitOfWork, person: Person, network: Network, own: OwnDate) -> bool:
    """Whether a date of the network's own is for somebody: by a role that lies in the network."""
    roles = uow.register.roles_of(person.id)
    here = [r.role for r in roles if network in networks_seen(uow, [r]) and r.scope.kind is not ScopeKind.ALL]
    return own.audience in audiences(here)
