"""The leader's and the channel's cards: summary, who is missing, Excel, dates, help."""

from __future__ import annotations

from typing import Any

from dialogs.replies import Bound, DeadlineList, DemoPeople, ExcelLink, HelpText, Missing
from domain.needs.form import needs_form
from domain.needs.networks.network import READERS
from domain.outreach.summaries import ChannelSummary
from domain.register.models import Role
from domain.rounds.models import DeadlineKind
from messages import cards, words
from messages.networks.commands import HELP, Group
from messages.outgoing import Outgoing
from messages.sheets.excel import several

MOST_ROWS = 60

DEADLINE = {
    DeadlineKind.NEEDS: "Behov fra eier til nettverket",
    DeadlineKind.DECISION_BASIS: "Beslutningsgrunnlag fra nettverket til samarbeidsforum",
    DeadlineKind.RECOMMENDATION: "Innstilling fra samarbeidsforum til Statsforvalteren",
    DeadlineKind.GRANT_LETTER: "Tilsagnsbrev fra Statsforvalteren",
    DeadlineKind.REPORTING_UNITS: "Rapportering fra enhetene",
    DeadlineKind.REPORTING_NETWORK: "Rapportering fra nettverket",
}


def channel_summary(content: ChannelSummary, today: Any) -> Outgoing:
    """Counts and themes of what owners have sent, for everybody in the channel."""
    c = content.counts
    heading = f"Behov i {content.network}: {c.owners_sent} av {c.owners_total} eiere har meldt inn."
    body: list[Any] = [cards.heading(heading)]
    if c.owners_sent:
        body.append(
            cards.facts(
                [
                    ("Barnehager med behov", _hidden(c.with_need)),
                    ("Barnehager uten behov", _hidden(c.without_need)),
                ]
            )
        )
        if c.themes:
            named = words.theme_words(needs_form(), [t for t, _ in c.themes])
            shown = ", ".join(f"{name} ({n})" for name, (_, n) in zip(named, c.themes, strict=True))
            body.append(cards.line(f"Vanligste temaer: {shown}."))
        elif c.hidden_themes:
            body.append(cards.line("Ingen temaer har tre eller flere meldinger ennå."))
    sure = "" if content.confirmed else " Datoen er ikke bekreftet."
    if content.deadline >= today:
        body.append(
            cards.line(
                f"Fristen er {words.day(content.deadline)}, {words.distance(content.deadline, today)}.{sure}"
            )
        )
    else:
        body.append(
            cards.line(
                f"Fristen var {words.day(content.deadline)}. Nå går nettverket gjennom behovene og prioriterer."
            )
        )
    body.append(
        cards.small(
            "Tallene gjelder det eierne har sendt. Grupper under tre vises ikke. Skjemaet er frivillig å bruke."
        )
    )
    return cards.card(body, summary=heading)


def _hidden(number: int | None) -> str:
    return "færre enn tre" if number is None else str(number)


def missing(reply: Missing) -> Outgoing:
    """«Hvem mangler»"""
    rows: list[tuple[str, str]]
    if reply.network_id is not None:
        heading = f"{reply.sent} av {reply.total} eiere har sendt."
        rows = [
            (name, f"{c.need} med behov, {c.no_need} uten, {c.unanswered} ikke svart")
            for name, c in reply.owners
        ]
        done = "Alle eierne har sendt."
    else:
        heading = f"{reply.sent} av {reply.total} barnehager har svart."
        rows = [(name, "ikke svart") for name, answer in reply.kindergartens]
        done = "Alle barnehagene har svart."
    body: list[Any] = [cards.small(reply.network), cards.heading(heading)]
    if rows:
        body.append(cards.line("Disse mangler:"))
        body.append(cards.facts(rows[:MOST_ROWS]))
        body += cards.more(len(rows) - MOST_ROWS)
    else:
        body.append(cards.line(done))
    actions: list[Any] = []
    if reply.owner_id is not None and rows:
        actions.append(cards.button("Minn dem", "nudge", main=True, owner=reply.owner_id))
    if reply.network_id is not None:
        actions.append(cards.button("Meldte behov", "network_needs", main=True, network=reply.network_id))
        actions.append(cards.button("Excel", "excel", network=reply.network_id))
    return cards.card(body, actions, summary=heading)


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
                "Jeg legger sammendrag her en uke før fristen og dagen etter, og når noen skriver «sammendrag». "
                "Bare tall og temaer, aldri navn."
            ),
        ],
        [cards.button("Sammendrag", "summary", main=True)],
        summary=heading,
    )


def deadlines(reply: DeadlineList) -> Outgoing:
    """`frister`"""
    heading = f"Frister i {reply.network}"
    rows = []
    if reply.reply_by is not None:
        rows.append(("Svar fra styrer til eier", _date(reply.reply_by, reply.today)))
    for d in sorted(reply.deadlines, key=lambda d: d.day):
        sure = "" if d.confirmed else " (ikke bekreftet)"
        rows.append((DEADLINE[d.kind], _date(d.day, reply.today) + sure))
    body = [
        cards.heading(heading),
        *(block for name, day in rows for block in cards.named(name, day)),
        cards.small(f"Kilde: {words.source(' / '.join(d.source for d in reply.deadlines))}"),
    ]
    return cards.card(body, [cards.button("Still et spørsmål", "ask")], summary=heading)


def _date(day: Any, today: Any) -> str:
    return f"{words.day(day)} {day.year}, {words.distance(day, today)}"


STAFF_HERE = "· «spør personalet» – for styrer, i barnehagens egen chat"
"""Not said in a network's channel, where the staff are not asked."""


def help_text(reply: HelpText) -> Outgoing:
    """What one can do here."""
    if reply.in_channel:
        return _channel_help(reply)
    role = Role.LEADER if reply.role is Role.COORDINATOR else reply.role
    reads = ("«meldte behov» – det du kan lese av det eierne har sendt",) if role in READERS else ()
    groups = HELP.get(role, (("", (*reads, "«frister» – rundens datoer")),))
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
