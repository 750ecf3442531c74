"""What travels between client and bot, from the client's own log stream."""

import json
import time
from dataclasses import dataclass, field
from typing import Any

CLIENT_NAME = "Microsoft 365 Agents Playground"  # how the log stream names the client


@dataclass(frozen=True)
class Exchange:
    """One HTTP request with its answer; `status` 0 is no answer at all."""

    to_bot: bool
    name: str
    """Activity type or connector call: message, invoke, getConversationMember …"""
    status: int
    request: dict[str, Any] = field(repr=False)
    response: Any = field(repr=False)
    conversation: str | None = None

    @property
    def failed(self) -> bool:
        return self.status == 0 or self.status >= 400


class WireLog:
    """Listens to the page's requests and its log stream, and knows when both are silent."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []
        self.typing_count = 0
        self.unreachable_count = 0
        self._pending = 0
        self._last_activity = 0.0

    def attach(self, page: Any) -> None:
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))
        page.on("request", lambda request: self._count(request, 1))
        page.on("requestfinished", lambda request: self._count(request, -1))
        page.on("requestfailed", lambda request: self._count(request, -1))

    def silent_for(self, seconds: float, since: float) -> bool:
        """Whether nothing has travelled for so long, and at the earliest since `since` (monotonic)."""
        return self._pending <= 0 and time.monotonic() - max(self._last_activity, since) > seconds

    def _count(self, request: Any, step: int) -> None:
        if any(part in request.url for part in ("/_conversation/", "/_internal/", "/_debug/")):
            self._pending += step
            self._last_activity = time.monotonic()

    def _frame(self, data: str | bytes) -> None:
        self._last_activity = time.monotonic()
        item = json.loads(data)
        if item.get("action") == "typing":
            self.typing_count += 1
        log = item.get("log") or {}
        if log.get("type") == "bot":
            self.exchanges.append(_exchange(log))
        elif "Cannot connect to your app" in log.get("displayText", ""):
            self.unreachable_count += 1


def _exchange(log: dict[str, Any]) -> Exchange:
    answer = log.get("response") or {}
    return Exchange(
        to_bot=log.get("from") == CLIENT_NAME,
        name=log.get("activityName", ""),
        status=answer.get("statusCode", 0),
        request=(log.get("request") or {}).get("body") or {},
        response=answer.get("body"),
        conversation=log.get("conversationId"),
    )
