"""To a kindergarten authority: its municipality, private kindergartens too."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.outreach.digests.authority import AuthorityDigest
from domain.register.models import Role
from messages import cards, words
from messages.digests import parts
from messages.outgoing import Outgoing

MOST_TITLES = 5
LONGEST_TITLE = 80


def digest(content: AuthorityDigest, today: date) -> Outgoing:
    """Who has answered, then a summary of what owners have sent."""
    body: list[Any] = []
    if content.form_on:
        heading = f"{content.answered} av {content.total} barnehager i {content.municipality} har svart."
        body += [cards.heading(heading), *_answers(content)]
    else:
        heading = f"Skjemaet er av i {content.network}. Her er det eierne i {content.municipality} har sendt."
        body.append(cards.heading(heading))
    body.append(cards.line(parts.due(content.deadline, today, "Fristen for eierne")))
    body += [*_sent(content), parts.source(content.deadline)]
    body.append(
        cards.small(
            "Som barnehagemyndighet ser du hvem som har svart, og et sammendrag av det eierne har sendt. "
            "Utkast ser du ikke."
        )
    )
    actions = [
        *(
            [cards.button("Meldte behov", "network_needs", network=content.network_id)]
            if content.titles
            else []
        ),
        cards.button("Se hver barnehage", "switch_role", main=True, role=Role.AUTHORITY.value),
    ]
    return cards.card(body, actions[::-1], summary=heading)


def _answers(content: AuthorityDigest) -> list[Any]:
    body: list[Any] = []
    groups = (("Kommunale", content.municipal), ("Private", content.private))
    if all(c.total for _, c in groups):
        shown = [f"{name}: {c.need + c.no_need} av {c.total}" for name, c in groups]
        body.append(cards.line(f"{'. '.join(shown)}."))
    if content.unanswered:
        body.append(cards.line(f"Ikke svart: {parts.folded(content.unanswered)}."))
    return body


def _sent(content: AuthorityDigest) -> list[Any]:
    who = f"{content.owners_sent} av {content.owners} eiere har sendt til nettverket"
    if content.owners == 1:
        who = f"Eieren har {'' if content.owners_sent else 'ikke '}sendt til nettverket"
    if not content.titles:
        return [cards.line(f"{who}.")]
    body = [
        cards.line(f"{who}, til sammen {words.count(len(content.titles), 'behov', 'behov')}:"),
        *(
            cards.item(f"· {cards.cut(t or 'Uten navn', LONGEST_TITLE)}")
            for t in content.titles[:MOST_TITLES]
        ),
        *cards.more(len(content.titles) - MOST_TITLES),
    ]
    return body + parts.themes(content.themes)
