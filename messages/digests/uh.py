"""To a university or college: the needs of a network it works with, and who wants contact."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.outreach.digests.uh import UhDigest, Wanted
from messages import cards, words
from messages.digests import parts
from messages.outgoing import Outgoing

MOST_WANTED = 8
LONGEST_TITLE = 80


def digest(content: UhDigest, today: date) -> Outgoing:
    """How many needs, of what, who wants contact, and what comes."""
    passed = content.deadline.day < today
    needs = words.count(content.needs, "behov", "behov") if content.needs else "at de ikke har behov"
    told = f"meldt {needs}" if content.owners_sent else "sendt"
    lead = "Fristen er ute. " if passed else ""
    heading = f"{lead}{content.owners_sent} av {content.owners} eiere i {content.network} har {told}."
    body: list[Any] = [cards.heading(heading), *parts.themes(content.themes)]
    if content.needs:
        body += _wanted(content)
    body += _partnership(content)
    if not passed:
        body.append(cards.line(parts.due(content.deadline, today, "Fristen for eierne")))
    body += parts.comes_next(content.comes_next, today, "Neste" if passed else "Deretter")
    if not passed:
        body.append(parts.source(content.deadline))
    actions = []
    if content.needs:
        actions.append(cards.button("Meldte behov", "network_needs", main=True, network=content.network_id))
    actions.append(cards.button("Frister", "deadlines"))
    return cards.card(body, actions, summary=heading)


def _wanted(content: UhDigest) -> list[Any]:
    if not content.wanted:
        return [cards.line("Ingen har bedt om kontakt med UH eller fagskole.")]
    number = words.count(len(content.wanted), "behov", "behov")
    return [
        cards.line(f"Kontakt med UH eller fagskole er ønsket for {number}:", strong=True),
        *(cards.item(f"· {_need(w)}") for w in content.wanted[:MOST_WANTED]),
        *cards.more(len(content.wanted) - MOST_WANTED),
    ]


def _need(wanted: Wanted) -> str:
    title = cards.cut(wanted.title or "Uten navn", LONGEST_TITLE)
    return f"{title} – {words.covering(wanted.kindergarten, wanted.more)}"


def _partnership(content: UhDigest) -> list[Any]:
    body: list[Any] = []
    if content.talks:
        agreed = f", og {words.number(content.agreed)} har avtalt noe" if content.agreed else ""
        owners = words.count(content.talks, "eier", "eiere")
        body.append(cards.line(f"{owners} har snakket med UH eller fagskole{agreed}."))
    if content.partners:
        body.append(cards.small(f"Nettverket samarbeider med {words.listed(list(content.partners))}."))
    return body
