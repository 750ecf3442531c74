from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from delivery.destination import Destination, destination_of
from domain.identity import Account
from domain.outbox import MessageKind, OutboxMessage
from domain.ports import StoredConversation, UnitOfWork
from storage.database import Database
from tests.delivery.world import FIRST_STEP, TENANT, address, head, leader, seat

NOW = FIRST_STEP


@pytest.fixture
def uow(database: Database) -> Iterator[UnitOfWork]:
    with database.unit_of_work() as uow:
        yield uow


def to(
    person_id: int | None = None, binding_id: int | None = None, kind: MessageKind = MessageKind.NEED_APPROVED
) -> OutboxMessage:
    return OutboxMessage(
        key="k",
        kind=kind,
        person_id=person_id,
        binding_id=binding_id,
        due_at=NOW,
    )


def test_a_person_is_reached_in_their_own_chat(uow: UnitOfWork) -> None:
    person, _ = head(uow, 0)
    seat(uow, person, "kari", NOW)
    assert destination_of(uow, to(person), local=False) == Destination(address("kari"))
    assert destination_of(uow, to(person), local=True) == Destination(address("kari"))


def test_a_person_without_a_chat_is_not_reached(uow: UnitOfWork) -> None:
    person, _ = head(uow, 0)
    seat(uow, leader(uow), "lise", NOW, acting_as=leader(uow))
    assert destination_of(uow, to(person), local=False) is None


def test_a_channel_is_reached_as_long_as_it_is_bound(uow: UnitOfWork) -> None:
    network = uow.register.networks()[0]
    channel = address("channel")
    binding = uow.identity.bind(network.id, channel, leader(uow), NOW)
    assert destination_of(uow, to(binding_id=binding.id), local=True) == Destination(channel)
    uow.identity.unbind(channel.conversation_id)
    assert destination_of(uow, to(binding_id=binding.id), local=True) is None


def test_local_mode_uses_the_latest_chat_that_switches_and_marks(uow: UnitOfWork) -> None:
    person, _ = head(uow, 0)
    seat(uow, leader(uow), "earlier", NOW, acting_as=head(uow, 1)[0])
    seat(uow, head(uow, 2)[0], "latest", NOW + timedelta(minutes=1), acting_as=head(uow, 3)[0])
    assert destination_of(uow, to(person), local=True) == Destination(address("latest"), marked=True)


def test_local_mode_marks_nothing_where_the_person_is_shown(uow: UnitOfWork) -> None:
    person, _ = head(uow, 0)
    seat(uow, leader(uow), "acts", NOW, acting_as=person)
    assert destination_of(uow, to(person), local=True) == Destination(address("acts"))


def test_local_mode_marks_in_a_chat_of_ones_own_that_acts_as_somebody_else(uow: UnitOfWork) -> None:
    person, _ = head(uow, 0)
    seat(uow, person, "own", NOW, acting_as=leader(uow))
    assert destination_of(uow, to(person), local=True) == Destination(address("own"), marked=True)
    uow.identity.save_account(Account(tenant_id=TENANT, aad_object_id="own", person_id=person))
    assert destination_of(uow, to(person), local=True) == Destination(address("own"))


def test_local_mode_without_any_chat_reaches_nobody(uow: UnitOfWork) -> None:
    assert destination_of(uow, to(head(uow, 0)[0]), local=True) is None


def test_local_mode_shows_reminders_only_of_those_who_were_played(uow: UnitOfWork) -> None:
    """Dozens are reminded at once; the chat is not flooded with them."""
    person, _ = head(uow, 0)
    seat(uow, leader(uow), "latest", NOW, acting_as=head(uow, 1)[0])
    reminder = to(person, kind=MessageKind.HEAD_REMINDER)
    assert destination_of(uow, reminder, local=True) is None
    played = address("latest").conversation_id
    uow.conversations.save(StoredConversation(f"{played}|{person}", {"welcomed": True}, 0))
    assert destination_of(uow, reminder, local=True) == Destination(address("latest"), marked=True)
