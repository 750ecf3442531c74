"""What became of needs, as those below the network hear of it: one short message, with the reason and what comes next."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.needs.lifecycle import ARROWS, Condition
from domain.needs.models import Status
from domain.outreach.notices.needs import NeedNotice
from domain.register.models import Role
from messages import cards, words
from messages.outgoing import Outgoing

MOST_TITLES = 20

HEADINGS = {
    Status.UNDER_CONSIDERATION: "Nettverket {network} vurderer {what}.",
    Status.PRIORITISED: "Nettverket {network} har prioritert {what}.",
    Status.ON_HOLD: "Nettverket {network} har satt {what} på vent.",
    Status.NOT_PRIORITISED: "Nettverket {network} prioriterer ikke {what} i denne runden.",
    Status.IN_BASIS: "{what} er med i beslutningsgrunnlaget fra nettverket {network}.",
    Status.SENT_TO_FORUM: "Beslutningsgrunnlaget er sendt til samarbeidsforum, med {what}.",
    Status.RECOMMENDED: "Samarbeidsforum har innstilt på {what}.",
    Status.GRANTED: "{what} har fått tilsagn.",
    Status.REFUSED: "{what} har fått avslag.",
    Status.ONGOING: "{what} er i gang.",
    Status.REPORTED_BACK: "{what} er rapportert.",
    Status.CLOSED: "{what} er avsluttet.",
    Status.EXPIRED: "Runden i {network} er over, og {what} er utløpt.",
}
NEXT = {
    Status.PRIORITISED: "Nå lager nettverket beslutningsgrunnlaget. Det er ikke et tilsagn ennå.",
    Status.ON_HOLD: "Behovet kan meldes på nytt i neste runde.",
    Status.NOT_PRIORITISED: "Behovet kan meldes på nytt i neste runde.",
    Status.IN_BASIS: "Samarbeidsforum innstiller, og Statsforvalteren bestemmer.",
    Status.SENT_TO_FORUM: "Du får beskjed når Statsforvalteren har bestemt.",
    Status.GRANTED: "Lederen for nettverket kan si mer om oppstart.",
    Status.EXPIRED: "Behovet kan meldes på nytt i neste runde.",
}
DAY = {
    Status.SENT_TO_FORUM: "Sendt {day}.",
    Status.RECOMMENDED: "Innstilt {day}.",
    Status.GRANTED: "Brevet er fra {day}.",
    Status.REFUSED: "Brevet er fra {day}.",
}


def decided(content: NeedNotice) -> Outgoing:
    """What the network, the forum or the county made of it."""
    report, titles = content.report, content.titles or (content.report.title or "",)
    one = f"«{report.title or 'Uten navn'}»"
    what = one if len(titles) == 1 else words.count(len(titles), "behov", "behov")
    before = content.act.before if content.act is not None else None
    taken_out = report.status is Status.PRIORITISED and before is Status.IN_BASIS
    if taken_out:
        heading = f"{what} er tatt ut av beslutningsgrunnlaget igjen, men er fortsatt prioritert."
    else:
        heading = HEADINGS[report.status].format(network=content.network, what=what)
    body: list[Any] = [cards.heading(heading)]
    if len(titles) > 1:
        body += [cards.item(f"· {title or 'Uten navn'}") for title in titles[:MOST_TITLES]]
        body += cards.more(len(titles) - MOST_TITLES)
    if content.act is not None and content.act.note:
        body += cards.named("Begrunnelse", content.act.note)
    if not taken_out and (day := _day(content)) is not None:
        body.append(
            cards.line(DAY.get(report.status, "Behandlet i møte {day}.").format(day=words.long_day(day)))
        )
    if not taken_out and (comes_next := NEXT.get(report.status)):
        body.append(cards.line(comes_next))
    if len(titles) == 1:
        body.append(cards.small(f"{content.kindergarten}. Nummer {report.number}."))
    actions = []
    if len(titles) > 1:
        actions.append(cards.button("Excel", "excel"))
    elif content.role is Role.OWNER:
        actions.append(cards.button("Les behovet", "read", report=report.id))
    elif content.role is Role.HEAD:
        actions.append(cards.button("Mine meldinger", "my_reports"))
    return cards.card(body, actions, summary=heading)


_DAYS = frozenset(a.after for a in ARROWS if Condition.DAY in a.conditions)
"""The states that a need gets on a certain day: of a meeting, a sending, or a letter."""


def _day(content: NeedNotice) -> date | None:
    return content.report.decided_on if content.report.status in _DAYS else None
