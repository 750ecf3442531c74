"""What a leader writes about dates in a sentence: which date is meant, and the words that say the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.norwegian.dates import understand_date
from domain.norwegian.hygiene import clean
from domain.norwegian.misdated import read_misdated
from domain.norwegian.shifts import read_shift
from domain.rounds.models import Audience, DeadlineKind, Round

_NAMES: Final = (
    (DeadlineKind.REPORTING_UNITS, r"rapport\w*\s+(?:fra|for|til|i)\s+(?:enhet\w*|barnehage\w*)"),
    (DeadlineKind.REPORTING_NETWORK, r"rapport\w*\s+(?:fra|for|til|i)\s+nettverk\w*"),
    (DeadlineKind.DECISION_BASIS, r"beslutningsgrunnlag\w*|avgjerdsgrunnlag\w*|grunnlaget"),
    (DeadlineKind.RECOMMENDATION, r"innstilling\w*"),
    (DeadlineKind.GRANT_LETTER, r"tilsagn\w*"),
    (DeadlineKind.NEEDS, r"(?:melding\s+av\s+|å\s+melde\s+)?behov\w*"),
)
_REPORTING: Final = re.compile(r"rapport\w*", re.IGNORECASE)
_ASKED: Final = (
    r"(?P<asked>(?:(?:hei|rekompis|kan du|kan vi|kan jeg|kan æ|jeg vil|vi må|vær så snill å)\b[\s,.!]*)*)"
)
_ORDER: Final = r"(?:(?P<order>endre?|flytte?|sette?|bytte?|utsette?|skyve?|ny|nytt)\s+)?"
_LEAD: Final = re.compile(
    rf"{_ASKED}{_ORDER}(?:(?P<named>frist(?:en)?|dato(?:en)?)\s+(?:for|til|te|på)\s+)?(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_LINK: Final = re.compile(
    r"[\s:=,–-]*(?:(?:er|blir|skal være|nå|flyttes|flyttet|endres|endret|settes|satt|til|te)\b\s*)*",
    re.IGNORECASE,
)
_UNNAMED: Final = re.compile(
    rf"{_ASKED}{_ORDER}frist(?:en)?\b(?!\s+for\b)(?P<rest>.+)", re.IGNORECASE | re.DOTALL
)
_JUST_MOVED: Final = re.compile(
    rf"{_ASKED}(?:utsette?|skyve?|flytte?)\s+(?:(?:den|det|alt)\s+)?(?P<rest>.+)", re.IGNORECASE | re.DOTALL
)
_OWN: Final = re.compile(
    r"(?:egen|ny|vår)\s+(?:egen\s+)?dato\b[\s:,–-]*|legg\s+(?:til|inn)\s+(?:en\s+)?(?:egen\s+)?dato\b[\s:,–-]*",
    re.IGNORECASE,
)
_FOR_WHOM: Final = re.compile(
    r"[\s,;–(-]*\b(?:for|til)\s+(?:alle\s+)?(?P<whom>styrere?ne|styrere?|eier(?:e|ne)?|medlem(?:mer|mene)?)\b[\s.)]*",
    re.IGNORECASE,
)
_WHOM: Final = {"s": Audience.HEADS, "e": Audience.OWNERS, "m": Audience.MEMBERS}
_AROUND: Final = re.compile(
    r"^[\s,;:.–-]+|(?:[\s,;:–-]+|\b(?:den|innen|senest|på|til|er|fra|i|med|frist|dato)\s*)+$", re.IGNORECASE
)


@dataclass(frozen=True)
class DateOrder:
    """A date that somebody names, with the words after its name. `sure` when it can only be an order.

    `kind` is None for a reporting date when the round has two. Not `named`: just «fristen», which is that for needs.
    """

    kind: DeadlineKind | None
    said: str
    sure: bool
    named: bool = True


@dataclass(frozen=True)
class OwnDateOrder:
    """What was understood of a sentence about a date of the network's own; None for what it does not say."""

    title: str | None
    day_text: str | None
    audience: Audience | None


