"""The messages that an act on a need causes: outbox rows, added in the act's own transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.needs.lifecycle import Party
from domain.outbox import MessageKind, OutboxMessage
from domain.register.models import Role, Scope, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from domain.needs.models import NeedsReport, OwnersReport
    from domain.ports import UnitOfWork
    from domain.register.models import Kindergarten, Person


def tell(
    uow: UnitOfWork, party: Party, kind: MessageKind, report: NeedsReport, actor: int, now: datetime
) -> None:
    """Tells everybody of a party (the heads, those who act for the owner, the leaders) about a need."""
    people = {p.id: p for scope in _scopes(uow, party, report) for p in uow.register.people_with(*scope)}
    _tell(uow, kind, people.values(), actor, now, report.id, report.version, {"report": report.id})


def _scopes(uow: UnitOfWork, party: Party, report: NeedsReport) -> list[tuple[Role, Scope]]:
    kindergarten = uow.register.kindergarten(report.kindergarten_id)
    match party:
        case Party.HEAD:
            return [(Role.HEAD, Scope(kind=ScopeKind.KINDERGARTEN, id=i)) for i in report.kindergartens]
        case Party.OWNER:
            return [(Role.OWNER, Scope(kind=ScopeKind.OWNER, id=kindergarten.owner_id))]
        case Party.LEADER:
            network = uow.register.network_of_kindergarten(kindergarten.id)
            return [(Role.LEADER, Scope(kind=ScopeKind.NETWORK, id=network.id))]


def to_leader(uow: UnitOfWork, report: OwnersReport, actor: int, now: datetime) -> None:
    """Tells the network's leaders that an owner has sent."""
    scope = Scope(kind=ScopeKind.NETWORK, id=report.network_id)
    people = uow.register.people_with(Role.LEADER, scope)
    _tell(
        uow,
        MessageKind.OWNER_REPORTED,
        people,
        actor,
        now,
        report.id,
        report.version,
        {"owners_report": report.id},
    )


def nudge(uow: UnitOfWork, kindergartens: Iterable[Kindergarten], day: str, actor: int, now: datetime) -> int:
    """Asks heads who have not answered, on the owner's behalf; at most once a day each. Returns how many."""
    told = 0
    for kindergarten in kindergartens:
        scope = Scope(kind=ScopeKind.KINDERGARTEN, id=kindergarten.id)
        for person in uow.register.people_with(Role.HEAD, scope):
            told += uow.outbox.add(
                OutboxMessage(
                    key=f"nudge:{day}:{kindergarten.id}:{person.id}",
                    kind=MessageKind.NUDGED_BY_OWNER,
                    person_id=person.id,
                    params={"kindergarten": kindergarten.id, "by": actor},
                    due_at=now,
                )
            )
    return told


def _tell(
    uow: UnitOfWork,
    kind: MessageKind,
    people: Iterable[Person],
    actor: int,
    now: datetime,
    subject: int,
    version: int,
    params: dict[str, int],
) -> None:
    for person in people:
        if person.id != actor:
            uow.outbox.add(
                OutboxMessage(
                    key=f"{kind.value}:{subject}:{version}:{person.id}",
                    kind=kind,
                    person_id=person.id,
                    params={**params, "version": version},
                    due_at=now,
                )
            )
