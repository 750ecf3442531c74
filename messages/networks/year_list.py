"""`frister`: a round's year as a list, as everybody sees it, and the words for its dates."""

from __future__ import annotations

from datetime import date
from typing import Any

from dialogs.replies import DeadlineList, DeadlinesEverywhere
from domain.clock import OSLO
from domain.rounds.models import Audience, Certainty, Deadline, DeadlineKind, Meeting
from domain.rounds.year import YearEntry
from messages import cards, words
from messages.networks.leader import DEADLINE
from messages.outgoing import Outgoing

MOST_ROWS = 40

NAMED = {
    DeadlineKind.NEEDS: "Fristen for behov",
    DeadlineKind.DECISION_BASIS: "Fristen for beslutningsgrunnlaget",
    DeadlineKind.RECOMMENDATION: "Datoen for innstillingen",
    DeadlineKind.GRANT_LETTER: "Datoen for tilsagnsbrevet",
    DeadlineKind.REPORTING_UNITS: "Fristen for rapportering fra enhetene",
    DeadlineKind.REPORTING_NETWORK: "Fristen for rapportering fra nettverket",
}
"""How a date is spoken of in a sentence."""

AUDIENCE = {Audience.HEADS: "styrere", Audience.OWNERS: "eiere", Audience.MEMBERS: "medlemmer"}


def deadlines(reply: DeadlineList) -> Outgoing:
    """`frister`"""
    heading = f"Frister i {reply.network}"
    body: list[Any] = [cards.heading(heading)]
    if reply.reply_by is not None:
        body += cards.named("Svar fra styrer til eier", _when(reply.reply_by, reply.today))
    for entry in reply.entries[:MOST_ROWS]:
        body += _entry(entry, reply.today)
    body += cards.more(len(reply.entries) - MOST_ROWS)
    actions: list[Any] = []
    if reply.leads:
        to_do = reply.unconfirmed > 0
        title = "Bekreft frister" if to_do else "Endre datoer"
        actions += [
            cards.button(title, "round_dates", main=to_do, network=reply.network_id),
            cards.button("Egne datoer", "own_dates", network=reply.network_id),
        ]
    actions += [
        cards.button("Årshjul", "annual_wheel", network=reply.network_id),
        cards.button("Legg i kalenderen", "calendar", network=reply.network_id),
        cards.button("Still et spørsmål", "ask"),
    ]
    return cards.card(body, actions, summary=heading)


def everywhere(reply: DeadlinesEverywhere) -> Outgoing:
    """The date for needs in each of several networks."""
    heading = "Frist for behov i nettverkene"
    rows = [
        (name, f"{_when(d.day, reply.today)} ({sure(d)})" if d else "ingen åpen runde")
        for _, name, d in reply.networks
    ]
    body = [cards.heading(heading), cards.facts(rows[:MOST_ROWS]), *cards.more(len(rows) - MOST_ROWS)]
    actions = [
        cards.button(f"Alle frister i {name}", "deadlines", network=id)
        for id, name, _ in reply.networks[: cards.MOST_ACTIONS]
    ]
    return cards.card(body, actions, summary=heading)


def _entry(entry: YearEntry, today: date) -> list[Any]:
    if (meeting := entry.meeting) is not None:
        place = [cards.small(where)] if (where := _place(meeting)) else []
        when = f"{words.whole_day(entry.day)} {_hours(meeting)}, {words.distance(entry.day, today)}"
        return [*cards.named(meeting.title, when), *place]
    if (own := entry.own) is not None:
        whose = cards.small(f"Nettverkets egen dato, for {AUDIENCE[own.audience]}.")
        return [*cards.named(own.title, _when(entry.day, today)), whose]
    if (deadline := entry.deadline) is not None:
        return [
            *cards.named(DEADLINE[deadline.kind], _when(entry.day, today)),
            cards.small(f"{sure(deadline).capitalize()}. Kilde: {words.source(deadline.source)}"),
        ]
    return list(cards.named("Svar fra styrer til eier", _when(entry.day, today)))


def _when(day: date, today: date) -> str:
    return f"{words.whole_day(day)}, {words.distance(day, today)}"


def _hours(meeting: Meeting) -> str:
    starts, ends = meeting.starts.astimezone(OSLO), meeting.ends.astimezone(OSLO)
    return f"kl. {starts:%H.%M}–{ends:%H.%M}"


def _place(meeting: Meeting) -> str:
    how = {True: "fysisk", False: "digitalt", None: ""}[meeting.physical]
    return ", ".join(part for part in (meeting.place, how) if part)


def sure(deadline: Deadline) -> str:
    """«bekreftet», «trolig» or «ikke bekreftet», with what makes it so."""
    if deadline.confirmed:
        return "bekreftet"
    return {
        Certainty.AGREED: "trolig, to kilder er enige",
        Certainty.SINGLE: "ikke bekreftet, bare én kilde",
        Certainty.DOUBTFUL: "ikke bekreftet, kildene er uenige",
    }[deadline.certainty]
