"""`bekreft frister`: the leader sees a round's dates, confirms them and changes them, by card or in a sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from dialogs import payloads as p
from dialogs.networks import own_dates
from dialogs.networks.leading import Led, close, led_round, round_named, settled, wait_for_yes
from dialogs.owners import reply_by
from dialogs.replies import (
    CardSettled,
    ConfirmMove,
    DatesMoved,
    DatesState,
    EditDatesCard,
    Reply,
    RoundDatesCard,
    Say,
    What,
)
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.norwegian.choices import yes_or_no
from domain.norwegian.hygiene import bare, clean
from domain.norwegian.misdated import Misdated, names_day
from domain.norwegian.shifts import read_shift
from domain.outreach.dates import moving as moving_dates
from domain.outreach.dates.moving import DatesOutdated
from domain.register import rights
from domain.rounds import confirming
from domain.rounds.confirming import DayFault, read_day
from domain.rounds.date_orders import DateOrder, kind_named, read_order, read_own_date
from domain.rounds.meeting_rules import missing
from domain.rounds.models import DeadlineKind, Round

LONGEST_SHOWN = 100
ALL = frozenset({"bekreft", "bekreft alt", "bekreft alle", "bekreft alle sammen"})
_UNREADABLE = {DayFault.UNKNOWN}


def words(turn: Turn, argument: str | None) -> list[Reply]:
    """`bekreft frister`, alone, with a network, or with the name of one date, which is then confirmed."""
    network = turn.uow.register.network_by_name(argument) if argument else None
    led = led_round(turn, network.id if network is not None else None, p.RoundDates)
    if not isinstance(led, Led):
        return led
    kind = kind_named(argument, led.round) if argument and network is None else None
    if kind is None or led.round.deadline(kind) is None:
        return [_card(turn, led)]
    return _confirmed(turn, led, confirming.days_of(led.round), {kind})


def shown(turn: Turn, payload: p.RoundDates) -> list[Reply]:
    """Every date, how sure it is, and what can be done."""
    led = led_round(turn, payload.network, p.RoundDates)
    return [_card(turn, led)] if isinstance(led, Led) else led


def confirm_all(turn: Turn, payload: p.ConfirmDates) -> list[Reply]:
    """«Bekreft alle»: one press."""
    led = round_named(turn, payload.round)
    return _confirmed(turn, led, payload.seen, None)


def confirm_chosen(turn: Turn, payload: p.ConfirmChosen) -> list[Reply]:
    """Those that were ticked."""
    led = round_named(turn, payload.round)
    ticked = set(payload.inputs.get("dates_chosen", "").split(","))
    chosen = {kind for kind in DeadlineKind if kind.value in ticked}
    return _confirmed(turn, led, payload.seen, chosen) if chosen else [_card(turn, led, DatesState.CHOOSE)]


def _confirmed(
    turn: Turn, led: Led, seen: Mapping[DeadlineKind, date], kinds: set[DeadlineKind] | None
) -> list[Reply]:
    done = settled(turn, "saved")
    try:
        new = moving_dates.confirm(turn.uow, turn.me.id, led.round.id, seen, kinds, turn.now)
    except DatesOutdated:
        return _outdated(turn, led)
    after = Led(led.network, turn.uow.rounds.get(led.round.id))
    state = DatesState.CONFIRMED if new else DatesState.ALREADY
    close(turn)
    return [*done, _card(turn, after, state, new)]


# --- changing -------------------------------------------------------------------------------------------------


def edit(turn: Turn, payload: p.EditDates) -> list[Reply]:
    """The card with a field for each date."""
    led = round_named(turn, payload.round)
    days = confirming.changes(led.round, payload.days)
    done = settled(turn) if turn.state.flow is Flow.DATES else []
    close(turn)
    return [*done, EditDatesCard(led.network.name, led.round, turn.today, understood=days)]


def read(turn: Turn, payload: p.ReadDates) -> list[Reply]:
    """What was written, understood."""
    led = round_named(turn, payload.round)
    if dict(payload.seen) != confirming.days_of(led.round):
        return _outdated(turn, led)
    written = {
        kind: clean(payload.inputs[name])
        for kind, name in p.DAY_INPUTS.items()
        if name in payload.inputs and led.round.deadline(kind) is not None
    }
    return _understood(turn, led, written)


def _understood(turn: Turn, led: Led, written: Mapping[DeadlineKind, str]) -> list[Reply]:
    """The days as they were understood, to be confirmed; the card again when one could not be."""
    before = confirming.days_of(led.round)
    found = {
        kind: read_day(text, led.round, turn.today, before=before[kind]) for kind, text in written.items()
    }
    misdated = {kind: day.misdated for kind, day in found.items() if day.misdated is not None}
    for kind, either in misdated.items():
        if either.day == before[kind]:
            # The date is what it is already: if something is to be changed, the weekday was meant.
            found[kind] = read_day(either.weekdays.isoformat(), led.round, turn.today)
    faults = {kind: day.fault for kind, day in found.items() if day.fault is not None}
    understood = {kind: day.day for kind, day in found.items() if day.day is not None}
    done = settled(turn)
    close(turn)
    if faults:
        given = {kind: text[:LONGEST_SHOWN] for kind, text in written.items()}
        return [*done, EditDatesCard(led.network.name, led.round, turn.today, given, faults, understood)]
    days = confirming.changes(led.round, understood)
    if not days:
        return [*done, _card(turn, led, DatesState.UNCHANGED)]
    return [*done, _to_confirm(turn, led, days, misdated, _other(turn, written, before))]


def _other(
    turn: Turn, written: Mapping[DeadlineKind, str], before: Mapping[DeadlineKind, date]
) -> date | None:
    """«En uke fram» of one date may be said of earlier, too."""
    if len(written) != 1:
        return None
    ((kind, text),) = written.items()
    shift = read_shift(text)
    other = shift.other_way().of(before[kind]) if shift is not None and shift.either else None
    return other if other is not None and other >= turn.today else None


def _to_confirm(
    turn: Turn,
    led: Led,
    days: Mapping[DeadlineKind, date],
    misdated: Mapping[DeadlineKind, Misdated] | None = None,
    other: date | None = None,
) -> Reply:
    after = confirming.moved(led.round, days, led.network.name)
    asked = p.StoreDates(round=led.round.id, seen=confirming.days_of(led.round), days=dict(days))
    wait_for_yes(turn, led, asked)
    return ConfirmMove(
        network=led.network.name,
        round=led.round,
        days=dict(days),
        today=turn.today,
        told=moving_dates.would_tell(turn.uow, turn.me.id, led.round, days, turn.now),
        rest=len(confirming.unconfirmed(after)),
        order=confirming.out_of_order(confirming.days_of(after)),
        heads=_heads(turn, led.round, after),
        misdated=misdated or {},
        other=other,
    )


def store(turn: Turn, payload: p.StoreDates) -> list[Reply]:
    """The dates that were shown hold from now on."""
    led = round_named(turn, payload.round)
    if confirming.days_of(led.round) == {**payload.seen, **payload.days}:
        # The other of two presses has done it.
        replies = settled(turn)
        close(turn)
        return [*replies, _card(turn, led, DatesState.ALREADY)]
    try:
        done = moving_dates.move(
            turn.uow,
            turn.me.id,
            led.round.id,
            payload.days,
            payload.seen,
            turn.now,
            confirm_rest=payload.rest,
        )
    except DatesOutdated:
        return _outdated(turn, led)
    moved = DatesMoved(
        network=led.network.name,
        network_id=led.network.id,
        moved=done.moved,
        told=done.told,
        left=len(confirming.unconfirmed(done.round)),
        rest=done.rest,
        heads=_heads(turn, led.round, done.round),
    )
    replies = settled(turn, "saved")
    close(turn)
    return [*replies, moved]


def _heads(turn: Turn, before: Round, after: Round) -> date | None:
    """The heads' usual date where it goes along with the network's, and is still to come."""
    day = after.reply_by()
    return day if day != before.reply_by() and day >= turn.today else None


# --- in a sentence --------------------------------------------------------------------------------------------


def change_words(turn: Turn, argument: str | None) -> list[Reply]:
    """`endre frister`, alone or with the name of a date and a day."""
    if argument is None and not rights.led_networks(turn.roles) and rights.owners(turn.roles):
        # An owner has one date to change, the heads'.
        return reply_by.words(turn, None)
    if argument and (replies := ordered(turn, f"endre fristen for {argument}")) is not None:
        return replies
    led = led_round(turn, None, p.RoundDates)
    return edit(turn, p.EditDates(round=led.round.id)) if isinstance(led, Led) else led


def ordered(turn: Turn, text: str) -> list[Reply] | None:
    """The answer to a sentence that sets a date; None when it sets none that can be meant."""
    leads = bool(rights.led_networks(turn.roles))
    if leads and (own := read_own_date(text, turn.today)) is not None:
        return own_dates.ordered(turn, own)
    order = read_order(text)
    if order is None:
        return None
    meant = order.sure or read_shift(order.said) is not None
    if meant and not leads and not order.named and rights.owners(turn.roles):
        return reply_by.words(turn, order.said)
    if not (leads or order.sure):
        return None
    led = led_round(turn, None, p.RoundDates)
    if not isinstance(led, Led):
        return led if order.sure else None
    return _ordered(turn, led, read_order(text, led.round) or order)


def _ordered(turn: Turn, led: Led, order: DateOrder) -> list[Reply] | None:
    deadline = led.round.deadline(order.kind) if order.kind is not None else None
    found = read_day(order.said, led.round, turn.today, before=deadline.day if deadline else None)
    unread = found.fault in _UNREADABLE
    if unread and not order.sure:
        return None
    if order.kind is None or deadline is None or (unread and not order.said):
        return [EditDatesCard(led.network.name, led.round, turn.today)]
    return _understood(turn, led, {order.kind: order.said})


def wanted(turn: Turn, text: str) -> bool:
    """Whether a text sets a date, and somebody who may do that has written it."""
    order = read_order(text) if rights.led_networks(turn.roles) else None
    return order is not None and order.sure


def answer_text(turn: Turn, text: str) -> list[Reply] | None:
    """What is written to a card that waits: yes, no, or nothing but another day. None for anything else."""
    waiting = _waiting(turn)
    # «Nei, heller 8. desember» says more than no.
    answer = None if names_day(text, turn.today) else yes_or_no(text)
    if isinstance(waiting, p.StoreOwnDate):
        return own_dates.answer(turn, waiting, answer, text)
    if waiting is None:
        close(turn)
        return None
    if isinstance(waiting, p.ConfirmDates):
        return _answered(turn, waiting, answer, text)
    if answer is True:
        return store(turn, waiting)
    if answer is False:
        return edit(turn, p.EditDates(round=waiting.round, days=waiting.days))
    if len(waiting.days) == 1 and names_day(text, turn.today):
        led = round_named(turn, waiting.round)
        return _understood(turn, led, dict.fromkeys(waiting.days, clean(text)))
    return None


def _answered(turn: Turn, waiting: p.ConfirmDates, answer: bool | None, text: str) -> list[Reply] | None:
    """Whether the dates that are shown are right, in words; None for anything else."""
    if answer is True or bare(text) in ALL:
        return confirm_all(turn, waiting)
    if answer is False:
        return edit(turn, p.EditDates(round=waiting.round))
    close(turn)
    return None


def set_aside(turn: Turn) -> list[Reply]:
    """Nothing waits any more: a date that did is not kept; whether the dates are right can still be pressed."""
    kept = turn.state.flow is not Flow.DATES or isinstance(_waiting(turn), p.ConfirmDates)
    close(turn)
    return [] if kept else [CardSettled("not_kept")]


def again(turn: Turn) -> list[Reply]:
    """The date that waits, shown again; whether the dates are right is not asked any more."""
    waiting = _waiting(turn)
    if isinstance(waiting, p.StoreOwnDate):
        return own_dates.again(turn, waiting)
    if isinstance(waiting, p.StoreDates):
        return [_to_confirm(turn, round_named(turn, waiting.round), waiting.days)]
    close(turn)
    return []


def cancel(turn: Turn) -> list[Reply]:
    """`avbryt`: nothing is changed, and the dates are shown."""
    done = settled(turn, "not_kept")
    close(turn)
    return [*done, Say(What.AS_IT_WAS), *shown(turn, p.RoundDates())]


# --- where it stands ------------------------------------------------------------------------------------------


def _card(
    turn: Turn,
    led: Led,
    state: DatesState = DatesState.SHOWN,
    new: tuple[DeadlineKind, ...] = (),
) -> Reply:
    lacks = missing(led.round, led.network.slug, turn.today).anything
    if not led.round.confirmed and state is not DatesState.OUTDATED:
        wait_for_yes(turn, led, p.ConfirmDates(round=led.round.id, seen=confirming.days_of(led.round)))
    return RoundDatesCard(led.network.name, led.round, turn.today, state, new, lacks)


def _outdated(turn: Turn, led: Led) -> list[Reply]:
    """Nothing is changed; the dates of the round that is on."""
    done = settled(turn, "stale")
    close(turn)
    now = led_round(turn, led.network.id, p.RoundDates)
    return [*done, *([_card(turn, now, DatesState.OUTDATED)] if isinstance(now, Led) else now)]


def _waiting(turn: Turn) -> p.ConfirmDates | p.StoreDates | p.StoreOwnDate | None:
    if turn.state.pending is None:
        return None
    payload = p.read_payload(json.loads(turn.state.pending))
    return payload if isinstance(payload, p.ConfirmDates | p.StoreDates | p.StoreOwnDate) else None
