"""A stand-in for Teams' Bot Connector on loopback: keeps what the bot sends, and knows who is in the roster."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Self

from aiohttp import web

from messages.outgoing import Outgoing
from tests.bot.sdk.standins import OpenId
from tests.transcripts.reading import as_text

TENANT = "11111111-1111-1111-1111-111111111111"
BOT = {"id": "28:rekompis", "name": "Rekompis"}

WAIT = 90.0
"""Seconds that something the bot does by itself may take."""


@dataclass
class Message:
    """A message of the bot in a chat, as it stands now; `changes` counts the times it was replaced."""

    id: str
    outgoing: Outgoing
    authorization: str | None
    changes: int = 0

    @property
    def text(self) -> str:
        """What a person reads."""
        return as_text(self.outgoing)


@dataclass
class Chat:
    """A conversation: the bot's messages, oldest first, and every text that came, also into an old place."""

    messages: list[Message] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)


class Teams:
    """The stand-in, in a thread of its own, with the keys that tokens for the bot are signed with.

    A chat is found by its conversation id. `token` goes with every activity, when there is one.
    `before_answering` is called with the conversation's id for each message, while the bot waits for its id.
    `refusing` gives the status with which a message for that conversation is turned away, 0 if it is taken.
    """

    def __init__(self) -> None:
        self.chats: dict[str, Chat] = {}
        self.roster: dict[str, dict[str, Any]] = {}
        self.before_answering: Callable[[str], None] = lambda conversation: None
        self.refusing: Callable[[str], int] = lambda conversation: 0
        self.openid = OpenId()
        self.url = ""
        self.token: str | None = None
        self._ids = count(1)
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        started = threading.Event()
        self._loop.call_soon(lambda: self._loop.create_task(self._start(started)))
        self._thread.start()
        assert started.wait(60)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(60)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)
        self._loop.close()

    def chat(self, conversation_id: str) -> Chat:
        """A conversation; in a channel, its threads are one."""
        return self.chats.setdefault(conversation_id.split(";")[0], Chat())

    def wait_for(self, condition: Callable[[], Any], seconds: float = WAIT) -> Any:
        """What the condition gives, once that is true; looked at again after every message.

        Raises TimeoutError with the latest that was heard.
        """
        deadline = time.monotonic() + seconds
        with self._changed:
            while not (found := condition()):
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError({k: c.heard[-2:] for k, c in self.chats.items()})
                self._changed.wait(min(left, 0.2))
        return found

    # --- what the bot calls -----------------------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    async def _start(self, started: threading.Event) -> None:
        app = web.Application(client_max_size=1 << 20)
        route = app.router
        route.add_post("/v3/conversations/{chat}/activities", self._sent)
        route.add_post("/v3/conversations/{chat}/activities/{id}", self._sent)
        route.add_put("/v3/conversations/{chat}/activities/{id}", self._updated)
        route.add_get("/v3/conversations/{chat}/members/{member}", self._member)
        route.add_get("/metadata", self.openid.metadata)
        route.add_get("/keys", self.openid.keys)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.openid.url = "http://{}:{}".format(*self._runner.addresses[0])
        self.url = f"{self.openid.url}/"
        started.set()

    async def _sent(self, request: web.Request) -> web.Response:
        body = await request.json()
        if status := self.refusing(request.match_info["chat"]):
            return web.json_response({"error": {"code": "Refused"}}, status=status)
        message = Message(f"m{next(self._ids)}", _outgoing(body), request.headers.get("Authorization"))
        with self._changed:
            chat = self.chat(request.match_info["chat"])
            chat.messages.append(message)
            chat.heard.append(message.text)
            self._changed.notify_all()
        await asyncio.to_thread(self.before_answering, request.match_info["chat"])
        return web.json_response({"id": message.id}, status=201)

    async def _updated(self, request: web.Request) -> web.Response:
        body = await request.json()
        with self._changed:
            chat = self.chat(request.match_info["chat"])
            found = next((m for m in chat.messages if m.id == request.match_info["id"]), None)
            if found is None:
                return web.json_response({"error": {"code": "NotFound"}}, status=404)
            found.outgoing, found.changes = _outgoing(body), found.changes + 1
            chat.heard.append("~ " + found.text)
            self._changed.notify_all()
        return web.json_response({"id": found.id})

    async def _member(self, request: web.Request) -> web.Response:
        member = self.roster.get(request.match_info["member"])
        if member is None:
            return web.json_response({"error": {"code": "MemberNotFoundInConversation"}}, status=404)
        return web.json_response(member)


def _outgoing(body: dict[str, Any]) -> Outgoing:
    attachments = body.get("attachments") or [{}]
    return Outgoing(text=body.get("text"), card=attachments[0].get("content"), summary=body.get("summary"))
