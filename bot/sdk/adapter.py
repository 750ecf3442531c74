"""The adapter: activities come in, answers and messages of our own go out.

It is the SDK's CloudAdapter for Teams alone: that one loads 400 modules more, and makes clients for what Teams has not.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from copy import copy
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Self

import aiohttp
from botbuilder.core.turn_context import TurnContext
from botbuilder.schema import (
    Activity,
    ActivityTypes,
    ChannelAccount,
    ConversationAccount,
    ConversationParameters,
    ConversationReference,
    DeliveryModes,
    ExpectedReplies,
    InvokeResponse,
    ResourceResponse,
)

from bot.sdk.authentication import TeamsAuthentication
from bot.sdk.connector import Conversations
from bot.sdk.credentials import Credentials, NoCredentials
from bot.sdk.errors import SendFailed
from bot.sdk.hosts import METADATA_URL, TEAMS_HOSTS, ServiceHosts
from bot.sdk.transport import pooled_session
from bot.sdk.turn import Turn
from bot.sdk.wire import decode_activity
from domain.address import Address

if TYPE_CHECKING:
    from bot.sdk.signing_keys import SigningKeys

Logic = Callable[[TurnContext], Awaitable[None]]

TEAMS = "msteams"

PAGE = 200
"""Members asked for at once; Teams gives at most 500."""


@dataclass(frozen=True, slots=True)
class Member:
    """A person as the Teams roster knows them; the only source of an e-mail address that is believed."""

    id: str
    aad_object_id: str | None
    name: str | None
    email: str | None
    user_principal_name: str | None
    tenant_id: str | None
    role: str | None = None

    @property
    def guest(self) -> bool:
        """Whether Teams says, or the name shows, that it is a guest's account."""
        return (self.role or "").lower() == "guest" or "#ext#" in (self.user_principal_name or "").lower()

    @property
    def emails(self) -> tuple[str, ...]:
        """Address and sign-in name in lower case, each once."""
        return tuple(dict.fromkeys(e.lower() for e in (self.email, self.user_principal_name) if e))


