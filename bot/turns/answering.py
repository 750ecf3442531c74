"""The answer of a turn on its way out: the messages in order, the old card settled, the new one noted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from typing import Any

import structlog
from botbuilder.core.turn_context import TurnContext
from botbuilder.schema import Activity, ActivityTypes, InvokeResponse

from bot.inbound import is_card_invoke
from bot.outbound import CARD, Replies, activity_of
from bot.sdk.errors import SendFailed
from bot.turns.result import Result
from dialogs.events import Event, EventKind
from dialogs.state import read_state
from domain.errors import DomainError
from domain.outreach import summaries
from domain.ports import StoredConversation, UnitOfWork
from messages import short
from messages.outgoing import Outgoing
from storage.errors import DatabaseAway
from storage.worker import Worker

log = structlog.get_logger()

_TEXT = "application/vnd.microsoft.activity.message"


class Answering:
    """Sends what turns lead to."""

    def __init__(self, replies: Replies, worker: Worker) -> None:
        self._replies = replies
        self._worker = worker

    async def answer(self, context: TurnContext, event: Event, result: Result) -> bool:
        """Sends the messages in order, settles the old card and notes the new one; whether all of it was sent."""
        outgoing = result.outgoing
        if is_card_invoke(context.activity):
            await self._answer_invoke(context, outgoing)
        target = event.reply_to if event.kind is EventKind.PRESSED else result.card
        sent_card: str | None = None
        posts: list[tuple[int, str]] = []
        for message in outgoing:
            if message.settles:
                await self._settle(context, event, message, result.card if message.settles_open else target)
                continue
            try:
                send = partial(context.send_activity, activity_of(message))
                sent = await self._replies.persistently(event.address, send)
            except SendFailed as failed:
                log.warning("turn.unsent", status=failed.status, code=failed.code)
                return False
            if message.tracks and sent is not None and sent.id:
                sent_card = sent.id
            if message.posted_in is not None and sent is not None and sent.id:
                posts.append((message.posted_in, sent.id))
        if result.stored or sent_card:
            await self._note(event, result.key, sent_card, posts)
        return True

    async def answer_at_once(self, context: TurnContext, message: Outgoing) -> None:
        """Gives an invoke that has no response yet this one; what is no invoke is left alone."""
        if is_card_invoke(context.activity) and not _has_response(context):
            await _respond(context, _TEXT, message.text)

    async def _answer_invoke(self, context: TurnContext, outgoing: list[Outgoing]) -> None:
        """The response to Action.Execute: the settled card, else a short text; the rest goes as messages."""
        if _has_response(context):
            return
        own = [m for m in outgoing if m.settles and not m.settles_open]
        settled = next((m for m in own if m.card is not None), None)
        if settled is not None:
            await _respond(context, CARD, settled.card)
        else:
            await _respond(context, _TEXT, (short.saved() if own else short.see_next()).text)

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
            log.info("turn.not_settled", status=failed.status)

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
            await self._worker.run_quick(noted)
        except (DatabaseAway, DomainError):
            log.warning("turn.not_noted")


def _has_response(context: TurnContext) -> bool:
    return TurnContext._INVOKE_RESPONSE_KEY in context.turn_state


async def _respond(context: TurnContext, kind: str, value: Any) -> None:
    body = {"statusCode": 200, "type": kind, "value": value}
    response = InvokeResponse(status=HTTPStatus.OK, body=body)
    await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=response))
