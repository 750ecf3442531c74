"""Looks into a card: its elements, what a person reads of it, and what pressing a button sends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from bot.preview.examples import SCENES, Example, examples
from bot.preview.scene import HOSTILE, Words
from messages.outgoing import Outgoing

TODAY = date(2026, 11, 22)
Element = dict[str, Any]


@cache
def all_examples() -> tuple[Example, ...]:
    """Every example of every scene."""
    return tuple(example for words in SCENES for example in examples(TODAY, words))


def rendered_once(today: date, words: Words) -> list[Example]:
    """As `examples`, for what is written of them: nothing is rendered again."""
    assert today == TODAY
    return [e for e in all_examples() if e.scene == words.name]


@cache
def carded() -> tuple[tuple[str, Element], ...]:
    """The name and the card of every example that is a card."""
    examples = all_examples()
    return tuple((f"{e.scene}/{e.name}", e.outgoing.card) for e in examples if e.outgoing.card is not None)


@cache
def texts() -> dict[str, str]:
    """Every text of all messages that a client reads as markdown, once, with the name of one that has it."""
    return {text: e.name for e in all_examples() for text in formatted(e.outgoing)}


@cache
def ours() -> dict[str, str]:
    """Every text that we wrote ourselves or put in, once, but for those of the hostile scene."""
    mild = (e for e in all_examples() if e.scene != HOSTILE.name)
    return {text: e.name for e in mild for text in visible(e.outgoing)}


def elements(node: Any) -> Iterator[Element]:
    """Every typed object of a card, actions included, from the outside in."""
    if isinstance(node, dict):
        if "type" in node:
            yield node
        for key, value in node.items():
            if key != "data":
                yield from elements(value)
    elif isinstance(node, list):
        for one in node:
            yield from elements(one)


def inputs(card: Element) -> list[Element]:
    """The inputs of a card."""
    return [e for e in elements(card) if e["type"].startswith("Input.")]


def actions(card: Element) -> list[Element]:
    """The buttons of a card."""
    return [e for e in elements(card) if e["type"].startswith("Action.")]


def formatted(outgoing: Outgoing) -> Iterator[str]:
    """Every text of a message that a client reads as markdown."""
    if outgoing.text is not None:
        yield outgoing.text
    for element in elements(outgoing.card or {}):
        if element["type"] == "TextBlock":
            yield element["text"]
        elif element["type"] == "FactSet":
            yield from (fact[part] for fact in element["facts"] for part in ("title", "value"))
        elif element["type"] == "Input.ChoiceSet":
            yield from (choice["title"] for choice in element["choices"])


def visible(outgoing: Outgoing) -> Iterator[str]:
    """Every text of a message that we wrote ourselves or put in; not what somebody has filled in."""
    yield from formatted(outgoing)
    if outgoing.summary is not None:
        yield outgoing.summary
    for element in elements(outgoing.card or {}):
        for key in ("label", "placeholder", "title", "tooltip"):
            if key in element:
                yield element[key]


def sent_by(action: Element, card: Element) -> dict[str, Any]:
    """What a client sends for a press, with something in every input that goes along."""
    filled = {}
    if action["associatedInputs"] == "auto":
        for one in inputs(card):
            options = [c["value"] for c in one.get("choices", [])]
            filled[one["id"]] = options[-1] if options else "Dette er et svar med æøå."
    return {**action["data"], **filled}
