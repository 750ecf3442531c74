"""Conversations in the client: going there, writing, reading."""

import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from playwright.sync_api import Error as PlaywrightError

from tests.client.driver.browser import Browser, ClientError, script

EDITOR = "[role=textbox][data-lexical-editor=true]"
PERSONAL_CHAT = "Personal Chat"
CREATED = 201
QUIET = 0.2  # seconds
THREAD = ".fui-Card[role=group]:has(.fui-CardHeader)"

Kind = Literal["personal", "group", "channel"]


@dataclass(frozen=True)
class Message:
    """One message as the client shows it."""

    id: str
    author: str
    text: str
    """The visible text, that of cards included."""
    from_bot: bool
    cards: tuple[str, ...]
    """The visible text of each card."""
    thread: str | None = None
    """Channels only: the thread's conversation id, "<channel>;messageid=<root>"."""


class Conversations(Browser):
    """The personal chat, the group chat and the team's channels."""

    _kind: Kind = "personal"
    _label = PERSONAL_CHAT
    _thread: str | None = None
    _visited = frozenset({PERSONAL_CHAT})  # which the client opens by itself

    # -- going there

    def open_personal(self) -> None:
        self._go("personal", PERSONAL_CHAT)

    def open_group(self) -> None:
        self._go("group", self.config["groupChats"][0]["name"])

    def open_channel(self, name: str = "General") -> None:
        self._go("channel", f"{self._team['name']} - {name}")

    @property
    def channels(self) -> list[str]:
        return [channel["name"] for channel in self._team["channels"]]

    @property
    def conversation_id(self) -> str:
        """The id of the open conversation; in a channel without its thread."""
        if self._kind == "personal":
            return str(self.config["personalChat"]["id"])
        if self._kind == "group":
            return str(self.config["groupChats"][0]["id"])
        names = {
            f"{self._team['name']} - {channel['name']}": channel["id"] for channel in self._team["channels"]
        }
        return str(names[self._label])

    @property
    def in_channel(self) -> bool:
        return self._kind == "channel"

    @property
    def _team(self) -> Any:
        return self.config["teams"][0]

    def _go(self, kind: Kind, label: str) -> None:
        self.page.get_by_role("treeitem", name=label, exact=True).click()
        self._kind, self._label, self._thread = kind, label, None
        # The first visit makes the client send installationUpdate and conversationUpdate, in either order.
        self.settle(quiet=0.2 if label in self._visited else 0.6)
        self._visited = self._visited | {label}

    # -- writing

    def send(
        self, text: str, *, mention: bool | None = None, wait: bool = True, timeout: float | None = None
    ) -> list[Message]:
        """Writes a message, in a channel a new post; returns the bot's new messages of this turn.

        The bot is mentioned everywhere but in the personal chat, unless `mention` says otherwise: as in
        Teams it hears nothing else in groups and channels.
        """
        if self.in_channel:
            box = self.page.locator(".fui-Card[role=group]").first.locator(EDITOR).first
            button = self.page.get_by_role("button", name="Post", exact=True).first
        else:
            box = self.page.locator(EDITOR).last
            button = self.page.get_by_role("button", name="Send Message").last
        return self._write(box, button, text, mention, wait, timeout)

    def reply(
        self,
        text: str,
        *,
        thread: str | None = None,
        mention: bool | None = None,
        wait: bool = True,
        timeout: float | None = None,
    ) -> list[Message]:
        """Replies in a channel's thread: the given one, else the one last written to."""
        self._thread = thread or self._thread
        card = self.thread_card(self._thread)
        button = card.get_by_role("button", name="Send Message").last
        return self._write(card.locator(EDITOR).last, button, text, mention, wait, timeout)

    def thread_card(self, thread: str | None) -> Any:
        """The locator of a thread, of the newest one without an id; raises ClientError."""
        order = list(dict.fromkeys(item["thread"] for item in self._read() if item["thread"]))
        if not order or (thread is not None and thread not in order):
            raise ClientError(f"thread {thread} is not among {order}")
        send = self.page.get_by_role("button", name="Send Message")
        return self.page.locator(THREAD).filter(has=send).nth(order.index(thread) if thread else 0)

    def _write(
        self, box: Any, button: Any, text: str, mention: bool | None, wait: bool, timeout: float | None
    ) -> list[Message]:
        mention = self._kind != "personal" if mention is None else mention
        before = {message.id for message in self.messages()}
        since = len(self.wire.exchanges)
        box.click()
        if mention:
            self._mention_bot()
        self.page.keyboard.insert_text(text)  # keeps line breaks, unlike typing
        if self.page.locator("#typeahead-menu").count():  # an "@" in the text opened it
            self.page.keyboard.press("Escape")
        with self.page.expect_response(_is_post_to_conversation) as answer:
            button.click()
        self._note_thread(answer.value)
        if wait and (mention or self._kind == "personal"):
            self.turn(since, ["message"], timeout, text=text.strip())
        else:
            self.page.wait_for_timeout(250)
        return self.new_messages(before, since)

    def _mention_bot(self) -> None:
        name = self.config["bot"]["name"]
        self.page.keyboard.type("@")
        entry = self.page.locator("#typeahead-menu [role=menuitem]").filter(has_text=name)
        self.until(f"{name} in the list of those to mention", entry.count)
        entry.first.click()
        self.page.keyboard.type(" ")

    def _note_thread(self, response: Any) -> None:
        try:
            self._thread = json.loads(response.text()).get("postConversationId") or self._thread
        except (PlaywrightError, ValueError):
            return  # only a channel's new post is answered with its thread

    # -- reading

    def messages(self) -> list[Message]:
        """All messages of the open conversation, oldest first; in channels thread by thread."""
        found = [self._message(item) for item in self._read()]
        if not self.in_channel:
            return found
        threads: dict[str | None, list[Message]] = {}
        for message in found:  # the client shows the newest thread first
            threads.setdefault(message.thread, []).append(message)
        return [message for thread in reversed(threads.values()) for message in thread]

    def last_messages(
        self, count: int = 1, *, from_bot: bool | None = None, thread: str | None = None
    ) -> list[Message]:
        """The last messages; in a channel those of the thread, by default the one last written to."""
        thread = thread or self._thread
        chosen = [
            message
            for message in self.messages()
            if from_bot in (None, message.from_bot) and thread in (None, message.thread)
        ]
        return chosen[-count:]

    def wait_for_text(
        self,
        text: str | re.Pattern[str],
        *,
        from_bot: bool = True,
        after: Message | None = None,
        timeout: float | None = None,
    ) -> Message:
        """The newest message that contains the text, waiting for it: for what the bot sends by itself."""
        pattern = re.compile(re.escape(text)) if isinstance(text, str) else text

        def look() -> Message | None:
            shown = self.messages()
            if after in shown:
                shown = shown[shown.index(after) + 1 :]
            fits = [
                message for message in shown if message.from_bot >= from_bot and pattern.search(message.text)
            ]
            return fits[-1] if fits else None

        message = self.until(f"the text {pattern.pattern!r}", look, timeout)
        assert message is not None
        return message

    def new_messages(self, before: set[str], since: int) -> list[Message]:
        """The bot's messages whose ids were not there before, waiting until those it posted are drawn."""
        deadline = time.monotonic() + self.timeout
        while True:
            new = [message for message in self.messages() if message.from_bot and message.id not in before]
            # The log of what the bot posted may come a little after its answer to the client.
            complete = len(new) >= self._posted(since) and self.wire.silent_for(QUIET, 0)
            if complete or time.monotonic() > deadline:
                return new
            self.page.wait_for_timeout(40)

    def _posted(self, since: int) -> int:
        """How many messages the bot has put into the open conversation after `since` exchanges."""
        return sum(
            not exchange.to_bot
            and exchange.name == "message"
            and exchange.status == CREATED  # a changed message is answered otherwise
            and (exchange.conversation or "").split(";")[0] == self.conversation_id
            for exchange in self.wire.exchanges[since:]
        )

    def situation(self) -> str:
        lines = [f"  {message.author}: {message.text}" for message in self.messages()[-6:]]
        return "\n".join(["last messages:", *lines])

    def _read(self) -> Sequence[Any]:
        items: Sequence[Any] = self.page.evaluate(script("messages"))
        return items

    def _message(self, item: Any) -> Message:
        author = item["author"] or self.config["currentUser"]["name"]
        from_bot = author == self.config["bot"]["name"]
        return Message(item["id"], author, item["text"], from_bot, tuple(item["cards"]), item["thread"])


def _is_post_to_conversation(response: Any) -> bool:
    return "/_conversation/v1/conversations/" in response.url and response.request.method == "POST"
