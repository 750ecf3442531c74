"""Whose turn it is: what the Teams roster says about the account, and how often strangers are met."""

from __future__ import annotations

from dataclasses import replace

import structlog

from bot.outbound import Replies
from bot.roster import described
from bot.sdk.adapter import RekompisAdapter
from bot.sdk.errors import SendFailed
from bot.turns.memory import Memory
from dialogs.events import Event, EventKind, Who
from domain.address import Address
from domain.clock import Clock, local_day

log = structlog.get_logger()

STRANGERS_A_DAY = 3


class People:
    """Remembers whom this process has met."""

    def __init__(self, adapter: RekompisAdapter, replies: Replies, clock: Clock) -> None:
        self._adapter = adapter
        self._replies = replies
        self._clock = clock
        self._known: Memory[tuple[str, str], Who] = Memory()
        self._addresses: Memory[tuple[str, str], Address] = Memory()
        self._strangers: Memory[tuple[str, str, str], int] = Memory()

    async def identified(self, event: Event) -> Event:
        """The event with what the Teams roster says about the account; asked once in this process."""
        account = event.who.account
        who = self._known.get(account)
        if who is None:
            who = await self._from_roster(event)
            if who.emails:
                self._known.keep(account, who)
        changed = self._addresses.get(_place(event)) != event.address
        if event.kind in (EventKind.INSTALLED, EventKind.REMOVED):
            changed = True
        return replace(event, who=who, address_changed=changed)

    def reached(self, event: Event) -> None:
        """To be called when the turn is stored: the address need not be so again."""
        self._addresses.keep(_place(event), event.address)

    def may_meet(self, event: Event) -> bool:
        """Whether a stranger is to be answered: a few times a day."""
        key = self._today(event)
        count = (self._strangers.get(key) or 0) + 1
        self._strangers.keep(key, count)
        return count <= STRANGERS_A_DAY

    def is_stranger(self, event: Event) -> bool:
        """Whether the account has been met as a stranger today."""
        return self._today(event) in self._strangers

    def _today(self, event: Event) -> tuple[str, str, str]:
        return *event.who.account, local_day(self._clock.now()).isoformat()

    async def _from_roster(self, event: Event) -> Who:
        address = event.address
        try:
            member = await self._replies.persistently(
                address,
                lambda: self._adapter.member(
                    address.service_url, address.conversation_id, address.user_id or ""
                ),
            )
        except SendFailed as failed:
            log.info("turn.no_roster", status=failed.status)
            return event.who
        return event.who if member is None else described(event.who, member)


def _place(event: Event) -> tuple[str, str]:
    return event.address.conversation_id, event.who.aad_object_id
