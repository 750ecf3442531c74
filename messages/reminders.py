"""Reminders of needs, to heads and owners."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.outreach.reminders import HeadReminder, OwnerReminder
from messages import cards, words
from messages.outgoing import Outgoing


def head(content: HeadReminder, _today: date) -> Outgoing:
    """Until when, what is left, and the way straight to it."""
    name = content.recipient.first_name
    if content.nudged_by:
        asks = f"{content.nudged_by} hos eier minner om svaret fra {content.kindergarten}."
    elif content.passed:
        asks = f"Svarfristen var {words.day(content.reply_by)}, men du rekker det ennå."
    else:
        asks = f"Eier ønsker svar innen {words.day(content.reply_by)}."
    left = ""
    if content.begun and content.left:
        n = words.number(content.left).capitalize()
        left = f" {n} spørsmål gjenstår."
    elif content.begun:
        left = " Alt er besvart. Du må bare sende."
    text = f"Hei, {name}! {asks}{left} Ingen behov er også et svar."
    start = (
        cards.button("Fortsett", "continue", main=True)
        if content.begun
        else cards.button("Meld behov", "start_report", main=True, kindergarten=content.kindergarten_id)
    )
    actions = [start, cards.button("Ingen behov i år", "no_need", kindergarten=content.kindergarten_id)]
    body = [
        cards.line(text),
        cards.small(f"{content.kindergarten}, eier: {content.owner}"),
    ]
    return cards.card(body, actions, summary=text)


def owner(content: OwnerReminder, today: date) -> Outgoing:
    """The network's date, and what waits."""
    when = f"{words.day(content.deadline)}, {words.distance(content.deadline, today)}"
    sure = "" if content.confirmed else " (trolig)"
    parts = [f"Hei, {content.recipient.first_name}! Fristen til nettverket er {when}{sure}."]
    if content.waiting:
        parts.append(f"{words.count(content.waiting, 'behov', 'behov')} venter på deg.")
    if content.approved:
        parts.append(f"{words.count(content.approved, 'behov er', 'behov er')} godkjent og kan sendes.")
    if content.unanswered:
        parts.append(f"{words.count(content.unanswered, 'barnehage', 'barnehager')} har ikke svart.")
    if content.all_without_need:
        parts.append("Ingen av barnehagene har behov i år. Si det til nettverket med noen få trykk.")
    else:
        parts.append("Send det som er klart, resten som tillegg.")
    text = " ".join(parts)
    actions: list[Any] = []
    if content.waiting:
        actions.append(cards.button("Les og godkjenn", "to_handle", main=True, owner=content.owner_id))
    if content.approved or content.all_without_need:
        actions.append(cards.button("Send til nettverket", "send_in", owner=content.owner_id))
    if content.unanswered:
        actions.append(cards.button("Minn dem", "nudge", owner=content.owner_id))
    return cards.card([cards.line(text), cards.small(content.owner)], actions, summary=text)
