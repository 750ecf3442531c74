"""What the current user cannot do in the client: installs, members coming and going, others' messages."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.client.driver.browser import ClientError
from tests.client.driver.cards import Cards
from tests.client.driver.messages import Message
from tests.client.driver.wire import Exchange

Edit = Callable[[dict[str, Any]], None]


class Mocking(Cards):
    """The client's own menu "Mock an Activity", in the open conversation."""

    def mock(self, item: str, edit: Edit | None = None, *, timeout: float | None = None) -> Exchange:
        """Sends one of the menu's activities, changed by `edit` first.

        Install application, Uninstall application, Add user, Add application, Remove user, Remove
        application, Custom activity; in channels also Add channel, Rename channel, Remove channel,
        Rename team, Remove team.
        """
        since = len(self.wire.exchanges)
        with self.page.expect_response(lambda answer: "/customActivities/template" in answer.url) as template:
            self.page.get_by_role("button", name="Mock an Activity").click()
            entries = self.page.locator(".fui-MenuItem")
            entries.filter(has_text=re.compile(rf"^\s*{re.escape(item)}\s*$")).first.click()
        activity: dict[str, Any] = json.loads(template.value.text())
        dialog = self.page.get_by_role("dialog")
        editor = dialog.locator(".monaco-editor")
        editor.locator("textarea").first.wait_for(state="attached")
        # From the second time on the editor can be so low that only its first line is sure.
        self.until("the activity in the editor", lambda: "{" in editor.first.inner_text())
        self.page.wait_for_timeout(150)
        if edit:
            edit(activity)
            self._replace_text(dialog, json.dumps(activity, ensure_ascii=False))
        dialog.get_by_role("button", name="Send activity").click()
        exchange = self.turn(since, [activity["type"]], timeout)
        self.settle(quiet=0.3, timeout=timeout)
        if dialog.count():
            self.page.keyboard.press("Escape")
        return exchange

    def user(self, name: str) -> dict[str, Any]:
        """One of the client's people by name, id or e-mail; raises ClientError."""
        for user in (self.config["currentUser"], *self.config["users"]):
            if name in (user["name"], user["id"], user["email"]):
                found: dict[str, Any] = user
                return found
        raise ClientError(f"no user {name!r}")

    def send_as(
        self,
        name: str,
        text: str = "",
        *,
        mention: bool | None = None,
        extra: Mapping[str, Any] | None = None,
        timeout: float | None = None,
    ) -> list[Message]:
        """A message of somebody else, with the bot's answers; the client shows only these.

        `extra` adds fields to the activity, such as `value`. In a personal chat it arrives with the current
        user's conversation and another sender, which Teams never does.
        """
        user = self.user(name)
        mention = self._kind != "personal" if mention is None else mention
        before, since = {message.id for message in self.messages()}, len(self.wire.exchanges)

        def edit(activity: dict[str, Any]) -> None:
            activity.update(type="message", textFormat="plain", locale="en-US", text=text, entities=[])
            activity["from"] = {key: user[key] for key in ("id", "name", "aadObjectId")}
            activity["channelData"] = {"tenant": {"id": self.config["tenantId"]}}
            if mention:
                self._add_mention(activity)
            if self.in_channel:
                self._add_place(activity)
            activity.update(extra or {})

        self.mock("Custom activity", edit, timeout=timeout)
        return self.new_messages(before, since)

    def _add_mention(self, activity: dict[str, Any]) -> None:
        bot = self.config["bot"]
        tag = f"<at>{bot['name']}</at>"
        activity["text"] = f"{tag} {activity['text']}"
        mentioned = {"id": bot["id"], "name": bot["name"]}
        activity["entities"].append({"type": "mention", "text": tag, "mentioned": mentioned})

    def _add_place(self, activity: dict[str, Any]) -> None:
        team, channel = self._team["id"], self.conversation_id
        activity["channelData"] |= {
            "team": {"id": team},
            "channel": {"id": channel},
            "teamsTeamId": team,
            "teamsChannelId": channel,
        }
        if self._thread:
            activity["conversation"]["id"] = self._thread

    def _replace_text(self, dialog: Any, text: str) -> None:
        dialog.locator(".monaco-editor textarea").first.focus()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)
        self.page.wait_for_timeout(200)
        tab = dialog.get_by_role("tab", name="JSON", exact=True)
        if tab.count():  # a mention makes the dialog switch to its form
            tab.click()
            self.page.wait_for_timeout(200)
