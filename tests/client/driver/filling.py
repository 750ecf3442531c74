"""How each kind of input of an Adaptive Card is found and filled in the client."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tests.client.driver.browser import ClientError, script

Value = str | int | bool | dt.date | dt.time | Iterable[str] | None
InputKind = Literal["text", "number", "date", "time", "toggle", "radio", "checks", "combo"]
NESTING_KEYS = ("items", "columns", "rows", "cells", "body", "actions", "card", "pages")


@dataclass(frozen=True)
class CardInput:
    """One input as the client shows it, with its description in the card's JSON where the two match."""

    index: int
    kind: InputKind
    label: str
    title: str
    placeholder: str
    value: Any
    """What the client shows: text, True or False, a choice's title, or a list of titles."""
    options: tuple[str, ...]
    shown: bool
    spec: Mapping[str, Any]

    @property
    def id(self) -> str | None:
        return self.spec.get("id")

    @property
    def names(self) -> tuple[str | None, ...]:
        return (self.label, self.id, self.placeholder, self.title)

    def choice_title(self, choice: str) -> str:
        """A choice's title, for a title or a value."""
        titles = {str(item.get("value")): str(item.get("title")) for item in self.spec.get("choices", [])}
        return choice if choice in titles.values() else titles.get(choice, choice)


def json_inputs(node: Any) -> list[dict[str, Any]]:
    """The inputs in a card's JSON, in the order in which the client draws them."""
    if isinstance(node, list):
        return [found for part in node for found in json_inputs(part)]
    if not isinstance(node, dict):
        return []
    own = [node] if str(node.get("type", "")).startswith("Input.") else []
    return own + [found for key in NESTING_KEYS for found in json_inputs(node.get(key))]


def read_inputs(card: Any) -> list[CardInput]:
    """The inputs of a card, given by its locator."""
    seen = card.evaluate(script("card"))
    waiting = json_inputs(seen["json"])
    found: list[CardInput] = []
    for item in seen["inputs"]:
        position = next((number for number, spec in enumerate(waiting) if _describes(spec, item)), None)
        spec: dict[str, Any] = {} if position is None else waiting[position]
        if position is not None:
            waiting = waiting[position + 1 :]
        options = tuple(item.pop("options") or ())
        found.append(CardInput(**item, options=options, spec=spec))
    return found


def _describes(spec: Mapping[str, Any], item: Mapping[str, Any]) -> bool:
    written = {str(spec.get(key, "")).strip() for key in ("label", "title", "placeholder")} - {""}
    shown = {item["label"], item["title"], item["placeholder"]} - {""}
    return bool(written & shown) or (not written and not item["label"])


def find_input(inputs: list[CardInput], name: str) -> CardInput:
    """The only input with this label, else id, else placeholder or title; raises ClientError."""
    for names in (
        [(item, {item.label}) for item in inputs],
        [(item, {item.id}) for item in inputs],
        [(item, {item.placeholder, item.title}) for item in inputs],
    ):
        fits = [item for item, own in names if name in own]
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise ClientError(f"{len(fits)} inputs are called {name!r}")
    raise ClientError(f"no input {name!r}; there are {[(item.label, item.id) for item in inputs]}")


def fill(box: Any, item: CardInput, value: Value) -> None:
    """Gives one input its value; `box` is the locator of its frame."""
    if item.kind == "date":
        _fill_date(box, value)
    elif item.kind == "time":
        _fill_time(box, value)
    elif item.kind == "toggle":
        box.locator("input[type=checkbox]").set_checked(bool(value), force=True)
    elif item.kind == "radio":
        _label(box, item.choice_title(str(value))).click()
    elif item.kind == "checks":
        _fill_checks(box, item, _titles(item, value))
    elif item.kind == "combo":
        _fill_combo(box, _titles(item, value), many=not isinstance(value, str))
    else:
        field = box.locator("textarea, input").first
        field.fill(str(value))
        if item.kind == "number":
            box.page.keyboard.press("Tab")


def _titles(item: CardInput, value: Value) -> list[str]:
    choices = value if isinstance(value, Iterable) and not isinstance(value, str) else [str(value)]
    return [item.choice_title(choice) for choice in choices]


def _label(box: Any, title: str) -> Any:
    return box.locator("label", has_text=re.compile(rf"^\s*{re.escape(title)}\s*$"))


def _fill_date(box: Any, value: Value) -> None:
    day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value)) if value else None
    field = box.locator("input").first
    field.focus()  # a click would open the calendar, and typing then clears the text
    field.fill(day.strftime("%m/%d/%Y") if day else "")
    box.page.keyboard.press("Tab")


def _fill_time(box: Any, value: Value) -> None:
    field = box.locator("input").first
    field.focus()
    field.fill(value.strftime("%H:%M") if isinstance(value, dt.time) else str(value))
    box.page.keyboard.press("Enter")
    if box.page.get_by_role("option").first.is_visible():
        box.page.keyboard.press("Escape")


def _fill_checks(box: Any, item: CardInput, wanted: list[str]) -> None:
    missing = set(wanted) - set(item.options)
    if missing:
        raise ClientError(f"no choice {sorted(missing)}; there are {item.options}")
    for label in box.locator("label").all():
        check = box.locator(f'[id="{label.get_attribute("for")}"]')
        if check.is_checked() != (label.inner_text().strip() in wanted):
            label.click()


def _fill_combo(box: Any, wanted: list[str], *, many: bool) -> None:
    page = box.page
    box.locator("input, button[role=combobox]").first.click()
    for title in wanted:  # lists with several choices have another role
        option = page.get_by_role("option", name=title, exact=True)
        option.or_(page.get_by_role("menuitemcheckbox", name=title, exact=True)).last.click()
    if many:
        page.keyboard.press("Escape")
