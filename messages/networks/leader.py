"""The leader's and the channel's cards: who is missing, Excel, dates, help."""

from __future__ import annotations

from typing import Any

from dialogs.replies import Bound, DemoPeople, ExcelLink, HelpText, Missing
from domain.needs.networks.network import READERS
from domain.needs.overview import Counts
from domain.register.models import Role
from domain.rounds.models import DeadlineKind
from messages import cards, words
from messages.networks.commands import EVERYBODY, HELP, Group
from messages.outgoing import Outgoing
from messages.sheets.scopes import several

MOST_ROWS = 60

DEADLINE = {
    DeadlineKind.NEEDS: "Behov fra eier til nettverket",
    DeadlineKind.DECISION_BASIS: "Beslutningsgrunnlag fra nettverket til samarbeidsforum",
    DeadlineKind.RECOMMENDATION: "Innstilling fra samarbeidsforum til Statsforvalteren",
    DeadlineKind.GRANT_LETTER: "Tilsagnsbrev fra Statsforvalteren",
    DeadlineKind.REPORTING_UNITS: "Rapportering fra enhetene",
    DeadlineKind.REPORTING_NETWORK: "Rapportering fra nettverket",
}


def missing(reply: Missing) -> Outgoing:
    """«Hvem mangler»"""
    if reply.network_id is not None:
        heading = f"{reply.sent} av {reply.total} eiere har sendt."
        rows = [f"· {name} ({_answers(c)})" for name, c in reply.owners]
        done = "Alle eierne har sendt."
    else:
        heading = f"{reply.sent} av {reply.total} barnehager har svart."
        rows = [f"· {name}" for name, _ in reply.kindergartens]
        done = "Alle barnehagene har svart."
    body: list[Any] = [cards.small(reply.network), cards.heading(heading)]
    if rows:
        body.append(cards.line("Disse mangler:"))
        body += [cards.item(row) for row in rows[:MOST_ROWS]]
        body += cards.more(len(rows) - MOST_ROWS)
    else:
        body.append(cards.line(done))
    actions: list[Any] = []
    if reply.owner_id is not None and rows:
        actions.append(cards.button("Minn dem", "nudge", main=True, owner=reply.owner_id))
    if reply.network_id is not None:
        actions.append(cards.button("Meldte behov", "network_needs", main=True, network=reply.network_id))
        actions.append(cards.button("Excel", "excel", network=reply.network_id))
        if rows:
            actions.append(cards.button("Hvem når du ikke", "not_reached", network=reply.network_id))
    return cards.card(body, actions, summary=heading)


def _answers(counts: Counts) -> str:
    """«3 med behov, 5 ikke svart»: what there is none of is not said."""
    if counts.unanswered == counts.total:
        many = f"ingen av de {words.number(counts.total)} barnehagene har svart"
        return "barnehagen har ikke svart" if counts.total == 1 else many
    parts = ((counts.need, "med behov"), (counts.no_need, "uten"), (counts.unanswered, "ikke svart"))
    return ", ".join(f"{number} {what}" for number, what in parts if number)


def excel_link(reply: ExcelLink, url: str) -> Outgoing:
    """A short-lived link to the sheet."""
    rows = f"{words.count(reply.rows, 'behov', 'behov')}, ett på hver rad"
    if reply.kindergartens:
        rows = f"{words.count(reply.rows, 'barnehage', 'barnehager')} og hvem som har svart"
    what = several(*reply.several) if reply.several else reply.what
    heading = f"Excel for {what}: {rows}."
    return cards.card(
        [cards.heading(heading), cards.small("Lenken er din og virker i 15 minutter. Ikke del den.")],
        [cards.link("Last ned Excel", url)],
        summary=heading,
    )


def bound(reply: Bound) -> Outgoing:
    """The channel belongs to a network now."""
    if reply.already:
        return cards.text(f"Denne kanalen er allerede koblet til {reply.network}.")
    heading = f"Kanalen er koblet til {reply.network}."
    return cards.card(
        [
            cards.heading(heading),
            cards.line(
                "Jeg legger sammendrag her en uke før fristen og dagen etter, eller hver mandag om lederen vil. "
                "Jeg sier også fra om møter, og om datoer som flyttes. Bare tall og temaer, aldri navn."
            ),
        ],
        [cards.button("Sammendrag", "summary", main=True)],
        summary=heading,
    )


