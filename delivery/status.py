"""How delivery stands: what /metrics and /readyz show, and what an operator asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from domain.outbox import MessageKind, OutboxMessage, OutboxState

if TYPE_CHECKING:
    from delivery.engine import Engine
    from delivery.ports import Worker
    from domain.ports import UnitOfWork

NOT_ARRIVED = (OutboxState.AMBIGUOUS, OutboxState.FAILED, OutboxState.UNREACHABLE)
"""The ends that an operator may have to do something about."""

MOST_LISTED = 1000


@dataclass(frozen=True)
class Lost:
    """A message that did not arrive, or perhaps did not. `recipient` is None for a channel."""

    message: OutboxMessage
    recipient: str | None


@dataclass(frozen=True)
class Status:
    """How many messages of each kind are in each state, and those that did not arrive, latest first."""

    counts: dict[tuple[MessageKind, OutboxState], int]
    lost: tuple[Lost, ...]

    def in_state(self, state: OutboxState) -> int:
        """How many messages are in a state."""
        return sum(number for (_, found), number in self.counts.items() if found is state)


def status_of(uow: UnitOfWork, now: datetime, days: int) -> Status:
    """All messages counted, and what did not arrive within so many days, the latest thousand of it."""
    ended = uow.outbox.ended(NOT_ARRIVED, now - timedelta(days=days), MOST_LISTED)
    return Status(
        counts=uow.outbox.counts_by_kind(),
        lost=tuple(
            Lost(m, uow.register.person(m.person_id).name if m.person_id is not None else None) for m in ended
        ),
    )


@dataclass(frozen=True)
class Backlog:
    """How many messages are in each state (every state is there), and how late the oldest due one is, in seconds."""

    counts: dict[str, int]
    lag: float


async def backlog(worker: Worker, now: datetime) -> Backlog:
    """What waits to be sent. What is due is handed to the engine within seconds; more means that it stands."""

    def looked(uow: UnitOfWork) -> Backlog:
        counted = uow.outbox.counts()
        oldest = uow.outbox.due(now, 1)
        return Backlog(
            {state.value: counted.get(state.value, 0) for state in OutboxState},
            (now - oldest[0].due_at).total_seconds() if oldest else 0.0,
        )

    return await worker.run(looked)


async def queue_depth(engine: Engine) -> int:
    """How many messages are with the engine, counted up to 1000; 0 when it does not answer."""
    return await engine.depth() if await engine.healthy() else 0
