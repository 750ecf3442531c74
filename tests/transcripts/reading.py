"""A message as a person reads it, in plain text; and finding what a person would press."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from messages.outgoing import Outgoing


class HasOutgoing(Protocol):
    id: str
    outgoing: Outgoing


def as_text(outgoing: Outgoing) -> str:
    """Lines of a message: text, facts, inputs with what is filled in, buttons in brackets."""
    if outgoing.card is None:
        return outgoing.text or ""
    lines = [line for block in outgoing.card.get("body", []) for line in _lines(block)]
    actions = [a["title"] for a in outgoing.card.get("actions", [])]
    if actions:
        lines.append(" ".join(f"[{title}]" for title in actions))
    return "\n".join(lines)


def _lines(block: dict[str, Any]) -> list[str]:
    match block["type"]:
        case "TextBlock":
            return [block["text"].replace("\\", "")]
        case "Container":
            return ["! " + line for item in block["items"] for line in _lines(item)]
        case "Image":
            return [f"<bilde: {block['altText']}>"]
        case "Chart.HorizontalBar":
            bars = ", ".join(f"{d['x']} {d['y']}" for d in block["data"])
            return [f"<{block['title']}: {bars}>"]
        case "FactSet":
            return [f"{f['title']}: {f['value']}" for f in block["facts"]]
        case "Input.ChoiceSet":
            chosen = (block.get("value") or "").split(",")
            mark = {c["value"]: "x" if c["value"] in chosen else " " for c in block["choices"]}
            if len(block["choices"]) > 16:
                return [f"<{block['label']}: {len(block['choices'])} valg>"]
            options = " ".join(f"({mark[c['value']]}) {c['title']}" for c in block["choices"])
            return [f"<{block['label']}: {options}>"]
        case "Input.Text":
            return [f"<{block['label']}: {block.get('value', '')}>"]
        case other:
            return [f"<{other}>"]


def find_button(
    messages: Sequence[HasOutgoing], title: str, inputs: dict[str, str]
) -> tuple[Any, dict[str, Any]]:
    """The newest message with the button, and what pressing it sends. Raises LookupError."""
    for message in reversed(messages):
        card = message.outgoing.card or {}
        for action in card.get("actions", []):
            if action["title"] == title and action["type"] == "Action.Submit":
                return message, {**_filled(card, inputs), **action["data"]}
    raise LookupError(f"no button {title!r}")


def _filled(card: dict[str, Any], inputs: dict[str, str]) -> dict[str, str]:
    """The card's inputs as a client sends them, with these filled in by label or id."""
    filled: dict[str, str] = {}
    unused = dict(inputs)
    for block in card.get("body", []):
        if not block["type"].startswith("Input."):
            continue
        name = next((n for n in (block["label"], block["id"]) if n in unused), None)
        value = unused.pop(name) if name else block.get("value", "")
        if name and block["type"] == "Input.ChoiceSet":
            titles = {c["title"]: c["value"] for c in block["choices"]}
            value = ",".join(titles.get(v.strip(), v.strip()) for v in value.split(","))
        if value:
            filled[block["id"]] = value
    if unused:
        raise LookupError(f"no inputs {sorted(unused)}")
    return filled