class RekompisAdapter:
    """What the SDK's turns are sent through, over one pooled session. Errors of the logic and of sending are raised,
    never swallowed."""

    BOT_IDENTITY_KEY = "BotIdentity"
    """Where a turn's state has the ClaimsIdentity of its sender, as the SDK's own adapters name it."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        authentication: TeamsAuthentication,
        credentials: Credentials,
        keys: SigningKeys | None = None,
    ) -> None:
        self.authentication = authentication
        self._session = session
        self._connectors = authentication.connectors
        self._credentials = credentials
        self._keys = keys

    @classmethod
    async def open(
        cls,
        *,
        app_id: str | None = None,
        credentials: Credentials | None = None,
        service_hosts: Sequence[str] = TEAMS_HOSTS,
        channels: Collection[str] = (TEAMS,),
        metadata_url: str = METADATA_URL,
    ) -> Self:
        """An adapter of the running event loop; without an app id in local mode, for loopback alone."""
        session = pooled_session()
        if app_id is None:
            nobody = NoCredentials()
            return cls(session, TeamsAuthentication(session, nobody, ServiceHosts(), None), nobody)
        if credentials is None or not service_hosts:
            await session.close()
            raise ValueError("an app id needs credentials and service hosts")
        from bot.sdk.signing_keys import SigningKeys  # with cryptography, which local mode does without
        from bot.sdk.token_check import TokenCheck

        keys = SigningKeys(session, metadata_url)
        keys.warm()
        check = TokenCheck(app_id, keys, channels)
        authentication = TeamsAuthentication(session, credentials, ServiceHosts(tuple(service_hosts)), check)
        return cls(session, authentication, credentials, keys)

    async def close(self) -> None:
        """Stop what is under way and close every connection."""
        if self._keys is not None:
            await self._keys.close()
        await self._credentials.close()
        await self._session.close()

    async def receive(self, body: dict[str, Any], auth_header: str, logic: Logic) -> InvokeResponse | None:
        """Run the logic for one inbound activity; an invoke's answer is returned.

        Raises BadActivity, Unauthorized, and whatever the logic raises.
        """
        activity = decode_activity(body)
        identity = await self.authentication.identity(activity, auth_header)
        activity.caller_id = None  # only a token could say who it is, and Teams' does not
        turn = Turn(self, activity)
        turn.turn_state[self.BOT_IDENTITY_KEY] = identity
        await logic(turn)
        return _answer(turn)

    async def send(self, address: Address, activity: Activity) -> str | None:
        """Send into an existing conversation; the activity's id, where Teams gives one. Raises SendFailed."""
        conversations = self._connectors.connector(address.service_url).conversations
        sent = await conversations.send_to_conversation(
            address.conversation_id, _addressed(activity, address)
        )
        return sent.id if sent.id else None

    async def update(self, address: Address, activity_id: str, activity: Activity) -> None:
        """Put the activity in the place of one that was sent. Raises SendFailed."""
        conversations = self._connectors.connector(address.service_url).conversations
        changed = _addressed(activity, address)
        changed.id = activity_id
        await conversations.update_activity(address.conversation_id, activity_id, changed)

    async def open_personal(self, person: Address) -> str:
        """The id of the bot's personal chat with the person of the address, whatever conversation that one is
        of; asking again gives the same chat. Raises SendFailed."""
        member_id = person.user_id or person.aad_object_id
        if not member_id:
            raise SendFailed(None, "NobodyToWriteTo", permanent=True)
        conversations = self._connectors.connector(person.service_url).conversations
        created = await conversations.create_conversation(
            ConversationParameters(
                is_group=False,
                bot=ChannelAccount(id=person.bot_id),
                members=[ChannelAccount(id=member_id)],
                tenant_id=person.tenant_id,
                channel_data={"tenant": {"id": person.tenant_id}},
            )
        )
        return str(created.id)

    async def member(self, service_url: str, conversation_id: str, user_id: str) -> Member | None:
        """A member of the conversation's roster, None if there is no such one. Raises SendFailed."""
        conversations = self._connectors.connector(service_url).conversations
        try:
            found = await conversations.get_conversation_member(conversation_id, user_id)
        except SendFailed as failed:
            if failed.status == 404:
                return None
            raise
        return _member(found)

    async def members(
        self, service_url: str, conversation_id: str, token: str | None = None
    ) -> tuple[list[Member], str | None]:
        """A page of the conversation's roster, and what to ask for the next one with. Raises SendFailed."""
        conversations = self._connectors.connector(service_url).conversations
        page = await conversations.get_conversation_paged_members(conversation_id, PAGE, token)
        found, following = page.get("members"), page.get("continuationToken")
        read = [_member(one) for one in found if isinstance(one, dict)] if isinstance(found, list) else []
        more = following if isinstance(following, str) and following else None
        return [member for member in read if member is not None], more

    async def send_activities(
        self, turn: TurnContext, activities: Sequence[Activity]
    ) -> list[ResourceResponse]:
        """Send a turn's answers, one after the other, as the SDK's turn asks. Raises SendFailed."""
        return [await self._send_answer(turn, activity) for activity in activities]

    async def _send_answer(self, turn: TurnContext, activity: Activity) -> ResourceResponse:
        if activity.type == ActivityTypes.invoke_response:
            turn.turn_state[TurnContext._INVOKE_RESPONSE_KEY] = activity
            return ResourceResponse()
        conversations, conversation_id = self._conversations(turn), activity.conversation.id
        if activity.reply_to_id:
            return await conversations.reply_to_activity(conversation_id, activity.reply_to_id, activity)
        return await conversations.send_to_conversation(conversation_id, activity)

    async def update_activity(self, turn: TurnContext, activity: Activity) -> None:
        """Put an activity in the place of one that the turn's conversation has. Raises SendFailed."""
        await self._conversations(turn).update_activity(activity.conversation.id, activity.id, activity)

    async def delete_activity(self, turn: TurnContext, reference: ConversationReference) -> None:
        """Take an activity back from the turn's conversation. Raises SendFailed."""
        await self._conversations(turn).delete_activity(reference.conversation.id, reference.activity_id)

    def _conversations(self, turn: TurnContext) -> Conversations:
        return self._connectors.connector(turn.activity.service_url).conversations


def _answer(turn: Turn) -> InvokeResponse | None:
    """What the request of a turn is answered with; None for 202 without a body."""
    activity = turn.activity
    if activity.delivery_mode == DeliveryModes.expect_replies:
        replies = ExpectedReplies(activities=turn.buffered_reply_activities).serialize()
        return InvokeResponse(status=HTTPStatus.OK, body=replies)
    if activity.type != ActivityTypes.invoke:
        return None
    found = turn.turn_state.get(TurnContext._INVOKE_RESPONSE_KEY)
    return found.value if found else InvokeResponse(status=HTTPStatus.NOT_IMPLEMENTED)


def _addressed(activity: Activity, address: Address) -> Activity:
    addressed = copy(activity)
    addressed.type = activity.type or "message"
    addressed.id = None
    addressed.channel_id = TEAMS
    addressed.service_url = address.service_url
    addressed.from_property = ChannelAccount(id=address.bot_id)
    addressed.conversation = ConversationAccount(
        id=address.conversation_id, conversation_type=_TYPES[address.kind], tenant_id=address.tenant_id
    )
    if address.user_id is not None:
        addressed.recipient = ChannelAccount(id=address.user_id, aad_object_id=address.aad_object_id)
    return addressed


def _member(found: dict[str, Any]) -> Member | None:
    def text(*names: str) -> str | None:
        return next((found[name] for name in names if isinstance(found.get(name), str) and found[name]), None)

    member_id = text("id")
    if member_id is None:
        return None
    return Member(
        id=member_id,
        aad_object_id=text("aadObjectId", "objectId"),
        name=text("name"),
        email=text("email"),
        user_principal_name=text("userPrincipalName"),
        tenant_id=text("tenantId"),
        role=text("userRole"),
    )


_TYPES = {"personal": "personal", "channel": "channel", "group": "groupChat"}
