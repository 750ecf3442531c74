"""What stands on the sheet for the staff meeting (ark til personalmøtet): one kindergarten's, and nobody else's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import access
from domain.needs.errors import NoOpenRound, UnknownReport
from domain.needs.form import Answers, Form, needs_form
from domain.needs.heads import head

if TYPE_CHECKING:
    from domain.ports import UnitOfWork


SHOWN = (
    "title",
    "today",
    "better",
    "children",
    "themes",
    "involved",
    "participants",
    "headcount",
    "start",
    "duration",
)
"""The fields that the sheet has a place for."""


@dataclass(frozen=True)
class StaffSheet:
    """The sheet's content; `answers` are those of the open draft, if there is a `draft` at all."""

    kindergarten: str
    owner: str
    round_label: str
    reply_by: date
    form: Form
    answers: Answers = field(default_factory=dict)
    draft: bool = False

    @property
    def filled(self) -> bool:
        """Whether anything of the draft stands on the sheet."""
        return any(self.answers.get(field_id) for field_id in SHOWN)


def staff_sheet(uow: UnitOfWork, person_id: int, kindergarten_id: int, now: datetime) -> StaffSheet:
    """The sheet of one's own kindergarten. Raises UnknownReport for any other, NoOpenRound."""
    kindergarten = access.own_kindergarten(uow, person_id, kindergarten_id)
    current = uow.rounds.current(access.network_of(uow, kindergarten.id).id, local_day(now))
    if current is None:
        raise NoOpenRound
    draft = head.open_draft(uow, person_id, kindergarten_id, now)
    return StaffSheet(
        kindergarten=kindergarten.name,
        owner=uow.register.owner(kindergarten.owner_id).name,
        round_label=current.label,
        reply_by=current.reply_by(uow.rounds.reply_by(kindergarten.owner_id, current.id)),
        form=needs_form(draft.form_version if draft else current.form_version),
        answers=draft.answers if draft else {},
        draft=draft is not None,
    )


def allowed(uow: UnitOfWork, person_id: int, kindergarten_id: int, now: datetime) -> StaffSheet | None:
    """The sheet of a signed link, when the person is still the head there; None otherwise."""
    try:
        return staff_sheet(uow, person_id, kindergarten_id, now)
    except (UnknownReport, NoOpenRound):
        return None
