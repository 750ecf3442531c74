"""Sentences about the register: what is to be changed, and what was said about it. Nothing is looked up here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Final

from domain.data import packaged_yaml
from domain.norwegian.dates import understand_date
from domain.register.names import clean, clean_email, compact_orgnr

MOST_CHARACTERS: Final = 400

_PARTS: Final = {
    **{f"{{{name}}}": rf"(?P<{name}>\S.*?)" for name in ("place", "owner", "name", "person", "rest")},
    "{colon}": r"\s*(?:[:,;]|\s[–—-])\s*",
    "{is}": r"(?:\s*(?:[:,;]|\s[–—-])\s*|\s+(?:er|heter|blir)\s+)",
}
_POLITE: Final = r"(?:(?:hei|heisann|rekompis|vær så snill å|kan du|jeg vil|vi har)\b[\s,.!]*)*"
_EMAIL: Final = re.compile(r"[<(]?(?:mailto:)?([^\s@,;:<>()]+@[^\s@,;:<>()]+)[>)]?", re.IGNORECASE)
_PERIOD: Final = re.compile(
    r"[\s,;:(]*\bfra(?: og med)?\s+(?P<starts>\S.*?)\s+(?:til og med|til|t\.?o\.?m\.?|–|—|-)\s+(?P<ends>\S.*)$",
    re.IGNORECASE,
)
_EDGES: Final = " ,;:.–—-()<>«»\"'"


class Care(StrEnum):
    """The kinds of changes."""

    NEW_HEAD = "new_head"
    NEW_OWNER = "new_owner"
    LEFT = "left"
    CLOSED = "closed"
    MOVED = "moved"
    RENAMED = "renamed"
    ADDED = "added"
    DEPUTY = "deputy"


class Part(StrEnum):
    """What can be said about a change; as input ids on a card."""

    PLACE = "care_place"
    OWNER = "care_owner"
    NAME = "care_name"
    EMAIL = "care_email"
    PERSON = "care_person"
    NEW_NAME = "care_new_name"
    ORGNR = "care_orgnr"
    MUNICIPALITY = "care_municipality"
    STARTS = "care_starts"
    ENDS = "care_ends"


class Beyond(StrEnum):
    """Changes that are made in another way than by the sentence that asks for them."""

    NEW_OWNER = "new_owner"
    NEW_LEADER = "new_leader"


@dataclass(frozen=True)
class Order:
    """A sentence that was understood as a wish for a change; `sure` when it can hardly be anything else."""

    kind: Care
    said: dict[Part, str] = field(default_factory=dict)
    sure: bool = True


def read_order(text: str) -> Order | None:
    """The change that the whole sentence asks for; None for a question or anything else."""
    if len(text) > MOST_CHARACTERS or text.endswith("?"):
        return None
    sentence = clean(text).lstrip("/!").rstrip(" .!")
    if not sentence or sentence.endswith("?"):
        return None
    for kind, pattern in _patterns():
        if (found := pattern.fullmatch(sentence)) is None:
            continue
        said = {name: value.strip(_EDGES) for name, value in found.groupdict().items() if value}
        if _names_nothing(found.groupdict()):
            continue
        return Order(kind, _parts(kind, said), _is_sure(sentence, said))
    return None


def read_beyond(text: str) -> Beyond | None:
    """The change that the sentence asks for in vain; None for anything else."""
    if len(text) > MOST_CHARACTERS or text.endswith("?"):
        return None
    sentence = clean(text).lstrip("/!").rstrip(" .!")
    if sentence.endswith("?"):
        return None
    templates = _data()["not_by_a_sentence"]
    fits = (b for b in Beyond if re.fullmatch(_POLITE + _filled_in(templates[b]), sentence, re.IGNORECASE))
    return next(fits, None)


def read_person(text: str) -> tuple[str, str]:
    """Name and address, in any order and with anything between them; "" for what is not there."""
    found = _EMAIL.search(text)
    email = clean_email(found[1].strip(_EDGES)) if found else ""
    name = _EMAIL.sub(" ", text).strip(_EDGES)
    return clean(re.sub(r"\s*[,;:]+\s*", " ", name)), email


def read_period(starts: str, ends: str, today: date) -> tuple[date | None, date | None]:
    """First and last day as people write them: the last one is looked for from the first one on."""
    first = understand_date(starts, today)
    last = understand_date(ends, max(today, first.day) if first else today)
    return first.day if first else None, last.day if last else None


@cache
def _data() -> dict[str, Any]:
    return dict(packaged_yaml(__package__, "orders.yaml"))


@cache
def _patterns() -> tuple[tuple[Care, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile(_POLITE + _filled_in(template), re.IGNORECASE))
        for kind in Care
        for template in _data()[kind.value]
    )


def _filled_in(template: str) -> str:
    for part, pattern in _PARTS.items():
        template = template.replace(part, pattern)
    return template


def _names_nothing(groups: dict[str, str | None]) -> bool:
    subjects = (groups.get(name) or "" for name in ("place", "owner", "person"))
    return any(s.split()[0].casefold().strip(_EDGES) in _data()["no_subject"] for s in subjects if s)


def _is_sure(sentence: str, said: dict[str, str]) -> bool:
    """Whether it is an order even if nothing in the register is called so."""
    begins = sentence.split()[0].casefold() in ("ny", "nye", "fjern", "slett", "legg", "flytt", "sett")
    return begins or not said or "barnehage" in said.get("place", "").casefold() or "@" in sentence


def _parts(kind: Care, said: dict[str, str]) -> dict[Part, str]:
    match kind:
        case Care.NEW_HEAD | Care.NEW_OWNER:
            name, email = read_person(said.get("person", ""))
            where = Part.PLACE if kind is Care.NEW_HEAD else Part.OWNER
            place = said.get("place" if kind is Care.NEW_HEAD else "owner", "")
            parts = {where: place, Part.NAME: name, Part.EMAIL: email}
        case Care.LEFT:
            parts = {Part.PERSON: said.get("person", "")}
        case Care.RENAMED:
            parts = {Part.PLACE: said.get("place", ""), Part.NEW_NAME: said.get("name", "")}
        case Care.ADDED:
            parts = _kindergarten_parts(said.get("rest", ""))
        case Care.DEPUTY:
            parts = {Part.PLACE: said.get("place", ""), **_deputy_parts(said.get("rest", ""))}
        case Care.CLOSED | Care.MOVED:
            parts = {Part.PLACE: said.get("place", ""), Part.OWNER: said.get("owner", "")}
    return {part: value for part, value in parts.items() if value}


def _kindergarten_parts(rest: str) -> dict[Part, str]:
    """«navn, orgnr, kommune, eier»; the number may stand anywhere."""
    pieces = [p.strip(_EDGES) for p in rest.split(",")]
    numbers = [p for p in pieces if compact_orgnr(p).isdecimal()]
    others = [p for p in pieces if p and p not in numbers]
    parts = dict(zip((Part.NAME, Part.MUNICIPALITY, Part.OWNER), others, strict=False))
    return {**parts, **({Part.ORGNR: numbers[0]} if numbers else {})}


def _deputy_parts(rest: str) -> dict[Part, str]:
    period = _PERIOD.search(rest)
    name, email = read_person(rest[: period.start()] if period else rest)
    days = {Part.STARTS: period["starts"], Part.ENDS: period["ends"].strip(" )")} if period else {}
    return {Part.NAME: name, Part.EMAIL: email, **days}
