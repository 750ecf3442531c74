"""The pieces that every card is made of: Adaptive Cards 1.5, labelled, readable on a phone and in dark mode."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from microsoft_teams.cards import (
    AdaptiveCard,
    Choice,
    ChoiceSetInput,
    Container,
    Fact,
    FactSet,
    OpenUrlAction,
    SubmitAction,
    TextBlock,
    TextInput,
)

from messages.outgoing import Outgoing

SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
MOST_ACTIONS = 6

_MARKDOWN = re.compile(r"([\\`*_\[\]])")


def plain(text: str) -> str:
    """A person's own words, so that no character of theirs is read as formatting or a link."""
    escaped = _MARKDOWN.sub(r"\\\1", text)
    return re.sub(r"(?m)^(\s*)([#>+-]|\d+\.)(\s)", r"\1\\\2\3", escaped)


def heading(text: str) -> TextBlock:
    """The main thing, first."""
    return TextBlock(text=text, wrap=True, weight="Bolder", size="Medium", style="heading")


def line(text: str, *, strong: bool = False) -> TextBlock:
    """A line of ordinary text."""
    return TextBlock(text=text, wrap=True, weight="Bolder") if strong else TextBlock(text=text, wrap=True)


def small(text: str) -> TextBlock:
    """A line that one may skip."""
    return TextBlock(text=text, wrap=True, is_subtle=True, size="Small", spacing="Small")


def notice(text: str) -> Container:
    """Something to notice: said in words, the colour only helps."""
    return Container(style="attention", items=[TextBlock(text=text, wrap=True)])


def hint(text: str) -> Container:
    """A friendly remark."""
    return Container(style="emphasis", items=[TextBlock(text=text, wrap=True)])


def facts(pairs: Sequence[tuple[str, str]]) -> FactSet:
    """Names and values under each other."""
    return FactSet(facts=[Fact(title=name, value=value) for name, value in pairs])


def text_input(
    id_: str,
    label: str,
    *,
    value: str | None = None,
    multiline: bool = False,
    longest: int | None = None,
    placeholder: str | None = None,
) -> TextInput:
    """A labelled text field."""
    return TextInput(
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
) -> ChoiceSetInput:
    """A labelled choice; options are (value, title)."""
    return ChoiceSetInput(
        id=id_,
        label=label,
        choices=[Choice(title=title, value=option) for option, title in options],
        is_multi_select=many or None,
        style="compact" if compact else "expanded",
        value=value,
        wrap=True,
    )


def button(title: str, verb: str, *, main: bool = False, **data: Any) -> SubmitAction:
    """A button that sends a verb with ids and versions."""
    return SubmitAction(title=title, style="positive" if main else None, data={"verb": verb, **data})


def link(title: str, url: str) -> OpenUrlAction:
    """A button that opens an address."""
    return OpenUrlAction(title=title, url=url)


def card(
    body: Sequence[Any],
    actions: Sequence[Any] = (),
    *,
    summary: str,
    settles: bool = False,
    tracks: bool = False,
) -> Outgoing:
    """A whole card as a message; `summary` is what the notification says."""
    if len(actions) > MOST_ACTIONS:
        raise ValueError(f"{len(actions)} actions on a card")
    made = AdaptiveCard(body=list(body), actions=list(actions) or None, speak=None, fallback_text=summary)
    content = made.model_dump(by_alias=True, exclude_none=True, mode="json")
    content["$schema"] = SCHEMA
    content["lang"] = "nb"
    _whole_numbers(content)
    return Outgoing(card=content, summary=summary, settles=settles, tracks=tracks)


def _whole_numbers(node: Any) -> None:
    """The models make lengths floats; clients expect whole numbers."""
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, float) and value.is_integer():
                node[key] = int(value)
            else:
                _whole_numbers(value)
    elif isinstance(node, list):
        for item in node:
            _whole_numbers(item)


def text(words: str, *, settles: bool = False) -> Outgoing:
    """A message of words alone."""
    return Outgoing(text=words, settles=settles)
