"""What has happened in a network since its leader was last told of all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.needs.models import WITH_NETWORK, Status
from domain.outbox import MessageKind, OutboxMessage, OutboxState
from domain.outreach.planning.hours import opens_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.needs.models import OwnersReport
    from domain.ports import UnitOfWork
    from domain.rounds.models import Round

_JUST_THERE = frozenset({Status.REPORTED, Status.RETURNED_TO_OWNER, Status.UNDER_CONSIDERATION})
_DECIDED = sorted(WITH_NETWORK - _JUST_THERE)


@dataclass(frozen=True)
class Since:
    """The owners that have sent since `at`, by id, the needs they sent, and what was decided and withdrawn."""

    at: datetime
    owners: tuple[int, ...] = ()
    needs: int = 0
    decided: int = 0
    withdrawn: int = 0

    @property
    def nothing(self) -> bool:
        """Whether nothing has happened."""
        return not (self.owners or self.needs or self.decided or self.withdrawn)


def since_last(
    uow: UnitOfWork, kind: MessageKind, person_id: int, current: Round, sent: Sequence[OwnersReport]
) -> Since | None:
    """What is new in a round since a message of the kind last told the person of it; None when none has.

    `sent` are the consolidated reports that have been sent in the round.
    """
    told = [m.finished_at for m in _told(uow, person_id, current) if _is_about(m, kind, current.id)]
    last = max((at for at in told if at is not None), default=None)
    return _happened(uow, current, sent, last) if last is not None else None


def _told(uow: UnitOfWork, person_id: int, current: Round) -> list[OutboxMessage]:
    return uow.outbox.to_person(person_id, OutboxState.SENT, opens_at(current.starts))


def _is_about(message: OutboxMessage, kind: MessageKind, round_id: int) -> bool:
    """Also when it went out in one message with others."""
    return any(k is kind and params.get("round") == round_id for k, params in message.parts)


def _happened(uow: UnitOfWork, current: Round, sent: Sequence[OwnersReport], at: datetime) -> Since:
    new = [r for r in sent if r.sent_at is not None and r.sent_at > at]
    reported = {i for r in sent for i in r.report_ids}
    gone = [r for r in uow.needs.in_round(current.id, [Status.WITHDRAWN]) if r.id in reported]
    decided = [r for r in uow.needs.in_round(current.id, _DECIDED) if r.merged_into is None]
    return Since(
        at=at,
        owners=tuple(dict.fromkeys(i for r in new for i in r.senders)),
        needs=sum(len(r.report_ids) for r in new),
        decided=sum(r.updated_at > at for r in decided),
        withdrawn=sum(r.updated_at > at for r in gone),
    )
