"""From what a leader writes of a meeting to the meeting that is meant, or what is lacking."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from pydantic import BaseModel, ConfigDict

from dialogs.payloads import ReadMeeting, ShownMeeting
from dialogs.replies import FilledMeeting, MeetingFault
from domain.clock import OSLO
from domain.norwegian.hygiene import clean, has_words, likely_personal
from domain.norwegian.meeting_words import (
    USUAL_TITLE,
    MeetingWords,
    is_physical,
    is_repeated,
    read_end,
    read_when,
    without_links,
)
from domain.rounds.meetings import LONGEST_PLACE, LONGEST_TITLE, USUAL_LENGTH, MeetingPlan
from domain.rounds.models import Meeting, Round

_LATEST = time(23, 59)
"""When a meeting without an end is over at the latest: it is on one day."""

HELD_AT: Final = time(9)
"""When a meeting that has been held is taken to have begun, if nobody says."""

PHYSICAL, DIGITAL = "physical", "digital"
_FIELDS = tuple(f.name for f in fields(FilledMeeting) if f.name != "form")


class Draft(BaseModel):
    """A meeting that is being planned, as the conversation remembers it; `meeting` is one that is there.

    `ends` when it is to be cancelled.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    round: int
    meeting: int | None = None
    v: int = 0
    words: MeetingWords
    ends: bool = False


def words_of(plan: MeetingPlan | Meeting) -> MeetingWords:
    """A whole meeting as words."""
    starts, ends = plan.starts.astimezone(OSLO), plan.ends.astimezone(OSLO)
    return MeetingWords(
        title=plan.title,
        day=starts.date(),
        starts=starts.time(),
        ends=ends.time(),
        place=plan.place,
        physical=plan.physical,
    )


def with_more(words: MeetingWords, more: MeetingWords) -> MeetingWords:
    """What was said, and what is said now, which goes first; a meeting that is moved keeps its length."""
    new = {f.name: value for f in fields(more) if (value := getattr(more, f.name)) is not None}
    if new.keys() & {"day", "behind"}:
        new = {"day": None, "misdated": None, "behind": None, **new}
    if new.keys() & {"ends", "length"}:
        new = {"ends": None, "length": None, **new}
    elif "starts" in new and words.starts is not None and words.ends is not None:
        new |= {"ends": None, "length": _apart(words.starts, words.ends)}
    return replace(words, **new)


def from_form(
    payload: ReadMeeting, today: date, current: Round, before: Meeting | None
) -> tuple[MeetingWords, MeetingFault | None]:
    """What was filled in, and the first thing in it that cannot be used; `before` is how the meeting is now."""
    said = {name: clean(payload.inputs.get(f"meeting_{name}", "")) for name in (*_FIELDS, "form")}
    title, place = said["title"], said["place"]
    words = read_when(said["when"], today)
    lacks = _of_when(in_the_round(words, current, today))
    problem = MeetingFault.ONE_AT_A_TIME if is_repeated(said["when"]) else lacks
    if said["end"]:
        ends, length = read_end(said["end"])
        if ends is None and length is None:
            problem = problem or MeetingFault.END
        words = replace(words, ends=ends, length=length)
    physical = _form_of(said["form"], place, before)
    words = replace(words, title=title or None, place=place or None, physical=physical)
    return words, _of_texts(words) or problem


def _form_of(chosen: str, place: str, before: Meeting | None) -> bool | None:
    """Physical or not: what was chosen, unless the place says otherwise and the choice was left as it stood."""
    said, by_place = {PHYSICAL: True, DIGITAL: False}.get(chosen), is_physical(place)
    left_standing = before is not None and place != (before.place or "") and said is before.physical
    if by_place is not None and (said is None or left_standing or not by_place):
        return by_place
    return said


def in_the_round(words: MeetingWords, current: Round, today: date) -> MeetingWords:
    """The words with the day that has been, where only that is in the round; a held meeting needs no time of day."""
    behind = words.behind
    outside = (
        words.day is None or words.misdated is not None or not current.starts <= words.day <= current.ends
    )
    if behind is not None and outside and current.starts <= behind:
        words = replace(words, day=behind, behind=None, misdated=None)
    if words.day is not None and words.day < today and words.starts is None:
        words = replace(words, starts=HELD_AT)
    return words


def plan_from(words: MeetingWords) -> MeetingPlan | MeetingFault:
    """The meeting, when day and time are known, else what is lacking."""
    problem = _of_texts(words) or _of_when(words)
    if problem is not None or words.day is None or words.starts is None:
        return problem or MeetingFault.NEITHER
    starts = datetime.combine(words.day, words.starts, tzinfo=OSLO)
    if words.ends is not None:
        ends = datetime.combine(words.day, words.ends, tzinfo=OSLO)
    elif words.length is not None:
        ends = starts + words.length
    else:
        ends = min(starts + USUAL_LENGTH, datetime.combine(words.day, _LATEST, tzinfo=OSLO))
    return MeetingPlan(
        title=words.title or USUAL_TITLE, starts=starts, ends=ends, place=words.place, physical=words.physical
    )


def plan_shown(payload: ShownMeeting) -> MeetingPlan:
    """The meeting that a card showed."""
    shown = payload.model_dump(include=set(MeetingPlan.model_fields))
    return MeetingPlan(title=payload.name, **shown)


def names(words: MeetingWords, meeting: Meeting) -> bool:
    """Whether a meeting may be the one that the words speak of."""
    if words.day is not None and words.day != meeting.starts.astimezone(OSLO).date():
        return False
    said = {w for w in (words.title or "").casefold().split() if w not in ("møte", "nettverksmøte", "om")}
    return said <= set(meeting.title.casefold().replace(",", " ").split())


def filled_by(payload: ReadMeeting) -> FilledMeeting:
    """The form as it was filled in."""
    given = {name: clean(payload.inputs.get(f"meeting_{name}", ""))[:LONGEST_PLACE] for name in _FIELDS}
    form = payload.inputs.get("meeting_form", "")
    return FilledMeeting(**given, form=form if form in (PHYSICAL, DIGITAL) else "")


def _of_when(words: MeetingWords) -> MeetingFault | None:
    if words.day is None:
        return MeetingFault.NEITHER if words.starts is None else MeetingFault.NO_DAY
    return MeetingFault.NO_TIME if words.starts is None else None


def _of_texts(words: MeetingWords) -> MeetingFault | None:
    if words.title is not None and (len(words.title) > LONGEST_TITLE or not has_words(words.title)):
        return MeetingFault.TITLE
    if len(words.place or "") > LONGEST_PLACE:
        return MeetingFault.PLACE
    if likely_personal(words.title or ""):
        return MeetingFault.PERSONAL
    # The address of a digital meeting is full of numbers.
    return MeetingFault.PERSONAL_PLACE if likely_personal(without_links(words.place or "")) else None


def _apart(starts: time, ends: time) -> timedelta:
    day = date(2000, 1, 1)
    return datetime.combine(day, ends) - datetime.combine(day, starts)
