"""The dates of a round as its leader confirms and changes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dialogs.payloads import DAY_INPUTS
from dialogs.replies import (
    ConfirmMove,
    DatesMoved,
    DatesState,
    EditDatesCard,
    RoundDatesCard,
)
from domain.rounds.confirming import DayFault, days_of, unconfirmed, working_day_before
from domain.rounds.meeting_people import Told
from domain.rounds.models import Deadline, DeadlineKind, Round
from messages import cards, words
from messages.networks.leader import DEADLINE
from messages.networks.year_list import NAMED, sure
from messages.outgoing import Outgoing


def round_dates(reply: RoundDatesCard) -> Outgoing:
    """Every date with its source and how sure it is; one press confirms them all."""
    current = reply.round
    left = unconfirmed(current)
    heading = _heading(reply, len(left))
    if reply.state is DatesState.CONFIRMED and not left:
        return _all_confirmed(reply, heading)
    body: list[Any] = [cards.heading(heading)]
    if reply.state is DatesState.CHOOSE:
        body.append(cards.notice("Kryss av minst én dato, eller trykk «Bekreft alle»."))
    if left:
        body.append(cards.line("Før du bekrefter, minner jeg bare om datoer som to kilder er enige om."))
    for deadline in sorted(current.deadlines, key=lambda d: d.day):
        body += _leaders_row(deadline)
    actions: list[Any] = []
    seen = as_data(days_of(current))
    if left:
        all_ = "Bekreft alle" if len(left) > 1 else "Bekreft datoen"
        actions.append(cards.button(all_, "confirm_dates", main=True, round=current.id, seen=seen))
    if len(left) > 1:
        options = [(d.kind.value, DEADLINE[d.kind]) for d in left]
        body.append(cards.choices("dates_chosen", "Vil du bare bekrefte noen av dem?", options, many=True))
        actions.append(
            cards.button("Bekreft de jeg har krysset av", "confirm_chosen", round=current.id, seen=seen)
        )
    if reply.lacks:
        body.append(cards.line("Møteplanen er ikke ferdig."))
    actions += [
        cards.button("Endre datoer", "edit_dates", round=current.id),
        cards.button("Møter", "meetings", network=current.network_id),
        cards.button("Egne datoer", "own_dates", network=current.network_id),
    ]
    return cards.card(body, actions, summary=heading)


def _all_confirmed(reply: RoundDatesCard, heading: str) -> Outgoing:
    """The receipt; the dates have just been seen."""
    body: list[Any] = [cards.heading(heading), cards.line("Du kan se og stoppe alt jeg skal sende.")]
    network = reply.round.network_id
    actions = [
        cards.button("Alt jeg skal sende", "coming", main=not reply.lacks, network=network),
        cards.button("Frister", "deadlines", network=network),
    ]
    if reply.lacks:
        body.append(cards.line("Møteplanen er ikke ferdig."))
        actions.insert(0, cards.button("Se møteplanen", "meetings", main=True, network=network))
    return cards.card(body, actions, summary=heading)


def _heading(reply: RoundDatesCard, left: int) -> str:
    where = f"{reply.network} {reply.round.label}"
    rest = f"{words.number(left).capitalize()} {'dato' if left == 1 else 'datoer'} gjenstår."
    match reply.state:
        case DatesState.CONFIRMED if left:
            return f"Bekreftet. {rest}"
        case DatesState.CONFIRMED:
            return f"Alle fristene i {where} er bekreftet. Nå minner jeg om dem."
        case DatesState.ALREADY:
            return "Det er allerede gjort. Slik står det nå."
        case DatesState.OUTDATED:
            return "Datoene er endret siden det kortet ble laget, så ingenting er gjort. Slik står det nå."
        case DatesState.UNCHANGED:
            return "Ingen av datoene var endret. Slik står det."
        case _ if left:
            return f"Stemmer fristene i {where}?"
        case _:
            return f"Alle fristene i {where} er bekreftet."


def _leaders_row(deadline: Deadline) -> list[Any]:
    state = sure(deadline).capitalize()
    rows = [
        *cards.named(DEADLINE[deadline.kind], words.whole_day(deadline.day)),
        cards.small(f"{state}. Kilde: {words.source(deadline.source)}"),
    ]
    if (before := working_day_before(deadline.day)) is not None:
        rows.append(cards.small(f"Dagen er ingen virkedag. Siste virkedag før er {words.day(before)}."))
    return rows


def edit(reply: EditDatesCard) -> Outgoing:
    """One field for each date, with what is wrong just above it."""
    wrong = len(reply.faults)
    heading = "Hvilke datoer vil du endre?"
    if wrong:
        heading = (
            "Én dato må rettes." if wrong == 1 else f"{words.number(wrong).capitalize()} datoer må rettes."
        )
    body: list[Any] = [
        cards.heading(heading),
        cards.small("Skriv datoen som du vil, for eksempel «4. des» eller «uke 5». La resten stå."),
    ]
    for deadline in sorted(reply.round.deadlines, key=lambda d: d.day):
        kind = deadline.kind
        given, understood = reply.given.get(kind), reply.understood.get(kind)
        if (fault := reply.faults.get(kind)) is not None:
            before = working_day_before(understood) if understood is not None else None
            instead = before if before is not None and before >= reply.today else None
            body.append(cards.notice(fault_sentence(fault, given, understood, reply.round, instead)))
        value = given if given is not None else words.long_day(understood or deadline.day)
        body.append(cards.text_input(DAY_INPUTS[kind], DEADLINE[kind], value=value, longest=100))
    current = reply.round
    seen = as_data(days_of(current))
    actions = [
        cards.button("Gå videre", "read_dates", main=True, round=current.id, seen=seen),
        cards.button("Avbryt", "round_dates", network=current.network_id),
    ]
    return cards.card(body, actions, summary=heading)


def fault_sentence(
    fault: DayFault, given: str | None, day: date | None, current: Round, instead: date | None = None
) -> str:
    """What is wrong with a day, and what to do; `instead` is a working day that it may be."""
    such_as = f", for eksempel {words.day(instead)}" if instead is not None else ""
    when = words.day(day).capitalize() if day is not None else "Dagen"
    match fault:
        case DayFault.OUTSIDE:
            long = words.long_day(day) if day is not None else when
            period = f"{words.long_day(current.starts)} til {words.long_day(current.ends)}"
            return f"{long} er utenfor runden. Skriv en dag fra {period}."
        case DayFault.PAST:
            return f"{when} har vært. Skriv en dag som ikke har vært."
        case DayFault.WEEKEND:
            return f"{when} er i en helg. Skriv en virkedag{such_as}."
        case DayFault.HOLIDAY:
            return f"{when} er en helligdag. Skriv en virkedag{such_as}."
        case _ if given:
            return f"Jeg forsto ikke «{given}». Skriv for eksempel «4. desember» eller «fredag i uke 49»."
        case _:
            return "Skriv en dato, for eksempel «4. desember» eller «fredag i uke 49»."


def confirm_move(reply: ConfirmMove) -> Outgoing:
    """The dates as they were understood, with their weekdays, before they hold."""
    before = days_of(reply.round)
    if len(reply.days) == 1:
        ((kind, day),) = reply.days.items()
        heading = f"Skal {_inside(NAMED[kind])} være {words.whole_day(day)}?"
        body: list[Any] = [
            cards.heading(heading),
            cards.line(f"Det er {words.distance(day, reply.today)}. Nå er den {words.day(before[kind])}."),
        ]
    else:
        heading = "Skal disse datoene gjelde?"
        body = [cards.heading(heading)]
        for kind, day in sorted(reply.days.items(), key=lambda item: item[1]):
            body += cards.named(DEADLINE[kind], f"{words.whole_day(day)} (nå {words.day(before[kind])})")
    other = _other_day(reply)
    for misdated in reply.misdated.values():
        which = " Hvilken mener du?" if other is not None else ""
        body.append(cards.hint(f"{words.wrong_weekday(misdated)}{which}"))
    for first, then in reply.order:
        body.append(
            cards.hint(f"{NAMED[first]} er ikke før {_inside(NAMED[then])}. Stemmer det, kan du lagre.")
        )
    if reply.heads is not None:
        body.append(
            cards.line(
                f"Svarfristen for styrerne følger med til {words.day(reply.heads)}, der eieren ikke har valgt en annen."
            )
        )
    if reply.told.anybody:
        body.append(cards.small(f"{who_knew(reply.told, len(reply.days))}, og får beskjed når du lagrer."))
    data: dict[str, Any] = {
        "round": reply.round.id,
        "seen": as_data(before),
        "days": as_data(reply.days),
    }
    only = next(iter(reply.days.values()))
    save = f"Ja, {words.day(only)}" if other is not None else "Lagre"
    actions = [cards.button(save, "store_dates", main=True, **data)]
    if reply.rest:
        actions.append(cards.button("Lagre og bekreft resten", "store_dates", rest=True, **data))
    if other is not None:
        (kind,) = reply.days
        taken: dict[str, Any] = {
            "round": reply.round.id,
            "seen": as_data(before),
            DAY_INPUTS[kind]: other.isoformat(),
        }
        actions.append(cards.button(f"Nei, {words.day(other)}", "read_dates", **taken))
    actions.append(cards.button("Endre", "edit_dates", round=reply.round.id, days=as_data(reply.days)))
    return cards.card(body, actions, summary=heading, tracks=True)


def _other_day(reply: ConfirmMove) -> date | None:
    """The other of the two days that the words may mean, when one date is to be moved."""
    if len(reply.days) != 1:
        return None
    ((kind, day),) = reply.days.items()
    if (misdated := reply.misdated.get(kind)) is None:
        return reply.other
    other = misdated.day if day == misdated.weekdays else misdated.weekdays
    return None if other == days_of(reply.round)[kind] else other


def moved(reply: DatesMoved) -> Outgoing:
    """What holds from now on, and who is told."""
    lines = [f"{NAMED[after.kind]} er nå {words.whole_day(after.day)}." for _, after in reply.moved]
    heading = lines[0] if len(lines) == 1 else f"{words.number(len(lines)).capitalize()} datoer er endret."
    body: list[Any] = [cards.heading(heading), *(cards.line(text) for text in lines if len(lines) > 1)]
    if reply.heads is not None:
        body.append(cards.line(f"Svarfristen for styrerne er {words.day(reply.heads)}."))
    told = (
        f"{who_knew(reply.told, len(reply.moved))}, og får beskjed nå."
        if reply.told.anybody
        else "Ingen andre hadde fått noe om dette, så ingen får beskjed."
    )
    body.append(cards.line(told))
    if reply.rest:
        others = "Den siste datoen" if reply.rest == 1 else f"De {words.number(reply.rest)} andre datoene"
        body.append(cards.line(f"{others} er også bekreftet."))
    if reply.left:
        what = "Én dato er" if reply.left == 1 else f"{words.number(reply.left).capitalize()} datoer er"
        body.append(cards.small(f"{what} ikke bekreftet ennå."))
    title = "Bekreft resten" if reply.left else "Se alle datoene"
    actions = [cards.button(title, "round_dates", main=bool(reply.left), network=reply.network_id)]
    return cards.card(body, actions, summary=heading)


def who_knew(told: Told, moved: int) -> str:
    """«To personer og kanalen hadde fått den gamle datoen»"""
    old = "den gamle datoen" if moved == 1 else "en av de gamle datoene"
    people, channels = len(told.people), len(told.bindings)
    who = []
    if people:
        who.append(words.number(people) + (f" {'person' if people == 1 else 'personer'}" if channels else ""))
    if channels:
        who.append("kanalen" if channels == 1 else f"{words.number(channels)} kanaler")
    said = words.listed(who)
    return f"{said[:1].upper()}{said[1:]} hadde fått {old}"


def _inside(name: str) -> str:
    return name[:1].lower() + name[1:]


def as_data(days: Mapping[DeadlineKind, date]) -> dict[str, str]:
    """Dates as a button carries them."""
    return {kind.value: day.isoformat() for kind, day in days.items()}
