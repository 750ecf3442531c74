"""People who use the bot from a chat: they write, press buttons, edit, and add the app."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from bot.data_files import sample_register
from domain.register.files import read_register
from tests.protocol.teams import BOT, TENANT, Chat, Message, Teams
from tests.transcripts.reading import find_button

TURN_SECONDS = 60


@dataclass(frozen=True)
class Channel:
    """A channel of a team."""

    id: str
    name: str
    team: str = "19:team@thread.tacv2"


@dataclass(frozen=True)
class Person:
    """A person in a personal chat with the bot, or in a channel; `number` tells accounts with one address apart."""

    teams: Teams
    bot_url: str
    name: str
    email: str
    channel: Channel | None = None
    number: int = 1

    @property
    def id(self) -> str:
        return f"29:{uuid.uuid5(uuid.NAMESPACE_DNS, f'{self.email} {self.number}')}"

    @property
    def account(self) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.email} {self.number}"))

    @property
    def conversation(self) -> str:
        return self.channel.id if self.channel else f"a:{self.account}"

    @property
    def chat(self) -> Chat:
        """What stands in the chat."""
        return self.teams.chat(self.conversation)

    def in_channel(self, channel: Channel) -> Person:
        """The same person, writing in a channel."""
        return replace(self, channel=channel)

    def join(self) -> None:
        """Is in Teams' roster from now on."""
        self.teams.roster[self.id] = {
            "id": self.id,
            "name": self.name,
            "aadObjectId": self.account,
            "email": self.email,
            "userPrincipalName": self.email,
            "tenantId": TENANT,
        }

    # --- doing ------------------------------------------------------------------------------------------------

    def say(self, text: str) -> str:
        """Writes (in a channel: with a mention of the bot); what came back, all in one."""
        return self.does(self.message(text))

    def press(self, title: str, inputs: Mapping[str, str] | None = None) -> str:
        """Presses the newest button with this title, with inputs filled in by label; what came back."""
        return self.does(self.pressing(title, inputs))

    def edit(self, activity: dict[str, Any], text: str) -> str:
        """Edits what was written in an activity; what came back."""
        return self.does(
            {**activity, "type": "messageUpdate", "text": text, "timestamp": _now()},
        )

    def install(self) -> str:
        """Adds the app; what came back."""
        data = {"eventType": "teamMemberAdded"} if self.channel else {}
        added = self.activity("installationUpdate", action="add", data=data)
        greeted = self.activity("conversationUpdate", membersAdded=[BOT], data=data)
        return self.does(added) + self.does(greeted)

    def submit(self, data: object, reply_to: str | None = None) -> str:
        """Sends a card's data as they are; what came back."""
        return self.does(self.activity("message", value=data, replyToId=reply_to))

    def does(self, activity: dict[str, Any]) -> str:
        """Posts an activity that must be accepted; the texts that came into the chat until it was answered."""
        before = len(self.chat.heard)
        status, body = self.post(activity)
        assert status < 300, (status, body)
        return "\n".join(self.chat.heard[before:])

    def post(self, activity: dict[str, Any]) -> tuple[int, str]:
        """Posts an activity: status and body."""
        headers = {"Content-Type": "application/json"}
        if self.teams.token is not None:
            headers["Authorization"] = f"Bearer {self.teams.token}"
        request = urllib.request.Request(self.bot_url, json.dumps(activity).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=TURN_SECONDS) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()

    # --- seeing -----------------------------------------------------------------------------------------------

    def hears(self, words: str) -> str:
        """Waits until a text with these words has come; that text."""
        try:
            found: str = self.teams.wait_for(lambda: self._latest_with(words))
        except TimeoutError:
            raise AssertionError(f"{self.name} has not heard {words!r} but {self.chat.heard[-5:]}") from None
        return found

    def _latest_with(self, words: str) -> str | None:
        return next((text for text in reversed(self.chat.heard) if words in text), None)

    def times_heard(self, words: str) -> int:
        """How many texts with these words have come."""
        return sum(words in text for text in self.chat.heard)

    @property
    def newest(self) -> Message:
        """The newest message in the chat."""
        return self.chat.messages[-1]

    # --- activities -------------------------------------------------------------------------------------------

    def message(self, text: str) -> dict[str, Any]:
        """The activity of something written."""
        if self.channel is None:
            return self.activity("message", text=text, textFormat="plain")
        mention = f"<at>{BOT['name']}</at>"
        entity = {"type": "mention", "text": mention, "mentioned": BOT}
        return self.activity("message", text=f"{mention} {text}", textFormat="plain", entities=[entity])

    def pressing(self, title: str, inputs: Mapping[str, str] | None = None) -> dict[str, Any]:
        """The activity of a button pressed, as a client sends Action.Submit."""
        message, value = find_button(self.chat.messages, title, dict(inputs or {}))
        return self.activity("message", value=value, replyToId=message.id)

    def activity(self, type_: str, *, data: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        """An activity as Teams sends it."""
        conversation: dict[str, Any] = {
            # What is written in a channel is the first post of a thread, or a reply in one.
            "id": f"{self.conversation};messageid={time.time_ns()}" if self.channel else self.conversation,
            "tenantId": TENANT,
            "conversationType": "channel" if self.channel else "personal",
        }
        channel_data: dict[str, Any] = {"tenant": {"id": TENANT}, **(data or {})}
        if self.channel:
            conversation["isGroup"] = True
            channel_data["channel"] = {"id": self.channel.id, "name": self.channel.name}
            channel_data["team"] = {"id": self.channel.team}
        return {
            "type": type_,
            "id": str(uuid.uuid4()),
            "timestamp": _now(),
            "channelId": "msteams",
            "serviceUrl": self.teams.url,
            "locale": "nb-NO",
            "from": {"id": self.id, "name": self.name, "aadObjectId": self.account},
            "conversation": conversation,
            "recipient": BOT,
            "channelData": channel_data,
            **more,
        }


def person(teams: Teams, bot_url: str, name: str) -> Person:
    """Somebody of the sample register, or a stranger; from now on in Teams' roster."""
    email = _emails().get(name) or f"{name.lower().replace(' ', '.')}@fremmed.example"
    found = Person(teams, bot_url, name, email)
    found.join()
    return found


@cache
def _emails() -> dict[str, str]:
    return {row.name: row.email for row in read_register(sample_register()).people}


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