def read_order(text: str, current: Round | None = None) -> DateOrder | None:
    """«endre fristen for behov til 4. desember», «beslutningsgrunnlag 5. februar»; None for anything else."""
    tidy = " ".join(clean(text).split())
    found = _LEAD.fullmatch(tidy.rstrip(" .!?"))
    if found is None or (tidy.endswith("?") and not (found["asked"] and found["order"])):
        return None
    kind, end = _named(found["rest"], current)
    if end == 0:
        return _of_needs(tidy.rstrip(" .!?")) or _just_moved(tidy.rstrip(" .!?"))
    said = _day_after(found["rest"], end)
    sure = found["named"] is not None and found["order"] is not None
    return DateOrder(kind, said, sure) if said or sure else None


def _of_needs(tidy: str) -> DateOrder | None:
    found = _UNNAMED.fullmatch(tidy)
    said = _day_after(found["rest"], 0) if found is not None else ""
    if found is None or not said:
        return None
    return DateOrder(DeadlineKind.NEEDS, said, sure=found["order"] is not None, named=False)


def _just_moved(tidy: str) -> DateOrder | None:
    """«Utsett en uke» says how far, and not what."""
    found = _JUST_MOVED.fullmatch(tidy)
    if found is None or read_shift(found["rest"]) is None:
        return None
    return DateOrder(DeadlineKind.NEEDS, found["rest"].strip(), sure=False, named=False)


def _day_after(rest: str, end: int) -> str:
    link = _LINK.match(rest, end)
    return rest[link.end() if link else end :].strip()


def _named(rest: str, current: Round | None) -> tuple[DeadlineKind | None, int]:
    """Which date the text begins with, and where its name ends; 0 when it begins with none."""
    for kind, name in _NAMES:
        if begun := re.match(rf"(?:{name})\b", rest, re.IGNORECASE):
            return kind, begun.end()
    reporting = _REPORTING.match(rest)
    return _only_reporting(current), reporting.end() if reporting else 0


def kind_named(text: str, current: Round) -> DeadlineKind | None:
    """The date of the round that is named by a text and nothing else."""
    order = read_order(f"endre fristen for {text}", current)
    return order.kind if order is not None and not order.said else None


def _only_reporting(current: Round | None) -> DeadlineKind | None:
    both = (DeadlineKind.REPORTING_UNITS, DeadlineKind.REPORTING_NETWORK)
    held = [kind for kind in both if current is not None and current.deadline(kind) is not None]
    return held[0] if len(held) == 1 else None


def read_own_date(text: str, today: date) -> OwnDateOrder | None:
    """«egen dato: innspill til planen 10. januar, for eiere»; None when it does not begin so."""
    tidy = " ".join(clean(text).split())
    begun = _OWN.match(tidy)
    return own_date_in(tidy[begun.end() :], today) if begun is not None else None


def own_date_in(said: str, today: date) -> OwnDateOrder:
    """Title, day and audience in what was written after «egen dato»."""
    whom = _FOR_WHOM.search(said)
    audience = _WHOM[whom["whom"][0].lower()] if whom is not None else None
    rest = said[: whom.start()] + " " + said[whom.end() :] if whom is not None else said
    title, day_text = _split(" ".join(rest.split()), today)
    return OwnDateOrder(_AROUND.sub("", _AROUND.sub("", title)) or None, day_text, audience)


def _split(text: str, today: date) -> tuple[str, str | None]:
    """The words of the title, and those of the day."""
    found = understand_date(text, today)
    if found is not None and found.phrase in text:
        before, _, after = text.partition(found.phrase)
        return f"{_AROUND.sub('', before)} {after}".strip(), found.phrase
    words = text.split()
    day_at = next(
        (i for i in reversed(range(len(words))) if understand_date(" ".join(words[i:]), today)), None
    )
    if day_at is None:
        return text, None
    # A weekday that contradicts the date belongs to the day all the same.
    for earlier in (day_at - 1, day_at - 2):
        if earlier >= 0 and read_misdated(" ".join(words[earlier:]), today) is not None:
            day_at = earlier
            break
    return " ".join(words[:day_at]), " ".join(words[day_at:])
