"""Examples of what the leader sees of the messages to come, and of several things in one message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.preview import for_reminders
from bot.preview.scene import Scene
from dialogs import replies as r
from domain.outbox import MessageKind
from domain.outreach.content import Content
from domain.outreach.planning.bundles import Bundle, Part
from domain.outreach.planning.held import Held
from messages.networks.coming import MOST_ROWS, WHAT

Variants = Iterator[tuple[str, r.Reply]]
Contents = Iterator[tuple[str, Content]]


def coming(s: Scene) -> Variants:
    """The list, the people behind a line, stopping and letting go again."""
    rows = tuple(_row(s, kind, n) for n, kind in enumerate(WHAT))
    yield "two-weeks", _list(s, rows[:6])
    yield "nothing", _list(s, (), days=7)
    whole = tuple(_row(s, list(WHAT)[n % len(WHAT)], n) for n in range(MOST_ROWS + 3))
    yield "the-whole-year", _list(s, whole, days=366)
    people = ((s.kari.name, Held.PAUSED), (s.per.name, Held.UNREACHABLE))
    row = replace(_row(s, MessageKind.HEAD_REMINDER), names=(s.kari.name, s.per.name), held_names=people)
    yield "people", r.ComingPeople(s.network.name, 1, 14, row)
    channel = _row(s, MessageKind.CHANNEL_SUMMARY)
    yield "channel", r.ComingPeople(s.network.name, 1, 14, replace(channel, held=()))
    many = replace(row, names=tuple(f"{s.kari.name} {n}" for n in range(150)), held_names=())
    yield "many-people", r.ComingPeople(s.network.name, 1, 14, many)
    yield "stop", r.StopStepConfirm(s.network.name, 1, 14, row)
    for stopped in (True, False):
        for already in (False, True):
            name = f"{'stopped' if stopped else 'goes'}{'-already' if already else ''}"
            yield name, r.StepStopped(s.network.name, 1, 14, row, stopped, already)
    yield "cannot", r.CannotBeStopped(1, 14)


def bundles(s: Scene) -> Contents:
    """Two things for one person, and more than there is room for."""
    head, owner = for_reminders.head(s), for_reminders.owner(s)
    kinds = MessageKind.OWNER_REMINDER, MessageKind.HEAD_REMINDER
    yield "two", Bundle(s.per, (Part(kinds[0], owner), Part(kinds[1], head)))
    several = tuple(Part(kinds[0], replace(owner, owner_id=n, waiting=n)) for n in range(1, 9))
    yield "eight-owners", Bundle(s.per, several)


def _list(s: Scene, rows: tuple[r.ComingRow, ...], days: int = 14) -> r.ComingList:
    return r.ComingList(s.network.name, 1, days, rows)


def _row(s: Scene, kind: MessageKind, n: int = 0) -> r.ComingRow:
    reasons = tuple(h for h in Held if h is not Held.STOPPED)
    return r.ComingRow(
        day=s.today + timedelta(days=n),
        name=f"{kind.value}:needs:eve",
        kind=kind,
        step=("eve", "season", "weekly")[n % 3],
        about=s.today + timedelta(days=n + 1),
        going=(0, 1, 23)[n % 3],
        held=tuple((held, i) for i, held in enumerate(reasons[: n % 5], 1))
        if n % 4 != 3
        else ((Held.STOPPED, 4),),
        stopped=n % 4 == 3,
    )
