"""A network's meetings: the list for everybody in it, and the cards with which its leader plans, moves and cancels."""

from __future__ import annotations

from pydantic import ValidationError

from dialogs.networks.here import Here, round_here
from dialogs.networks.meeting_reading import (
    Draft,
    filled_by,
    from_form,
    in_the_round,
    plan_from,
    plan_shown,
    words_of,
)
from dialogs.payloads import CancelMeeting, EditMeeting, Meetings, NewMeeting, ReadMeeting, ShownMeeting
from dialogs.replies import (
    CardSettled,
    ConfirmCancelling,
    ConfirmMeeting,
    FilledMeeting,
    MeetingCancelled,
    MeetingFault,
    MeetingForm,
    MeetingList,
    MeetingSaved,
    Reply,
    Say,
    What,
    WhichNetwork,
    WhyListed,
)
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.norwegian.meeting_words import MeetingWords
from domain.register import rights
from domain.register.models import Network
from domain.register.rights import NotAllowed
from domain.rounds import meeting_acts
from domain.rounds import meetings as plans
from domain.rounds.meeting_acts import Acted
from domain.rounds.meeting_people import NOBODY, is_called
from domain.rounds.meeting_rules import Missing, missing
from domain.rounds.meetings import MeetingGone, MeetingPlan, MeetingProblem, MeetingRefused
from domain.rounds.models import Meeting, Round
from domain.rounds.repository import NoSuchRound

PLANNING = "meeting"
"""What `asked` of the conversation says while a meeting that is being planned waits for more, or for a yes."""

# --- what is there --------------------------------------------------------------------------------------------


def meetings(turn: Turn, payload: Meetings) -> list[Reply]:
    """`møter`: the next one first."""
    here = round_here(turn, payload)
    if not isinstance(here, Here):
        return here
    set_aside(turn)
    settled: list[Reply] = [CardSettled("not_kept")] if payload.put_away else []
    return [*settled, listed(turn, here.network, here.round)]


def listed(turn: Turn, network: Network, current: Round, why: WhyListed | None = None) -> Reply:
    """The list of a network's meetings, as the person of the turn sees it."""
    leads = turn.event.personal and network.id in rights.led_networks(turn.roles)
    return MeetingList(
        network=network,
        round_id=current.id,
        meetings=plans.to_come(current, turn.now),
        held=plans.held(current, turn.now),
        today=turn.today,
        leads=leads,
        called=turn.event.personal and is_called(turn.uow, turn.roles, network.id),
        missing=_missing(turn, network, current) if leads else None,
        why=why,
    )


def _missing(turn: Turn, network: Network, current: Round) -> Missing | None:
    found = missing(current, network.slug, turn.today)
    return found if found.anything else None


# --- the form and what was understood -------------------------------------------------------------------------


def new_meeting(turn: Turn, payload: NewMeeting) -> list[Reply]:
    """An empty form."""
    led = [turn.uow.register.network(i) for i in rights.led_networks(turn.roles)]
    chosen = [n for n in led if n.id == payload.network] or led
    if not chosen:
        return [Say(What.NOT_A_LEADER)]
    if len(chosen) > 1:
        return [WhichNetwork(payload.verb, tuple((n.id, n.name) for n in chosen))]
    current = turn.round(chosen[0])
    if current is None:
        return [Say(What.NO_ROUND_OF_YOURS)]
    return [form(turn, chosen[0], Draft(round=current.id, words=MeetingWords()))]


def edit(turn: Turn, payload: EditMeeting) -> list[Reply]:
    """The form of a meeting that is there."""
    try:
        network, current = mine(turn, payload.round)
        found = plans.standing(current, _chosen(payload))
    except NotAllowed:
        return [Say(What.NOT_A_LEADER)]
    except MeetingGone:
        return _outdated(turn, payload.round)
    draft = Draft(round=current.id, meeting=found.id, v=found.changes, words=words_of(found))
    return [form(turn, network, draft)]


def read_form(turn: Turn, payload: ReadMeeting) -> list[Reply]:
    """What was understood of the form, or the form again with what is wrong."""
    try:
        network, current = mine(turn, payload.round)
    except NotAllowed:
        return [Say(What.NOT_A_LEADER)]
    words, problem = from_form(payload, turn.today, current, plans.find(current, payload.meeting or 0))
    draft = Draft(round=payload.round, meeting=payload.meeting, v=payload.v, words=words)
    if problem is not None:
        return [CardSettled("moved"), form(turn, network, draft, problem, filled_by(payload))]
    return [CardSettled("moved"), *understood(turn, network, draft, filled_by(payload))]


