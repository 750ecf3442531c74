"""Who is told of what happens in a joint report: outbox rows to everybody who acts for an owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.outbox import MessageKind, OutboxMessage
from domain.register.models import Role, Scope, ScopeKind

if TYPE_CHECKING:
    from datetime import datetime

    from domain.needs.models import OwnersReport
    from domain.ports import UnitOfWork


def to_owner(
    uow: UnitOfWork,
    kind: MessageKind,
    report: OwnersReport,
    owner_id: int,
    actor: int,
    now: datetime,
    *,
    about: int | None = None,
) -> None:
    """Tells those who act for an owner; `about` is the other owner that it concerns (none: this one)."""
    scope = Scope(kind=ScopeKind.OWNER, id=owner_id)
    other = about if about is not None else owner_id
    for person in uow.register.people_with(Role.OWNER, scope):
        if person.id != actor:
            uow.outbox.add(
                OutboxMessage(
                    key=f"{kind.value}:{report.id}:{report.version}:{other}:{person.id}",
                    kind=kind,
                    person_id=person.id,
                    params={"owners_report": report.id, "owner": other, "by": actor},
                    due_at=now,
                )
            )
