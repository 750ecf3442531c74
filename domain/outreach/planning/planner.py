"""Puts what is due into the outbox: asked every minute, so that it reads no more than it needs (C6)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
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

_Due = list[tuple[Round, list[Occasion]]]


def plan_due(uow: UnitOfWork, now: datetime) -> int:
    """Adds what is due to the outbox and returns how many messages will go out.

    An occasion is looked at once a day while it is due: somebody who has had the day's reminder gets the next one
    the day after, and who pauses in the meantime does not get it at all.
    """
    if not may_go_out(now) or not _due(uow, now):
        return 0
    # Another process may be at it too: this row makes one wait until the other has committed what it planned.
    uow.meta.set(_PLANNING, now.isoformat())
    found: dict[str, OutboxMessage] = {}
    due = _due(uow, now)
    for current, ours in due:
        facts = facts_of(uow, current, now, {o.to for o in ours})
        for occasion in ours:
            for message in messages(occasion, facts):
                found.setdefault(message.key, message)
    _remember(uow, local_day(now), (o.key for _, ours in due for o in ours))
    return _add(uow, list(found.values()), now) if found else 0


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


def _due(uow: UnitOfWork, now: datetime) -> _Due:
    """The occasions whose time it is and that nobody has looked at today, by round."""
    today = local_day(now)
    seen = _looked_at(uow, today)
    found = []
    rounds = uow.rounds.all_current(today)
    for current in rounds:
        ours = [
            o
            for o in occasions(current, replies_by(uow, current), today)
            if o.due(now) and not o.stopped and o.key not in seen and not awaits_others(o, rounds)
        ]
        if ours:
            found.append((current, ours))
    return found


def _add(uow: UnitOfWork, found: list[OutboxMessage], now: datetime) -> int:
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


def _looked_at(uow: UnitOfWork, today: date) -> Collection[str]:
    stored = json.loads(uow.meta.get(_LOOKED_AT) or "{}")
    return frozenset(stored["occasions"]) if stored.get("day") == today.isoformat() else frozenset()


def _remember(uow: UnitOfWork, today: date, keys: Iterable[str]) -> None:
    seen = sorted({*_looked_at(uow, today), *keys})
    uow.meta.set(_LOOKED_AT, json.dumps({"day": today.isoformat(), "occasions": seen}))
