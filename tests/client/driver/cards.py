"""Adaptive Cards in the client: reading, filling, pressing."""

import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as PlaywrightError

from tests.client.driver.browser import ClientError, script
from tests.client.driver.filling import CardInput, Value, fill, find_input, json_inputs, read_inputs
from tests.client.driver.messages import Conversations

TOP_CARD = ".ac-adaptiveCard:not(.ac-adaptiveCard .ac-adaptiveCard)"
SEND_SECONDS = 15.0  # how long after a press a request can still go out


class Cards(Conversations):
    """The cards of the open conversation, by index: -1 is the newest.

    In a channel -1 is the newest card of the thread last written to.
    """

    @property
    def card_count(self) -> int:
        count: int = self._cards.count()
        return count

    def card(self, index: int = -1) -> Any:
        """The locator of a card; raises ClientError."""
        cards = self._cards
        if index < 0 and self._thread and any(message.thread == self._thread for message in self.messages()):
            inner = self.thread_card(self._thread).locator(TOP_CARD)
            cards = inner if inner.count() else cards
        total = cards.count()
        if not -total <= index < total:
            raise ClientError(f"card {index} of {total}")
        return cards.nth(index % total)

    def card_text(self, index: int = -1) -> str:
        return re.sub(r"\n{2,}", "\n", self.card(index).inner_text()).strip()

    def card_json(self, index: int = -1) -> dict[str, Any]:
        """The card as the bot sent it; empty when the client does not tell."""
        content: dict[str, Any] | None = self.card(index).evaluate(script("card"))["json"]
        return content or {}

    def card_actions(self, index: int = -1) -> list[str]:
        """The titles of the buttons that are shown."""
        buttons = self.card(index).locator(".ac-actionSet button").all()
        return [
            button.get_attribute("aria-label") or button.inner_text()
            for button in buttons
            if button.is_visible()
        ]

    def card_inputs(self, index: int = -1) -> list[CardInput]:
        return read_inputs(self.card(index))

    def card_errors(self, index: int = -1) -> list[str]:
        """The validation messages that a card shows now."""
        written = [
            spec["errorMessage"] for spec in json_inputs(self.card_json(index)) if "errorMessage" in spec
        ]
        text = self.card(index).inner_text()
        return [message for message in written if message in text]

    def wait_for_card(self, count: int, timeout: float | None = None) -> None:
        """Waits until the conversation shows at least so many cards."""
        self.until(f"{count} cards", lambda: self.card_count >= count, timeout)

    def fill_card(self, values: Mapping[str, Value], card: int = -1) -> dict[str, Any]:
        """Fills inputs named by label or id, and returns what the client then shows for each.

        Date: a date or YYYY-MM-DD. Time: HH:MM. Toggle: a bool. Choice: its title or value; several: a list.
        Press right after filling: a new message makes the client draw its cards anew, empty.
        """
        target = self.card(card)
        named = {name: find_input(read_inputs(target), name) for name in values}
        for name, item in named.items():
            fill(target.locator(".ac-input-container").nth(item.index), item, values[name])
        shown = {item.index: item.value for item in read_inputs(target)}
        return {name: shown[item.index] for name, item in named.items()}

    def click(
        self,
        title: str,
        *,
        card: int | None = None,
        wait: bool = True,
        timeout: float | None = None,
        within: float = SEND_SECONDS,
    ) -> bool:
        """Presses an action by its title; True when that sent something to the bot, within so many seconds.

        Looked for in the given card, else in the newest card that has it, else in the whole window. False
        for ShowCard, ToggleVisibility and OpenUrl, and when the client itself held back a faulty form.
        """
        button = self._action(title, card)
        since = len(self.wire.exchanges)
        sent: list[str] = []

        def note(request: Any) -> None:
            if request.method == "POST" and "/_conversation/" in request.url:
                sent.append(request.url)

        self.page.on("request", note)
        try:
            button.click()
            deadline = time.monotonic() + within
            while not sent and time.monotonic() < deadline:
                self.page.wait_for_timeout(40)
        finally:
            self.page.remove_listener("request", note)
        if sent and wait:
            self.turn(since, ["message", "invoke"], timeout)
            self.settle(quiet=0.2, timeout=timeout)
        return bool(sent)

    def screenshot_card(self, path: Path, index: int = -1) -> None:
        """A picture of one card, whole even when it is higher than the window."""
        box = self.card(index).bounding_box()
        width, usual_height = self._viewport
        height = max(usual_height, int(box["height"]) + 400 if box else 0)
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.wait_for_timeout(250)
        self.card(index).screenshot(path=str(path))
        self.page.set_viewport_size({"width": width, "height": usual_height})

    @property
    def _cards(self) -> Any:
        return self.page.locator(TOP_CARD)

    def _action(self, title: str, index: int | None) -> Any:
        if index is not None:
            scopes = [self.card(index)]
        else:
            scopes = list(reversed(self._cards.all()))
            if self._thread:
                in_thread = self.thread_card(self._thread).locator(TOP_CARD).all()
                scopes = [*reversed(in_thread), *scopes]
        for scope in scopes:
            found = _button(scope, title) or self._in_overflow(scope, title)
            if found:
                return found
        # Suggested actions and hero cards stand outside the Adaptive Cards.
        found = _button(self.page.locator("body"), title) if index is None else None
        if not found:
            actions = self.card_actions() if self.card_count else "no card"
            raise ClientError(f"no action {title!r}; the newest card has {actions}")
        return found

    def _in_overflow(self, scope: Any, title: str) -> Any | None:
        more = scope.get_by_role("button", name="More options", exact=True)
        if not more.count() or not more.last.is_visible():
            return None
        more.last.click()
        entry = self.page.get_by_role("menuitem", name=title, exact=True).last
        try:
            entry.wait_for(timeout=800)
        except PlaywrightError:
            self.page.keyboard.press("Escape")
            return None
        return entry


def _button(scope: Any, title: str) -> Any | None:
    for role in ("button", "link", "menuitem"):
        hits = [hit for hit in scope.get_by_role(role, name=title, exact=True).all() if hit.is_visible()]
        if hits:
            return hits[-1]
    return None