def shown(turn: Turn, payload: ShownMeeting) -> list[Reply]:
    """Stores the meeting that was shown, or opens its form again."""
    draft = Draft(
        round=payload.round, meeting=payload.meeting, v=payload.v, words=words_of(plan_shown(payload))
    )
    plan = plan_from(draft.words)
    fault = plan if isinstance(plan, MeetingFault) else None
    if not payload.again and fault is None:
        return store(turn, draft, plan_shown(payload))
    try:
        network, _ = mine(turn, payload.round)
    except NotAllowed:
        return [Say(What.NOT_A_LEADER)]
    return [CardSettled("moved"), form(turn, network, draft, fault)]


def understood(
    turn: Turn, network: Network, draft: Draft, filled: FilledMeeting | None = None
) -> list[Reply]:
    """The meeting as it was understood, or its form with what is lacking."""
    current = turn.uow.rounds.get(draft.round)
    said = draft.words
    draft = draft.model_copy(update={"words": in_the_round(said, current, turn.today)})
    plan = plan_from(draft.words)
    if isinstance(plan, MeetingFault):
        return [form(turn, network, draft, plan, filled)]
    before = plans.find(current, draft.meeting) if draft.meeting is not None else None
    if draft.meeting is not None and (before is None or before.cancelled or before.changes != draft.v):
        return _outdated(turn, draft.round)
    if (problem := plans.problem(current, plan, turn.now, draft.meeting)) is not None:
        return [form(turn, network, draft, problem, filled)]
    _wait(turn, draft)
    tells = meeting_acts.would_tell(turn.uow, current, before, turn.me.id) if before else NOBODY
    return [
        ConfirmMeeting(
            network=network,
            round_id=current.id,
            plan=plan,
            today=turn.today,
            before=before,
            usual_length=draft.words.ends is None and draft.words.length is None,
            tells=tells,
            misdated=draft.words.misdated,
            held=plan.ends <= turn.now,
            no_time=said.starts is None,
        )
    ]


def form(
    turn: Turn,
    network: Network,
    draft: Draft,
    problem: MeetingFault | MeetingProblem | None = None,
    filled: FilledMeeting | None = None,
) -> Reply:
    """The form, which also waits for what is written in the chat."""
    _wait(turn, draft)
    meeting = (draft.meeting, draft.v) if draft.meeting is not None else None
    return MeetingForm(network, draft.round, draft.words, filled, meeting, problem)


# --- storing and cancelling -----------------------------------------------------------------------------------


def store(turn: Turn, draft: Draft, plan: MeetingPlan) -> list[Reply]:
    """Keeps the meeting that was shown, once."""
    me = turn.me.id
    try:
        network, current = mine(turn, draft.round)
        if draft.meeting is None:
            acted = meeting_acts.add(turn.uow, me, draft.round, plan, turn.now)
        else:
            acted = meeting_acts.change(turn.uow, me, draft.round, draft.meeting, draft.v, plan, turn.now)
    except NotAllowed:
        return [Say(What.NOT_A_LEADER)]
    except MeetingGone:
        return _outdated(turn, draft.round, plan)
    except MeetingRefused as refused:
        if refused.problem is MeetingProblem.THERE_ALREADY and draft.meeting is None:
            set_aside(turn)
            return [CardSettled("moved"), listed(turn, network, current, WhyListed.THERE_ALREADY)]
        return [CardSettled("moved"), form(turn, network, draft, refused.problem)]
    set_aside(turn)
    return [CardSettled("saved"), _saved(turn, network, acted)]


def _saved(turn: Turn, network: Network, acted: Acted) -> Reply:
    return MeetingSaved(
        network=network,
        round_id=acted.round.id,
        meeting=acted.meeting,
        today=turn.today,
        before=acted.before,
        told=acted.told,
        missing=_missing(turn, network, acted.round),
        held=acted.meeting.ends <= turn.now,
    )


