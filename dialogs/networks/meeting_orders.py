"""Sentences with which a leader plans, moves or cancels a meeting, or says more of one that is being planned."""

from __future__ import annotations

from dialogs.networks import meetings
from dialogs.networks.meeting_reading import Draft, in_the_round, names, plan_from, with_more, words_of
from dialogs.payloads import CancelMeeting, Meetings
from dialogs.replies import CardSettled, MeetingFault, Reply, Say, What, WhyListed
from dialogs.turn import Turn
from domain.norwegian.choices import yes_or_no
from domain.norwegian.held_meetings import read_held_meeting
from domain.norwegian.meeting_words import (
    MeetingWords,
    is_repeated,
    read_cancelling,
    read_more,
    read_move,
    read_new_meeting,
)
from domain.norwegian.misdated import names_day
from domain.register import rights
from domain.register.models import Network
from domain.register.rights import NotAllowed
from domain.rounds import meetings as plans
from domain.rounds.meetings import MeetingPlan
from domain.rounds.models import Meeting, Round


def wanted(turn: Turn, text: str) -> bool:
    """Whether a text plans, moves or cancels a meeting, and somebody who may do that has written it."""
    if not rights.led_networks(turn.roles):
        return False
    readers = (read_new_meeting, read_held_meeting, read_move, read_cancelling)
    return any(read(text, turn.today) for read in readers)


def ordered(turn: Turn, text: str) -> list[Reply] | None:
    """The answer to a sentence about a meeting; None when it asks for nothing of the kind."""
    move, new = read_move(text, turn.today), read_new_meeting(text, turn.today)
    ended = read_cancelling(text, turn.today)
    held = read_held_meeting(text, turn.today) if rights.led_networks(turn.roles) else None
    if move is None and new is None and ended is None and held is None:
        return None
    new = new or held
    led = _led(turn, text)
    if led is None:
        sure = move or ended or (new and (new.day or new.starts))
        return [Say(What.NOT_A_LEADER)] if sure else None
    network, current = led
    if current is None:
        return [Say(What.NO_ROUND_OF_YOURS)]
    if new is not None and move is None and ended is None:
        if is_repeated(text):
            how = MeetingWords(starts=new.starts, ends=new.ends, length=new.length, physical=new.physical)
            draft = Draft(round=current.id, words=how)
            return [meetings.form(turn, network, draft, MeetingFault.ONE_AT_A_TIME)]
        return meetings.understood(turn, network, Draft(round=current.id, words=new))
    wanted_ = move.which if move is not None else ended or MeetingWords()
    one = _the_one(turn, current, wanted_, also_held=move is None)
    if isinstance(one, WhyListed):
        return [meetings.listed(turn, network, current, one)]
    if move is None:
        return [meetings.confirm_cancelling(turn, network, current, one)]
    words = with_more(words_of(one), move.to)
    draft = Draft(round=current.id, meeting=one.id, v=one.changes, words=words)
    if move.to == MeetingWords() or words == words_of(one):
        return [meetings.form(turn, network, draft, MeetingFault.NEITHER)]
    return meetings.understood(turn, network, draft)


def added(turn: Turn, text: str) -> list[Reply] | None:
    """Something more about the meeting that was shown, or yes to it; None when nothing waits for it."""
    draft = meetings.draft_of(turn)
    if draft is None:
        return None
    # «Nei, torsdag 3. desember» says more than no.
    answer = None if not draft.ends and names_day(text, turn.today) else yes_or_no(text)
    try:
        network, _ = meetings.mine(turn, draft.round)
    except NotAllowed:
        turn.state = turn.state.closed()
        return [Say(What.NOT_A_LEADER)] if answer else None
    if draft.ends:
        return _decided(turn, draft, answer) if answer is not None else None
    if answer is not None:
        plan = plan_from(draft.words)
        if answer and isinstance(plan, MeetingPlan):
            return meetings.store(turn, draft, plan)
        return [CardSettled("moved"), meetings.form(turn, network, draft)]
    more = read_more(text, turn.today)
    if more is None:
        return None
    fuller = draft.model_copy(update={"words": with_more(draft.words, more)})
    return [CardSettled("moved"), *meetings.understood(turn, network, fuller)]


def _decided(turn: Turn, draft: Draft, answer: bool) -> list[Reply]:
    """Yes or no to whether a meeting is to be cancelled."""
    network = turn.uow.rounds.get(draft.round).network_id
    if not answer:
        return [CardSettled("moved"), *meetings.meetings(turn, Meetings(network=network))]
    return meetings.cancel(
        turn, CancelMeeting(round=draft.round, meeting=draft.meeting, v=draft.v, sure=True)
    )


def _led(turn: Turn, text: str) -> tuple[Network, Round | None] | None:
    """The network that one leads and that is meant: the one whose name stands in the text, else the first."""
    led = [turn.uow.register.network(i) for i in rights.led_networks(turn.roles)]
    if not led:
        return None
    network = next((n for n in led if n.slug in text.casefold()), led[0])
    return network, turn.round(network)


def _the_one(turn: Turn, current: Round, words: MeetingWords, *, also_held: bool) -> Meeting | WhyListed:
    """The meeting that is meant; one that has been held can be taken away, when its day is named."""
    coming = plans.to_come(current, turn.now)
    found = [m for m in coming if names(words, m)]
    if not found and also_held and words.day is not None:
        named = in_the_round(words, current, turn.today)
        found = [m for m in current.meetings if not m.cancelled and names(named, m)]
    if len(found) == 1:
        return found[0]
    return WhyListed.SEVERAL if found else WhyListed.UNKNOWN
