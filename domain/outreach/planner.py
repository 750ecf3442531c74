"""Puts the reminders that are due into the outbox, and tells what is coming (C6)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.clock import local_day
from domain.outbox import MessageKind, OutboxMessage, OutboxState
from domain.outreach.facts import all_facts, facts_of
from domain.outreach.hours import expired, first_opening
from domain.outreach.plan import HeadTask, NetworkFacts, OwnerTask, due, may_go_out, plan
from domain.ports import UnitOfWork
from domain.rounds.models import Round

_REMINDED = "outreach.reminded"
_REMINDERS = (MessageKind.OWNER_REMINDER, MessageKind.HEAD_REMINDER)


class Reason(StrEnum):
    """Why a planned message goes out."""

    UNANSWERED = "unanswered"
    SOMETHING_LEFT = "something_left"
    DIGEST = "digest"
    SUMMARY = "summary"


_REASONS = {
    MessageKind.HEAD_REMINDER: Reason.UNANSWERED,
    MessageKind.OWNER_REMINDER: Reason.SOMETHING_LEFT,
    MessageKind.LEADER_DIGEST: Reason.DIGEST,
    MessageKind.CHANNEL_SUMMARY: Reason.SUMMARY,
}


@dataclass(frozen=True)
class Planned:
    """A message to come. `recipient` is the person's name, None when it goes to a bound channel."""

    key: str
    kind: MessageKind
    reason: Reason
    step: str
    network: str
    goes_at: datetime
    expires_at: datetime | None
    person_id: int | None
    binding_id: int | None
    recipient: str | None


@dataclass(frozen=True)
class Bundled:
    """One reminder per person: those that go, and those whose matter the one that goes covers."""

    chosen: list[OutboxMessage]
    covered: list[OutboxMessage]


def bundle(messages: Iterable[OutboxMessage], reminded: frozenset[int] = frozenset()) -> Bundled:
    """The messages of one day with one reminder per person, an owner's before a head's.

    A head's reminder gives way to the owner's for good; what else is left out waits for another day.
    Whoever is among `reminded` has had the day's reminder. Digests and summaries are no reminders.
    """
    result = Bundled([], [])
    people: dict[int, list[OutboxMessage]] = {}
    for message in messages:
        if message.kind not in _REMINDERS or message.person_id is None:
            result.chosen.append(message)
        elif message.person_id not in reminded:
            people.setdefault(message.person_id, []).append(message)
    for reminders in people.values():
        first = min(reminders, key=lambda m: (_REMINDERS.index(m.kind), m.due_at, m.key))
        result.chosen.append(first)
        result.covered.extend(m for m in reminders if m.kind is not first.kind)
    return result


def plan_due(uow: UnitOfWork, now: datetime) -> int:
    """Adds what is due to the outbox and returns how many messages that was."""
    if not may_go_out(now):
        return 0
    rounds = [r for r in uow.rounds.all_current(local_day(now)) if due(plan(_anybody(r)), now)]
    messages = [m for r in rounds for m in due(plan(facts_of(uow, r, now)), now)]
    if not messages:
        return 0
    known = uow.outbox.known([m.key for m in messages])
    bundled = bundle((m for m in messages if m.key not in known), _reminded(uow, now))
    added = [m for m in bundled.chosen if uow.outbox.add(m)]
    for message in bundled.covered:
        if uow.outbox.add(message):
            uow.outbox.finish(message.key, OutboxState.OBSOLETE, now)
    _remember_reminded(uow, now, added)
    return len(added)


def planned(uow: UnitOfWork, now: datetime, days: int) -> list[Planned]:
    """What will go out within so many days if nobody does anything, in order of time."""
    until = now + timedelta(days=days)
    names: dict[str, str] = {}
    by_day: dict[str, list[OutboxMessage]] = {}
    for facts in all_facts(uow, now):
        network = uow.register.network(facts.round.network_id).name
        for message in plan(facts):
            goes_at = first_opening(max(now, message.due_at))
            if goes_at < until and not expired(message, goes_at):
                names[message.key] = network
                by_day.setdefault(local_day(goes_at).isoformat(), []).append(message)
    known = uow.outbox.known(list(names))
    found: list[Planned] = []
    for day, messages in by_day.items():
        reminded = _reminded(uow, now) if day == local_day(now).isoformat() else frozenset()
        chosen = bundle((m for m in messages if m.key not in known), reminded).chosen
        found += [_planned(uow, m, names[m.key], now) for m in chosen]
    return sorted(found, key=lambda p: (p.goes_at, p.key))


def _planned(uow: UnitOfWork, message: OutboxMessage, network: str, now: datetime) -> Planned:
    person = uow.register.person(message.person_id) if message.person_id is not None else None
    return Planned(
        key=message.key,
        kind=message.kind,
        reason=_REASONS[message.kind],
        step=str(message.params["step"]),
        network=network,
        goes_at=first_opening(max(now, message.due_at)),
        expires_at=message.expires_at,
        person_id=message.person_id,
        binding_id=message.binding_id,
        recipient=person.name if person else None,
    )


def _anybody(round_: Round) -> NetworkFacts:
    # Whether a round has any step now is asked every minute; who is concerned costs many reads, so only then.
    return NetworkFacts(round_, (HeadTask(0, 0),), (OwnerTask(0, 0),), (0,), (0,))


def _reminded(uow: UnitOfWork, now: datetime) -> frozenset[int]:
    stored = json.loads(uow.meta.get(_REMINDED) or "{}")
    return frozenset(stored["people"]) if stored.get("day") == local_day(now).isoformat() else frozenset()


def _remember_reminded(uow: UnitOfWork, now: datetime, added: Iterable[OutboxMessage]) -> None:
    new = {m.person_id for m in added if m.kind in _REMINDERS and m.person_id is not None}
    if new:
        people = sorted(new | _reminded(uow, now))
        uow.meta.set(_REMINDED, json.dumps({"day": local_day(now).isoformat(), "people": people}))
