"""The summary of a network: for its channel, and for whoever asks in a chat of their own."""

from __future__ import annotations

from datetime import date
from typing import Any

from dialogs.replies import ChannelPost, LeadersSummary, WeeklySwitched
from domain.needs.channel_counts import ChannelCounts, Rough, Shown
from domain.needs.form import needs_form
from domain.outreach.summaries import ChannelSummary
from domain.register.names import network_slug
from domain.rounds.models import Certainty, Deadline, DeadlineKind
from messages import cards, charts, words
from messages.outgoing import Outgoing

ROUGH = {Rough.FEW: "færre enn tre", Rough.MOST: "nesten alle", Rough.SOME: "vises ikke"}
CHART = "Temaer, antall barnehager"
RULES = "Tallene gjelder det eierne har sendt. Grupper under tre vises ikke."
VOLUNTARY = " Skjemaet er frivillig å bruke."

AHEAD = "Etter fristen prioriterer nettverket behovene."
BEHIND = {
    DeadlineKind.DECISION_BASIS: "Nå går nettverket gjennom behovene og prioriterer.",
    DeadlineKind.RECOMMENDATION: "Nå behandler samarbeidsforum det nettverkene har sendt.",
    DeadlineKind.GRANT_LETTER: "Nå ligger saken hos Statsforvalteren.",
    None: "Nå er tilsagnene gitt, og nettverket går i gang med tiltakene.",
}
"""What happens once the date for needs has passed, by the date that comes next."""

NEXT = {
    DeadlineKind.DECISION_BASIS: "Beslutningsgrunnlaget skal til samarbeidsforum innen {day}",
    DeadlineKind.RECOMMENDATION: "Innstillingen skal til Statsforvalteren innen {day}",
    DeadlineKind.GRANT_LETTER: "Tilsagnsbrevet er ventet {day}",
}


def channel_summary(content: ChannelSummary, today: date) -> Outgoing:
    """Counts and themes of what owners have sent, for everybody in the channel."""
    return cards.card(_body(content, today), summary=_heading(content))


def channel_post(reply: ChannelPost) -> Outgoing:
    """The same, because somebody asked for it in the channel: what it becomes there is remembered."""
    return channel_summary(reply.content, reply.today).model_copy(update={"posted_in": reply.binding_id})


def leaders_summary(reply: LeadersSummary) -> Outgoing:
    """What the channel gets, to the leader; and whether it comes every week."""
    how = (
        "hver mandag fra 1. oktober til fristen, og dagen etter"
        if reply.weekly
        else "en uke før fristen og dagen etter"
    )
    where = f"Kanalen får dette {how}." if reply.bound else _unbound(reply.content.network)
    title = "Slutt med ukentlig" if reply.weekly else "Ukentlig i kanalen"
    network = reply.content.network_id
    actions = [
        cards.button("Hvem mangler", "missing", network=network),
        cards.button(title, "weekly", on=not reply.weekly, network=network),
    ]
    body = [*_body(reply.content, reply.today), cards.line(where)]
    return cards.card(body, actions, summary=_heading(reply.content))


def weekly_switched(reply: WeeklySwitched) -> Outgoing:
    """How often the channel hears."""
    if not reply.on:
        return cards.text(
            f"Kanalen til {reply.network} får sammendrag en uke før fristen og dagen etter, ikke hver uke. "
            "Det samme gjelder oversikten din."
        )
    already = "allerede " if reply.already else "nå "
    if not reply.bound:
        return cards.text(
            f"Ukentlig sammendrag er {already}på, og du får en oversikt hver mandag fra 1. oktober til fristen. "
            f"{_unbound(reply.network)}"
        )
    return cards.text(
        f"Kanalen til {reply.network} får {already}sammendrag hver mandag fra 1. oktober til fristen. "
        "Du får også en oversikt da. Skriv «ukentlig sammendrag av» for å slutte."
    )


