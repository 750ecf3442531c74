"""Which conversation a message goes to."""

from __future__ import annotations

from dataclasses import dataclass

from domain.address import Address
from domain.identity import Account
from domain.outbox import MessageKind, OutboxMessage
from domain.ports import UnitOfWork

_TO_MANY = frozenset({MessageKind.HEAD_REMINDER, MessageKind.OWNER_REMINDER, MessageKind.NUDGED_BY_OWNER})


@dataclass(frozen=True)
class Destination:
    """A conversation; `marked` when others read there too, so that it must be said for whom a message is."""

    address: Address
    marked: bool = False


def destination_of(uow: UnitOfWork, message: OutboxMessage, *, local: bool) -> Destination | None:
    """Where the message can be delivered now; None when its person or channel cannot be reached."""
    if message.binding_id is not None:
        binding = uow.identity.binding(message.binding_id)
        return Destination(binding.address) if binding else None
    if message.person_id is None:
        return None
    own = uow.identity.personal_address(message.person_id)
    if not local:
        return Destination(own) if own else None
    return _local(uow, message.person_id, own, message.kind in _TO_MANY)


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
