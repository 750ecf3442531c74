"""Who has been told of a date that is moved, and what they are told now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from domain.needs.owners import reply_by
from domain.outbox import SCHEDULED, MessageKind, OutboxMessage, OutboxState
from domain.outreach.dates.holding import key_prefix
from domain.outreach.dates.notices import changed_in
from domain.rounds import confirming
from domain.rounds.confirming import days_of
from domain.rounds.meeting_people import Told
from domain.rounds.models import DeadlineKind, Round

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork

_K: Final = MessageKind
_ON_THEIR_WAY: Final = (OutboxState.WAITING, OutboxState.HANDED)
_ARRIVED: Final = (OutboxState.SENT, OutboxState.AMBIGUOUS)
_A_DAY: Final = timedelta(days=1)
_WITHOUT_ITS_DAY: Final = {
    _K.HEAD_REMINDER: "season",
    _K.LEADER_DIGEST: "weekly",
    _K.CHANNEL_SUMMARY: "weekly",
}
"""Messages whose keys bear another day, and which name the date for needs all the same."""
_KNOWN: Final[tuple[str, ...]] = ("was", "reply_by")
"""The parameters that hold the days somebody knew."""
_NAMING_THE_NEXT: Final = frozenset({_K.LEADER_DIGEST, _K.CHANNEL_SUMMARY})
"""Messages about the date for needs that also name the date after it."""


def to_be_told(
    uow: UnitOfWork, person_id: int, before: Round, after: Round, now: datetime
) -> list[OutboxMessage]:
    """The messages of everything that was moved; whoever moved it is not told."""
    kinds = confirming.changes(before, days_of(after))
    messages = [m for kind in kinds for m in _messages(uow, before, after, kind, now)]
    return [m for m in messages if m.person_id != person_id and changed_in(uow, m, after, now) is not None]


def recipients(messages: Iterable[OutboxMessage]) -> Told:
    """The people and channels that these messages go to."""
    told = list(messages)
    return Told(
        people=frozenset(m.person_id for m in told if m.person_id is not None),
        bindings=frozenset(m.binding_id for m in told if m.person_id is None and m.binding_id is not None),
    )


def _messages(
    uow: UnitOfWork, before: Round, after: Round, kind: DeadlineKind, now: datetime
) -> Iterator[OutboxMessage]:
    """A message to everybody, person or channel, who knows the date that held before."""
    old, new = days_of(before)[kind], days_of(after)[kind]
    for recipient, (message, known) in _who_know(uow, before, kind, old).items():
        params: dict[str, Any] = {"round": after.id, "step": "changed", "deadline": kind.value}
        params |= {name: message.params[name] for name in ("kindergarten", "owner") if name in message.params}
        params |= {"was": old.isoformat(), **_heads_day(uow, before, params), **known}
        start = key_prefix(_K.DATE_CHANGED, after, kind, new)
        yield OutboxMessage(
            key=f"{start}{now:%Y%m%d%H%M%S%f}:{recipient}",
            kind=_K.DATE_CHANGED,
            person_id=message.person_id,
            binding_id=message.binding_id,
            params=params,
            due_at=now,
        )


def _who_know(
    uow: UnitOfWork, current: Round, kind: DeadlineKind, day: date
) -> dict[str, tuple[OutboxMessage, dict[str, str]]]:
    """Recipient → what told them, with the days they know when those are others.

    Whoever waits for a message that the date was moved to this day does not know this day, but the one before it.
    """
    found: dict[str, tuple[OutboxMessage, dict[str, str]]] = {}
    for prefix in _telling(current, kind, day):
        for state in _ARRIVED:
            for message in uow.outbox.begins_with(prefix, state):
                found.setdefault(_recipient(message), (message, {}))
        for message in uow.outbox.begins_with(prefix, OutboxState.OBSOLETE):
            if _was_told_in_another(uow, message):
                found.setdefault(_recipient(message), (message, {}))
    for state in _ON_THEIR_WAY:
        for message in uow.outbox.begins_with(key_prefix(_K.DATE_CHANGED, current, kind, day), state):
            known: dict[str, str] = {name: message.params[name] for name in _KNOWN if name in message.params}
            found[_recipient(message)] = message, known
    return found


def _telling(current: Round, kind: DeadlineKind, day: date) -> Iterator[str]:
    """How the keys of messages begin that have told of a date."""
    # A head's date is another than the network's: who has been told of both hears of the network's.
    for told_by in sorted(SCHEDULED | {_K.DATE_CHANGED}, key=lambda k: (k is _K.HEAD_REMINDER, k.value)):
        yield key_prefix(told_by, current, kind, day)
        if kind is DeadlineKind.NEEDS and told_by in _WITHOUT_ITS_DAY:
            yield f"{told_by.value}:{current.id}:{_WITHOUT_ITS_DAY[told_by]}:"
        if kind is _next_after_needs(current) and told_by in _NAMING_THE_NEXT:
            yield f"{told_by.value}:{current.id}:{DeadlineKind.NEEDS.value}:"


def _next_after_needs(current: Round) -> DeadlineKind | None:
    needs = days_of(current)[DeadlineKind.NEEDS]
    later = [d for d in current.deadlines if d.day > needs]
    return min(later, key=lambda d: d.day).kind if later else None


def _was_told_in_another(uow: UnitOfWork, message: OutboxMessage) -> bool:
    """Whether what a message was to say went out in one message with other things."""
    if message.person_id is None:
        return False
    others = uow.outbox.to_person(message.person_id, OutboxState.SENT, message.due_at - _A_DAY)
    return any((message.kind, message.params) in other.parts[1:] for other in others)


def _recipient(message: OutboxMessage) -> str:
    return f"p{message.person_id}" if message.person_id is not None else f"b{message.binding_id}"


def _heads_day(uow: UnitOfWork, before: Round, params: dict[str, Any]) -> dict[str, str]:
    """The date that a head had: that of its owner's heads."""
    if "kindergarten" not in params:
        return {}
    owner = uow.register.kindergarten(params["kindergarten"]).owner_id
    return {"reply_by": reply_by.of_round(uow, owner, before).isoformat()}
