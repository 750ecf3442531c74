"""What a network's leader decides of a whole round: end what is left open, and whether the form is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import access
from domain.needs.acting import perform
from domain.needs.errors import NoOpenRound, Stale
from domain.needs.lifecycle import ARROWS, Act
from domain.rounds.models import round_period, round_start_year
from domain.rounds.trace import note

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork
    from domain.register.models import Network
    from domain.rounds.models import Round

OPEN = tuple(sorted({a.before for a in ARROWS if a.act is Act.EXPIRE}))
"""The states in which a need is still open when its round ends."""


@dataclass(frozen=True)
class Ending:
    """The needs of a round that are still open, drafts among them: only how many."""

    network: Network
    round: Round
    open: int
    over: bool


def ending(uow: UnitOfWork, person_id: int, network_id: int, now: datetime) -> Ending:
    """What would be ended: that of the round before while it has anything open, else of the one that is on.

    Raises UnknownReport for somebody who does not lead the network, NoOpenRound when there is neither round.
    """
    network = access.led_network(uow, person_id, network_id)
    today = local_day(now)
    first_day = round_period(round_start_year(today))[0]
    before = uow.rounds.current(network.id, first_day - timedelta(days=1))
    if before is not None and (left := len(_open(uow, before.id))):
        return Ending(network, before, left, over=True)
    current = uow.rounds.current(network.id, today)
    if current is None:
        raise NoOpenRound
    return Ending(network, current, len(_open(uow, current.id)), over=False)


def expire(uow: UnitOfWork, person_id: int, network_id: int, round_id: int, count: int, now: datetime) -> int:
    """Ends every open need of the round at once; how many. Stale when there are not `count` of them any more."""
    found = ending(uow, person_id, network_id, now)
    if found.round.id != round_id or found.open != count:
        raise Stale
    for report_id in _open(uow, round_id):
        perform(uow, person_id, report_id, Act.EXPIRE, now)
    return count


def _open(uow: UnitOfWork, round_id: int) -> list[int]:
    # What was merged into a common need follows it.
    return [r.id for r in uow.needs.in_round(round_id, OPEN) if r.merged_into is None]


def switch_form(uow: UnitOfWork, person_id: int, network_id: int, on: bool, now: datetime) -> bool:
    """Whether the network takes needs through the form this round; False when it was so already."""
    current = access.round_to_change(uow, person_id, network_id, now)
    if current.form_on is on:
        return False
    uow.rounds.save(current.model_copy(update={"form_on": on}))
    note(uow, person_id, current, _switch(current.form_on), _switch(on), now)
    return True


def _switch(on: bool) -> str:
    return "skjema på" if on else "skjema av"
