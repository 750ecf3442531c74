"""A summary in a channel: posted, changed where it stands, and posted anew when somebody has deleted it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from delivery.book import OwnBook
from delivery.budget import Budget
from delivery.errors import SendFailed
from delivery.ledger import Limits
from delivery.send import Dispatcher, Result
from domain.address import Address
from domain.needs.networks import closing
from domain.outbox import MessageKind, OutboxMessage, OutboxState
from domain.outreach.content import Content
from domain.outreach.models import PostedSummary
from domain.ports import UnitOfWork
from messages.notices import render_content
from messages.outgoing import Outgoing
from storage.database import Database
from tests.delivery.world import DEADLINE, QUIET, RunningClock, leader, mark

T = TypeVar("T")
CHANNEL = Address("tenant-1", "https://smba.example/", "19:channel", "channel", "28:bot", "29:lise", "lise")


@dataclass
class Room:
    """A channel: what is posted in it, by activity; updates are answered with `fault` when there is one."""

    posts: dict[str, str] = field(default_factory=dict)
    fault: SendFailed | None = None

    async def send(self, address: Address, outgoing: Any) -> str | None:
        assert address.conversation_id == CHANNEL.conversation_id
        self.posts[f"1:{len(self.posts)}"] = outgoing.summary
        return f"1:{len(self.posts) - 1}"

    async def update(self, address: Address, activity_id: str, outgoing: Any) -> None:
        assert address.conversation_id == CHANNEL.conversation_id
        if self.fault is not None:
            raise self.fault
        self.posts[activity_id] = outgoing.summary

    async def open(self, person: Address) -> str:
        raise AssertionError(person)


def render(content: Content, mark: str | None) -> Outgoing:
    """A week before the date."""
    return render_content(content, DEADLINE - timedelta(days=7), mark)


class InPlace:
    """A worker that runs in this thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def run(self, fn: Callable[[UnitOfWork], T]) -> T:
        with self._database.unit_of_work() as uow:
            result = fn(uow)
            uow.commit()
        return result


@dataclass
class Posting:
    """A bound channel, and one that sends into it."""

    database: Database
    room: Room
    binding: int

    def attempts(self, kind: MessageKind, *, number: int = 0) -> Result:
        """One attempt at the message of a kind that was made last, or at a new one for the first attempt."""
        with self.database.unit_of_work() as uow:
            made = sum(uow.outbox.counts().values()) - (1 if number else 0)
            message = OutboxMessage(
                key=f"{kind.value}:{made}", kind=kind, binding_id=self.binding, due_at=QUIET
            )
            uow.outbox.add(message)
            uow.commit()

        async def attempt() -> Result:
            sender, clock = self.room, RunningClock(QUIET)
            budget = Budget(OwnBook(Limits.of(25)))
            dispatcher = Dispatcher(InPlace(self.database), clock, sender, budget, render, mark)
            return await dispatcher.attempt(message.key, number, number)

        return asyncio.run(attempt())

    def ends(self, kind: MessageKind) -> OutboxState:
        """How a new message of the kind ends."""
        return OutboxState(self.attempts(kind)["end"])

    def shown(self) -> PostedSummary | None:
        with self.database.unit_of_work() as uow:
            return uow.outreach.posted(self.binding)

    def switch_form_off(self) -> None:
        """Something for an update to say."""
        with self.database.unit_of_work() as uow:
            closing.switch_form(uow, leader(uow), uow.register.networks()[0].id, False, QUIET)
            uow.commit()


@pytest.fixture
def posting(database: Database) -> Posting:
    with database.unit_of_work() as uow:
        binding = uow.identity.bind(uow.register.networks()[0].id, CHANNEL, leader(uow), QUIET)
        uow.commit()
    return Posting(database, Room(), binding.id)


def test_a_post_is_remembered_and_changed_where_it_stands(posting: Posting) -> None:
    """One message in the channel, however often it changes."""
    assert posting.ends(MessageKind.CHANNEL_SUMMARY) is OutboxState.SENT
    shown = posting.shown()
    assert shown is not None
    assert shown.activity_id == "1:0"
    assert posting.ends(MessageKind.SUMMARY_UPDATE) is OutboxState.OBSOLETE
    posting.switch_form_off()
    assert posting.ends(MessageKind.SUMMARY_UPDATE) is OutboxState.SENT
    assert posting.room.posts == {"1:0": "Gauldal tar imot behov på en annen måte i år."}


@pytest.mark.parametrize("status", [403, 404])
def test_a_deleted_post_is_forgotten_and_the_channel_is_not(posting: Posting, status: int) -> None:
    """The next one is a new post."""
    posting.ends(MessageKind.CHANNEL_SUMMARY)
    posting.switch_form_off()
    posting.room.fault = SendFailed(status=status, permanent=True)
    assert posting.ends(MessageKind.SUMMARY_UPDATE) is OutboxState.OBSOLETE
    assert posting.shown() is None
    assert posting.ends(MessageKind.CHANNEL_SUMMARY) is OutboxState.SENT
    assert len(posting.room.posts) == 2


def test_an_update_that_may_have_arrived_is_sent_again(posting: Posting) -> None:
    """Twice the same in one place is once."""
    posting.ends(MessageKind.CHANNEL_SUMMARY)
    posting.switch_form_off()
    posting.room.fault = SendFailed(ambiguous=True)
    assert "retry" in posting.attempts(MessageKind.SUMMARY_UPDATE)
    posting.room.fault = None
    assert posting.attempts(MessageKind.SUMMARY_UPDATE, number=1) == {"end": OutboxState.SENT.value}
