"""What the digests have in common: names folded to a few, themes, dates with how sure they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.needs.form import needs_form
from domain.rounds.models import Certainty, Deadline, DeadlineKind
from messages import cards, words

MOST_NAMES = 10
MOST_THEMES = 5

COMES = {
    DeadlineKind.NEEDS: "behovene fra eierne til nettverket",
    DeadlineKind.DECISION_BASIS: "beslutningsgrunnlaget til samarbeidsforum",
    DeadlineKind.RECOMMENDATION: "innstillingen fra samarbeidsforum",
    DeadlineKind.GRANT_LETTER: "tilsagnsbrevet fra Statsforvalteren",
    DeadlineKind.REPORTING_UNITS: "rapporteringen fra enhetene",
    DeadlineKind.REPORTING_NETWORK: "rapporteringen fra nettverket",
}
"""What is due on each of a round's dates, as it stands inside a sentence."""


def folded(names: Sequence[str], most: int = MOST_NAMES) -> str:
    """«a, b og c», or the first of them «og 14 til»."""
    shown = list(names[: fits(len(names), most)])
    return words.listed(shown if len(shown) == len(names) else [*shown, f"{len(names) - len(shown)} til"])


def fits(number: int, most: int) -> int:
    """How many of a list are shown: «og 1 til» takes as much room as that one."""
    return number if number <= most + 1 else most


def themes(counted: Sequence[tuple[str, int]]) -> list[Any]:
    """The most frequent themes with their numbers; nothing when there are none."""
    if not counted:
        return []
    most = counted[:MOST_THEMES]
    names = words.theme_words(needs_form(), [theme for theme, _ in most])
    shown = ", ".join(f"{name} ({n})" for name, (_, n) in zip(names, most, strict=True))
    return [cards.line(f"Vanligste temaer: {shown}.")]


def when(deadline: Deadline, today: date) -> str:
    """«tirsdag 1. desember, om 10 dager (trolig, ikke bekreftet)»"""
    likely = "trolig, " if deadline.certainty is Certainty.AGREED else ""
    sure = "" if deadline.confirmed else f" ({likely}ikke bekreftet)"
    return f"{words.day(deadline.day)}, {words.distance(deadline.day, today)}{sure}"


def due(deadline: Deadline, today: date, what: str = "Fristen") -> str:
    """«Fristen er tirsdag 1. desember, om 10 dager.»"""
    if deadline.day < today:
        return f"{what} var {words.day(deadline.day)}."
    return f"{what} er {when(deadline, today)}."


def source(deadline: Deadline) -> Any:
    """Where a date comes from, and whether the leader has confirmed it."""
    sure = "Datoen er bekreftet" if deadline.confirmed else "Datoen er ikke bekreftet"
    return cards.small(f"{sure}. Kilde: {words.source(deadline.source)}")


def comes_next(deadline: Deadline | None, today: date, lead: str = "Neste") -> list[Any]:
    """«Neste: beslutningsgrunnlaget til samarbeidsforum, mandag 1. februar, om 61 dager.»"""
    if deadline is None:
        return []
    return [cards.line(f"{lead}: {COMES[deadline.kind]}, {when(deadline, today)}.")]
