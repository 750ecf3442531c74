"""Runs turns: one at a time in a conversation, stored before answered, each event once."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus
from secrets import token_hex
from typing import Any

import structlog
from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes

from bot.attachments import FileLink
from bot.inbound import file_links, is_card_invoke, read_event
from bot.logs import told
from bot.metrics import ANSWERS, TURN_SECONDS, TURNS
from bot.outbound import CARD, Replies, activity_of
from bot.roster import Roster, described
from bot.sdk.adapter import RekompisAdapter
from bot.sdk.errors import SendFailed
from delivery.budget import Budget
from dialogs.conduct import conduct, conversation_key, is_known
from dialogs.events import Event, EventKind, IncomingFile, Who
from dialogs.replies import Said, Stranger
from dialogs.state import read_state
from dialogs.turn import World
from domain.address import Address
from domain.clock import Clock, local_day
from domain.errors import DomainError
from domain.outreach import summaries
from domain.ports import StoredConversation, StoredTurn, UnitOfWork
from messages import short
from messages.greetings import stranger
from messages.outgoing import Outgoing
from messages.render import render_all
from storage.errors import DatabaseAway
from storage.worker import Worker

log = structlog.get_logger()

STRANGERS_A_DAY = 3
REMEMBERED = 20_000


@dataclass
class Result:
    """What a turn's unit of work led to."""

    outgoing: list[Outgoing] = field(default_factory=list)
    key: str = ""
    card: str | None = None
    stored: bool = False
    to_stranger: bool = False
    again: bool = False
    questions: list[bool] = field(default_factory=list)


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
    ) -> None:
        self._adapter = adapter
        self._replies = Replies(budget)
        self._roster = Roster(adapter, self._replies, worker, clock, nudge, tenants)
        self._worker = worker
        self._clock = clock
        self._world = world
        self._file_url = file_url
        self._nudge = nudge
        self._tenants = tenants
        self._fetch = fetch
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}
        self._people: OrderedDict[tuple[str, str], Who] = OrderedDict()
        self._addresses: OrderedDict[tuple[str, str], Address] = OrderedDict()
        self._answered: OrderedDict[str, None] = OrderedDict()
        self._strangers: OrderedDict[tuple[str, str, str], int] = OrderedDict()
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def __call__(self, context: TurnContext) -> None:
        """One inbound activity."""
        event = read_event(context.activity)
        if event is None:
            return
        started = time.perf_counter()
        self._under_way += 1
        self._idle.clear()
        outcome = "error"
        try:
            async with self._in_order(event):
                outcome = await self._turn(context, event)
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()
            TURNS.labels(event.kind.value, outcome).inc()
            TURN_SECONDS.observe(time.perf_counter() - started)

    async def drain(self, seconds: float) -> None:
        """Waits for the turns that are under way."""
        self._roster.stop()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), seconds)

    # --- one turn ---------------------------------------------------------------------------------------------

    async def _turn(self, context: TurnContext, event: Event) -> str:
        if self._tenants and event.who.tenant_id not in self._tenants:
            await self._meet_stranger(context, event)
            return "foreign"
        if event.key in self._answered and not is_card_invoke(context.activity):
            return "repeated"
        try:
            event = await self._with_files(context.activity, await self._identified(event))
            result = await self._worked(event)
        except DatabaseAway:
            log.warning("turn.database_away", kind=event.kind.value)
            await self._answer(context, event, Result([short.away()]))
            return "away"
        except Exception as error:
            code = token_hex(2).upper()
            log.error(
                "turn.failed", code=code, kind=event.kind.value, tenant=event.who.tenant_id, **told(error)
            )
            await self._answer(context, event, Result([short.failure(code, stored=False)]))
            return "failed"
        if result.stored:
            self._nudge()
        for found in result.questions:
            ANSWERS.labels("found" if found else "declined").inc()
        if result.to_stranger and not self._may_meet(event):
            result.outgoing = []
        await self._answer(context, event, result)
        _remember(self._answered, event.key, None)
        self._roster.look(event)
        return "repeated" if result.again else "ok"

    async def _worked(self, event: Event) -> Result:
        try:
            return await self._worker.run(lambda uow: self._work(uow, event, None))
        except DomainError as refused:
            error = refused
        return await self._worker.run(lambda uow: self._work(uow, event, error))

    def _work(self, uow: UnitOfWork, event: Event, refused: DomainError | None) -> Result:
        """Runs in the storage's thread, inside one unit of work."""
        known = uow.inbox.get(event.key)
        if known is not None:
            # What was answered is not said again; an invoke gets its card all the same.
            outgoing = [Outgoing.model_validate(o) for o in known.outgoing]
            unsaid = [m for m in outgoing if m.settles or not known.answered]
            return Result(unsaid, conversation_key(event, uow, self._world), again=True, stored=True)
        now = self._clock.now()
        conducted = conduct(event, uow, now, self._world, refused)
        outgoing = render_all(conducted.replies, local_day(now), self._file_url)
        written = uow.dirty
        if written:
            kept = [o.model_dump(exclude_defaults=True) for o in outgoing]
            uow.inbox.add(StoredTurn(event.key, False, kept, conducted.effect), now)
        return Result(
            outgoing,
            conducted.key,
            conducted.card,
            stored=written,
            to_stranger=any(isinstance(r, Stranger) for r in conducted.replies),
            questions=[r.answer.found for r in conducted.replies if isinstance(r, Said)],
        )

    # --- answering --------------------------------------------------------------------------------------------

    async def _answer(self, context: TurnContext, event: Event, result: Result) -> None:
        """Sends the messages in order, settles the old card, and notes the new one."""
        outgoing = list(result.outgoing)
        if is_card_invoke(context.activity):
            outgoing = await self._invoke_answer(context, outgoing)
        target = event.reply_to if event.kind is EventKind.PRESSED else result.card
        sent_card: str | None = None
        posts: list[tuple[int, str]] = []
        for message in outgoing:
            if message.settles:
                await self._settle(context, event, message, target)
                continue
            try:
                send = partial(context.send_activity, activity_of(message))
                sent = await self._replies.persistently(event.address, send)
            except SendFailed as failed:
                log.warning("turn.unsent", kind=event.kind.value, status=failed.status, code=failed.code)
                return
            if message.tracks and sent is not None and sent.id:
                sent_card = sent.id
            if message.posted_in is not None and sent is not None and sent.id:
                posts.append((message.posted_in, sent.id))
        if result.stored or sent_card:
            await self._note(event, result.key, sent_card, posts)

    async def _invoke_answer(self, context: TurnContext, outgoing: list[Outgoing]) -> list[Outgoing]:
        """The response to Action.Execute: the settled card, else a short text; the rest goes as messages."""
        settled = next((m for m in outgoing if m.settles and m.card is not None), None)
        if settled is not None:
            body = {"statusCode": 200, "type": CARD, "value": settled.card}
        else:
            body = {
                "statusCode": 200,
                "type": "application/vnd.microsoft.activity.message",
                "value": "Lagret.",
            }
            if not any(m.settles for m in outgoing):
                body["value"] = "Se neste melding."
        response = InvokeResponse(status=HTTPStatus.OK, body=body)
        await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=response))
        return outgoing

    async def _settle(
        self, context: TurnContext, event: Event, message: Outgoing, target: str | None
    ) -> None:
        """Replaces a card that was acted on; that it cannot be is no reason to stop."""
        if not target:
            return
        activity = activity_of(message)
        activity.id = target
        try:
            await self._replies.once(event.address, partial(context.update_activity, activity))
        except SendFailed as failed:
            log.info("turn.not_settled", kind=event.kind.value, status=failed.status)

    async def _note(self, event: Event, key: str, card: str | None, posts: Sequence[tuple[int, str]]) -> None:
        """Notes that the answer was sent, the id of the card that is open now, and those of posts in channels."""

        def noted(uow: UnitOfWork) -> None:
            uow.inbox.answered(event.key)
            stored = uow.conversations.get(key) if card and key else None
            if stored is not None and stored.version:
                state = read_state(stored.state).model_copy(update={"card": card})
                dumped = state.model_dump(exclude_defaults=True)
                uow.conversations.save(StoredConversation(key, dumped, stored.version))
            for binding_id, activity_id in posts:
                summaries.arrived(uow, binding_id, activity_id)

        try:
            await self._worker.run(noted)
        except (DatabaseAway, DomainError):
            log.warning("turn.not_noted", kind=event.kind.value)

    async def _meet_stranger(self, context: TurnContext, event: Event) -> None:
        if event.kind in (EventKind.SAID, EventKind.PRESSED, EventKind.INSTALLED) and self._may_meet(event):
            message = stranger(Stranger(local=False)).model_copy(update={"card": None})
            await self._answer(context, event, Result([message.model_copy(update={"text": message.summary})]))

    def _may_meet(self, event: Event) -> bool:
        """A stranger is answered a few times a day."""
        day = local_day(self._clock.now()).isoformat()
        key = (event.who.tenant_id, event.who.aad_object_id, day)
        count = self._strangers.get(key, 0) + 1
        _remember(self._strangers, key, count)
        return count <= STRANGERS_A_DAY

    # --- files, before the unit of work: it must not wait for somebody else's server ------------------------------

    async def _with_files(self, activity: Activity, event: Event) -> Event:
        links = file_links(activity)
        if not links or not await self._worker.run(lambda uow: self._takes_files(uow, event)):
            return event
        return replace(event, files=await self._fetch(links))

    def _takes_files(self, uow: UnitOfWork, event: Event) -> bool:
        """Whether somebody we know sent it, for the first time: nothing is fetched for a stranger."""
        return uow.inbox.get(event.key) is None and is_known(event, uow, self._world)

    # --- who, where, in order ---------------------------------------------------------------------------------

    async def _identified(self, event: Event) -> Event:
        """The event with what the Teams roster says about the account; asked once in this process."""
        account = (event.who.tenant_id, event.who.aad_object_id)
        who = self._people.get(account)
        if who is None:
            who = await self._from_roster(event)
            if who.emails:
                _remember(self._people, account, who)
        place = (event.address.conversation_id, event.who.aad_object_id)
        changed = self._addresses.get(place) != event.address
        if event.kind in (EventKind.INSTALLED, EventKind.REMOVED):
            changed = True
        _remember(self._addresses, place, event.address)
        return replace(event, who=who, address_changed=changed)

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
        if member is None:
            return event.who
        return described(event.who, member)

    @asynccontextmanager
    async def _in_order(self, event: Event) -> AsyncIterator[None]:
        """Turns of one conversation go one after the other, in the order they came."""
        key = event.address.conversation_id
        lock, users = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks[key]
            if users == 1:
                del self._locks[key]
            else:
                self._locks[key] = (lock, users - 1)


def _remember(memory: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    """Keeps the latest entries, never more than REMEMBERED."""
    memory[key] = value
    memory.move_to_end(key)
    if len(memory) > REMEMBERED:
        memory.popitem(last=False)