STAFF_HERE = "· «spør personalet» – for styrer, i barnehagens egen chat"
"""Not said in a network's channel, where the staff are not asked."""


def help_text(reply: HelpText) -> Outgoing:
    """What one can do here."""
    if reply.in_channel:
        return _channel_help(reply)
    role = Role.LEADER if reply.role is Role.COORDINATOR else reply.role
    reads = ("«meldte behov» – det du kan lese av det eierne har sendt",) if role in READERS else ()
    groups = HELP.get(role, (("Nettverket", (*reads, *EVERYBODY)),))
    body: list[Any] = [
        cards.heading("Dette kan jeg hjelpe med"),
        *[block for group in groups for block in _help_group(group)],
        *([cards.line("Spørsmål", strong=True)] if groups[0][0] else []),
        cards.item("· Spør meg om roller, frister og penger, for eksempel «hva gjør barnehageeier?»"),
        cards.item("· «spør lederen» – når jeg ikke har svaret"),
        cards.small("Du kan alltid skrive «meny» eller «hei» for å se hvor du står."),
    ]
    if reply.local:
        body.append(cards.small("Prøvemodus: skriv «demo» for å være en annen i lista."))
    return cards.card(
        body, [cards.button("Se hvor jeg står", "menu", main=True)], summary="Dette kan jeg hjelpe med"
    )


def _help_group(group: Group) -> list[Any]:
    heading, lines = group
    first = [cards.line(heading, strong=True)] if heading else []
    return first + [cards.item(f"· {text}") for text in lines]


def _channel_help(reply: HelpText) -> Outgoing:
    actions: list[Any] = []
    if reply.network is not None:
        first = f"Hei! Denne kanalen hører til {reply.network}."
        actions.append(cards.button("Sammendrag", "summary", main=True))
    else:
        first = "Hei! Jeg er Rekompis. En leder kan koble denne kanalen til nettverket sitt."
        actions += [
            cards.button(f"Koble til {n.name}", "bind", main=i == 0, network=n.id)
            for i, n in enumerate(reply.can_bind[:4])
        ]
    body = [
        cards.heading(first),
        *([cards.item(STAFF_HERE)] if reply.network is None else []),
        cards.item("· «sammendrag» – tall og temaer fra eierne"),
        cards.item("· «frister», «møter» og «årshjul» – det som skjer i runden"),
        cards.item("· «koble gauldal» – for lederen av nettverket"),
        cards.item("· Spør meg om roller, frister og penger."),
        cards.small("Det som gjelder deg personlig, svarer jeg på i egen chat."),
    ]
    actions.append(cards.button("Frister", "deadlines"))
    return cards.card(body, actions, summary=first)


def demo_people(reply: DemoPeople) -> Outgoing:
    """Local mode: who one can be."""
    body: list[Any] = [cards.heading("Hvem vil du være?")]
    if reply.unknown:
        body.append(cards.notice(f"Jeg finner ingen som heter «{reply.unknown}». Velg i lista."))
    if reply.acting_as:
        body.append(cards.line(f"Nå er du {reply.acting_as}. Skriv «demo av» for å være deg selv."))
    body.append(
        cards.small(
            "Alle er oppdiktet. Det jeg sender til personen du er, vises her, merket med navnet. "
            "Du kan også skrive «demo» og et navn."
        )
    )
    options = [(str(i), f"{name} – {what}") for i, name, what in reply.people]
    body.append(cards.choices("person", "Person", options, compact=True))
    actions: list[Any] = [cards.button("Bli denne personen", "demo_as", main=True)]
    actions += [cards.button(title, "demo_as", person=i) for i, title in reply.examples[:4]]
    if reply.acting_as:
        actions.append(cards.button("Vær meg selv", "demo_off"))
    return cards.card(body, actions, summary="Hvem vil du være?")
