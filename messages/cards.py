"""The pieces that every card is made of: Adaptive Cards 1.5, labelled, readable on a phone and in dark mode."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from dialogs.payloads import Payload
from messages import elements
from messages.outgoing import Outgoing

SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
MOST_ACTIONS = 6
LONGEST_TITLE = 40
LONGEST_SUMMARY = 250

_MARKDOWN = re.compile(r"([\\`*_\[\]]|~(?=~)|(?<=~)~)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_BLOCK = re.compile(r"(?m)^([#>+=-])")
_NUMBERED = re.compile(r"(?m)^(\d+)([.)])(?=\s|$)")
_PERHAPS = re.compile(r"(?m)[\\`*_\[\]~<]|^[#>+=\d-]")
"""Without any of this there is nothing to escape: so it is with most lines."""

_TAKES = {kind.model_fields["verb"].default: kind.accepts for kind in Payload.__subclasses__()}
_FOR_LABELS = str.maketrans({"[": "(", "]": ")", "*": " ", "_": " ", "`": "'", "~": " ", "\\": "/"})

Element = dict[str, Any]
"""An element of a card as JSON."""


def plain(text: str) -> str:
    """Text for a TextBlock or a message, so that no character of it is read as formatting, a tag or a link.

    Everything that the builders below are given goes through it: nothing we say uses markdown.
    """
    lines = [line.strip() for line in text.splitlines()]
    words = "\n\n".join([line for line in lines if line])
    if _PERHAPS.search(words) is None:
        return words
    escaped = _BLOCK.sub(r"\\\1", _TAG.sub("< ", _MARKDOWN.sub(r"\\\1", words)))
    return _NUMBERED.sub(r"\1\\\2", escaped)


def _plain_label(text: str) -> str:
    """Text for a choice, which some clients read as markdown and others not: so nothing to escape is left."""
    words = " ".join(_TAG.sub("< ", text.translate(_FOR_LABELS)).split()).lstrip("#>+=- ")
    return re.sub(r"^(\d+)[.)](?=\s|$)", r"\1", words) or "–"


def cut(text: str, longest: int) -> str:
    """The text, or as many whole words of it as there is room for."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    whole = head.rsplit(" ", 1)[0] if " " in head[longest // 2 :] else head
    return whole.rstrip(" ,;:–(") + "…"


@cache
def _looks(kind: str, **looks: Any) -> Mapping[str, Any]:
    """An element without its texts, as the package's model of it says; they are few, and each is asked once."""
    made: BaseModel = getattr(elements, kind)(**looks)
    return made.model_dump(by_alias=True, exclude_none=True, mode="json")


def _block(text: str, **looks: Any) -> Element:
    return {**_looks("TextBlock", text="", wrap=True, **looks), "text": plain(text)}


def heading(text: str) -> Element:
    """The main thing, first."""
    return _block(text, weight="Bolder", size="Medium", style="heading")


def line(text: str, *, strong: bool = False) -> Element:
    """A line of ordinary text."""
    return _block(text, weight="Bolder") if strong else _block(text)


def small(text: str) -> Element:
    """A line that one may skip."""
    return _block(text, is_subtle=True, size="Small", spacing="Small")


def named(name: str, value: str) -> list[Element]:
    """A value under its name: close to it, and apart from what is above."""
    return [_block(name, is_subtle=True, size="Small", spacing="Medium"), _block(value, spacing="None")]


def item(text: str) -> Element:
    """One of several lines that belong close together."""
    return _block(text, spacing="Small")


def notice(text: str) -> Element:
    """Something to notice: said in words, the colour only helps."""
    return {**_looks("Container", style="attention", items=()), "items": [_block(text)]}


def hint(text: str) -> Element:
    """A friendly remark."""
    return {**_looks("Container", style="emphasis", items=()), "items": [_block(text)]}


def facts(pairs: Sequence[tuple[str, str]]) -> elements.FactSet:
    """Names and values under each other."""
    return elements.FactSet(
        facts=[elements.Fact(title=plain(name), value=plain(value)) for name, value in pairs]
    )


def more(left_out: int) -> list[Element]:
    """What is said when a list was too long to show whole; nothing when it was not."""
    return [small(f"Og {left_out} til.")] if left_out > 0 else []


def text_input(
    id_: str,
    label: str,
    *,
    value: str | None = None,
    multiline: bool = False,
    longest: int | None = None,
    placeholder: str | None = None,
) -> elements.TextInput:
    """A labelled text field."""
    return elements.TextInput(
        id=id_,
        label=label,
        value=value,
        is_multiline=multiline or None,
        max_length=longest,
        placeholder=placeholder,
    )


def choices(
    id_: str,
    label: str,
    options: Sequence[tuple[str, str]],
    *,
    many: bool = False,
    compact: bool = False,
    value: str | None = None,
) -> elements.ChoiceSetInput:
    """A labelled choice; options are (value, title)."""
    return elements.ChoiceSetInput(
        id=id_,
        label=label,
        choices=[elements.Choice(title=_plain_label(title), value=option) for option, title in options],
        is_multi_select=many or None,
        style="compact" if compact else "expanded",
        value=value,
        wrap=True,
    )


def button(title: str, verb: str, *, main: bool = False, **data: Any) -> Element:
    """A button that sends a verb with ids and versions; a long title is cut, and whole in the tooltip.

    What is filled in on the card goes along only when the verb takes it and the button does not say it itself.
    """
    short = cut(title, LONGEST_TITLE)
    looks = _looks(
        "SubmitAction",
        style="positive" if main else None,
        associated_inputs="auto" if _TAKES[verb] - data.keys() else "none",
    )
    made = {**looks, "title": short, "data": to_jsonable_python({"verb": verb, **data})}
    return made if short == title else {**made, "tooltip": title}


def link(title: str, url: str) -> elements.OpenUrlAction:
    """A button that opens an address."""
    return elements.OpenUrlAction(title=title, url=url)


def card(
    body: Sequence[Any],
    actions: Sequence[Any] = (),
    *,
    summary: str,
    settles: bool = False,
    tracks: bool = False,
) -> Outgoing:
    """A whole card as a message; `summary` is what the notification says, cut to a few lines."""
    summary = cut(summary, LONGEST_SUMMARY)
    if len(actions) > MOST_ACTIONS:
        raise ValueError(f"{len(actions)} actions on a card")
    content = {
        **_looks("AdaptiveCard", body=(), speak=None),
        "$schema": SCHEMA,
        "lang": "nb",
        "fallbackText": summary,
        "body": [_json(element) for element in body],
    }
    if actions:
        content["actions"] = [_json(action) for action in actions]
    return Outgoing(card=content, summary=summary, settles=settles, tracks=tracks)


def _json(element: Element | BaseModel) -> Element:
    """An element as JSON: one of ours is that already, one of the package's is a model."""
    if isinstance(element, dict):
        return element
    made = element.model_dump(by_alias=True, exclude_none=True, mode="json")
    _whole_numbers(made)
    return made


def _whole_numbers(node: Any) -> None:
    """The models make lengths floats; clients expect whole numbers."""
    within = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in within:
        if isinstance(value, float) and value.is_integer():
            node[key] = int(value)
        elif isinstance(value, dict | list):
            _whole_numbers(value)


def text(words: str, *, settles: bool = False) -> Outgoing:
    """A message of words alone."""
    return Outgoing(text=plain(words), settles=settles)
