"""Questions to the leader of one's network: asking, and counting those that nobody could answer."""

from __future__ import annotations

from dialogs import in_words
from dialogs.payloads import AskLeader
from dialogs.replies import (
    AskedBefore,
    AskLeaderForm,
    CardSettled,
    ForgetMe,
    InquiryRefused,
    LeaderAsked,
    Reply,
    Say,
    What,
)
from dialogs.turn import Turn
from domain.inquiries import access, asking, unanswered
from domain.inquiries.errors import (
    InquiryError,
    NoLeader,
    NotYours,
    NoWords,
    PersonalData,
    WrongLength,
)
from domain.inquiries.models import InquiryState
from domain.inquiries.texts import FORGET_ME
from domain.register.care import LEADERS_CARE

IN_THE_TEXT = (NoWords, WrongLength, PersonalData)
"""What is put right by writing differently."""


def ask_words(turn: Turn, question: str | None) -> list[Reply]:
    """`spør leder: …`; without a question the bot asks for it."""
    return ask_leader(turn, AskLeader(inputs={} if question is None else {"leader_question": question}))


def ask_leader(turn: Turn, payload: AskLeader) -> list[Reply]:
    """Sends a question on. What is wrong with it is said, and there is room to write it anew."""
    written = payload.inputs.get("leader_question")
    question = payload.question if written is None else written
    if question is None:
        return [_form(turn)]
    replies = _ask(turn, question)
    on_a_form = written is not None and bool(turn.event.payload)
    if any(isinstance(r, InquiryRefused) and isinstance(r.error, IN_THE_TEXT) for r in replies):
        # A form keeps what was written on it, so it is corrected there.
        return [*replies, *([] if on_a_form or not turn.event.personal else [_form(turn)])]
    if on_a_form and any(isinstance(r, LeaderAsked | AskedBefore) for r in replies):
        return [CardSettled("asked_leader"), *replies]
    return replies


def forget_me(turn: Turn) -> list[Reply]:
    """`slett meg`: told what that means, and asked."""
    network = turn.network()
    others = []
    if network is not None and any(r.role in LEADERS_CARE for r in turn.roles):
        others = access.to_be_asked(turn.uow, network.id, turn.me.id)
    if others:
        in_words.wait(turn, AskLeader(question=FORGET_ME))
    return [ForgetMe(others[0].name if others else None, FORGET_ME)]


def _form(turn: Turn) -> Reply:
    return AskLeaderForm(turn.leader_name(), in_channel=not turn.event.personal)


def _ask(turn: Turn, question: str) -> list[Reply]:
    try:
        return [_asked(turn, question)]
    except NotYours:
        return [Say(What.NOT_YOURS)]
    except InquiryError as error:
        return [InquiryRefused(error, in_channel=not turn.event.personal)]


def _asked(turn: Turn, question: str) -> Reply:
    network, in_channel = turn.network(), not turn.event.personal
    if network is None or turn.role is None:
        raise NoLeader
    asked = asking.ask(turn.uow, turn.me.id, turn.role, network.id, question, turn.now)
    if asked.inquiry.state is not InquiryState.OPEN and not in_channel:
        by = asked.inquiry.closed_by
        return AskedBefore(asked.inquiry, turn.uow.register.person(by).name if by is not None else None)
    leader = asked.told[0].name if asked.told else None
    return LeaderAsked(leader, asked.new, in_channel)


def note_unanswered(turn: Turn, question: str) -> None:
    """Counts a question that the description has no answer to in the log of the asker's network."""
    network = turn.network()
    if network is not None:
        unanswered.note_unanswered(turn.uow, network.id, question, turn.today)
