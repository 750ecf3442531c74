"""The Bot Connector as the SDK's adapter knows it, one client per service URL."""

import re
from collections import OrderedDict
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
from botbuilder.schema import ConversationResourceResponse, ResourceResponse

from bot.sdk.credentials import Credentials
from bot.sdk.errors import SendFailed
from bot.sdk.hosts import ServiceHosts
from bot.sdk.transport import Transport
from bot.sdk.wire import dumps

_MAX_CLIENTS = 64
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9_.~-]+")


class Conversations:
    """The calls below `v3/conversations` of one service URL; each raises SendFailed."""

    def __init__(self, transport: Transport, base: str) -> None:
        self._transport = transport
        self._root = f"{base}/v3/conversations"

    async def send_to_conversation(self, conversation_id: str, activity: Any) -> ResourceResponse:
        """Append an activity."""
        return await self._write("POST", self._activities(conversation_id), activity)

    async def reply_to_activity(
        self, conversation_id: str, activity_id: str, activity: Any
    ) -> ResourceResponse:
        """Answer an activity, in a channel in its thread."""
        return await self._write("POST", self._activities(conversation_id, activity_id), activity)

    async def update_activity(
        self, conversation_id: str, activity_id: str, activity: Any
    ) -> ResourceResponse:
        """Put another activity in the place of one that was sent."""
        return await self._write("PUT", self._activities(conversation_id, activity_id), activity)

    async def delete_activity(self, conversation_id: str, activity_id: str) -> None:
        """Take an activity back."""
        await self._transport.call("DELETE", self._activities(conversation_id, activity_id), repeatable=True)

    async def create_conversation(self, parameters: Any) -> ConversationResourceResponse:
        """Open a conversation; without a first activity it may be asked for twice."""
        repeatable = not parameters.activity and not parameters.is_group
        answer = await self._transport.call("POST", self._root, dumps(parameters), repeatable=repeatable)
        found = answer if isinstance(answer, dict) else {}
        if not found.get("id"):
            raise SendFailed(None, "NoConversationId", ambiguous=not repeatable)
        return ConversationResourceResponse(
            id=found["id"], activity_id=found.get("activityId"), service_url=found.get("serviceUrl")
        )

    async def get_conversation_member(self, conversation_id: str, member_id: str) -> dict[str, Any]:
        """One member of the roster, as the JSON of a TeamsChannelAccount."""
        url = f"{self._root}/{_quoted(conversation_id)}/members/{_quoted(member_id)}"
        answer = await self._transport.call("GET", url, repeatable=True)
        return answer if isinstance(answer, dict) else {}

    async def get_conversation_paged_members(
        self, conversation_id: str, page_size: int | None = None, continuation_token: str | None = None
    ) -> dict[str, Any]:
        """One page of the roster: `members`, and `continuationToken` if there is another."""
        asked = {"pageSize": page_size, "continuationToken": continuation_token}
        query = urlencode({name: value for name, value in asked.items() if value is not None})
        url = f"{self._root}/{_quoted(conversation_id)}/pagedmembers"
        answer = await self._transport.call("GET", f"{url}?{query}" if query else url, repeatable=True)
        return answer if isinstance(answer, dict) else {}

    def _activities(self, conversation_id: str, activity_id: str | None = None) -> str:
        url = f"{self._root}/{_quoted(conversation_id)}/activities"
        return url if activity_id is None else f"{url}/{_quoted(activity_id)}"

    async def _write(self, method: str, url: str, activity: Any) -> ResourceResponse:
        answer = await self._transport.call(method, url, dumps(activity), repeatable=method == "PUT")
        return ResourceResponse(id=answer.get("id") if isinstance(answer, dict) else None)


class PooledConnector:
    """What the SDK's adapter calls a connector client: the conversations of one service URL."""

    def __init__(self, transport: Transport, base: str) -> None:
        self.conversations = Conversations(transport, base)


class PooledConnectors:
    """One connector per service URL, made once, all over one pooled session."""

    def __init__(self, session: aiohttp.ClientSession, credentials: Credentials, hosts: ServiceHosts) -> None:
        self._transport = Transport(session, credentials)
        self._hosts = hosts
        self._clients: OrderedDict[str, PooledConnector] = OrderedDict()

    def connector(self, service_url: str) -> PooledConnector:
        """The connector of a service URL; raises SendFailed if our token must not go there."""
        base = self._hosts.base(service_url)
        if base is None:
            raise SendFailed(None, "ServiceUrlNotAllowed", permanent=True)
        client = self._clients.get(base)
        if client is None:
            client = self._clients[base] = PooledConnector(self._transport, base)
            if len(self._clients) > _MAX_CLIENTS:
                self._clients.popitem(last=False)
        return client


def _quoted(part: str) -> str:
    # A part of dots alone would be read as a step up or away.
    if not part.strip("."):
        return part.replace(".", "%2E")
    # Only what is not plain: `quote` looks at each character of a long id.
    return _NOT_PLAIN.sub(lambda found: quote(found[0], safe=""), part)
