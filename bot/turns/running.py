"""Runs turns: from an inbound activity to the answer that is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from secrets import token_hex
from typing import Final

import structlog
from botbuilder.core.turn_context import TurnContext
from botbuilder.schema import Activity

from bot import tracing
from bot.attachments import FileLink
from bot.inbound import file_links, is_card_invoke, read_event
from bot.logs import told
from bot.metrics import ANSWERS
from bot.observing import turn_observed
from bot.outbound import Replies
from bot.roster import Roster
from bot.sdk.adapter import RekompisAdapter
from bot.turns.answering import Answering
from bot.turns.in_order import InOrder, TurnLocks
from bot.turns.limits import PersonLimit
from bot.turns.memory import Memory
from bot.turns.people import People
from bot.turns.result import Result
from bot.turns.turned_away import TurnedAway
from bot.turns.work import Work
from delivery.budget import Budget
from dialogs.events import Event, EventKind, IncomingFile
from dialogs.turn import World
from domain.clock import Clock
from messages import short
from storage.errors import CommitUnknown, DatabaseAway
from storage.worker import Worker

log = structlog.get_logger()

INVOKE_SECONDS: Final = 8.0
"""After which an invoke is answered that its answer comes later: Teams waits 10."""


class Turns:
    """The logic behind POST /api/messages. `nudge` is called after every commit, `fetch` gets a message's files."""

    def __init__(
        self,
        adapter: RekompisAdapter,
        budget: Budget,
        worker: Worker,
        clock: Clock,
        world: World,
        file_url: Callable[[str], str],
        nudge: Callable[[], None],
        tenants: frozenset[str],
        fetch: Callable[[Sequence[FileLink]], Awaitable[tuple[IncomingFile, ...]]],
        locks: TurnLocks,
    ) -> None:
        replies = Replies(budget)
        self._people = People(adapter, replies, clock)
        self._roster = Roster(adapter, replies, worker, clock, nudge, tenants)
        self._work = Work(worker, clock, world, file_url)
        self._answering = Answering(replies, worker)
        self._in_order = InOrder(locks)
        self._limit = PersonLimit()
        self._turned_away = TurnedAway()
        self._nudge = nudge
        self._tenants = tenants
        self._fetch = fetch
        self._answered: Memory[str, None] = Memory()
        self._late: set[asyncio.Task[None]] = set()
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def __call__(self, context: TurnContext) -> None:
        """One inbound activity. An invoke is answered in time, though its turn may go on."""
        event = read_event(context.activity)
        if event is None:
            return
        if not is_card_invoke(context.activity):
            await self._observed(context, event)
            return
        turn = asyncio.create_task(self._observed(context, event))
        await asyncio.wait({turn}, timeout=INVOKE_SECONDS)
        if turn.done():
            await turn
        else:
            self._late.add(turn)
            turn.add_done_callback(self._late.discard)
            await self._answering.answer_at_once(context, short.takes_time())

    async def drain(self, seconds: float) -> None:
        """Waits for the turns that are under way."""
        self._roster.stop()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), seconds)

    # --- one turn ---------------------------------------------------------------------------------------------

    async def _observed(self, context: TurnContext, event: Event) -> None:
        with self._counted(), turn_observed(tenant=event.who.tenant_id, kind=event.kind.value) as seen:
            if not self._limit.allows(event.who.account):
                seen.outcome = "flood"
                await self._say_wait(context, event)
            else:
                async with self._in_order.turn(event.address.conversation_id):
                    seen.outcome = await self._turn(context, event)
            if seen.outcome in ("flood", "foreign"):
                seen.times = self._turned_away.one_more(seen.outcome, event.who.tenant_id)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self._under_way += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def _turn(self, context: TurnContext, event: Event) -> str:
        """How it ended."""
        if self._is_foreign(event):
            await self._meet_stranger(context, event)
            return "foreign"
        if event.key in self._answered and not is_card_invoke(context.activity):
            return "repeated"
        stored = False
        try:
            event = await self._with_files(context.activity, await self._people.identified(event))
            with tracing.span("work"):
                result = await self._work.do(event)
            stored = result.stored
            self._people.reached(event)
            self._follow(result)
            if result.to_stranger and not self._people.may_meet(event):
                result.outgoing = []
                await self._answering.answer_at_once(context, short.not_listed())
            with tracing.span("answer"):
                sent = await self._answering.answer(context, event, result)
        except DatabaseAway as away:
            unknown = isinstance(away, CommitUnknown)
            log.warning("turn.database_away", unknown=unknown)
            said = short.perhaps_stored() if unknown else short.away()
            await self._answering.answer(context, event, Result([said]))
            return "away"
        except Exception as error:
            code = token_hex(2).upper()
            log.error("turn.failed", code=code, stored=stored, **told(error))
            with suppress(Exception):
                await self._answering.answer(context, event, Result([short.failure(code, stored=stored)]))
            return "failed"
        if not sent:
            return "unsent"
        self._answered.keep(event.key, None)
        self._roster.look(event)
        return "repeated" if result.again else "ok"

    def _follow(self, result: Result) -> None:
        if result.stored:
            self._nudge()
        for found in result.questions:
            ANSWERS.labels("found" if found else "declined").inc()

    async def _with_files(self, activity: Activity, event: Event) -> Event:
        """With the files that came; fetched before the unit of work, which must not wait for others' servers."""
        links = file_links(activity)
        if not links or not await self._work.takes_files(event):
            return event
        return replace(event, files=await self._fetch(links))

    # --- those who get no more than a word ----------------------------------------------------------------------

    def _is_foreign(self, event: Event) -> bool:
        return bool(self._tenants) and event.who.tenant_id not in self._tenants

    async def _meet_stranger(self, context: TurnContext, event: Event) -> None:
        spoken = event.kind in (EventKind.SAID, EventKind.PRESSED, EventKind.INSTALLED)
        if spoken and self._people.may_meet(event):
            await self._answering.answer(context, event, Result([short.not_listed()]))
        else:
            await self._answering.answer_at_once(context, short.not_listed())

    async def _say_wait(self, context: TurnContext, event: Event) -> None:
        if self._is_foreign(event) or self._people.is_stranger(event):
            # They are not told more than their one sentence, however much they send.
            await self._answering.answer_at_once(context, short.not_listed())
        elif is_card_invoke(context.activity):
            await self._answering.answer_at_once(context, short.too_fast())
        elif self._limit.is_to_be_told(event.who.account):
            await self._answering.answer(context, event, Result([short.too_fast()]))
