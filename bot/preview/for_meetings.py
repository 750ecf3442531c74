"""Examples of a network's meetings: the list, the leader's cards, and what is said of them unasked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.preview.scene import Scene
from dialogs import replies as r
from domain.clock import local_day
from domain.norwegian.meeting_words import MeetingWords
from domain.norwegian.misdated import Misdated
from domain.outreach.dates.meetings import MeetingAhead, MeetingChanged, MeetingReminder
from domain.rounds.meeting_people import Told
from domain.rounds.meeting_rules import Missing
from domain.rounds.meetings import LONGEST_PLACE, LONGEST_TITLE, MeetingProblem, plan_of
from domain.rounds.models import Meeting

Variants = Iterator[tuple[str, r.Reply]]
Contents = Iterator[tuple[str, MeetingReminder | MeetingAhead | MeetingChanged]]

TITLE = "Nettverksmøte om beslutningsgrunnlag"
SEVEN, ONE = Told(frozenset(range(1, 8)), frozenset({1, 2})), Told(bindings=frozenset({1}))
LACKING = Missing(2, 1, ("behovsmeldinger", "tildeling og rapportering"), 1, "GA, Organisering")


def lists(s: Scene) -> Variants:
    """What leaders and others see."""
    base = r.MeetingList(network=s.network, round_id=1, meetings=(), held=0, today=s.today)
    one, several = (_meeting(s),), tuple(_meeting(s, n) for n in range(4))
    leader = replace(base, leads=True, called=True)
    yield "none", base
    yield "none-leader", replace(leader, missing=LACKING)
    yield "one-leader", replace(leader, meetings=one, missing=replace(LACKING, meetings=0))
    yield "several-leader", replace(leader, meetings=several, held=2)
    yield "many-leader", replace(leader, meetings=tuple(_meeting(s, n) for n in range(40)))
    yield "several", replace(base, meetings=several, held=1, called=True)
    for why in r.WhyListed:
        yield f"instead-{why.value}", replace(leader, meetings=several, why=why)


def planning(s: Scene) -> Variants:
    """The form and what was understood."""
    form = r.MeetingForm(s.network, 1, MeetingWords())
    meeting = _meeting(s)
    yield "empty", form
    filled = r.FilledMeeting(_title(s), "torsdag en gang", "lenge", _place(s), "digital")
    for problem in (*r.MeetingFault, *MeetingProblem):
        yield f"problem-{problem.value}", replace(form, filled=filled, problem=problem)
    words = MeetingWords(
        title=_title(s), day=s.today, length=timedelta(hours=1), place=_place(s), physical=True
    )
    yield "no-time", replace(form, words=words, problem=r.MeetingFault.NO_TIME)
    yield "edit", replace(form, words=words, meeting=(3, 1))
    confirm = r.ConfirmMeeting(s.network, 1, plan_of(meeting), s.today)
    yield "new", confirm
    bare = plan_of(_meeting(s, place=None, physical=None))
    yield "new-bare", replace(confirm, plan=bare, usual_length=True)
    yield "change", replace(confirm, before=_meeting(s, 1), tells=SEVEN)
    saturday = timedelta(days=(5 - s.today.weekday()) % 7)
    weekend = plan_of(_meeting(s, starts=s.now + saturday, ends=s.now + saturday + timedelta(hours=2)))
    yield "weekend", replace(confirm, plan=weekend, before=_meeting(s, 1), tells=ONE)
    day = local_day(meeting.starts)
    yield "misdated", replace(confirm, misdated=Misdated(day, day - timedelta(days=1)))
    yield "held", replace(confirm, held=True)
    yield "held-bare", replace(confirm, plan=bare, held=True, no_time=True)


def storing(s: Scene) -> Variants:
    """Stored, changed, cancelled."""
    meeting = _meeting(s)
    saved = r.MeetingSaved(s.network, 1, meeting, s.today)
    yield "saved", replace(saved, missing=LACKING)
    yield "saved-complete", saved
    yield "changed", replace(saved, before=_meeting(s, 1), told=SEVEN)
    yield "changed-one-told", replace(saved, before=_meeting(s, 1), told=ONE, missing=Missing(1, source="GA"))
    yield "ask", r.ConfirmCancelling(s.network, 1, meeting)
    yield "ask-told", r.ConfirmCancelling(s.network, 1, meeting, SEVEN)
    yield "saved-held", replace(saved, held=True)
    yield "ask-held", r.ConfirmCancelling(s.network, 1, meeting, held=True)
    yield "taken-away", r.MeetingCancelled(s.network, meeting, held=True)
    yield "cancelled", r.MeetingCancelled(s.network, meeting)
    yield "cancelled-told", r.MeetingCancelled(s.network, meeting, SEVEN, replace(LACKING, physical=2))


def contents(s: Scene) -> Contents:
    """What is said of meetings unasked."""
    meeting, theme = _meeting(s), ("beslutningsgrunnlag", "GA, Organisering")
    tomorrow = _meeting(s, starts=s.now + timedelta(days=1), ends=s.now + timedelta(days=1, hours=2))
    reminder = MeetingReminder(s.kari, s.network, tomorrow, theme)
    yield "tomorrow", reminder
    yield "after-the-weekend", replace(reminder, meeting=meeting, theme=None)
    bare = _meeting(s, place=None, physical=None)
    yield (
        "today-no-place",
        replace(
            reminder, meeting=bare.model_copy(update={"starts": s.now, "ends": s.now + timedelta(hours=1)})
        ),
    )
    yield "channel", MeetingAhead(s.network, meeting, theme)
    yield "channel-digital", MeetingAhead(s.network, _meeting(s, place=None, physical=False))
    moved = MeetingChanged(s.network, meeting, s.now + timedelta(days=2), s.kari)
    yield "moved", moved
    yield "moved-channel", replace(moved, recipient=None)
    yield "place", replace(moved, was=meeting.starts)
    gone = replace(moved, was=meeting.starts, meeting=meeting.model_copy(update={"cancelled": True}))
    yield "cancelled", gone
    yield "cancelled-channel", replace(gone, recipient=None)


def _meeting(s: Scene, number: int = 0, **other: Any) -> Meeting:
    starts = s.now + timedelta(days=7 * (number + 1))
    return Meeting(
        **{
            "id": number + 1,
            "title": _title(s),
            "starts": starts,
            "ends": starts + timedelta(hours=2),
            "place": _place(s),
            "physical": number % 2 == 0,
            "changes": number,
            **other,
        }
    )


def _title(s: Scene) -> str:
    return _text(s, TITLE, LONGEST_TITLE)


def _place(s: Scene) -> str:
    return _text(s, "Melhus rådhus", LONGEST_PLACE)


def _text(s: Scene, ordinary: str, longest: int) -> str:
    if s.words.text is None:
        return ordinary
    return (s.words.text * (longest // len(s.words.text) + 1))[:longest].strip()
