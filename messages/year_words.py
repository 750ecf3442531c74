"""What the entries of a round's year are called, in the calendar and on the wheel."""

from __future__ import annotations

from domain.rounds.models import DeadlineKind
from domain.rounds.year import YearEntry
from messages.networks.leader import DEADLINE

SHORT = {
    DeadlineKind.NEEDS: "Behov til nettverket",
    DeadlineKind.DECISION_BASIS: "Beslutningsgrunnlag",
    DeadlineKind.RECOMMENDATION: "Innstilling",
    DeadlineKind.GRANT_LETTER: "Tilsagnsbrev",
    DeadlineKind.REPORTING_UNITS: "Rapport fra enhetene",
    DeadlineKind.REPORTING_NETWORK: "Rapport fra nettverket",
}


def short_name(entry: YearEntry) -> str:
    """A few words."""
    if entry.deadline is not None:
        return SHORT[entry.deadline.kind]
    return _own_name(entry)


def long_name(entry: YearEntry) -> str:
    """From whom to whom, where that is known."""
    if entry.deadline is not None:
        return DEADLINE[entry.deadline.kind]
    return _own_name(entry)


def _own_name(entry: YearEntry) -> str:
    if entry.own is not None:
        return entry.own.title
    if entry.meeting is not None:
        return entry.meeting.title
    return "Svar fra styrer til eier"


def unsure(entry: YearEntry) -> bool:
    """Whether nobody has confirmed the date."""
    return entry.deadline is not None and not entry.deadline.confirmed
