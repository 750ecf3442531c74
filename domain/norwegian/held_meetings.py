"""Meetings that have been held, as people write of them: «møtet var 3. november», «vi hadde møte i går på Støren»."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from domain.norwegian.meeting_words import (
    A_MEETING,
    HOW,
    POLITE,
    THE_MEETING,
    MeetingWords,
    one_sentence,
    what_is_said,
)
from domain.norwegian.misdated import read_misdated

_HELD: Final = (
    re.compile(
        rf"{POLITE}(?:vi\s+)?(?:hadde|har\s+hatt|holdt|har\s+holdt|det\s+var)\s+(?:et\s+)?{HOW}(?P<name>{A_MEETING})\b"
        r"[\s:,–-]*(?P<rest>.+)",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        rf"{POLITE}(?:det\s+)?(?:(?:siste|forrige)\s+)?{HOW}(?P<name>{THE_MEETING})\s+(?:vårt\s+)?"
        r"(?:(?:var|ble|blei|vart)(?:\s+(?:holdt|halde|heldt))?|er\s+holdt)\b[\s:,–-]*(?P<rest>.+)",
        re.IGNORECASE | re.DOTALL,
    ),
)
_LAST: Final = re.compile(r"\b(?:forrige|førre|sist|siste|nå)\s+(?=\w*dag)", re.IGNORECASE)
_A_YEAR: Final = timedelta(days=364)


def read_held_meeting(text: str, today: date) -> MeetingWords | None:
    """The meeting that the whole text says has been held, with a day that has been; None for anything else."""
    sentence = one_sentence(text)
    if not sentence or sentence.endswith("?"):
        return None
    found = next((m for pattern in _HELD if (m := pattern.fullmatch(sentence))), None)
    if found is None or "barnehage" in found["rest"].casefold():
        return None
    title = re.sub(r"(?<=møte)t$|(?<=samling)(?:en|a)$", "", found["name"], flags=re.IGNORECASE)
    rest = _LAST.sub("", found["rest"])
    words = what_is_said(rest, today, title)
    if found["how"] and words.physical is None:
        words = replace(words, physical=found["how"].casefold() == "fysisk")
    if words.behind is not None:
        words = replace(words, day=words.behind, behind=None, misdated=None)
    elif words.misdated is not None and (before := read_misdated(rest, today - _A_YEAR)) is not None:
        words = replace(words, day=before.day, misdated=before)
    return words if words.day is not None and words.day <= today else None
