"""Putting a question to the leaders of one's network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.inquiries import access, texts, trace
from domain.inquiries.errors import Changed, NoLeader, NotYours, TooManyOpen
from domain.inquiries.models import MOST_OPEN, Inquiry, InquiryState
from domain.outbox import MessageKind, OutboxMessage
from domain.register import rights

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork
    from domain.register.models import Person, Role


@dataclass(frozen=True)
class Asked:
    """A question as it stands; `new` when it was put now, `told` who has got it."""

    inquiry: Inquiry
    new: bool
    told: tuple[Person, ...]


def ask(uow: UnitOfWork, person_id: int, role: Role, network_id: int, question: str, now: datetime) -> Asked:
    """Sends a question to the network's leaders; the same words from the same person act once.

    Raises NoWords, WrongLength, PersonalData, NotYours, NoLeader, TooManyOpen and Changed; then nothing is stored.
    """
    question = texts.question_in(question)
    if not access.belongs(uow, person_id, network_id):
        raise NotYours
    told = tuple(access.to_be_asked(uow, network_id, person_id))
    key = texts.key_of(question)
    if (before := uow.inquiries.asked_before(network_id, person_id, key)) is not None:
        return Asked(before, False, told)
    if not told:
        raise NoLeader(own=network_id in rights.led_networks(uow.register.roles_of(person_id)))
    if uow.inquiries.open_of(network_id, person_id) >= MOST_OPEN:
        raise TooManyOpen(MOST_OPEN)
    new = Inquiry(
        id=0,
        network_id=network_id,
        asker=person_id,
        role=role.value,
        question=question,
        key=key,
        asked_at=now,
    )
    inquiry = uow.inquiries.add(new)
    if inquiry is None:
        # Pressed twice in the same moment: the other press has stored it.
        raise Changed
    _tell(uow, inquiry, told, now)
    return Asked(inquiry, True, told)


def _tell(uow: UnitOfWork, inquiry: Inquiry, people: tuple[Person, ...], now: datetime) -> None:
    trace.note(uow, inquiry.asker, inquiry.role, inquiry, None, InquiryState.OPEN, now)
    for person in people:
        uow.outbox.add(
            OutboxMessage(
                key=f"{MessageKind.INQUIRY_ASKED.value}:{inquiry.id}:{person.id}",
                kind=MessageKind.INQUIRY_ASKED,
                person_id=person.id,
                params={"inquiry": inquiry.id},
                due_at=now,
            )
        )
