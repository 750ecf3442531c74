"""A bot of a few lines, without any SDK, to try the driver on: it echoes, and answers «skjema» with a form."""

import asyncio
import json
import re
import threading
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientSession, web

Activity = dict[str, Any]

FORM: dict[str, Any] = {
    "type": "AdaptiveCard",
    "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
    "version": "1.5",
    "body": [
        {
            "type": "Input.Text",
            "id": "navn",
            "label": "Navn",
            "isRequired": True,
            "errorMessage": "Skriv et navn",
        },
        {"type": "Input.Text", "id": "notat", "label": "Notat", "isMultiline": True},
        {"type": "Input.Date", "id": "dato", "label": "Dato"},
        {"type": "Input.Time", "id": "tid", "label": "Klokkeslett"},
        {"type": "Input.Number", "id": "antall", "label": "Antall", "min": 1, "max": 9},
        {"type": "Input.Toggle", "id": "haster", "title": "Haster", "valueOn": "ja", "valueOff": "nei"},
        {
            "type": "Input.ChoiceSet",
            "id": "sted",
            "label": "Sted",
            "style": "filtered",
            "choices": [{"title": "Melhus", "value": "m"}, {"title": "Åfjord", "value": "å"}],
        },
        {
            "type": "Input.ChoiceSet",
            "id": "omfang",
            "label": "Omfang",
            "style": "expanded",
            "choices": [{"title": "Lite", "value": "1"}, {"title": "Stort", "value": "2"}],
        },
        {
            "type": "Input.ChoiceSet",
            "id": "tema",
            "label": "Tema",
            "style": "expanded",
            "isMultiSelect": True,
            "choices": [{"title": "Lek", "value": "lek"}, {"title": "Språk", "value": "språk"}],
        },
    ],
    "actions": [
        {"type": "Action.Submit", "title": "Send inn", "data": {"verb": "send"}},
        {"type": "Action.Execute", "title": "Lagre", "verb": "lagre"},
        {"type": "Action.OpenUrl", "title": "Les mer", "url": "https://example.org/les"},
    ],
}


class EchoBot:
    """Listens on a free port of this machine, in a thread of its own, and keeps what it received."""

    def __init__(self) -> None:
        self.port = 0
        self.received: list[Activity] = []
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(60)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def submitted(self) -> Activity:
        """The newest message that a card sent."""
        return [activity for activity in self.received if activity.get("value")][-1]

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        app = web.Application()
        app.router.add_post("/api/messages", self._receive)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        self._ready.set()
        await self._stop.wait()
        await runner.cleanup()

    async def _receive(self, request: web.Request) -> web.Response:
        activity: Activity = await request.json()
        self.received.append(activity)
        if activity["type"] == "invoke":
            said = json.dumps(activity["value"]["action"]["data"], ensure_ascii=False, sort_keys=True)
            card = {**FORM, "body": [{"type": "TextBlock", "text": f"Lagret: {said}", "wrap": True}]}
            kind = "application/vnd.microsoft.card.adaptive"
            return web.json_response({"statusCode": 200, "type": kind, "value": card})
        if activity["type"] == "message":
            await self._answer(activity, _reply(activity))
        return web.Response(status=201)

    async def _answer(self, activity: Activity, reply: Activity) -> None:
        conversation = activity["conversation"]["id"]
        url = f"{activity['serviceUrl'].rstrip('/')}/v3/conversations/{conversation}/activities/{activity['id']}"
        addresses = {
            "from": activity["recipient"],
            "recipient": activity["from"],
            "replyToId": activity["id"],
        }
        body = {"type": "message", "conversation": activity["conversation"], **addresses, **reply}
        async with ClientSession() as session, session.post(url, json=body) as response:
            response.raise_for_status()


def _reply(activity: Activity) -> Activity:
    if activity.get("value"):
        return {"text": f"Mottatt fra {activity['value']['navn']}"}
    text = re.sub(r"<at>.*?</at>|&nbsp;", "", activity["text"]).strip()
    if text == "skjema":
        content_type = "application/vnd.microsoft.card.adaptive"
        return {"attachments": [{"contentType": content_type, "content": FORM}]}
    return {"text": f"{activity['from']['name']} sa: {text}"}
