"""The least of Teams that the bot needs under load: a roster, and somewhere to send."""

from __future__ import annotations

import csv
from itertools import count
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from aiohttp import ClientSession, web

TENANT = "bench"
PEOPLE = Path(__file__).resolve().parents[1] / "sample" / "register" / "personer.csv"


class World:
    """A stand-in for the Bot Connector; its people are the heads of the sample register."""

    def __init__(self, tenant: str = TENANT) -> None:
        self._tenant = tenant
        with PEOPLE.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        self.people = [(r["navn"], r["epost"]) for r in rows if r["rolle"] == "styrer"]
        self._ids = count(1)
        self._latest: dict[str, dict[str, Any]] = {}

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/v3/conversations/{c}/members/{m}", self._member)
        app.router.add_route("*", "/v3/{rest:.*}", self._sent)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _member(self, request: web.Request) -> web.Response:
        name, email = self.people[int(request.match_info["m"].split("-")[1])]
        return web.json_response({"id": request.match_info["m"], "name": name, "email": email})

    async def _sent(self, request: web.Request) -> web.Response:
        sent = await request.json()
        if request.method == "POST":
            self._latest[sent["conversation"]["id"]] = sent
        return web.json_response({"id": f"a{next(self._ids)}"}, status=201)

    def heard(self, person: int) -> str:
        """What the newest message to somebody says first: its text, or the summary of its card."""
        newest = self._latest.get(f"a:p-{person}", {})
        return str(newest.get("text") or newest.get("summary") or "")

    def actions(self, person: int) -> list[dict[str, Any]]:
        """What the buttons of the newest card to somebody send."""
        cards = self._latest[f"a:p-{person}"].get("attachments", [])
        return [action["data"] for card in cards for action in card["content"].get("actions", [])]

    async def say(self, http: ClientSession, url: str, person: int, text: str) -> None:
        """Somebody writes; returns when the bot's turn is over."""
        await self._post(http, url, person, {"text": text})

    async def press(self, http: ClientSession, url: str, person: int, value: dict[str, Any]) -> None:
        """Somebody presses a button; `value` is what it sends, with what is filled in on the card."""
        await self._post(http, url, person, {"value": value})

    async def _post(self, http: ClientSession, url: str, person: int, said: dict[str, Any]) -> None:
        activity: dict[str, Any] = {
            "type": "message",
            "id": uuid4().hex,
            "channelId": "msteams",
            "serviceUrl": self.url,
            "from": {"id": f"29:p-{person}", "aadObjectId": f"p-{person}", "name": "x"},
            "recipient": {"id": "28:bot", "name": "Rekompis"},
            "conversation": {"id": f"a:p-{person}", "conversationType": "personal", "tenantId": self._tenant},
            "channelData": {"tenant": {"id": self._tenant}},
            **said,
        }
        async with http.post(url, json=activity) as response:
            if response.status >= 300:
                raise AssertionError(response.status)
