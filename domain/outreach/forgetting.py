"""Forgetting a person: what is theirs goes, what they have sent for a kindergarten or an owner stays without a name."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from domain.audit import AuditRow
from domain.outbox import OutboxState
from domain.outreach.models import ReminderChoice
from domain.ports import StoredConversation

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork

OPERATOR: Final = "operator"
"""The role in which somebody is forgotten, in the trace: not one of the register's."""

_LONG_AGO: Final = timedelta(days=400)
"""Nothing has waited for longer."""


def forget(uow: UnitOfWork, person_id: int, now: datetime) -> int:
    """Forgets a person and answers how many roles ended; raises NotInRegister.

    Name, address and roles, the accounts with what Teams said of them, the chat, where the conversation stood, the
    choices for reminders, and what waited to be sent. Of an account only its opaque ids stay, bound to nobody.
    """
    ended = len(uow.register.roles_of(person_id))
    uow.register.forget_person(person_id)
    for message in uow.outbox.to_person(person_id, OutboxState.WAITING, now - _LONG_AGO):
        uow.outbox.finish(message.key, OutboxState.OBSOLETE, now)
    while (address := uow.identity.personal_address(person_id)) is not None:
        stored = uow.conversations.get(f"{address.conversation_id}|{person_id}")
        if stored.version:
            uow.conversations.save(StoredConversation(stored.key, {}, stored.version))
        uow.identity.forget_address(address.conversation_id)
    for account in uow.identity.account_of_person(person_id):
        nobody = type(account)(tenant_id=account.tenant_id, aad_object_id=account.aad_object_id)
        uow.identity.save_account(nobody)
    uow.outreach.save_choice(ReminderChoice(person_id=person_id))
    uow.outreach.reached(person_id)
    uow.audit.add(
        AuditRow(
            at=now,
            person_id=None,
            role=OPERATOR,
            subject="person",
            subject_id=person_id,
            before=None,
            after="forgotten",
        )
    )
    return ended
