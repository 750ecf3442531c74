"""Puts what is due into the outbox: asked every minute, so that it reads no more than it needs (C6).

Many are due at eight, so delivery does it in portions, each a unit of work of its own: what is due, what is said in
each network, and into the outbox a few hundred people at a time. Whoever writes meanwhile waits for one of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Final

from domain.clock import local_day
from domain.outbox import REMINDERS, MessageKind, OutboxMessage, OutboxState
from domain.outreach.planning.bundles import bundle
from domain.outreach.planning.facts import facts_of, replies_by
from domain.outreach.planning.held import held_by_choice
from domain.outreach.planning.hours import may_go_out, opens_at
from domain.outreach.planning.plan import Occasion, awaits_others, messages, occasions
from domain.ports import UnitOfWork
from domain.rounds.models import Round

_PLANNING: Final = "outreach.planning"
_LOOKED_AT: Final = "outreach.looked_at"
_CHANGED: Final = frozenset({MessageKind.DATE_CHANGED, MessageKind.MEETING_CHANGED})
_DAY: Final = timedelta(days=1)
_SHARE: Final = 500
"""Recipients whose messages are added at a time: a tenth of a second."""


@dataclass(frozen=True)
class Due:
    """The occasions of one round whose time it is and that nobody has looked at today."""

    round: Round
    occasions: tuple[Occasion, ...]


def plan_due(uow: UnitOfWork, now: datetime) -> int:
    """Adds what is due to the outbox, all in one unit of work, and returns how many messages will go out.

    An occasion is looked at once a day while it is due: somebody who has had the day's reminder gets the next one
    the day after, and who pauses in the meantime does not get it at all.
    """
    if not due_now(uow, now):
        return 0
    _wait_for_others(uow, now)
    due = due_now(uow, now)
    added = sum(put_in(uow, share, now) for share in shares(to_be_said(uow, one, now) for one in due))
    looked_at(uow, due, now)
    return added


def due_now(uow: UnitOfWork, now: datetime) -> list[Due]:
    """What is due and not looked at today, round by round; nothing outside the hours."""
    if not may_go_out(now):
        return []
    today = local_day(now)
    seen = _looked_at(uow, today)
    found = []
    rounds = uow.rounds.all_current(today)
    for current in rounds:
        ours = tuple(
            o
            for o in occasions(current, replies_by(uow, current), today)
            if o.due(now) and not o.stopped and o.key not in seen and not awaits_others(o, rounds)
        )
        if ours:
            found.append(Due(current, ours))
    return found


def to_be_said(uow: UnitOfWork, due: Due, now: datetime) -> list[OutboxMessage]:
    """What the occasions of one round give cause to say."""
    facts = facts_of(uow, due.round, now, {o.to for o in due.occasions})
    return [message for occasion in due.occasions for message in messages(occasion, facts)]


def shares(rounds: Iterable[list[OutboxMessage]]) -> list[list[OutboxMessage]]:
    """What all rounds say, the same once, in shares that each hold everything for those whom they hold anything for.

    Somebody may have something to do in several rounds, and is to have it in one message.
    """
    found: dict[str, OutboxMessage] = {}
    for message in chain.from_iterable(rounds):
        found.setdefault(message.key, message)
    recipients: dict[tuple[int | None, int | None], list[OutboxMessage]] = {}
    for message in found.values():
        recipients.setdefault((message.person_id, message.binding_id), []).append(message)
    each = list(recipients.values())
    parts = (each[start : start + _SHARE] for start in range(0, len(each), _SHARE))
    return [list(chain.from_iterable(part)) for part in parts]


def put_in(uow: UnitOfWork, found: list[OutboxMessage], now: datetime) -> int:
    """Adds what is new and wanted of a share, one reminder per person, and returns how many messages will go out.

    Asked a second time, after a crash or by another process, it adds nothing to what these people are told.
    """
    _wait_for_others(uow, now)
    today = local_day(now)
    known = uow.outbox.known([m.key for m in found])
    new = [m for m in found if m.key not in known]
    needless, choices = superseded(new), uow.outreach.choices()
    wanted = [
        m
        for m in new
        if m.key not in needless and held_by_choice(m, choices.get(m.person_id or 0), today) is None
    ]
    bundled = bundle(wanted, reminded_today(uow, now))
    said = {"state": OutboxState.OBSOLETE, "finished_at": now}
    covered = [m.model_copy(update=said) for m in bundled.covered]
    added = uow.outbox.add_all([*bundled.chosen, *covered])
    return sum(m.key in added for m in bundled.chosen)


def looked_at(uow: UnitOfWork, due: Iterable[Due], now: datetime) -> None:
    """Notes that all of it is in the outbox: nobody looks at it again today."""
    _wait_for_others(uow, now)
    today = local_day(now)
    keys = {o.key for one in due for o in one.occasions}
    seen = sorted(_looked_at(uow, today) | keys)
    uow.meta.set(_LOOKED_AT, json.dumps({"day": today.isoformat(), "occasions": seen}))


def reminded_today(uow: UnitOfWork, now: datetime) -> set[int]:
    """Those who have had a reminder today or will get one that is in the outbox already.

    Whoever has just heard that a date was moved has been reminded of it.
    """
    today = local_day(now)
    return uow.outbox.told(REMINDERS | _CHANGED, opens_at(today), opens_at(today + _DAY))


def superseded(found: Iterable[OutboxMessage]) -> set[str]:
    """Keys of updates to a channel's summary that a new summary on the same day makes needless."""
    listed = list(found)
    new = {m.binding_id for m in listed if m.kind is MessageKind.CHANNEL_SUMMARY}
    return {m.key for m in listed if m.kind is MessageKind.SUMMARY_UPDATE and m.binding_id in new}


def _wait_for_others(uow: UnitOfWork, now: datetime) -> None:
    # Another process may be at it too: this row makes one wait until the other has committed what it planned.
    uow.meta.set(_PLANNING, now.isoformat())


def _looked_at(uow: UnitOfWork, today: date) -> frozenset[str]:
    stored = json.loads(uow.meta.get(_LOOKED_AT) or "{}")
    return frozenset(stored["occasions"]) if stored.get("day") == today.isoformat() else frozenset()
