"""The owner tells how it goes with what has been granted."""

from __future__ import annotations

from dialogs.owners.reading_needs import changed_meanwhile, handled_by_another, reading
from dialogs.payloads import Progress
from dialogs.replies import CardSettled, Reply
from dialogs.turn import Turn
from domain.needs import access
from domain.needs.errors import Stale, WrongState
from domain.needs.lifecycle import arrow
from domain.needs.owners import owner
from domain.register.models import Role


def report(turn: Turn, payload: Progress) -> list[Reply]:
    """«Meld at det er i gang», «rapportert», «avsluttet»: done, and the need as it then stands."""
    need = access.owned_report(turn.uow, turn.me.id, payload.report)
    if arrow(payload.act, need.status, Role.OWNER) is None:
        raise WrongState(need.status, need.id)
    if changed := changed_meanwhile(turn, need.id, payload.v, (need.status,)):
        return changed
    try:
        after = owner.progress(turn.uow, turn.me.id, need.id, payload.v, payload.act, turn.now)
    except Stale:
        raise handled_by_another(turn, need.id, need.status) from None
    return [CardSettled("registered", after.title or ""), reading(turn, after)]
