"""Registering for a kindergarten: which, how it came, and the receipt for «ingen behov»."""

from __future__ import annotations

from typing import Any

from dialogs.replies import NoNeedRegistered, RegisterHow, RegisterWhere
from domain.needs.models import Source
from domain.needs.overview import Answer
from domain.register.models import Role
from messages import cards, words
from messages.outgoing import Outgoing

MOST_CHOICES = 60
MOST_BEGUN = 3

SOURCE = {Source.ORAL: "Muntlig eller på telefon", Source.EMAIL: "På e-post", Source.EXCEL: "I et regneark"}

STANDS = {
    Answer.NEED: "Barnehagen har allerede meldt et behov. Registrerer du ett til, har den flere.",
    Answer.NO_NEED: "Barnehagen har allerede svart at den ikke har behov i år.",
}


def where(reply: RegisterWhere) -> Outgoing:
    """«Hvilken barnehage gjelder det?»"""
    heading = "Hvilken barnehage vil du registrere for?"
    body: list[Any] = [cards.heading(heading)]
    if reply.unknown:
        body.append(
            cards.notice(f"Jeg finner ikke «{cards.cut(reply.unknown, 80)}». Velg, eller skriv hele navnet.")
        )
    if 0 < len(reply.places) <= MOST_CHOICES:
        options = [(str(i), name) for i, name in reply.places]
        compact = len(options) > 6
        body.append(cards.choices("register_place", "Barnehage", options, compact=compact))
    else:
        body.append(cards.text_input("register_place", "Navn eller organisasjonsnummer", longest=120))
    actions: list[Any] = [cards.button("Gå videre", "register_for", main=True)]
    begun = reply.begun[:MOST_BEGUN]
    for number, (report_id, name) in enumerate(begun, 1):
        title = f"Fortsett {number}: {name}" if len(begun) > 1 else f"Fortsett med {name}"
        actions.append(cards.button(title, "continue", report=report_id))
    return cards.card(body, actions, summary=heading)


def how(reply: RegisterHow) -> Outgoing:
    """How the need came; then the same questions as a head gets."""
    heading = f"Du registrerer for {reply.kindergarten}."
    body: list[Any] = [cards.heading(heading)]
    if reply.no_source:
        body.append(cards.notice("Velg hvordan svaret kom."))
    if text := STANDS.get(reply.answer):
        body.append(cards.hint(text))
    as_owner = reply.role is Role.OWNER
    body += [
        cards.choices("register_source", "Hvordan kom svaret?", [(s.value, t) for s, t in SOURCE.items()]),
        cards.small(
            f"Du gjør dette som {words.ROLE[reply.role]}. Styrer får beskjed når du har sendt"
            + ("." if as_owner else f", og {reply.owner} behandler behovet som vanlig.")
        ),
    ]
    place = reply.kindergarten_id
    actions = [
        cards.button("Registrer behov", "begin_registering", main=True, kindergarten=place),
        cards.button("Ingen behov i år", "begin_registering", kindergarten=place, no_need=True),
    ]
    return cards.card(body, actions, summary=heading, tracks=True)


def no_need(reply: NoNeedRegistered) -> Outgoing:
    """«Ingen behov», on the kindergarten's behalf."""
    late = " Det er merket «etter frist»." if reply.late else ""
    told = "Styrer" if reply.role is Role.OWNER else f"Styrer og {reply.owner}"
    return cards.text(f"Registrert: {reply.kindergarten} har ingen behov i år.{late} {told} får beskjed.")
