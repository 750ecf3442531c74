"""Calendar files (.ics, RFC 5545) of a round's dates and meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from domain.clock import OSLO
from domain.rounds.models import Round
from domain.rounds.year import YearEntry
from messages import words
from messages.year_words import long_name, unsure


def calendar_file(network: str, current: Round, entries: Sequence[YearEntry], now: datetime) -> bytes:
    """The file. An entry that was there before is changed and not doubled: it has the same UID."""
    made = Calendar()
    made.add("prodid", "-//Rekompis//NO")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"{network} {current.label}")
    for entry in entries:
        made.add_component(_event(network, current, entry, now))
    made.add_missing_timezones(current.starts, current.ends + timedelta(days=1))
    return bytes(made.to_ical())


def _event(network: str, current: Round, entry: YearEntry, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{current.network_id}-{current.label.replace('/', '-')}-{entry.number}@rekompis")
    event.add("dtstamp", now)
    sure = " (ikke bekreftet)" if unsure(entry) else ""
    event.add("summary", f"{long_name(entry)}{sure} – {network}")
    if entry.meeting is not None:
        event.add("dtstart", entry.meeting.starts.astimezone(OSLO))
        event.add("dtend", entry.meeting.ends.astimezone(OSLO))
        event.add("sequence", entry.meeting.changes)
        if entry.meeting.place:
            event.add("location", entry.meeting.place)
        return event
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    # A whole day that does not block: one can be at work on the day of a deadline.
    event.add("transp", "TRANSPARENT")
    if entry.deadline is not None:
        event.add("description", f"Frist ut dagen. Kilde: {words.source(entry.deadline.source)}")
    return event
