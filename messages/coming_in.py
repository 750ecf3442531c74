"""The way in: somebody asks for it, has got it, or was moved to their own chat."""

from __future__ import annotations

from datetime import date
from typing import Final

from domain.norwegian.commands import Command
from domain.outbox import MessageKind
from domain.outreach.notices.coming_in import AccessNotice, MovedHere
from messages import cards
from messages.outgoing import Outgoing

WANTED: Final = {
    Command.REPORT: ("Meld behov", "start_report"),
    Command.NO_NEED: ("Ingen behov i år", "no_need"),
    Command.MY_REPORTS: ("Mine meldinger", "my_reports"),
    Command.TO_HANDLE: ("Til behandling", "to_handle"),
    Command.SEND_IN: ("Send til nettverket", "send_in"),
    Command.REPLY_BY: ("Svarfrist", "reply_by"),
    Command.NETWORK_NEEDS: ("Meldte behov", "network_needs"),
    Command.WHO_IS_MISSING: ("Hvem mangler", "missing"),
    Command.COMING: ("Det jeg skal sende", "coming"),
    Command.CONFIRM_DATES: ("Bekreft frister", "round_dates"),
    Command.EXCEL: ("Excel", "excel"),
    Command.REMINDERS: ("Påminnelser", "reminders"),
    Command.SNOOZE: ("Minn meg senere", "snooze"),
}
"""What somebody asked for in a channel, and can press in the own chat."""


def access(content: AccessNotice, _today: date) -> Outgoing:
    """To the leader: who asks; to the one who asked: welcome."""
    if content.kind is MessageKind.ACCESS_GRANTED:
        text = f"Du er lagt inn som {content.role} i {content.place}. Velkommen!"
        return cards.card(
            [cards.heading(text)], [cards.button("Kom i gang", "menu", main=True)], summary=text
        )
    who = f"{content.name} ({content.email})"
    if content.second:
        return _second_account(content, who)
    text = f"{who} ber om å bli lagt inn som {content.role} i {content.place}."
    return cards.card(
        [
            cards.heading(text),
            cards.small("Navnet og adressen kommer fra Teams. Rolle og sted er det personen selv sier."),
        ],
        [
            cards.button("Legg inn", "answer_access", main=True, request=content.request_id, grant=True),
            cards.button("Ikke legg inn", "answer_access", request=content.request_id, grant=False),
        ],
        summary=text,
        tracks=True,
    )


def _second_account(content: AccessNotice, who: str) -> Outgoing:
    text = f"En ny Teams-konto bruker adressen til {who}, {content.role} i {content.place}."
    return cards.card(
        [
            cards.heading(text),
            cards.line("Adressen hører til en annen konto fra før. Skal den nye kontoen ta over?"),
            cards.small(
                "Er du i tvil, ring personen først. Den gamle kontoen slipper ikke inn etter byttet."
            ),
        ],
        [
            cards.button(
                "Ja, bytt til den nye kontoen",
                "answer_access",
                main=True,
                request=content.request_id,
                grant=True,
            ),
            cards.button("Nei", "answer_access", request=content.request_id, grant=False),
        ],
        summary=text,
        tracks=True,
    )


def moved(content: MovedHere, _today: date) -> Outgoing:
    """The conversation goes on here."""
    text = f"Hei, {content.recipient.first_name}! Du skrev til meg i en kanal. Her kan vi snakke om det som gjelder deg."
    wanted = WANTED.get(content.command) if content.command is not None else None
    first = [cards.button(*wanted, main=True)] if wanted is not None else []
    stand = cards.button("Se hvor jeg står", "menu", main=not first)
    return cards.card([cards.line(text)], [*first, stand], summary=text)
