"""What reminds a head or an owner of needs: facts read at the moment of sending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import overview
from domain.needs.flow import Circumstances, left
from domain.needs.form import needs_form
from domain.needs.heads.head import drafts_among
from domain.needs.models import Status
from domain.needs.owners import reply_by
from domain.outreach.digests.standing import standing_of
from domain.outreach.planning.left import UNANSWERED, is_reminded, owner_has_something_left
from domain.outreach.reminding.putting_off import PREFIX
from domain.register import rights
from domain.rounds.models import DeadlineKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork
    from domain.register.models import Kindergarten, Person
    from domain.rounds.models import Round

_SEASON = "season"
_BY_THE_OWNER = frozenset({"eve", "late"})
"""Steps that press on behalf of the owner."""

_SEASON_AHEAD = 14
"""Days before the svarfrist until which it is still early to speak of the season."""


@dataclass(frozen=True)
class HeadReminder:
    """To a head who has not answered. `nudged_by` is set when the owner asked for it.

    `deadline` is the owner's own date, which `confirmed` and `source` are about; `chosen` whether the owner has
    set the heads' date. `own` are the head's kindergartens in a round, `unanswered` those that have not answered.
    """

    recipient: Person
    kindergarten: str
    kindergarten_id: int
    round_id: int
    owner: str
    reply_by: date
    passed: bool
    begun: bool
    left: int
    deadline: date
    confirmed: bool
    source: str
    nudged_by: str | None = None
    chosen: bool = False
    season: bool = False
    own: int = 1
    unanswered: int = 1


@dataclass(frozen=True)
class OwnerReminder:
    """To somebody who acts for an owner that has something left to do.

    `network` is named when the owner has kindergartens in several; the numbers are of this one. `own` is the only
    one without an answer, when the recipient is its head.
    """

    recipient: Person
    owner: str
    owner_id: int
    network_id: int
    round_id: int
    deadline: date
    confirmed: bool
    source: str
    waiting: int
    approved: int
    unanswered: int
    all_without_need: bool = False
    network: str | None = None
    own: Kindergarten | None = None


def head_reminder(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> HeadReminder | None:
    """None when the kindergarten has answered, or the recipient is not its head any more.

    What a head has put off is about the next of the head's kindergartens when that one has answered.
    """
    recipient = uow.register.person(message.person_id or 0)
    own = _own(uow, recipient.id, now)
    standing = _unanswered(message, own)
    if standing is None:
        return None
    kindergarten = standing.kindergarten
    network = uow.register.network_of_kindergarten(kindergarten.id)
    current = uow.rounds.current(network.id, local_day(now))
    if current is None:
        return None
    draft = next(reversed(drafts_among(standing.reports, kindergarten.id)), None)
    deadline = current.deadline(DeadlineKind.NEEDS)
    if deadline is None or (not current.form_on and draft is None):
        # The network takes needs in another way: nobody is asked to begin here.
        return None
    owned = rights.owners(uow.register.roles_of(recipient.id))
    if message.params.get("step") in _BY_THE_OWNER and kindergarten.owner_id in owned:
        # Who is head and owner in one hears of it as the owner, and would be reminded of her own wish.
        return None
    by = message.params.get("by")
    asked_by = reply_by.of_round(uow, kindergarten.owner_id, current)
    begun = draft is not None and bool(draft.answers)
    early = (asked_by - local_day(now)).days > _SEASON_AHEAD
    return HeadReminder(
        recipient=recipient,
        kindergarten=kindergarten.name,
        kindergarten_id=kindergarten.id,
        round_id=current.id,
        owner=uow.register.owner(kindergarten.owner_id).name,
        reply_by=asked_by,
        passed=asked_by < local_day(now),
        begun=begun,
        left=left(needs_form(draft.form_version), draft.answers, Circumstances()) if draft else 0,
        deadline=deadline.day,
        confirmed=deadline.confirmed,
        source=deadline.source,
        nudged_by=uow.register.person(by).name if by else None,
        chosen=asked_by != reply_by.in_force(current, None),
        season=message.params.get("step") == _SEASON and early and not begun,
        own=len(own),
        unanswered=sum(s.answer in UNANSWERED for s in own),
    )


def _unanswered(
    message: OutboxMessage, own: Sequence[overview.KindergartenStanding]
) -> overview.KindergartenStanding | None:
    """The kindergarten of the message, or another of the head's where that may be, that has not answered."""
    asked = [s for s in own if s.kindergarten.id == message.params.get("kindergarten", 0)]
    others = [s for s in own if s not in asked] if asked and message.key.startswith(PREFIX) else []
    return next((s for s in (*asked, *others) if s.answer in UNANSWERED), None)


def _own(uow: UnitOfWork, person_id: int, now: datetime) -> list[overview.KindergartenStanding]:
    """How the kindergartens stand that somebody is head of."""
    own = [uow.register.kindergarten(i) for i in rights.heads(uow.register.roles_of(person_id))]
    return overview.standings(uow, [k for k in own if k.active], now)


def owner_reminder(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> OwnerReminder | None:
    """None when the owner has nothing left to do, the round is over, or the recipient acts for another by now."""
    found = standing_of(uow, message, now)
    if found is None:
        return None
    deadline, whole = found
    current = whole.round
    mine = next((o for o in whole.owners if o.owner.id == message.params.get("owner")), None)
    if mine is None or not _acts_now(uow, message.person_id or 0, mine, current, now):
        return None
    statuses = [r.status for s in mine.kindergartens for r in s.reports]
    everywhere = uow.register.kindergartens_of_owner(mine.owner.id)
    silent = [s.kindergarten for s in mine.kindergartens if is_reminded(s, current)]
    headed = rights.heads(uow.register.roles_of(message.person_id or 0))
    return OwnerReminder(
        recipient=uow.register.person(message.person_id or 0),
        owner=mine.owner.name,
        owner_id=mine.owner.id,
        network_id=whole.network.id,
        round_id=current.id,
        deadline=deadline.day,
        confirmed=deadline.confirmed,
        source=deadline.source,
        waiting=statuses.count(Status.SENT_TO_OWNER),
        approved=statuses.count(Status.APPROVED),
        unanswered=len(silent),
        all_without_need=not mine.sent
        and all(s.answer is overview.Answer.NO_NEED for s in mine.kindergartens),
        network=whole.network.name if len(everywhere) > len(mine.kindergartens) else None,
        own=silent[0] if len(silent) == 1 and silent[0].id in headed else None,
    )


def _acts_now(
    uow: UnitOfWork, person_id: int, mine: overview.OwnerStanding, current: Round, now: datetime
) -> bool:
    held = rights.owners(uow.register.roles_of(person_id))
    over = current.ends < local_day(now)
    return mine.owner.id in held and not over and owner_has_something_left(mine, current)
