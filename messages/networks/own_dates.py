"""Dates that a network sets itself, as its leader sees them."""

from __future__ import annotations

from typing import Any

from dialogs.payloads import LONGEST_TITLE
from dialogs.replies import ConfirmOwnDate, OwnDateCard, OwnDateSet, OwnDatesList, OwnFault
from domain.rounds.confirming import MOST_OWN_DATES
from domain.rounds.models import OwnDate
from messages import cards, words
from messages.networks.dates import fault_sentence
from messages.networks.year_list import AUDIENCE
from messages.outgoing import Outgoing

FAULTS = {
    OwnFault.TITLE: "Skriv hva datoen gjelder, for eksempel «Innspill til planen».",
    OwnFault.TITLE_LONG: f"Navnet er for langt. Skriv høyst {LONGEST_TITLE} tegn.",
    OwnFault.PERSONAL: "Navnet ser ut til å gjelde en enkeltperson. Skriv det uten personopplysninger.",
    OwnFault.AUDIENCE: "Velg hvem datoen er for. De får en påminnelse en uke før og dagen før.",
    OwnFault.FULL: f"Runden har allerede {MOST_OWN_DATES} egne datoer. Fjern en først.",
}


def listed(reply: OwnDatesList) -> Outgoing:
    """Those that are set, and a way to add and to remove."""
    number = len(reply.own)
    heading = f"Egne datoer i {reply.network}" if number else f"{reply.network} har ingen egne datoer."
    body: list[Any] = [cards.heading(heading)]
    if reply.gone is not None:
        body.append(cards.hint(f"«{reply.gone.title}» {words.day(reply.gone.day)} er fjernet."))
    if reply.already:
        body.append(cards.hint("Den datoen er allerede fjernet."))
    if reply.choose:
        body.append(cards.notice("Velg datoen du vil fjerne."))
    for own in reply.own:
        when = f"{words.whole_day(own.day)}, {words.distance(own.day, reply.today)}"
        body += cards.named(own.title, f"{when}. For {AUDIENCE[own.audience]}.")
    if not number:
        body.append(
            cards.line("Du kan legge til en dato for styrere, eiere eller medlemmer, så minner jeg dem.")
        )
    actions: list[Any] = [cards.button("Legg til dato", "own_date_form", main=True, round=reply.round_id)]
    if number:
        options = [(str(d.id), f"{d.title} ({words.short_day(d.day)})") for d in reply.own]
        body.append(cards.choices("own_date", "Vil du fjerne en?", options, compact=True))
        actions.append(cards.button("Fjern den jeg har valgt", "remove_own_date", round=reply.round_id))
    actions.append(cards.button("Frister", "deadlines"))
    return cards.card(body, actions, summary=heading)


def form(reply: OwnDateCard) -> Outgoing:
    """Title, day, and whom it is for."""
    heading = f"Ny dato i {reply.network}"
    body: list[Any] = [cards.heading(heading)]
    if reply.fault in (OwnFault.TITLE, OwnFault.TITLE_LONG, OwnFault.PERSONAL, OwnFault.FULL):
        body.append(cards.notice(FAULTS[reply.fault]))
    body.append(cards.text_input("own_title", "Hva gjelder det?", value=reply.title, longest=LONGEST_TITLE))
    if reply.day_fault is not None:
        body.append(cards.notice(fault_sentence(reply.day_fault, reply.day_text, reply.day, reply.round)))
    body.append(
        cards.text_input(
            "own_day", "Dato", value=reply.day_text, longest=100, placeholder="For eksempel 10. januar"
        )
    )
    if reply.fault is OwnFault.AUDIENCE:
        body.append(cards.notice(FAULTS[OwnFault.AUDIENCE]))
    body.append(
        cards.choices(
            "own_audience",
            "Hvem er den for?",
            [(audience.value, name.capitalize()) for audience, name in AUDIENCE.items()],
            value=reply.audience.value if reply.audience is not None else None,
        )
    )
    actions = [
        cards.button("Gå videre", "read_own_date", main=True, round=reply.round.id),
        cards.button("Avbryt", "own_dates", network=reply.round.network_id),
    ]
    return cards.card(body, actions, summary=heading)


def confirm(reply: ConfirmOwnDate) -> Outgoing:
    """The date as it was understood."""
    heading = f"Skal jeg legge til «{reply.title}» {words.whole_day(reply.day)}?"
    whom = AUDIENCE[reply.audience]
    body: list[Any] = [
        cards.heading(heading),
        cards.line(
            f"Det er {words.distance(reply.day, reply.today)}. Jeg minner {whom} i {reply.network} "
            "en uke før og dagen før."
        ),
    ]
    if reply.works_before is not None:
        body.append(cards.small("Dagen er ingen virkedag. Da kommer påminnelsen siste virkedag før."))
    if reply.misdated is not None:
        body.append(cards.hint(f"{words.wrong_weekday(reply.misdated)} Hvilken mener du?"))
    known: dict[str, Any] = {
        "round": reply.round_id,
        "name": reply.title,
        "day": reply.day.isoformat(),
        "audience": reply.audience.value,
    }
    actions = [
        cards.button(
            f"Ja, {words.day(reply.day)}" if reply.misdated is not None else "Legg til",
            "store_own_date",
            main=True,
            **known,
        ),
        *_weekdays_own(reply),
        cards.button("Endre", "own_date_form", **known),
    ]
    return cards.card(body, actions, summary=heading, tracks=True)


def _weekdays_own(reply: ConfirmOwnDate) -> list[Any]:
    """A button for the day of the weekday that was written."""
    if reply.misdated is None:
        return []
    day = reply.misdated.weekdays
    taken: dict[str, Any] = {
        "own_title": reply.title,
        "own_day": day.isoformat(),
        "own_audience": reply.audience.value,
    }
    return [cards.button(f"Nei, {words.day(day)}", "read_own_date", round=reply.round_id, **taken)]


def is_set(reply: OwnDateSet) -> Outgoing:
    """Done."""
    heading = f"{_said(reply.own)} er lagt til."
    body = [
        cards.heading(heading),
        cards.line(
            f"Den er for {AUDIENCE[reply.own.audience]} i {reply.network}, "
            f"{words.distance(reply.own.day, reply.today)}. De ser den i «frister»."
        ),
    ]
    actions = [cards.button("Egne datoer", "own_dates", network=reply.network_id)]
    return cards.card(body, actions, summary=heading)


def _said(own: OwnDate) -> str:
    return f"«{own.title}» {words.day(own.day)}"
