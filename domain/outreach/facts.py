"""Reads what the planner must know: who still has something to do in each network's round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import overview
from domain.needs.models import Status
from domain.needs.overview import Answer, KindergartenStanding, OwnerStanding
from domain.needs.owners import reply_by
from domain.needs.owners.desk import UNANSWERED as UNANSWERED
from domain.outreach.plan import HeadTask, NetworkFacts, OwnerTask
from domain.register.models import Role, Scope, ScopeKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.ports import UnitOfWork
    from domain.rounds.models import Round


def facts_of(uow: UnitOfWork, current: Round, now: datetime) -> NetworkFacts:
    """The facts about one network, as they are now."""
    network = uow.register.network(current.network_id)
    standing = overview.network_standing(uow, network, current, now)
    chosen = uow.rounds.replies_by(current.id)
    heads = [
        HeadTask(person.id, s.kindergarten.id, _own_date(current, chosen.get(owner.owner.id)))
        for owner in standing.owners
        for s in owner.kindergartens
        if is_reminded(s, current)
        for person in uow.register.people_with(
            Role.HEAD, Scope(kind=ScopeKind.KINDERGARTEN, id=s.kindergarten.id)
        )
    ]
    owners = [
        OwnerTask(person.id, owner.owner.id)
        for owner in standing.owners
        if owner_has_something_left(owner, current)
        for person in uow.register.people_with(Role.OWNER, Scope(kind=ScopeKind.OWNER, id=owner.owner.id))
    ]
    scope = Scope(kind=ScopeKind.NETWORK, id=network.id)
    return NetworkFacts(
        round=current,
        heads=tuple(heads),
        owners=tuple(owners),
        leaders=tuple(p.id for p in uow.register.people_with(Role.LEADER, scope)),
        bindings=tuple(b.id for b in uow.identity.bindings(network.id)),
    )


def _own_date(current: Round, chosen: date | None) -> date | None:
    """The owner's own date, when it is another than the usual one."""
    own = reply_by.in_force(current, chosen)
    return own if own != current.reply_by() else None


def is_reminded(kindergarten: KindergartenStanding, current: Round) -> bool:
    """Whether a kindergarten is asked to answer: with the form off, only to finish what it has begun."""
    if kindergarten.answer not in UNANSWERED:
        return False
    return current.form_on or kindergarten.answer is Answer.BEGUN


def owner_has_something_left(owner: OwnerStanding, current: Round) -> bool:
    """Whether an owner has needs to handle or to send on, or has sent nothing at all while the form is on."""
    pending = {Status.SENT_TO_OWNER, Status.APPROVED}
    waits = current.form_on and not owner.sent
    return waits or any(r.status in pending for s in owner.kindergartens for r in s.reports)


def all_facts(uow: UnitOfWork, now: datetime) -> list[NetworkFacts]:
    """The facts about every network that is in a round."""
    return [facts_of(uow, r, now) for r in uow.rounds.all_current(local_day(now))]
