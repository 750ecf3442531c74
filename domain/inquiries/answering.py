"""What a leader does with a question: answers it, or ends it without an answer. The first one wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.inquiries import access, texts, trace
from domain.inquiries.errors import Changed, Closed
from domain.inquiries.models import Inquiry, InquiryState
from domain.outbox import MessageKind, OutboxMessage

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork


def waiting(uow: UnitOfWork, person_id: int) -> list[Inquiry]:
    """What others have asked in the networks one leads, oldest first; raises NotALeader.

    Questions of somebody who has left the register are left out: nobody would get the answer.
    """
    found = uow.inquiries.open_in(access.led(uow, person_id))
    return [i for i in found if i.asker != person_id and uow.register.roles_of(i.asker)]


def to_answer(uow: UnitOfWork, person_id: int, inquiry_id: int) -> Inquiry:
    """A question of a network one leads, however it stands; raises NotYours."""
    return access.asked_in_led(uow, person_id, inquiry_id)[0]


def answer(uow: UnitOfWork, person_id: int, inquiry_id: int, text: str, now: datetime) -> Inquiry:
    """Answers the question and tells the asker. Raises NotYours, Closed, WrongLength and PersonalData."""
    return _close(uow, person_id, inquiry_id, InquiryState.ANSWERED, text, now)


def decline(uow: UnitOfWork, person_id: int, inquiry_id: int, now: datetime) -> Inquiry:
    """Ends the question without an answer and tells the asker. Raises NotYours and Closed."""
    return _close(uow, person_id, inquiry_id, InquiryState.DECLINED, None, now)


_NOTICES = {
    InquiryState.ANSWERED: MessageKind.INQUIRY_ANSWERED,
    InquiryState.DECLINED: MessageKind.INQUIRY_DECLINED,
}


def _close(
    uow: UnitOfWork, person_id: int, inquiry_id: int, state: InquiryState, text: str | None, now: datetime
) -> Inquiry:
    inquiry, role = access.asked_in_led(uow, person_id, inquiry_id)
    if inquiry.state is not InquiryState.OPEN:
        raise Closed(inquiry)
    closed = inquiry.model_copy(
        update={
            "state": state,
            "answer": None if text is None else texts.answer_in(text),
            "closed_by": person_id,
            "closed_at": now,
            "version": inquiry.version + 1,
        }
    )
    try:
        uow.inquiries.save(closed)
    except Changed:
        # Another leader was first, in the same moment.
        raise Closed(access.asked_in_led(uow, person_id, inquiry_id)[0]) from None
    trace.note(uow, person_id, role.value, closed, inquiry.state, state, now)
    uow.outbox.add(
        OutboxMessage(
            key=f"{_NOTICES[state].value}:{inquiry.id}",
            kind=_NOTICES[state],
            person_id=inquiry.asker,
            params={"inquiry": inquiry.id},
            due_at=now,
        )
    )
    return closed
