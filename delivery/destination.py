"""Which conversation a message goes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from domain.address import Address
from domain.identity import Account
from domain.outbox import MessageKind, OutboxMessage
from domain.outreach.models import OutOfReach, Unreachable
from domain.outreach.reaching.reach import why_not
from domain.ports import UnitOfWork

_TO_MANY = frozenset(
    {
        MessageKind.HEAD_REMINDER,
        MessageKind.OWNER_REMINDER,
        MessageKind.OWNER_DIGEST,
        MessageKind.OUTCOME_DIGEST,
        MessageKind.REPORTING_REMINDER,
        MessageKind.DATE_REMINDER,
        MessageKind.MEETING_REMINDER,
        MessageKind.DATE_CHANGED,
        MessageKind.MEETING_CHANGED,
        MessageKind.NUDGED_BY_OWNER,
    }
)


@dataclass(frozen=True)
class Destination:
    """A conversation; `marked` when others read there too, so that it must be said for whom a message is.

    `to_open`: there is none with the person of the address yet, so that it has no id.
    """

    address: Address
    marked: bool = False
    to_open: bool = False


def destination_of(uow: UnitOfWork, message: OutboxMessage, *, local: bool) -> Destination | None:
    """Where the message can be delivered now; None when its person or channel cannot be reached."""
    if message.binding_id is not None:
        binding = uow.identity.binding(message.binding_id)
        return Destination(binding.address) if binding else None
    if message.person_id is None:
        return None
    own = uow.identity.personal_address(message.person_id)
    if not local:
        return Destination(own) if own else _to_open(uow, message.person_id)
    return _local(uow, message.person_id, own, message.kind in _TO_MANY)


def lost(uow: UnitOfWork, message: OutboxMessage, to: Destination, status: int | None, now: datetime) -> None:
    """Notes that Teams refuses messages into the conversation: it has blocked or removed the bot, or is gone."""
    uow.identity.forget_address(to.address.conversation_id)
    # In local mode's shared chat it says nothing about the person whom the message was for.
    if message.person_id is not None and not to.marked:
        reason = OutOfReach.GONE if status == HTTPStatus.NOT_FOUND else OutOfReach.REFUSED
        uow.outreach.save_unreachable(Unreachable(person_id=message.person_id, reason=reason, seen_at=now))


def reached(uow: UnitOfWork, message: OutboxMessage, to: Destination) -> None:
    """Notes that the person was reached."""
    if message.person_id is not None and not to.marked:
        uow.outreach.reached(message.person_id)


def _to_open(uow: UnitOfWork, person_id: int) -> Destination | None:
    """A chat that the bot may begin; None when the account is not known well enough, or Teams has said no."""
    if person_id in why_not(uow, [person_id]):
        return None
    account = next(a for a in reversed(uow.identity.account_of_person(person_id)) if a.can_be_opened)
    return Destination(
        Address(
            tenant_id=account.tenant_id,
            service_url=account.service_url or "",
            conversation_id="",
            kind="personal",
            bot_id=account.bot_id or "",
            user_id=account.user_id,
            aad_object_id=account.aad_object_id,
        ),
        to_open=True,
    )


def _local(uow: UnitOfWork, person_id: int, own: Address | None, to_many: bool) -> Destination | None:
    # With the persona switch one chat stands for many people: the one that acts as this person comes first.
    if own is not None and _shown(_account_of(uow, own)) in (None, person_id):
        return Destination(own)
    chats = uow.identity.demo_addresses()
    for address, account in chats:
        if _shown(account) == person_id:
            return Destination(address)
    if to_many and own is None:
        # A reminder goes to dozens of people: the chat shows those who have been played in it.
        chats = [c for c in chats if uow.conversations.get(f"{c[0].conversation_id}|{person_id}").version]
    if chats:
        return Destination(chats[0][0], marked=True)
    return Destination(own, marked=True) if own else None


def _account_of(uow: UnitOfWork, address: Address) -> Account | None:
    if address.aad_object_id is None:
        return None
    return uow.identity.account(address.tenant_id, address.aad_object_id)


def _shown(account: Account | None) -> int | None:
    if account is None:
        return None
    return account.acting_as if account.acting_as is not None else account.person_id
