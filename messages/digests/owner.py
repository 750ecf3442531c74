"""To an owner: how its own kindergartens stand, and what waits."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.outreach.digests.owner import OwnerDigest
from messages import cards, words
from messages.digests import parts
from messages.outgoing import Outgoing


def digest(content: OwnerDigest, today: date) -> Outgoing:
    """Who has answered, what waits, and the network's own date."""
    heading = _heading(content, today)
    place = f"{content.owner}, nettverket {content.network}" if content.several else content.owner
    body: list[Any] = [cards.small(place), cards.heading(heading)]
    waits = _waits(content)
    if waits:
        body.append(cards.line(" ".join(waits)))
    if content.form_on and content.unanswered and content.only is None:
        body.append(cards.line(f"Ikke svart: {parts.folded(content.unanswered)}."))
    if not content.left:
        body.append(cards.line("Du har ikke noe igjen å gjøre nå."))
    body += [cards.line(parts.due(content.deadline, today, "Fristen til nettverket"))]
    body += [parts.source(content.deadline)]
    return cards.card(body, _actions(content), summary=heading)


def _heading(content: OwnerDigest, today: date) -> str:
    lead = ""
    if content.form_on and content.reply_by < today:
        lead = "Svarfristen er ute. "
    elif content.form_on and content.unanswered:
        lead = f"Svarfristen er {words.day(content.reply_by)}. "
    return lead + _status(content)


def _status(content: OwnerDigest) -> str:
    c = content.counts
    if content.only is not None:
        if c.need:
            return f"{content.only} har meldt behov."
        return f"{content.only} har {'ikke behov i år' if c.no_need else 'ikke svart ennå'}."
    all_of_them = f"de {words.number(c.total)} barnehagene"
    if c.unanswered == c.total:
        return f"Ingen av {all_of_them} har svart ennå."
    if c.no_need == c.total:
        return f"Alle {all_of_them} har svart, og ingen har behov i år."
    if not c.unanswered:
        none = f", {c.no_need} har ingen" if c.no_need else ""
        return f"Alle {all_of_them} har svart. {c.need} har meldt behov{none}."
    if c.need and c.no_need:
        return words.answers(c.total, c.need, c.no_need, c.unanswered)
    answered = f"{c.need} meldt behov" if c.need else f"{c.no_need} svart at de ikke har behov"
    return f"Av {c.total} barnehager har {answered}, og {c.unanswered} har ikke svart."


def _waits(content: OwnerDigest) -> list[str]:
    said = []
    if content.reported:
        said.append(f"{words.count(content.reported, 'behov', 'behov')} er sendt til nettverket.")
    elif content.sent:
        said.append("Dere har sendt til nettverket.")
    if content.waiting:
        said.append(f"{words.count(content.waiting, 'behov', 'behov')} venter på deg.")
    if content.sent_back:
        back = words.count(content.sent_back, "behov er", "behov er")
        said.append(f"{back} sendt tilbake fra nettverket.")
    if content.approved:
        said.append(f"{words.count(content.approved, 'behov er', 'behov er')} godkjent og kan sendes.")
    if content.returned:
        said.append(f"{words.count(content.returned, 'behov er', 'behov er')} tilbake hos styrer.")
    if content.sendable and not content.approved:
        said.append("Si det til nettverket med noen få trykk.")
    return said


def _actions(content: OwnerDigest) -> list[Any]:
    owner = content.owner_id
    actions: list[Any] = []
    if content.waiting or content.sent_back:
        read = "Les og godkjenn" if content.waiting else "Se hva nettverket skrev"
        actions.append(cards.button(read, "to_handle", main=True, owner=owner))
    if content.form_on and content.own is not None:
        own = content.own
        actions += [
            cards.button("Meld behov", "start_report", main=not actions, kindergarten=own),
            cards.button("Ingen behov i år", "no_need", kindergarten=own),
        ]
    elif content.form_on and content.unanswered:
        actions.append(cards.button(_remind(content), "nudge", main=not actions, owner=owner))
    if content.sendable:
        title = "Send tillegg" if content.sent else "Send til nettverket"
        actions.append(cards.button(title, "send_in", main=not actions, owner=owner))
    return actions


def _remind(content: OwnerDigest) -> str:
    """The button reminds in every network, so it names a number only where there is one."""
    if content.several:
        return "Minn dem som ikke har svart"
    silent = len(content.unanswered)
    return "Minn styrer" if silent == 1 else f"Minn de {words.number(silent)}"
