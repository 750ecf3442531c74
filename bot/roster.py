"""Who is in a team that the bot has been added to: how those whom the register knows can be written to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import structlog

from bot.outbound import Replies
from bot.sdk.adapter import Member, RekompisAdapter
from bot.sdk.errors import SendFailed
from dialogs.accounts import seen_in_roster
from dialogs.events import Event, EventKind, Who
from domain.address import Address
from domain.clock import Clock
from domain.ports import UnitOfWork
from storage.errors import DatabaseAway
from storage.worker import Worker

log = structlog.get_logger()

MOST_PAGES = 15
"""Of 200 members each: the team of a whole municipality may be larger, but is not what this is for."""

AT_ONCE = 50
"""Members looked up in one unit of work, so that turns need not wait."""


def described(who: Who, member: Member) -> Who:
    """The account as the roster has it."""
    return replace(who, name=member.name or who.name, emails=member.emails, guest=member.guest)


class Roster:
    """Reads rosters beside the turns. Nothing is read in local mode, where `tenants` is empty."""

    def __init__(
        self,
        adapter: RekompisAdapter,
        replies: Replies,
        worker: Worker,
        clock: Clock,
        nudge: Callable[[], None],
        tenants: frozenset[str],
    ) -> None:
        self._adapter = adapter
        self._replies = replies
        self._worker = worker
        self._clock = clock
        self._nudge = nudge
        self._tenants = tenants
        self._reading: dict[str, asyncio.Task[None]] = {}

    def look(self, event: Event) -> None:
        """Begins to read the roster when the bot was added to a team or group, unless that is being done."""
        added = event.kind is EventKind.INSTALLED and not event.personal
        key = event.address.conversation_id
        if added and self._tenants and key not in self._reading:
            task = self._reading[key] = asyncio.create_task(self._read(event.address))
            task.add_done_callback(lambda _: self._reading.pop(key, None))

    def stop(self) -> None:
        """Ends what is under way; the rest is learned when people write."""
        for task in self._reading.values():
            task.cancel()

    async def idle(self) -> None:
        """Returns when nothing is being read."""
        await asyncio.gather(*self._reading.values(), return_exceptions=True)

    async def _read(self, team: Address) -> None:
        token: str | None = None
        try:
            for _ in range(MOST_PAGES):
                members, token = await self._page(team, token)
                await self._keep(team, members)
                if token is None:
                    return
            log.info("roster.long", pages=MOST_PAGES)
        except SendFailed as failed:
            log.info("roster.not_read", status=failed.status)
        except DatabaseAway:
            log.warning("roster.not_kept")
        except Exception as error:
            log.error("roster.failed", error=type(error).__name__)

    async def _page(self, team: Address, token: str | None) -> tuple[list[Member], str | None]:
        return await self._replies.persistently(
            team, lambda: self._adapter.members(team.service_url, team.conversation_id, token)
        )

    async def _keep(self, team: Address, members: list[Member]) -> None:
        seen = [self._seen(team, m) for m in members if m.aad_object_id and m.emails]
        for start in range(0, len(seen), AT_ONCE):
            some = seen[start : start + AT_ONCE]

            def keep(uow: UnitOfWork, some: list[tuple[Who, Address]] = some) -> None:
                seen_in_roster(uow, some, self._clock.now())

            await self._worker.run(keep)
            self._nudge()

    def _seen(self, team: Address, member: Member) -> tuple[Who, Address]:
        """The member as an account, and all of the address but the chat, which is not there yet."""
        tenant, account = member.tenant_id or team.tenant_id, member.aad_object_id or ""
        who = described(Who(tenant, account), member)
        address = Address(tenant, team.service_url, "", "personal", team.bot_id, member.id, account)
        return replace(who, guest=who.guest or tenant not in self._tenants), address
