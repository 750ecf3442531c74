"""The county's card: its networks side by side, readable on a phone."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from dialogs.replies import CountyGreeting
from domain.outreach.digests.county import CountySummary
from domain.outreach.summaries import ChannelSummary
from domain.register.names import network_slug
from messages import cards, words
from messages.greetings import opening, switches
from messages.networks.summaries import figure, sure, themes
from messages.outgoing import Outgoing

MOST_NETWORKS = 20
MOST_THEMES = 3


def county_summary(content: CountySummary, today: date) -> Outgoing:
    """To the county by itself, and when somebody there asks."""
    heading = _status(content)
    body = [cards.heading(heading), *_networks(content, today)]
    return cards.card(body, [cards.button("Frister", "deadlines")], summary=heading)


def county_greeting(reply: CountyGreeting) -> Outgoing:
    """«Hei, Bodil! 15 av 18 eiere i 2 nettverk har meldt inn.»"""
    status = _status(reply.summary)
    introduction = "Jeg er Rekompis. Her ser du nettverkene du følger."
    body = [*opening(reply, introduction, status), *_networks(reply.summary, reply.today)]
    actions: list[Any] = [cards.button("Frister", "deadlines"), cards.button("Still et spørsmål", "ask")]
    actions += switches(reply.other_roles, cards.MOST_ACTIONS - len(actions))
    return cards.card(body, actions, summary=f"Hei, {reply.person.first_name}! {status}")


def _status(content: CountySummary) -> str:
    counted = [n.counts for n in content.networks if n.counts is not None]
    if not counted:
        return "Skjemaet er av i nettverkene du følger."
    sent, total = sum(c.owners_sent for c in counted), sum(c.owners_total for c in counted)
    where = f" i {len(counted)} nettverk" if len(counted) > 1 else ""
    return f"{sent} av {total} eiere{where} har meldt inn."


def _networks(content: CountySummary, today: date) -> list[Any]:
    dates = [_date(n, today) for n in content.networks]
    common, number = Counter(dates).most_common(1)[0]
    body: list[Any] = [
        cards.line(common if number == len(dates) else f"{common} Andre frister står ved nettverket.")
    ]
    for network, day in list(zip(content.networks, dates, strict=True))[:MOST_NETWORKS]:
        body += _network(network, day if day != common else None)
    example = network_slug(content.networks[0].network)
    return [
        *body,
        *cards.more(len(content.networks) - MOST_NETWORKS),
        cards.small("Tallene gjelder det eierne har sendt. Grupper under tre vises ikke."),
        cards.small(f"Skriv for eksempel «sammendrag {example}» for å se ett nettverk."),
    ]


def _network(one: ChannelSummary, day: str | None) -> list[Any]:
    counts = one.counts
    if counts is None:
        lines = ["Skjemaet er av. Nettverket tar imot behov på en annen måte i år."]
        return [cards.line(one.network, strong=True), *map(cards.item, [*lines, *([day] if day else [])])]
    sent = f"{one.network}: {counts.owners_sent} av {counts.owners_total} eiere"
    lines = []
    if counts.owners_sent:
        lines.append(
            f"Barnehager med behov: {figure(counts.with_need)}, uten: {figure(counts.without_need)}."
        )
    if counts.themes:
        lines.append(f"Temaer: {themes(counts, MOST_THEMES)}.")
    if day:
        lines.append(day)
    return [cards.line(sent, strong=True), *map(cards.item, lines)]


def _date(one: ChannelSummary, today: date) -> str:
    day = one.deadline.day
    if day < today:
        return f"Fristen var {words.day(day)}."
    return f"Fristen er {words.day(day)}, {words.distance(day, today)} ({sure(one.deadline)})."