def cancel(turn: Turn, payload: CancelMeeting) -> list[Reply]:
    """«Avlys»: asked once, then done."""
    try:
        network, current = mine(turn, payload.round)
        if not payload.sure:
            found = plans.standing(current, _chosen(payload))
            return [confirm_cancelling(turn, network, current, found)]
        id_ = payload.meeting or 0
        acted = meeting_acts.cancel(turn.uow, turn.me.id, payload.round, id_, payload.v, turn.now)
    except NotAllowed:
        return [Say(What.NOT_A_LEADER)]
    except MeetingGone:
        return _outdated(turn, payload.round)
    set_aside(turn)
    left = _missing(turn, network, acted.round)
    held = acted.meeting.ends <= turn.now
    return [CardSettled("moved"), MeetingCancelled(network, acted.meeting, acted.told, left, held)]


def confirm_cancelling(turn: Turn, network: Network, current: Round, found: Meeting) -> Reply:
    """Whether this one is to be cancelled."""
    _wait(turn, Draft(round=current.id, meeting=found.id, v=found.changes, words=words_of(found), ends=True))
    if found.ends <= turn.now:
        return ConfirmCancelling(network, current.id, found, held=True)
    tells = meeting_acts.would_tell(turn.uow, current, found, turn.me.id)
    return ConfirmCancelling(network, current.id, found, tells)


# --- where it stands ------------------------------------------------------------------------------------------


def mine(turn: Turn, round_id: int) -> tuple[Network, Round]:
    """A round and its network; raises NotAllowed for somebody who does not lead it, and for one that is not there."""
    try:
        current = turn.uow.rounds.get(round_id)
    except NoSuchRound as gone:
        raise NotAllowed from gone
    if current.network_id not in rights.led_networks(turn.roles):
        raise NotAllowed
    return turn.uow.register.network(current.network_id), current


def _chosen(payload: EditMeeting | CancelMeeting) -> int:
    """The meeting of the button, or the one that was chosen; 0 for none."""
    chosen = payload.inputs.get("chosen_meeting", "")
    return payload.meeting or (int(chosen) if chosen.isdecimal() and len(chosen) < 10 else 0)


def _outdated(turn: Turn, round_id: int, plan: MeetingPlan | None = None) -> list[Reply]:
    """Nothing is changed; where things stand, without ado when it is just as `plan` wants it."""
    set_aside(turn)
    network, current = mine(turn, round_id)
    as_wanted = plan is not None and any(
        plans.plan_of(m) == plan for m in current.meetings if not m.cancelled
    )
    settled = CardSettled("saved" if as_wanted else "stale")
    return [settled, listed(turn, network, current, None if as_wanted else WhyListed.STALE)]


def _wait(turn: Turn, draft: Draft) -> None:
    if turn.state.flow is Flow.NONE:
        pending = draft.model_dump_json()
        turn.state = turn.state.closed().model_copy(update={"asked": PLANNING, "pending": pending})


def again(turn: Turn, draft: Draft) -> list[Reply]:
    """The meeting that waits, shown again; nothing when it cannot be any more."""
    try:
        network, current = mine(turn, draft.round)
        if draft.ends:
            found = plans.standing(current, draft.meeting or 0, draft.v)
            return [confirm_cancelling(turn, network, current, found)]
    except (NotAllowed, MeetingGone):
        set_aside(turn)
        return []
    return understood(turn, network, draft)


def unchanged(draft: Draft) -> Reply:
    """The card of a meeting that was put aside."""
    return CardSettled("as_it_was" if draft.ends else "not_kept")


def give_up(turn: Turn, draft: Draft) -> list[Reply]:
    """`avbryt`: nothing is changed, and the meetings are shown."""
    set_aside(turn)
    network = turn.uow.rounds.get(draft.round).network_id
    return [unchanged(draft), Say(What.AS_IT_WAS), *meetings(turn, Meetings(network=network))]


def set_aside(turn: Turn) -> None:
    """No meeting is being planned any more; its card can still be used."""
    if turn.state.asked == PLANNING:
        turn.state = turn.state.closed()


def draft_of(turn: Turn) -> Draft | None:
    """The meeting that is being planned; None when none is."""
    if turn.state.asked != PLANNING or turn.state.pending is None:
        return None
    try:
        return Draft.model_validate_json(turn.state.pending)
    except ValidationError:
        return None
