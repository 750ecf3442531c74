"""What the bot says by itself of a round's dates: one that comes, one that was moved, those to confirm."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.outbox import MessageKind
from domain.outreach.dates.notices import DateChanged, DateReminder, DatesToConfirm
from domain.rounds.confirming import days_of
from messages import cards, words
from messages.networks.dates import as_data
from messages.networks.leader import DEADLINE
from messages.networks.meeting_pieces import lacking_lines
from messages.networks.year_list import AUDIENCE, NAMED, sure
from messages.outgoing import Outgoing
from messages.reminders import later


def reminder(content: DateReminder, today: date) -> Outgoing:
    """A date of the network's own is near."""
    own = content.own
    when = f"{words.day(own.day)}, {words.distance(own.day, today)}"
    text = f"Hei, {content.recipient.first_name}! «{own.title}» er {when}."
    body = [cards.line(text), cards.small(f"{content.network}, for {AUDIENCE[own.audience]}")]
    actions = [
        cards.button("Legg i kalenderen", "calendar", main=True, network=content.network_id, date=own.id),
        cards.button("Frister", "deadlines", network=content.network_id),
    ]
    return cards.card(body, actions, summary=text)


def changed(content: DateChanged, today: date) -> Outgoing:
    """Which day it was, which day it is, and the way on."""
    name = "Svarfristen" if content.head and content.head.reply_by else NAMED[content.kind]
    text = f"{name} er flyttet fra {words.day(content.was)} til {words.day(content.day)}."
    where = content.head.kindergarten if content.head else content.network
    body = [
        cards.line(text),
        cards.small(f"{where}. Den nye datoen er {words.distance(content.day, today)}."),
    ]
    return cards.card(body, _next(content), summary=text)


def _next(content: DateChanged) -> list[Any]:
    if (head := content.head) is not None:
        start = (
            cards.button("Fortsett", "continue", main=True)
            if head.begun
            else cards.button("Meld behov", "start_report", main=True, kindergarten=head.kindergarten_id)
        )
        return [start, cards.button("Ingen behov i år", "no_need", kindergarten=head.kindergarten_id)]
    actions: list[Any] = []
    if (owner := content.owner) is not None:
        if owner.waiting:
            actions.append(cards.button("Les og godkjenn", "to_handle", main=True, owner=owner.owner_id))
        if owner.approved:
            main = not owner.waiting
            actions.append(cards.button("Send til nettverket", "send_in", main=main, owner=owner.owner_id))
    return [*actions, cards.button("Frister", "deadlines", main=not actions, network=content.network_id)]


def to_confirm(content: DatesToConfirm, _today: date) -> Outgoing:
    """Which dates nobody has confirmed; one press confirms them."""
    current, left = content.current, content.unconfirmed
    hello = f"Hei, {content.recipient.first_name}!"
    number = len(left)
    if number == 1:
        text = f"{hello} Én frist i {content.network} {current.label} er ikke bekreftet."
    elif left:
        text = f"{hello} {words.number(number).capitalize()} frister i {content.network} {current.label} er ikke bekreftet."
    else:
        text = f"{hello} Møteplanen i {content.network} {current.label} er ikke ferdig."
    body: list[Any] = [cards.line(text)]
    body += [cards.item(f"· {DEADLINE[d.kind]}: {words.whole_day(d.day)} ({sure(d)})") for d in left]
    body += lacking_lines(content.meetings)
    actions: list[Any] = []
    if left:
        title = "Bekreft alle" if number > 1 else "Bekreft datoen"
        seen = as_data(days_of(current))
        actions.append(cards.button(title, "confirm_dates", main=True, round=current.id, seen=seen))
        actions.append(cards.button("Se og endre", "round_dates", network=current.network_id))
    if content.meetings.anything:
        actions.append(cards.button("Se møteplanen", "meetings", main=not left, network=current.network_id))
    actions.append(later(MessageKind.DATES_TO_CONFIRM, round=current.id))
    return cards.card(body, actions, summary=text)
