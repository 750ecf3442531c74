"""Dates of the network's own: listed, set by card or in a sentence, and taken away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dialogs import payloads as p
from dialogs.chosen import id_in
from dialogs.networks.leading import Led, close, led_round, round_named, settled, wait_for_yes
from dialogs.replies import (
    ConfirmOwnDate,
    OwnDateCard,
    OwnDateSet,
    OwnDatesList,
    OwnFault,
    Reply,
)
from dialogs.turn import Turn
from domain.norwegian.hygiene import clean, has_words, likely_personal
from domain.norwegian.misdated import Misdated, names_day
from domain.outreach.dates import moving as moving_dates
from domain.outreach.dates.moving import DatesOutdated, TooManyDates
from domain.rounds.confirming import DayFault, DayRead, read_day, working_day_before
from domain.rounds.date_orders import OwnDateOrder, own_date_in
from domain.rounds.models import Audience, OwnDate

_MAY_BE_FREE = (DayFault.WEEKEND, DayFault.HOLIDAY)
LONGEST_SHOWN = 100


def words(turn: Turn, argument: str | None) -> list[Reply]:
    """`egen dato`, alone or with what it is."""
    led = led_round(turn, None, p.OwnDates)
    if not isinstance(led, Led):
        return led
    if argument:
        return _written(turn, led, own_date_in(clean(argument), turn.today))
    return [OwnDateCard(led.network.name, led.round)]


def ordered(turn: Turn, order: OwnDateOrder) -> list[Reply]:
    """«egen dato: innspill til planen 10. januar, for eiere»"""
    led = led_round(turn, None, p.OwnDates)
    return _written(turn, led, order) if isinstance(led, Led) else led


def listed(turn: Turn, payload: p.OwnDates) -> list[Reply]:
    """Those that are set."""
    led = led_round(turn, payload.network, p.OwnDates)
    return [_list(turn, led)] if isinstance(led, Led) else led


def form(turn: Turn, payload: p.OwnDateForm) -> list[Reply]:
    """The card for a new one, with what is known of it."""
    led = round_named(turn, payload.round)
    day = f"{payload.day:%d.%m.%Y}" if payload.day is not None else None
    return [OwnDateCard(led.network.name, led.round, payload.name, day, payload.audience)]


def read(turn: Turn, payload: p.ReadOwnDate) -> list[Reply]:
    """What was written on the card."""
    led = round_named(turn, payload.round)
    audience = next((a for a in Audience if a.value == payload.inputs.get("own_audience")), None)
    title, day = (clean(payload.inputs.get(name, "")) for name in ("own_title", "own_day"))
    return _written(turn, led, OwnDateOrder(" ".join(title.split()) or None, day or None, audience))


def _written(turn: Turn, led: Led, order: OwnDateOrder) -> list[Reply]:
    """The date as it was understood, to be confirmed; the card again when something is missing."""
    if order.title:
        order = replace(order, title=order.title[:1].upper() + order.title[1:])
    found = _day(order.day_text or "", led, turn.today)
    fault = _fault(order)
    done = settled(turn)
    close(turn)
    if fault is not None or found.fault is not None or order.audience is None or found.day is None:
        card = OwnDateCard(
            network=led.network.name,
            round=led.round,
            title=order.title[: p.LONGEST_TITLE] if order.title else None,
            day_text=order.day_text[:LONGEST_SHOWN] if order.day_text else None,
            audience=order.audience,
            fault=fault,
            day_fault=found.fault,
            day=found.day,
        )
        return [*done, card]
    store_ = p.StoreOwnDate(
        round=led.round.id, name=order.title or "", day=found.day, audience=order.audience
    )
    wait_for_yes(turn, led, store_)
    return [*done, _confirm(turn, led, store_, found.misdated)]


def _day(text: str, led: Led, today: date) -> DayRead:
    """A date of the network's own may fall on a day off."""
    found = read_day(text, led.round, today)
    return replace(found, fault=None) if found.fault in _MAY_BE_FREE else found


