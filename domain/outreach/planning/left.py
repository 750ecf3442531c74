"""Who still has something to do before the network's date for needs: what reminders and their readers ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.needs.models import Status
from domain.needs.overview import Answer, KindergartenStanding, OwnerStanding
from domain.needs.owners.desk import UNANSWERED as UNANSWERED

if TYPE_CHECKING:
    from domain.rounds.models import Round


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
