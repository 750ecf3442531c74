"""Forgetting a person."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.identity import Account
from domain.outbox import MessageKind, OutboxMessage, OutboxState
from domain.outreach.forgetting import forget
from domain.outreach.models import Level, ReminderChoice
from domain.ports import StoredConversation, UnitOfWork
from domain.register.errors import NotInRegister
from domain.register.models import FORGOTTEN
from storage.database import Database
from tests.delivery.world import FIRST_STEP as NOW
from tests.delivery.world import TENANT, head, seat


@pytest.fixture
def uow(database: Database) -> Iterator[UnitOfWork]:
    with database.unit_of_work() as uow:
        yield uow


def test_what_is_somebodys_own_goes(uow: UnitOfWork) -> None:
    person_id, another = head(uow, 0)[0], head(uow, 1)[0]
    for number in (person_id, another):
        seat(uow, number, f"account{number}", NOW)
        uow.outreach.save_choice(ReminderChoice(person_id=number, level=Level.OFF))
        uow.outbox.add(
            OutboxMessage(
                key=f"waits:{number}", kind=MessageKind.MOVED_HERE, person_id=number, params={}, due_at=NOW
            )
        )
    address = uow.identity.personal_address(person_id)
    assert address is not None
    key = f"{address.conversation_id}|{person_id}"
    uow.conversations.save(StoredConversation(key, {"welcomed": True}))
    assert forget(uow, person_id, NOW) == 1
    assert uow.register.person(person_id).name == FORGOTTEN
    assert uow.register.roles_of(person_id) == []
    assert uow.identity.account_of_person(person_id) == []
    account = uow.identity.account(TENANT, f"account{person_id}")
    assert account == Account(tenant_id=TENANT, aad_object_id=f"account{person_id}")
    assert uow.identity.address(address.conversation_id) is None
    assert uow.conversations.get(key).state == {}
    assert uow.outreach.choice(person_id) == ReminderChoice(person_id=person_id)
    waiting = uow.outbox.begins_with("waits:", OutboxState.WAITING)
    assert [m.person_id for m in waiting] == [another]
    (row,) = uow.audit.of("person", person_id)
    assert (row.person_id, row.after) == (None, "forgotten")
    assert uow.identity.personal_address(another) is not None
    assert uow.outreach.choice(another).level is Level.OFF


def test_somebody_who_is_not_there(uow: UnitOfWork) -> None:
    with pytest.raises(NotInRegister):
        forget(uow, 4711, NOW)
