"""What the leader sees of the messages to come: by day and step, who gets it and why, and what is held back."""

from __future__ import annotations

from itertools import groupby
from typing import Any, Final

from dialogs.payloads.coming import CHOSEN
from dialogs.replies import (
    CannotBeStopped,
    ComingList,
    ComingPeople,
    ComingRow,
    StepStopped,
    StopStepConfirm,
)
from domain.outbox import MessageKind
from domain.outreach.planning.held import Held
from messages import cards, words
from messages.outgoing import Outgoing

MOST_ROWS: Final = 40
MOST_NAMES: Final = 100
AHEAD: Final = {28: "fire uker fram", 120: "fire måneder fram", 366: "hele året"}
"""Days → how far that is, on the button and above the list."""

_K = MessageKind

WHAT: Final = {
    _K.HEAD_REMINDER: ("Påminnelse til {}", "styrer som ikke har svart", "styrere som ikke har svart"),
    _K.OWNER_REMINDER: ("Påminnelse til {}", "eier som har noe igjen", "eiere som har noe igjen"),
    _K.OWNER_DIGEST: ("Oversikt til {}", "eier som har noe igjen", "eiere som har noe igjen"),
    _K.DATES_TO_CONFIRM: ("Det som må bekreftes, til {}", "leder", "ledere"),
    _K.PEOPLE_NOT_REACHED: ("Liste over dem jeg ikke når, til {}", "leder", "ledere"),
    _K.LEADER_DIGEST: ("Oversikt til {}", "leder", "ledere"),
    _K.CHANNEL_SUMMARY: ("Sammendrag i {}", "kanal", "kanaler"),
    _K.SUMMARY_UPDATE: ("Nye tall i sammendraget i {}", "kanal", "kanaler"),
    _K.AUTHORITY_DIGEST: ("Oversikt til {}", "barnehagemyndighet", "barnehagemyndigheter"),
    _K.UH_DIGEST: ("Oversikt til {}", "person i UH", "personer i UH"),
    _K.COUNTY_DIGEST: ("Oversikt til {}", "person hos Statsforvalteren", "personer hos Statsforvalteren"),
    _K.BASIS_REMINDER: (
        "Påminnelse om beslutningsgrunnlaget til {}",
        "person i ledelsen og UH",
        "personer i ledelsen og UH",
    ),
    _K.OUTCOMES_MISSING: ("Spørsmål om hva behovene ble til, til {}", "leder", "ledere"),
    _K.OUTCOME_DIGEST: ("Hva behovene ble til, til {}", "styrer eller eier", "styrere og eiere"),
    _K.REPORTING_REMINDER: ("Påminnelse om rapportering til {}", "person", "personer"),
    _K.DATE_REMINDER: ("Påminnelse om en dato i nettverket til {}", "person", "personer"),
    _K.MEETING_REMINDER: ("Påminnelse om møtet til {}", "person", "personer"),
    _K.CHANNEL_MEETING: ("Beskjed om møtet i {}", "kanal", "kanaler"),
}
"""What goes out, and to one or to many of whom."""

WHY: Final = {
    _K.HEAD_REMINDER: "Svarfristen er {}.",
    _K.OWNER_DIGEST: "Svarfristen er {}.",
    _K.DATES_TO_CONFIRM: "Noe er ikke bekreftet eller planlagt ennå.",
    _K.BASIS_REMINDER: "Beslutningsgrunnlaget har frist {}, og ingen har sagt at det er ferdig.",
    _K.OUTCOMES_MISSING: "Tilsagnsbrevet kommer {}, og noen behov er ikke avklart.",
    _K.OUTCOME_DIGEST: "Tilsagnsbrevet kommer {}.",
    _K.REPORTING_REMINDER: "Rapporteringen har frist {}, og ingen har sagt at den er ferdig.",
    _K.DATE_REMINDER: "Datoen er {}.",
    _K.MEETING_REMINDER: "Møtet er {}.",
    _K.CHANNEL_MEETING: "Møtet er {}.",
    _K.SUMMARY_UPDATE: "Tallene er andre enn dem kanalen viser.",
}
_NEEDS: Final = "Fristen til nettverket er {}."
_WEEKLY: Final = "Dere har valgt sammendrag hver uke."
_SEASON: Final = "Det er tid for å snakke med personalet."

HELD: Final = {
    Held.PAUSED: "{} har satt påminnelser på pause",
    Held.FEWER: "{} vil bare ha den siste før en frist",
    Held.OFF: "{} har slått av påminnelser",
    Held.STOPPED: "{} får det ikke, fordi det er stoppet",
    Held.UNREACHABLE: "{} når jeg ikke",
}
NOBODY = ": ingen får det nå"


def coming(reply: ComingList) -> Outgoing:
    """`hva sender du`"""
    span = _span(reply.days)
    heading = f"Dette sender jeg i {reply.network} {span}"
    if not reply.rows:
        heading = f"Jeg sender ingenting i {reply.network} {span}."
        return cards.card([cards.heading(heading), _always()], _further(reply), summary=heading)
    shown = reply.rows[:MOST_ROWS]
    body: list[Any] = [
        cards.heading(heading),
        cards.small("Jeg sender klokka åtte. Slik blir det om ingen gjør noe før det."),
    ]
    for day, rows in groupby(shown, key=lambda r: r.day):
        body.append(cards.line(words.day(day).capitalize(), strong=True))
        for row in rows:
            body += [cards.item(_line(row)), cards.small(_why(row))]
    body += cards.more(len(reply.rows) - len(shown))
    options = [(r.choice, f"{words.day(r.day).capitalize()}: {_lower(_line(r))}") for r in shown]
    body.append(cards.choices(CHOSEN, "Velg én av dem", options, compact=True, value=options[0][0]))
    body.append(_always())
    data: dict[str, Any] = {"network": reply.network_id, "days": reply.days}
    actions = [
        cards.button("Vis navnene", "coming_names", main=True, **data),
        cards.button("Stopp eller start", "stop_step", **data),
        *_further(reply),
    ]
    return cards.card(body, actions, summary=heading)


