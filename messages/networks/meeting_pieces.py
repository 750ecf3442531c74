"""The pieces that everything about meetings is made of: when, where, what the plan lacks, who is told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from domain.clock import OSLO, local_day
from domain.rounds.meeting_people import Told
from domain.rounds.meeting_rules import Missing
from domain.rounds.meetings import MeetingPlan
from domain.rounds.models import Meeting
from messages import cards, words

NO_PLACE = "Ikke sagt ennå"


def lacking(missing: Missing) -> str:
    """«Planen mangler to møter, minst ett fysisk. Kilde: …»; empty when it lacks nothing."""
    if not missing.anything:
        return ""
    said = []
    some_of_them = missing.meetings >= missing.physical > 0
    if missing.meetings:
        physical = f", minst {_one(missing.physical)} {_physical(missing.physical)}" if some_of_them else ""
        said.append(f"Møteplanen mangler {meetings(missing.meetings)}{physical}.")
    if missing.physical and not some_of_them:
        more = f"{meetings(missing.physical)} til må være {_physical(missing.physical)}."
        said.append(more[0].upper() + more[1:])
    if missing.physical and missing.unknown:
        they = "det" if missing.unknown == 1 else "de"
        unknown = meetings(missing.unknown).capitalize()
        said.append(f"{unknown} står uten at det er sagt om {they} er {_physical(missing.unknown)}.")
    if missing.themes:
        said.append(f"Temaer uten møte: {', '.join(missing.themes)}.")
    if missing.source is not None:
        said.append(f"Kilde: {words.source(missing.source)}.")
    return " ".join(said)


def lacking_lines(missing: Missing | None) -> list[Any]:
    """What a meeting plan lacks, as a remark; nothing when it lacks nothing."""
    return [cards.hint(lacking(missing))] if missing is not None and missing.anything else []


def will_hear(told: Told) -> list[Any]:
    """Who is told if the leader goes on; nothing when nobody is."""
    return [cards.line(f"Da sier jeg fra {those(told)}.")] if told.anybody else []


def those(told: Told) -> str:
    """«i kanalen og til de to som jeg har minnet på møtet»"""
    parts = []
    if told.bindings:
        parts.append("i kanalen" if len(told.bindings) == 1 else "i kanalene")
    if told.people:
        count = len(told.people)
        many = "den ene" if count == 1 else f"de {words.number(count)}"
        parts.append(f"til {many} som jeg har minnet på møtet")
    return words.listed(parts)


def meetings(count: int) -> str:
    """«ett møte», «to møter»"""
    return f"{_one(count)} {'møte' if count == 1 else 'møter'}"


def _one(count: int) -> str:
    return "ett" if count == 1 else words.number(count)


def _physical(count: int) -> str:
    return "fysisk" if count == 1 else "fysiske"


def facts(meeting: Meeting | MeetingPlan, *, title: bool = True) -> Any:
    """What, when, where and how, under each other."""
    named = [("Hva", meeting.title)] if title else []
    day = words.whole_day(local_day(meeting.starts))
    how = {True: "Fysisk", False: "Digitalt", None: NO_PLACE}[meeting.physical]
    pairs = [*named, ("Når", f"{day} kl. {clock(meeting)}"), ("Hvor", meeting.place or how)]
    if meeting.place is not None and meeting.physical is not None:
        pairs.append(("Hvordan", how))
    return cards.facts(pairs)


def where(meeting: Meeting | MeetingPlan) -> str:
    """«Melhus rådhus.», «Digitalt.» or that nobody has said."""
    if meeting.place:
        return f"Sted: {meeting.place}."
    return {True: "Fysisk møte. Stedet kommer.", False: "Digitalt møte.", None: "Stedet er ikke sagt ennå."}[
        meeting.physical
    ]


def day_and_time(meeting: Meeting | MeetingPlan) -> str:
    """«torsdag 3. desember kl. 09.00–11.00»"""
    return f"{words.day(local_day(meeting.starts))} kl. {clock(meeting)}"


def clock(meeting: Meeting | MeetingPlan) -> str:
    """«09.00–11.00», in Oslo."""
    return f"{_hour(meeting.starts)}–{_hour(meeting.ends)}"


def _hour(at: datetime) -> str:
    return f"{at.astimezone(OSLO):%H.%M}"


def to_calendar(network_id: int, meeting: Meeting, title: str = "Legg i kalenderen") -> Any:
    """The button that gives the meeting for one's own calendar."""
    return cards.button(title, "calendar", network=network_id, meeting=meeting.id)
