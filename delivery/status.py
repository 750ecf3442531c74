"""What /metrics and /readyz show of delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.outbox import OutboxState

if TYPE_CHECKING:
    from delivery.engine import Engine
    from delivery.ports import Worker


async def outbox_counts(worker: Worker) -> dict[str, int]:
    """How many messages are in each state; every state is there, also with 0."""
    counted = await worker.run(lambda uow: uow.outbox.counts())
    return {state.value: counted.get(state.value, 0) for state in OutboxState}


async def queue_depth(engine: Engine) -> int:
    """How many messages are with the engine, counted up to 1000; 0 when it does not answer."""
    return await engine.depth() if await engine.healthy() else 0