def _fault(order: OwnDateOrder) -> OwnFault | None:
    if order.title is None or not has_words(order.title):
        return OwnFault.TITLE
    if len(order.title) > p.LONGEST_TITLE:
        return OwnFault.TITLE_LONG
    if likely_personal(order.title):
        return OwnFault.PERSONAL
    return OwnFault.AUDIENCE if order.audience is None else None


def _confirm(turn: Turn, led: Led, payload: p.StoreOwnDate, misdated: Misdated | None = None) -> Reply:
    return ConfirmOwnDate(
        network=led.network.name,
        round_id=led.round.id,
        title=payload.name,
        day=payload.day,
        audience=payload.audience,
        today=turn.today,
        works_before=working_day_before(payload.day),
        misdated=misdated,
    )


def store(turn: Turn, payload: p.StoreOwnDate) -> list[Reply]:
    """The date that was shown is set; pressed twice, it is set once."""
    led = round_named(turn, payload.round)
    order = OwnDateOrder(payload.name, payload.day.isoformat(), payload.audience)
    if _fault(order) is not None or _day(payload.day.isoformat(), led, turn.today).fault is not None:
        return _written(turn, led, order)
    done = settled(turn, "saved")
    close(turn)
    try:
        _, own = moving_dates.add_own(
            turn.uow, turn.me.id, led.round.id, payload.name, payload.day, payload.audience, turn.now
        )
    except TooManyDates:
        card = OwnDateCard(led.network.name, led.round, payload.name, fault=OwnFault.FULL)
        return [*settled(turn), card]
    except DatesOutdated:
        return [*settled(turn, "stale"), *listed(turn, p.OwnDates(network=led.network.id))]
    return [*done, OwnDateSet(led.network.name, led.network.id, own, turn.today)]


def remove(turn: Turn, payload: p.RemoveOwnDate) -> list[Reply]:
    """Takes away the one that was chosen."""
    led = round_named(turn, payload.round)
    chosen = id_in(payload.inputs.get("own_date", ""))
    if chosen is None:
        return [_list(turn, led, choose=True)]
    try:
        _, gone = moving_dates.remove_own(turn.uow, turn.me.id, led.round.id, chosen, turn.now)
    except DatesOutdated:
        return [*settled(turn, "stale"), *listed(turn, p.OwnDates(network=led.network.id))]
    after = Led(led.network, turn.uow.rounds.get(led.round.id))
    return [*settled(turn, "removed"), _list(turn, after, gone=gone, already=gone is None)]


def answer(turn: Turn, waiting: p.StoreOwnDate, answered: bool | None, text: str) -> list[Reply] | None:
    """What is written while a date waits for yes or no: yes, no, or another day for it; None for anything else."""
    if answered is True:
        return store(turn, waiting)
    if answered is None:
        if not names_day(text, turn.today):
            return None
        led = round_named(turn, waiting.round)
        return _written(turn, led, OwnDateOrder(waiting.name, clean(text), waiting.audience))
    done = settled(turn)
    close(turn)
    known = p.OwnDateForm(round=waiting.round, name=waiting.name, day=waiting.day, audience=waiting.audience)
    return [*done, *form(turn, known)]


def again(turn: Turn, waiting: p.StoreOwnDate) -> list[Reply]:
    """The date that waits, shown again."""
    led = round_named(turn, waiting.round)
    wait_for_yes(turn, led, waiting)
    return [_confirm(turn, led, waiting)]


def _list(
    turn: Turn, led: Led, gone: OwnDate | None = None, *, already: bool = False, choose: bool = False
) -> Reply:
    own = tuple(sorted(led.round.own_dates, key=lambda d: (d.day, d.id)))
    return OwnDatesList(led.network.name, led.round.id, own, turn.today, gone, already, choose)
