"""What is said of a question to the leader: to the leaders when it comes, to the asker when it is closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.inquiries.models import Inquiry, InquiryState
from domain.outbox import MessageKind, OutboxMessage
from domain.register import rights

if TYPE_CHECKING:
    from domain.ports import UnitOfWork

_STATES = {
    MessageKind.INQUIRY_ASKED: InquiryState.OPEN,
    MessageKind.INQUIRY_ANSWERED: InquiryState.ANSWERED,
    MessageKind.INQUIRY_DECLINED: InquiryState.DECLINED,
}


@dataclass(frozen=True)
class InquiryNotice:
    """A question for the leader, or what became of one's own. `closed_by` is the name of the one who did it."""

    kind: MessageKind
    inquiry: Inquiry
    asker: str
    closed_by: str | None = None


def inquiry_notice(uow: UnitOfWork, message: OutboxMessage) -> InquiryNotice | None:
    """None when it has been closed meanwhile, or the one who was to be told has no business with it any more."""
    inquiry = uow.inquiries.get(message.params.get("inquiry", 0))
    if inquiry is None or inquiry.state is not _STATES[message.kind]:
        return None
    theirs = uow.register.roles_of(message.person_id or 0)
    if message.kind is MessageKind.INQUIRY_ASKED:
        concerned = inquiry.network_id in rights.led_networks(theirs)
    else:
        concerned = bool(theirs)
    if not concerned:
        return None
    by = uow.register.person(inquiry.closed_by).name if inquiry.closed_by is not None else None
    return InquiryNotice(message.kind, inquiry, uow.register.person(inquiry.asker).name, by)
