"""Meetings as people write of them: «møte torsdag 3. desember kl 9–11 på Teams», «flytt møtet til fredag».

Nothing is guessed: what is not said, or could mean several things, is None.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Final

from domain.norwegian.calendar_words import MONTH_SHORT, MONTHS, WEEKDAYS, one_spelling
from domain.norwegian.clock_times import read_clock
from domain.norwegian.dates import understand_date
from domain.norwegian.hygiene import clean
from domain.norwegian.misdated import Misdated, read_misdated
from domain.norwegian.past_dates import understand_past_date

MOST_CHARACTERS: Final = 600
"""An address of a digital meeting is long."""

USUAL_TITLE: Final = "Nettverksmøte"
"""What a meeting is called when nobody says."""

A_MEETING: Final = r"(?:[a-zæøå-]{0,30}møte|[a-zæøå-]{0,20}samling)"
THE_MEETING: Final = (
    r"(?:[a-zæøå-]{0,30}møtet|[a-zæøå-]{0,20}samling(?:en|a)|[a-zæøå-]{0,30}møte|[a-zæøå-]{0,20}samling)"
)
POLITE: Final = (
    r"(?:(?:hei|heisann|rekompis|vær så snill å|kan du|kan vi|jeg vil|jeg må|vi må|vi skal|vi vil|vi har)\b"
    r"[\s,.!]*)*"
)
_ORDERS: Final = (
    r"(?:(?:nytt|nye|et|legge?\s+(?:inn|til)|sette?\s+opp|planlegge?|lage?|avtale?|registrere?|neste)\s+)*"
)
HOW: Final = r"(?:(?P<how>digital|digitalt|fysisk)\s+)?"
_NEW: Final = re.compile(
    rf"{POLITE}(?P<order>{_ORDERS}){HOW}(?P<name>{A_MEETING})\b(?:\s+(?:er|blir|holdes))?[\s:,–-]*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_MOVE: Final = re.compile(
    rf"{POLITE}(?:flytte?|utsette?|skyve?|endre?)\s+(?P<which>{THE_MEETING}\b.*?)\s+(?:til|te)\s+(?P<to>.+)",
    re.IGNORECASE | re.DOTALL,
)
_CANCEL: Final = (
    re.compile(
        rf"{POLITE}(?:avlyse?|kansellere?|stryke?|slette?|fjerne?)\s+(?P<which>{THE_MEETING}\b.*)",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        rf"{POLITE}(?P<which>{THE_MEETING}\b.*?)\s+(?:er|blir|må)\s+avlys(?:t|es)",
        re.IGNORECASE | re.DOTALL,
    ),
)
_CLOCK: Final = r"\d{1,2}(?:[.:]?[0-5]\d)?"
_RANGE: Final = re.compile(
    rf"(?P<lead>\b(?:kl\.?|klokka|klokken|fra)\s*(?:kl\.?\s*)?)?(?<![\d.:/-])(?P<from>{_CLOCK})\s*"
    rf"(?:-|–|—|til)\s*(?:kl\.?\s*)?(?P<to>{_CLOCK})(?![\d:-]|\.\d|\.?\s*(?:{'|'.join((*MONTHS, *MONTH_SHORT))})\b)",
    re.IGNORECASE,
)
_LENGTH: Final = re.compile(
    r"(?:\b(?:i|varer|varighet|på)\s+)?(?<![\d.:])"
    r"(?:(?P<half>halvannen)|(?P<number>\d{1,3})(?:[.,](?P<tenths>5))?(?P<and>\s+og\s+(?:en|1)\s+halv)?|(?P<one>en|ein|én|1))\s*"
    r"(?P<unit>timer?|time|t|minutter|min)\b",
    re.IGNORECASE,
)
_LINK: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_DIGITAL: Final = re.compile(r"^(?:nettmøte|video|fjern|digital|teams)", re.IGNORECASE)
"""What a meeting on a screen is called by."""

_ONLY_DIGITAL: Final = re.compile(
    r"(?:på\s+)?(?:(?:microsoft\s+)?teams|zoom|skype|google\s+meet|digitalt?|nett(?:et)?|video)|https?://\S+",
    re.IGNORECASE,
)
_PHYSICAL: Final = re.compile(r"\b(?:fysisk|oppmøte)\b", re.IGNORECASE)
_HOW_ALONE: Final = re.compile(r"\b(?:fysisk|digitalt?)(?:\s+møte)?\b[\s,]*", re.IGNORECASE)
_WHEN: Final = (
    rf"(?:neste\s+)?(?:{'|'.join((*WEEKDAYS, 'tysdag', 'måndag', 'laurdag', 'sundag'))})(?:en)?\b"
    rf"|\d{{1,2}}\.?\s*(?:{'|'.join((*MONTHS, *MONTH_SHORT))})\b|\d{{1,2}}[./]\s?\d{{1,2}}\b|\d{{4}}-\d\d-\d\d"
    r"|den\s+\d|kl\b|klokk|\d{1,2}[:.]\d\d\b|fra\s+(?:kl\b|\d)|uke\s+\d|neste\s+(?:uke|måned)|i\s*dag\b|i\s*går\b"
    r"|i\s*morgen\b|i\s*morra\b|i\s*overmorgen\b|overmorgen\b|om\s+(?:en|ei|to|tre|fire|\d+|fjorten)\s+(?:dag|uke|måned)|halv\s+\w+"
)
_PART: Final = re.compile(
    rf"(?P<when>{_WHEN})|(?P<about>\b(?:om|tema|med)\b:?\s)|(?P<place>\b(?:i|på|hos|ved|via|over|sted)\b:?\s)"
    r"|(?P<screen>\b(?:teams|zoom|skype)\b)|(?P<comma>[,;])",
    re.IGNORECASE,
)
_SAYS_WHEN: Final = re.compile(rf"\b(?:{_WHEN})", re.IGNORECASE)
_SAYS_WHERE: Final = re.compile(r"(?:på|i|hos|ved|via|fysisk|digitalt?|teams|zoom)\b", re.IGNORECASE)
_REPEATED: Final = re.compile(
    r"\b(?:(?:hver|hvert|kvar|kvart|annenhver|annakvar|annenhvert)\s+(?:(?:annen|andre|tredje|fjerde)\s+)?"
    rf"(?:{'|'.join((*WEEKDAYS, 'tysdag', 'måndag', 'laurdag', 'sundag'))}|dag|uke|veke|måned|månad)"
    r"|ukentlig|vekentleg|månedlig|månadleg)\b",
    re.IGNORECASE,
)
_UNTIL: Final = re.compile(r"(?:til|slutt|ferdig)\b", re.IGNORECASE)
_NOT_THAT: Final = re.compile(
    r"^(?:nei|ja|heller|det er|den er|møtet er|kan (?:vi|du) (?:ta|sette)(?: det)?)\b[\s,]*", re.IGNORECASE
)
_NO_PLACES: Final = re.compile(
    r"(?:nettverket|styret|gruppa|gruppen|arbeidsgruppa|arbeidsgruppen|teamet|regi\b)", re.IGNORECASE
)
_EDGES: Final = " \n,;:.–—-()"


@dataclass(frozen=True, slots=True)
class MeetingWords:
    """What was said of a meeting; times are local. `length` is how long it lasts, when no end was given.

    `misdated` when the weekday that was written is not that of the day. `behind` is the day that has been which the
    words may mean instead, when they name no year.
    """

    title: str | None = None
    day: date | None = None
    starts: time | None = None
    ends: time | None = None
    length: timedelta | None = None
    place: str | None = None
    physical: bool | None = None
    misdated: Misdated | None = None
    behind: date | None = None


@dataclass(frozen=True, slots=True)
class MeetingMove:
    """A wish to change a meeting: what was said of the one that is there, and of how it is to be."""

    which: MeetingWords
    to: MeetingWords


def read_new_meeting(text: str, today: date) -> MeetingWords | None:
    """The meeting that the whole text wants; None for a question, and for what says neither day nor time."""
    sentence = one_sentence(text)
    found = _NEW.fullmatch(sentence) if sentence else None
    if found is None or sentence.endswith("?"):
        return None
    words = what_is_said(found["rest"], today, found["name"])
    if found["how"] and words.physical is None:
        words = replace(words, physical=found["how"].casefold() == "fysisk")
    ordered = found["order"].strip().casefold() not in ("", "et", "neste")
    return words if ordered or _SAYS_WHEN.search(found["rest"]) else None


def read_move(text: str, today: date) -> MeetingMove | None:
    """The change of a meeting that the whole text wants; None for anything else."""
    sentence = one_sentence(text)
    found = _MOVE.fullmatch(sentence) if sentence else None
    if found is None or sentence.endswith("?") or "barnehage" in found["which"].casefold():
        return None
    return MeetingMove(_which(found["which"], today), what_is_said(found["to"], today))


def read_cancelling(text: str, today: date) -> MeetingWords | None:
    """The meeting that the whole text wants cancelled; None for anything else."""
    sentence = one_sentence(text)
    if not sentence or sentence.endswith("?"):
        return None
    found = next((m for pattern in _CANCEL if (m := pattern.fullmatch(sentence))), None)
    return _which(found["which"], today) if found and "barnehage" not in found["which"].casefold() else None


def read_more(text: str, today: date) -> MeetingWords | None:
    """What somebody adds about a meeting that is being planned: «kl 9», «på Teams»; None when it adds nothing."""
    sentence = one_sentence(text)
    if not sentence or sentence.endswith("?"):
        return None
    if _UNTIL.match(sentence):
        ends, length = read_end(sentence)
        return MeetingWords(ends=ends, length=length) if ends or length else None
    words = what_is_said(_NOT_THAT.sub("", sentence), today)
    says_when = any((words.day, words.starts, words.ends, words.length))
    return words if says_when or _SAYS_WHERE.match(sentence) else None


def read_when(text: str, today: date) -> MeetingWords:
    """Day, time and end of what somebody wrote in a field for them."""
    said = clean(text)
    return _when(said, today) if len(said) <= MOST_CHARACTERS else MeetingWords()


def read_end(text: str) -> tuple[time | None, timedelta | None]:
    """The end or the length that somebody wrote: «kl. 11», «11.30», «to timer»; neither when it is not understood."""
    said = clean(text)[:MOST_CHARACTERS]
    if (length := _without_length(said)[1]) is not None:
        return None, length
    written = re.sub(r"^(?:til|slutt|ferdig)\b\s*", "", said, flags=re.IGNORECASE)
    bare = re.fullmatch(rf"(?:kl\.?\s*|klokka\s+)?({_CLOCK})", written, re.IGNORECASE)
    return _clock(f"kl {bare[1]}" if bare else written), None


def is_repeated(text: str) -> bool:
    """Whether a text speaks of meetings that come again and again: «hver torsdag», «ukentlig»."""
    return bool(_REPEATED.search(text))


def without_links(place: str) -> str:
    """A place without the addresses of digital meetings in it."""
    return _LINK.sub(" ", place)


def is_physical(place: str) -> bool | None:
    """Whether a place is one to come to, also when one can be there on a screen; None for no place at all."""
    return not _ONLY_DIGITAL.fullmatch(place.strip()) if place.strip() else None


def one_sentence(text: str) -> str:
    """The text on one line, without what ends it; empty for one that is too long."""
    if len(text) > MOST_CHARACTERS:
        return ""
    return " ".join(clean(text).lstrip("/!").split()).rstrip(" .!")


def _which(text: str, today: date) -> MeetingWords:
    """What is said of a meeting that is there: its name and day."""
    name, _, rest = text.partition(" ")
    rest = re.sub(r"^(?:som er|fra|den)\s+", "", rest, flags=re.IGNORECASE)
    title = re.sub(r"(?<=møte)t$|(?<=samling)(?:en|a)$", "", name, flags=re.IGNORECASE)
    return what_is_said(rest, today, title)


def what_is_said(said: str, today: date, name: str | None = None) -> MeetingWords:
    """What a piece of a sentence says of a meeting; without the name of one, words that say nothing else are a place."""
    link = _LINK.search(said)
    text, length = _without_length(said.replace(link[0], " ") if link else said)
    when, about, places = _parts(_HOW_ALONE.sub(" ", text))
    if name is None:
        about, places = [], [*places, *about]
    words = _when(when, today)
    named = ", ".join(places).replace(" og, ", " og ")
    place = link[0].rstrip(".,)") if link else (named[:1].upper() + named[1:]) or None
    if _PHYSICAL.search(text):
        physical: bool | None = True
    elif re.search(r"\bdigitalt?\b", text, re.IGNORECASE) or (name and _DIGITAL.search(name)):
        physical = False
    else:
        physical = is_physical(place or "")
    return replace(
        words, title=_title(name, about), length=length or words.length, place=place, physical=physical
    )


def _parts(text: str) -> tuple[str, list[str], list[str]]:
    """The words of the time, what the meeting is about, and the places that are named."""
    found: dict[str, list[str]] = {"when": [], "about": [], "place": []}
    marks = [(m.lastgroup or "", m.start(), m.end()) for m in _PART.finditer(text)]
    kind, start = "about", 0
    for mark, first, last in [*marks, ("end", len(text), len(text))]:
        if kind == "about" and mark == "place" and _NO_PLACES.match(text[last:]):
            continue
        if piece := text[start:first].strip(" ," if kind == "when" else _EDGES):
            found[kind].append(piece)
        start = last if mark in ("place", "comma") else first
        if mark == "comma":
            # What stands alone after the time is the place: «…, Støren hotell».
            kind = "place" if found["when"] or found["place"] else "about"
        else:
            kind = "place" if mark == "screen" else mark
    return " ".join(found["when"]), found["about"], found["place"]


def _when(text: str, today: date) -> MeetingWords:
    said, length = _without_length(text)
    rest, starts, ends = _range(said.strip(_EDGES))
    if starts is None:
        starts = _clock(rest)
    found = understand_date(rest, today)
    misdated = read_misdated(rest, today) if found is None else None
    day = found.day if found is not None else misdated.day if misdated is not None else None
    behind = _behind(rest, today)
    return MeetingWords(
        day=day,
        starts=starts,
        ends=ends,
        length=length,
        misdated=misdated,
        behind=behind if day != behind else None,
    )


def _behind(text: str, today: date) -> date | None:
    """The day that has been, of words that name a day of the calendar and no year."""
    if re.search(r"\b20\d\d\b|\buk[ea]\b", text):
        return None
    clock = read_clock(one_spelling(text).text)
    found = understand_past_date(clock.rest.strip(_EDGES), today) if clock is not None else None
    return found if found is not None and found <= today else None


def _range(text: str) -> tuple[str, time | None, time | None]:
    """The text without «kl. 9–11», and the two times of it."""
    for found in _RANGE.finditer(text):
        if not (found["lead"] or re.search(r"[.:]\d\d", found["from"]) or _are_hours(found, text)):
            continue
        starts = _clock(f"kl {found['from']}")
        ends = _clock(f"kl {found['to']}")
        if starts is not None and ends is not None:
            return text[: found.start()] + " " + text[found.end() :], starts, ends
    return text, None, None


def _are_hours(found: re.Match[str], text: str) -> bool:
    """Whether «9-11» without more is a time: two hours of a working day, and not two weeks."""
    first, last = found["from"], found["to"]
    if not (first.isdecimal() and last.isdecimal() and len(first) <= 2 and len(last) <= 2):
        return False
    return 7 <= int(first) < int(last) <= 20 and not re.search(r"\buke\s*$", text[: found.start()])


def _clock(text: str) -> time | None:
    found = read_clock(one_spelling(text).text) if text else None
    return found.time_of_day if found else None


def _without_length(text: str) -> tuple[str, timedelta | None]:
    """The text without how long something lasts, and how long; «om to timer» is a time from now, and stays."""
    spoken = one_spelling(text)
    for found in _LENGTH.finditer(spoken.text):
        minutes = _minutes(found)
        if 0 < minutes < 24 * 60 and not re.search(r"\bom\s*$", spoken.text[: found.start()]):
            written = spoken.written(found.start(), found.end())
            return " ".join(text.split()).replace(written, " ", 1), timedelta(minutes=minutes)
    return text, None


def _minutes(found: re.Match[str]) -> int:
    if found["unit"].casefold().startswith("min"):
        return int(found["number"] or 0)
    if found["half"]:
        return 90
    return int(found["number"] or 1) * 60 + (30 if found["tenths"] or found["and"] else 0)


def _title(name: str | None, about: list[str]) -> str | None:
    """«Møte om beslutningsgrunnlag»; None when only «møte» was said."""
    words = " ".join(((name or "").casefold(), *about)).strip()
    if not words or words == "møte":
        return None
    return words[0].upper() + words[1:]
