"""All examples of messages: every reply and content in its variants, rendered for one scene."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.preview import by_itself, for_heads, for_inquiries, for_leaders, for_owners
from bot.preview.scene import HOSTILE, LONG, ORDINARY, Scene, Words
from dialogs.replies import ContentReply, Reply
from messages import short
from messages.notices import mark, render_content
from messages.outgoing import Outgoing
from messages.render import render

SCENES = (ORDINARY, LONG, HOSTILE)

GROUPS: tuple[Callable[[Scene], Iterator[tuple[str, Reply]]], ...] = (
    for_heads.greetings,
    for_heads.form,
    for_heads.settled,
    for_heads.summary,
    for_heads.receipts,
    for_heads.mine,
    for_owners.greetings,
    for_owners.waiting,
    for_owners.reading,
    for_owners.deciding,
    for_owners.sending,
    for_leaders.greetings,
    for_leaders.strangers,
    for_leaders.overview,
    for_leaders.questions,
    for_leaders.helping,
    for_inquiries.asking,
    for_inquiries.refusing,
    for_inquiries.answering,
    for_inquiries.sharing,
    by_itself.short_ones,
)


@dataclass(frozen=True)
class Example:
    """One message with a name that is unique in its scene; `reply` is None for what is no reply."""

    name: str
    scene: str
    outgoing: Outgoing
    reply: Reply | None = None


def examples(today: date, words: Words = ORDINARY) -> list[Example]:
    """Every example of a scene, in a fixed order."""
    scene = Scene(today, words)
    found = [
        Example(f"{type(reply).__name__}.{variant}", words.name, _rendered(reply, today), reply)
        for group in GROUPS
        for variant, reply in group(scene)
    ]
    for variant, content in by_itself.contents(scene):
        reply = ContentReply(content)
        found.append(
            Example(f"{type(content).__name__}.{variant}", words.name, _rendered(reply, today), reply)
        )
        marked = render_content(content, today, mark(scene.kari.name))
        found.append(Example(f"{type(content).__name__}.{variant}-marked", words.name, marked))
    for stored in (True, False):
        name = "stored" if stored else "not-stored"
        found.append(Example(f"Failure.{name}", words.name, short.failure("a1b2c3", stored=stored)))
    found.append(Example("Failure.away", words.name, short.away()))
    return found


def _rendered(reply: Reply, today: date) -> Outgoing:
    return render(reply, today, lambda token: f"https://rekompis.example/files/{token}")
