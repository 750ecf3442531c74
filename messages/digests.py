"""Digests: how a whole network stands, to those who carry it."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.outreach.digests import LeaderDigest
from messages import cards, words
from messages.outgoing import Outgoing

MOST_NAMES = 30


def leader(content: LeaderDigest, _today: date) -> Outgoing:
    """Who has sent and who has not, with names."""
    text = f"Fristen er ute. {content.sent} av {content.total} eiere i {content.network} har sendt."
    body: list[Any] = [cards.heading(text)]
    if content.missing:
        body.append(cards.line(f"Mangler: {_named(content.missing)}."))
    actions = [
        cards.button("Meldte behov", "network_needs", main=True, network=content.network_id),
        cards.button("Excel", "excel", network=content.network_id),
        cards.button("Hvem mangler", "missing", network=content.network_id),
    ]
    return cards.card(body, actions, summary=text)


def _named(names: tuple[str, ...]) -> str:
    shown = list(names[:MOST_NAMES])
    return words.listed(shown if len(names) == len(shown) else [*shown, f"{len(names) - len(shown)} til"])
