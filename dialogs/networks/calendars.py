"""`årshjul` and `kalender`: the year of a network as a picture, and for one's own calendar."""

from __future__ import annotations

from datetime import date

from dialogs.chosen import ids_in
from dialogs.networks.here import Here, round_here
from dialogs.payloads import AnnualWheel, Calendar
from dialogs.replies import CalendarLink, NothingToCalendar, Reply, WheelShown
from dialogs.turn import Turn
from domain.needs.owners import reply_by
from domain.register import rights
from domain.register.models import Network
from domain.rounds.models import Round
from domain.rounds.seeing import year_seen
from domain.rounds.year import YearEntry, number_of, numbers


def annual_wheel(turn: Turn, payload: AnnualWheel) -> list[Reply]:
    """The picture, with the dates that the person sees; in a channel those that are everybody's."""
    here = round_here(turn, payload)
    if not isinstance(here, Here):
        return here
    network, current = here.network, here.round
    entries = _entries(turn, network, current)
    return [
        WheelShown(
            network=network.name,
            network_id=network.id,
            label=current.label,
            entries=entries,
            today=turn.today,
            light=_sign(turn, "annual_wheel", network, entries),
            dark=_sign(turn, "annual_wheel_dark", network, entries),
        )
    ]


def calendar(turn: Turn, payload: Calendar) -> list[Reply]:
    """A file with what was asked for: one meeting or date, those that were ticked, or all that is to come."""
    here = round_here(turn, payload)
    if not isinstance(here, Here):
        return here
    network, current = here.network, here.round
    entries = [e for e in _entries(turn, network, current) if e.day >= turn.today]
    asked = _chosen(entries, payload)
    chosen = entries if asked is None else asked
    others = tuple(entries) if asked is None and len(entries) > 1 else ()
    if not chosen:
        return [NothingToCalendar()]
    token = _sign(turn, "calendar", network, tuple(chosen))
    choose = payload.chosen and bool(others)
    return [CalendarLink(network.name, network.id, tuple(chosen), token, others, choose)]


def _chosen(entries: list[YearEntry], payload: Calendar) -> list[YearEntry] | None:
    """What was asked for; None when that is everything."""
    if (one := payload.meeting or payload.date) is not None:
        return [e for e in entries if e.number == number_of(one)]
    ticked = set(ids_in(payload.inputs.get("calendar_entries", "")))
    return [e for e in entries if e.number in ticked] if ticked else None


def _entries(turn: Turn, network: Network, current: Round) -> tuple[YearEntry, ...]:
    if not turn.event.personal:
        return year_seen(current, ())
    return year_seen(current, turn.roles, _heads_date(turn, network, current))


def _heads_date(turn: Turn, network: Network, current: Round) -> date | None:
    """The first day by which one of the head's own owners asks for an answer; None for others."""
    register = turn.uow.register
    own = [register.kindergarten(i) for i in rights.heads(turn.roles)]
    days = [
        reply_by.of_round(turn.uow, k.owner_id, current)
        for k in own
        if register.network_of_kindergarten(k.id).id == network.id
    ]
    return min(days, default=None)


def _sign(turn: Turn, kind: str, network: Network, entries: tuple[YearEntry, ...]) -> str:
    return turn.world.sign({"kind": kind, "ids": [network.id, *numbers(entries)], "person": turn.me.id})
