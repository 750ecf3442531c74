"""A leader stops a step of the schedule in the round, or lets it go again."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import access
from domain.outreach.planning.plan import can_be_stopped, occasions
from domain.rounds.trace import note

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork


class Stopping(StrEnum):
    """What came of it."""

    DONE = "done"
    ALREADY = "already"
    UNKNOWN = "unknown"
    NOT_POSSIBLE = "not_possible"


def set_stopped(
    uow: UnitOfWork, person_id: int, network_id: int, name: str, stopped: bool, now: datetime
) -> Stopping:
    """Stops a step (its name as in Occasion.name) or lets it go; what is in the outbox already is not taken back.

    Raises UnknownReport for somebody who does not lead the network, NoOpenRound outside a round.
    """
    current = access.round_to_change(uow, person_id, network_id, now)
    step = next((o.step for o in occasions(current, (), local_day(now)) if o.name == name), None)
    if step is None:
        return Stopping.UNKNOWN
    if not can_be_stopped(step.kind):
        return Stopping.NOT_POSSIBLE
    if (name in current.stopped) is stopped:
        return Stopping.ALREADY
    kept = tuple(n for n in current.stopped if n != name)
    uow.rounds.save(current.model_copy(update={"stopped": (*kept, name) if stopped else kept}))
    goes, is_stopped = f"{name} går", f"{name} stoppet"
    before, after = (goes, is_stopped) if stopped else (is_stopped, goes)
    note(uow, person_id, current, before, after, now, "outreach")
    return Stopping.DONE
