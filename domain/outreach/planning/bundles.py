"""One reminder a day and person: everything that a person is to be told of on a day goes in one message."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from domain.outbox import REMINDERS, MessageKind, OutboxMessage
from domain.outreach.planning.steps import urgency
from domain.outreach.reminding.reminders import HeadReminder

if TYPE_CHECKING:
    from datetime import datetime

    from domain.outreach.content import Content
    from domain.ports import UnitOfWork
    from domain.register.models import Person


_SAYS_IT_TOO: Final = {MessageKind.OWNER_DIGEST: MessageKind.OWNER_REMINDER}
"""What somebody need not be told when they are told the other anyway."""


@dataclass(frozen=True)
class Part:
    """One of the things in a bundle."""

    kind: MessageKind
    content: Content


@dataclass(frozen=True)
class Bundle:
    """Several things for one person, the most urgent first."""

    recipient: Person
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Bundled:
    """The messages that go, and those that are said in one of them."""

    chosen: list[OutboxMessage]
    covered: list[OutboxMessage]


def bundle(messages: Iterable[OutboxMessage], reminded: Collection[int] = frozenset()) -> Bundled:
    """The messages of one day with one reminder per person; who is among `reminded` has had the day's already.

    What is left out for those waits for another day. Posts in channels go as they are.
    """
    result = Bundled([], [])
    people: dict[int, list[OutboxMessage]] = {}
    for message in messages:
        if message.kind not in REMINDERS or message.person_id is None:
            result.chosen.append(message)
        elif message.person_id not in reminded:
            people.setdefault(message.person_id, []).append(message)
    for mine in people.values():
        if len(mine) > 1:
            mine.sort(key=lambda m: (*urgency(m.kind, str(m.params.get("step"))), m.due_at, m.key))
        result.chosen.append(_together(mine))
        result.covered.extend(mine[1:])
    return result


def bundle_of(
    uow: UnitOfWork,
    message: OutboxMessage,
    now: datetime,
    read: Callable[[UnitOfWork, OutboxMessage, datetime], Content | None],
) -> Content | None:
    """What a message with several things says now: what is left of them, each once; None when nothing is."""
    found: list[Part] = []
    for number, (kind, params) in enumerate(message.parts):
        # The key names the date of the first thing alone.
        key = message.key if number == 0 else f"{kind.value}:bundled"
        content = read(uow, message.model_copy(update={"key": key, "kind": kind, "params": params}), now)
        if content is not None and not any(_repeats(content, part.content) for part in found):
            found.append(Part(kind, content))
    if len(found) > 1:
        return Bundle(uow.register.person(message.person_id or 0), tuple(found))
    return found[0].content if found else None


def _repeats(content: Content, said: Content) -> bool:
    """Whether it says nothing new: to a head, one reminder speaks of every kindergarten with the same date."""
    if isinstance(content, HeadReminder) and isinstance(said, HeadReminder):
        return content.reply_by == said.reply_by
    return content == said


def _together(messages: list[OutboxMessage]) -> OutboxMessage:
    """The first message with what the others say in it; what is about the same thing is said once."""
    first, *others = messages
    said = [_subject(*part) for part in first.parts]
    also = []
    for part in (part for message in others for part in message.parts):
        if _subject(*part) not in said:
            said.append(_subject(*part))
            also.append(part)
    return first.with_also(also)


def _subject(kind: MessageKind, params: dict[str, Any]) -> tuple[MessageKind, dict[str, Any]]:
    return _SAYS_IT_TOO.get(kind, kind), {name: value for name, value in params.items() if name != "step"}