def people(reply: ComingPeople) -> Outgoing:
    """The names, for the leader alone."""
    row = reply.row
    heading = f"{words.day(row.day).capitalize()}: {_lower(_line(row))}"
    body: list[Any] = [cards.heading(heading), cards.small(_why(row))]
    if row.names:
        body += [cards.line("Disse får det:", strong=True), cards.line(_listed(row.names))]
    for held in Held:
        mine = tuple(name for name, reason in row.held_names if reason is held)
        if mine:
            body.append(cards.line(f"{HELD[held].format(_people(len(mine))).capitalize()}:", strong=True))
            body.append(cards.line(_listed(mine)))
    if not row.names and not row.held_names:
        body.append(cards.line("Det går til kanalen, ikke til enkeltpersoner."))
    return cards.card(body, [_switch(row, reply.network_id, reply.days), _back(reply)], summary=heading)


def confirm(reply: StopStepConfirm) -> Outgoing:
    """Asked once."""
    row = reply.row
    heading = f"Skal jeg stoppe dette i {reply.network}?"
    body = [
        cards.heading(heading),
        cards.line(f"{words.day(row.day).capitalize()}: {_lower(_line(row)).removesuffix(NOBODY)}."),
        cards.small("Det gjelder ut denne runden. Du kan starte det igjen når du vil."),
    ]
    data: dict[str, Any] = {"network": reply.network_id, "days": reply.days, "step": row.name}
    actions = [
        cards.button("Ja, stopp", "stop_step", main=True, stop=True, sure=True, **data),
        cards.button("Nei", "coming", network=reply.network_id, days=reply.days),
    ]
    return cards.card(body, actions, summary=heading, tracks=True)


def stopped(reply: StepStopped) -> Outgoing:
    """How it is now."""
    what = _lower(_line(reply.row)).removesuffix(NOBODY)
    if reply.stopped:
        heading = "Det var stoppet fra før." if reply.already else "Stoppet."
        after = f"Jeg sender ikke dette i denne runden: {what}."
    else:
        heading = "Det går som før." if reply.already else "Startet igjen."
        after = f"Jeg sender dette {words.day(reply.row.day)}: {what}."
    data: dict[str, Any] = {"network": reply.network_id, "days": reply.days, "step": reply.row.name}
    title = "Start igjen" if reply.stopped else "Stopp"
    again = cards.button(title, "stop_step", stop=not reply.stopped, **data)
    return cards.card([cards.heading(heading), cards.line(after)], [again, _back(reply)], summary=heading)


def cannot(reply: CannotBeStopped) -> Outgoing:
    """What goes across networks."""
    text = "Oversikten til Statsforvalteren gjelder alle nettverk i ett. Den kan ikke stoppes for ett av dem."
    return cards.card([cards.line(text)], [_back(reply)], summary=text)


def _line(row: ComingRow) -> str:
    what, one, many = WHAT[row.kind]
    number = row.going or dict(row.held).get(Held.STOPPED, 0)
    if not number:
        return f"{what.format(many)}{NOBODY}"
    who = f"{words.number(number)} {one if number == 1 else many}"
    return f"Stoppet: {_lower(what.format(who))}" if row.stopped else what.format(who)


def _why(row: ComingRow) -> str:
    about = words.short_day(row.about)
    reason = {"weekly": _WEEKLY, "season": _SEASON}.get(row.step) or WHY.get(row.kind, _NEEDS).format(about)
    others = [HELD[held].format(_people(n)) for held, n in row.held if held is not Held.STOPPED]
    return f"{reason} {words.listed(others).capitalize()}." if others else reason


def _people(number: int) -> str:
    return words.number(number)


def _listed(names: tuple[str, ...]) -> str:
    shown = list(names[:MOST_NAMES])
    return (
        words.listed(shown if len(names) == len(shown) else [*shown, f"{len(names) - len(shown)} til"]) + "."
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _span(days: int) -> str:
    spans = {7: "den neste uka", 14: "de neste to ukene", 31: "den neste måneden", **AHEAD}
    return spans.get(days, "det neste døgnet" if days == 1 else f"de neste {days} dagene")


def _always() -> Any:
    return cards.small(
        "Beskjeder om det noen gjør, for eksempel at en eier har sendt, går alltid med en gang."
    )


def _further(reply: ComingList) -> list[Any]:
    days = next((d for d in AHEAD if d > reply.days), None)
    if days is None:
        return []
    return [cards.button(AHEAD[days].capitalize(), "coming", network=reply.network_id, days=days)]


def _switch(row: ComingRow, network_id: int, days: int) -> Any:
    title = "Start igjen" if row.stopped else "Stopp dette"
    data: dict[str, Any] = {"network": network_id, "days": days, "step": row.name}
    return cards.button(title, "stop_step", stop=not row.stopped, **data)


def _back(reply: ComingPeople | StepStopped | CannotBeStopped) -> Any:
    return cards.button("Alt jeg skal sende", "coming", network=reply.network_id, days=reply.days)
