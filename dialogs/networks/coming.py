"""«Hva sender du de neste to ukene?»: the leader sees what is coming in the network, and can stop any of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from dialogs import in_words, reminders
from dialogs.payloads import Coming, ComingNames, StopStep
from dialogs.payloads.coming import CHOSEN, LONGEST_AHEAD, TWO_WEEKS
from dialogs.replies import (
    CannotBeStopped,
    CardSettled,
    ComingList,
    ComingPeople,
    ComingRow,
    Reply,
    Say,
    StepStopped,
    StopStepConfirm,
    What,
)
from dialogs.turn import Turn
from domain.clock import local_day
from domain.norwegian.numerals import CARDINALS
from domain.outreach.planning.coming import Planned, planned
from domain.outreach.planning.held import Held
from domain.outreach.planning.plan import can_be_stopped
from domain.outreach.planning.stopping import Stopping, set_stopped
from domain.register import rights
from domain.register.models import Network

_SPAN = re.compile(r"(?P<number>\w+)?\s*\b(?P<unit>døgn|dag|morgen|uk|vek|måned|månad|år)")
_DAYS = {"døgn": 1, "dag": 1, "morgen": 2, "uk": 7, "vek": 7, "måned": 31, "månad": 31, "år": LONGEST_AHEAD}


def coming(turn: Turn, payload: Coming) -> list[Reply]:
    """What goes out in the network, by day and step."""
    network = _network(turn, payload.network)
    if network is None:
        return [Say(What.NOT_A_LEADER)]
    rows = _rows(turn, network, payload.days)
    return [ComingList(network.name, network.id, payload.days, tuple(rows))]


def words(turn: Turn, argument: str | None) -> list[Reply]:
    """`hva sender du`, with or without how far ahead; somebody who leads nothing sees what they have chosen."""
    if not rights.led_networks(turn.roles):
        return reminders.settings(turn)
    return coming(turn, Coming(days=days_in(argument or "")))


def days_in(text: str) -> int:
    """How far ahead «de neste tre ukene» is, in days; two weeks when nothing is said of it."""
    found = _SPAN.search(text.lower())
    if found is None:
        return TWO_WEEKS
    number = _number(found["number"] or "")
    return max(1, min((number or 1) * _DAYS[found["unit"]], LONGEST_AHEAD))


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else CARDINALS.get(text)


def names(turn: Turn, payload: ComingNames) -> list[Reply]:
    """Who gets the step that was chosen."""
    network = _network(turn, payload.network)
    if network is None:
        return [Say(What.NOT_A_LEADER)]
    row = _chosen(_rows(turn, network, payload.days), payload.inputs.get(CHOSEN))
    if row is None:
        return coming(turn, Coming(network=network.id, days=payload.days))
    return [ComingPeople(network.name, network.id, payload.days, row)]


def stop(turn: Turn, payload: StopStep) -> list[Reply]:
    """Asks once, then stops the step, or lets it go again, which needs no asking."""
    network = _network(turn, payload.network)
    if network is None:
        return [Say(What.NOT_A_LEADER)]
    rows = _rows(turn, network, payload.days)
    row = _chosen(rows, payload.inputs.get(CHOSEN)) or next((r for r in rows if r.name == payload.step), None)
    if row is None:
        return coming(turn, Coming(network=network.id, days=payload.days))
    if not can_be_stopped(row.kind):
        return [CannotBeStopped(network.id, payload.days)]
    stopping = not row.stopped if payload.stop is None else payload.stop
    if stopping and not payload.sure and not row.stopped:
        yes = StopStep(network=network.id, days=payload.days, step=row.name, stop=True, sure=True)
        in_words.wait(turn, yes)
        return [StopStepConfirm(network.name, network.id, payload.days, row)]
    done = set_stopped(turn.uow, turn.me.id, network.id, row.name, stopping, turn.now)
    settled: list[Reply] = [CardSettled("switched")] if payload.sure else []
    already = done is Stopping.ALREADY
    if not stopping:
        # Who gets it is known only now: nothing is sent to those who have paused, or whom nothing reaches.
        row = _chosen(_rows(turn, network, payload.days), row.choice) or row
    return [
        *settled,
        StepStopped(network.name, network.id, payload.days, replace(row, stopped=False), stopping, already),
    ]


def _network(turn: Turn, network_id: int | None) -> Network | None:
    led = rights.led_networks(turn.roles)
    if not turn.event.personal or not led:
        return None
    return turn.uow.register.network(network_id if network_id in led else led[0])


def _rows(turn: Turn, network: Network, days: int) -> list[ComingRow]:
    groups: dict[tuple[object, ...], list[Planned]] = {}
    for each in planned(turn.uow, turn.now, days, {network.id}):
        groups.setdefault((local_day(each.goes_at), each.name, each.day), []).append(each)
    return [_row(group) for group in groups.values()]


def _row(group: list[Planned]) -> ComingRow:
    first = group[0]
    held = Counter(p.held for p in group if p.held is not None)
    return ComingRow(
        day=local_day(first.goes_at),
        name=first.name,
        kind=first.kind,
        step=first.step,
        about=first.day,
        going=sum(p.held is None for p in group),
        held=tuple((reason, held[reason]) for reason in Held if held[reason]),
        stopped=first.held is Held.STOPPED,
        names=tuple(_named(p for p in group if p.held is None)),
        held_names=tuple(
            (p.recipient, p.held) for p in group if p.recipient is not None and p.held is not None
        ),
    )


def _named(found: Iterable[Planned]) -> list[str]:
    return sorted(p.recipient for p in found if p.recipient is not None)


def _chosen(rows: list[ComingRow], chosen: str | None) -> ComingRow | None:
    return next((r for r in rows if chosen == r.choice), None)
