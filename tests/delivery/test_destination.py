from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from delivery.book import OwnBook
from delivery.budget import Budget
from delivery.destination import Destination, destination_of
from delivery.errors import SendFailed
from delivery.ledger import Limits
from delivery.send import Dispatcher, Result
from domain.address import Address
from domain.identity import Account
from domain.outbox import MessageKind, OutboxMessage, OutboxState
from domain.outreach.models import OutOfReach, Unreachable
from domain.ports import StoredConversation, UnitOfWork
from storage.database import Database
from storage.worker import Worker
from tests.delivery.world import (
    FIRST_STEP,
    TENANT,
    RunningClock,
    address,
    head,
    leader,
    mark,
    notice,
    render,
    request_of,
    seat,
)

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


# --- chats that the bot opens ---------------------------------------------------------------------------------


def known(uow: UnitOfWork, person_id: int, name: str = "lise", **changes: Any) -> None:
    """An account that the bot has seen, without a chat."""
    account = Account(
        tenant_id=TENANT,
        aad_object_id=name,
        person_id=person_id,
        user_id=f"29:{name}",
        service_url="https://smba.example/",
        bot_id="28:bot",
    )
    uow.identity.save_account(account.model_copy(update=changes))


def test_a_chat_is_opened_with_an_account_that_is_known(uow: UnitOfWork) -> None:
    known(uow, leader(uow))
    person = replace(address("lise"), conversation_id="")
    assert destination_of(uow, to(leader(uow)), local=False) == Destination(person, to_open=True)
    seat(uow, leader(uow), "lise", NOW)
    assert destination_of(uow, to(leader(uow)), local=False) == Destination(address("lise"))


def test_no_chat_is_opened_in_local_mode(uow: UnitOfWork) -> None:
    known(uow, leader(uow))
    assert destination_of(uow, to(leader(uow)), local=True) is None


@pytest.mark.parametrize(
    "changes", [{"user_id": None}, {"service_url": None}, {"bot_id": None}, {"guest": True}]
)
def test_no_chat_is_opened_with_a_guest_or_half_an_account(uow: UnitOfWork, changes: dict[str, Any]) -> None:
    known(uow, leader(uow), **changes)
    assert destination_of(uow, to(leader(uow)), local=False) is None


def test_no_chat_is_opened_where_teams_has_said_no(uow: UnitOfWork) -> None:
    known(uow, leader(uow))
    gone = Unreachable(person_id=leader(uow), reason=OutOfReach.GONE, seen_at=NOW)
    uow.outreach.save_unreachable(gone)
    assert destination_of(uow, to(leader(uow)), local=False) is None
    uow.outreach.reached(leader(uow))
    assert destination_of(uow, to(leader(uow)), local=False) is not None


@dataclass
class Recorder:
    """A way out that writes down what it is asked, and fails as it is told to."""

    opening: SendFailed | None = None
    sending: SendFailed | None = None
    opened: list[Address] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)

    async def open(self, person: Address) -> str:
        self.opened.append(person)
        if self.opening is not None:
            raise self.opening
        return f"chat-{person.aad_object_id}"

    async def send(self, address: Address, outgoing: Any) -> str | None:
        self.sent.append(address.conversation_id)
        if self.sending is not None:
            raise self.sending
        return "1:1"

    async def update(self, address: Address, activity_id: str, outgoing: Any) -> None:
        await self.send(address, outgoing)


def attempted(database: Database, sender: Recorder, *keys: str) -> list[Result]:
    """What becomes of one attempt for each of these messages."""

    async def scenario() -> list[Result]:
        worker = Worker(database)
        budget = Budget(OwnBook(Limits.of(25)))
        dispatcher = Dispatcher(worker, RunningClock(NOW), sender, budget, render, mark, first_pause=0.01)
        results = [await dispatcher.attempt(key, 0, 0) for key in keys]
        worker.close()
        return results

    return asyncio.run(scenario())


def put(database: Database, *names: str) -> list[str]:
    """Messages to the leader, whose account is known."""
    with database.unit_of_work() as uow:
        known(uow, leader(uow))
        message = notice(uow, leader(uow), request_of(uow, NOW), NOW)
        for name in names:
            uow.outbox.add(message.model_copy(update={"key": name}))
        uow.commit()
    return list(names)


def said_no(database: Database) -> OutOfReach | None:
    """What is on record about the leader."""
    with database.unit_of_work() as uow:
        found = uow.outreach.unreachable([leader(uow)]).get(leader(uow))
    return found.reason if found else None


def test_a_chat_is_opened_once_and_remembered(database: Database) -> None:
    sender = Recorder()
    results = attempted(database, sender, *put(database, "first", "second"))
    assert [r["end"] for r in results] == ["sent", "sent"]
    assert [p.user_id for p in sender.opened] == ["29:lise"]
    assert sender.sent == ["chat-lise", "chat-lise"]
    with database.unit_of_work() as uow:
        assert uow.identity.personal_address(leader(uow)) == address("lise")


@pytest.mark.parametrize(("status", "reason"), [(403, OutOfReach.REFUSED), (404, OutOfReach.GONE)])
def test_a_refusal_to_open_ends_it_and_is_not_tried_again(
    database: Database, status: int, reason: OutOfReach
) -> None:
    sender = Recorder(opening=SendFailed(status=status, permanent=True))
    results = attempted(database, sender, *put(database, "first", "second"))
    assert [r["end"] for r in results] == ["unreachable", "unreachable"]
    assert len(sender.opened) == 1
    assert sender.sent == []
    assert said_no(database) is reason


def test_a_chat_that_refuses_at_once_is_forgotten(database: Database) -> None:
    sender = Recorder(sending=SendFailed(status=403, permanent=True))
    assert attempted(database, sender, *put(database, "first"))[0]["end"] == "unreachable"
    assert said_no(database) is OutOfReach.REFUSED
    with database.unit_of_work() as uow:
        assert uow.identity.personal_address(leader(uow)) is None


def test_an_opening_that_fails_for_a_while_is_tried_again(database: Database) -> None:
    sender = Recorder(opening=SendFailed(status=502))
    assert attempted(database, sender, *put(database, "first"))[0]["counted"]
    assert sender.sent == []
    assert said_no(database) is None
    with database.unit_of_work() as uow:
        message = uow.outbox.get("first")
    assert message is not None
    assert message.state is OutboxState.WAITING


def test_who_has_been_reached_is_in_reach(database: Database) -> None:
    keys = put(database, "first")
    with database.unit_of_work() as uow:
        seat(uow, leader(uow), "lise", NOW)
        refused = Unreachable(person_id=leader(uow), reason=OutOfReach.REFUSED, seen_at=NOW)
        uow.outreach.save_unreachable(refused)
        uow.commit()
    attempted(database, Recorder(), *keys)
    assert said_no(database) is None
