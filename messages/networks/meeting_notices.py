"""What is said of a network's meetings without being asked: ahead of one, and when one was changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.clock import OSLO, local_day
from domain.outreach.dates.meetings import MeetingAhead, MeetingChanged, MeetingReminder
from messages import cards, words
from messages.networks.meeting_pieces import clock, day_and_time, facts, to_calendar, where
from messages.outgoing import Outgoing


def reminder(content: MeetingReminder, today: date) -> Outgoing:
    """On the working day before."""
    meeting, day = content.meeting, local_day(content.meeting.starts)
    when = "i morgen" if (day - today).days == 1 else "i dag" if day == today else words.day(day)
    heading = f"Hei, {content.recipient.first_name}! {meeting.title} er {when} kl. {clock(meeting)}."
    return _ahead(content, heading)


def ahead(content: MeetingAhead, today: date) -> Outgoing:
    """In the channel, a week before."""
    meeting = content.meeting
    heading = (
        f"{meeting.title} er {day_and_time(meeting)}, {words.distance(local_day(meeting.starts), today)}."
    )
    return _ahead(content, heading)


def _ahead(content: MeetingReminder | MeetingAhead, heading: str) -> Outgoing:
    meeting = content.meeting
    body: list[Any] = [cards.small(content.network.name), cards.heading(heading), cards.line(where(meeting))]
    if content.theme is not None:
        theme, source = content.theme
        body.append(cards.line(f"Etter planen er temaet {theme}."))
        body.append(cards.small(f"Kilde: {words.source(source)}."))
    return cards.card(body, [to_calendar(content.network.id, meeting)], summary=heading)


def changed(content: MeetingChanged, _today: date) -> Outgoing:
    """Moved, changed or cancelled: what holds now, and what was."""
    meeting = content.meeting
    hello = f"Hei, {content.recipient.first_name}! " if content.recipient is not None else ""
    was = f"{words.day(local_day(content.was))} kl. {content.was.astimezone(OSLO):%H.%M}"
    body: list[Any] = [cards.small(content.network.name)]
    if meeting.cancelled:
        heading = f"{hello}{meeting.title} {was} er avlyst."
        body += [cards.heading(heading), cards.small("Har du møtet i kalenderen, må du slette det selv.")]
        return cards.card(body, summary=heading)
    if content.moved:
        heading = f"{hello}{meeting.title} er flyttet til {day_and_time(meeting)}."
        body += [cards.heading(heading), cards.line(where(meeting)), cards.line(f"Før var det {was}.")]
    else:
        heading = f"{hello}{meeting.title} {words.day(local_day(meeting.starts))} er endret."
        body += [cards.heading(heading), facts(meeting, title=False)]
    body.append(cards.small("Har du møtet i kalenderen, legg det inn på nytt, så blir det rettet."))
    return cards.card(body, [to_calendar(content.network.id, meeting)], summary=heading)