def _unbound(network: str) -> str:
    return f"Ingen kanal er koblet ennå. Legg meg til i kanalen og skriv «koble {network_slug(network)}» der."


def _body(content: ChannelSummary, today: date) -> list[Any]:
    body = [cards.heading(_heading(content)), *_figures(content.counts), *_dates(content, today)]
    if content.counts is not None:
        body.append(cards.small(RULES + (VOLUNTARY if content.deadline.day >= today else "")))
    updated = f" Oppdatert {words.short_day(today)}." if content.updates else ""
    return [*body, cards.small(f"Kilde til fristen: {words.source(content.deadline.source)}.{updated}")]


def _heading(content: ChannelSummary) -> str:
    counts = content.counts
    if counts is None:
        return f"{content.network} tar imot behov på en annen måte i år."
    return f"Behov i {content.network}: {counts.owners_sent} av {counts.owners_total} eiere har meldt inn."


def _figures(counts: ChannelCounts | None) -> list[Any]:
    if counts is None:
        return [
            cards.line("Skjemaet er av, så jeg teller ikke. Lederen for nettverket vet hvordan dere melder.")
        ]
    body: list[Any] = []
    if counts.municipal and counts.private:
        (a, all_a), (b, all_b) = counts.municipal, counts.private
        body.append(cards.item(f"Kommunale eiere: {a} av {all_a}. Private eiere: {b} av {all_b}."))
    if not counts.owners_sent:
        return body
    pairs = (("Barnehager med behov", counts.with_need), ("Barnehager uten behov", counts.without_need))
    body.append(cards.facts([(name, figure(number)) for name, number in pairs]))
    if counts.themes:
        body.append(cards.line(f"Vanligste temaer: {themes(counts)}."))
        body += _chart(counts)
    elif counts.with_need:
        body.append(cards.line("Temaene vises når flere barnehager har meldt det samme."))
    if counts.later:
        body.append(cards.item("De siste endringene kommer med når de gjelder minst tre barnehager."))
    return body


def figure(number: Shown) -> str:
    """A number, or what is said instead."""
    return ROUGH[number] if isinstance(number, Rough) else str(number)


def themes(counts: ChannelCounts, most: int | None = None) -> str:
    """«inkluderende praksis (9), lek (6)»"""
    shown = counts.themes[:most]
    named = words.theme_words(needs_form(), [t for t, _ in shown])
    return ", ".join(f"{name} ({figure(n)})" for name, (_, n) in zip(named, shown, strict=True))


def _chart(counts: ChannelCounts) -> list[Any]:
    """Bars for two themes or more; none when a bar would be missing because its number is not shown."""
    numbers = [n for _, n in counts.themes if isinstance(n, int)]
    if len(numbers) < 2 or len(numbers) < len(counts.themes):
        return []
    named = words.theme_words(needs_form(), [t for t, _ in counts.themes])
    return [charts.bars(CHART, [(f"{n[:1].upper()}{n[1:]}", m) for n, m in zip(named, numbers, strict=True)])]


def _dates(content: ChannelSummary, today: date) -> list[Any]:
    day, coming = content.deadline.day, content.following
    if day >= today:
        first = f"Fristen er {words.day(day)}, {words.distance(day, today)} ({sure(content.deadline)})."
        then = AHEAD
    else:
        first = f"Fristen var {words.day(day)}."
        then = BEHIND[coming.kind if coming else None]
    if coming is not None:
        doubt = "" if coming.confirmed else f" ({sure(coming)})"
        then += f" {NEXT[coming.kind].format(day=words.day(coming.day))}{doubt}."
    return [cards.line(first), cards.item(then)]


def sure(deadline: Deadline) -> str:
    """How sure the date is."""
    if deadline.confirmed:
        return "bekreftet"
    return "trolig, ikke bekreftet" if deadline.certainty is Certainty.AGREED else "ikke bekreftet"
