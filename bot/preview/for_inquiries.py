"""Examples of questions to the leader: asking, answering, sharing, and the notices between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.preview.scene import Scene
from dialogs import replies as r
from domain.inquiries import errors
from domain.inquiries.models import (
    LONGEST_ANSWER,
    LONGEST_LOGGED,
    LONGEST_QUESTION,
    MOST_OPEN,
    Inquiry,
    InquiryState,
    PublishedAnswer,
    UnansweredQuestion,
)
from domain.inquiries.texts import FORGET_ME
from domain.norwegian.hygiene import PersonalKind
from domain.outbox import MessageKind
from domain.outreach.notices.inquiries import InquiryNotice
from domain.register.models import Role

Variants = Iterator[tuple[str, r.Reply]]

QUESTION = "Kan vi få dekket vikar når hele personalet er på samling?"
ANSWER = "Ja, for to dager i året. Skriv antall dager i søknaden om midler."
STATES = {
    MessageKind.INQUIRY_ASKED: InquiryState.OPEN,
    MessageKind.INQUIRY_ANSWERED: InquiryState.ANSWERED,
    MessageKind.INQUIRY_DECLINED: InquiryState.DECLINED,
}


def asking(s: Scene) -> Variants:
    """What the one who asks sees at once."""
    yield "form", r.AskLeaderForm(s.kari.name)
    yield "form-no-leader", r.AskLeaderForm(None)
    yield "form-in-channel", r.AskLeaderForm(s.kari.name, in_channel=True)
    yield "forget-me", r.ForgetMe(s.kari.name, FORGET_ME)
    yield "forget-me-no-leader", r.ForgetMe(None, FORGET_ME)
    yield "asked", r.LeaderAsked(s.kari.name)
    yield "asked-again", r.LeaderAsked(None, new=False)
    yield "asked-in-channel", r.LeaderAsked(s.kari.name, in_channel=True)
    yield "answered-before", r.AskedBefore(_inquiry(s, InquiryState.ANSWERED), s.per.name)
    yield "declined-before", r.AskedBefore(_inquiry(s, InquiryState.DECLINED), s.kari.name)


def refusing(s: Scene) -> Variants:
    """Everything that can stand in the way."""
    refused: tuple[errors.InquiryError, ...] = (
        errors.NotYours(),
        errors.NotALeader(),
        errors.NoLeader(),
        errors.TooManyOpen(MOST_OPEN),
        errors.Closed(_inquiry(s, InquiryState.ANSWERED)),
        errors.Gone(),
        errors.NoWords(),
        errors.WrongLength(1, 2, LONGEST_ANSWER),
        errors.PersonalData(tuple(PersonalKind)),
        errors.Changed(),
    )
    for error in refused:
        yield type(error).__name__, r.InquiryRefused(error)
    yield "own-network", r.InquiryRefused(errors.NoLeader(own=True))
    yield "too-long", r.InquiryRefused(errors.WrongLength(4321, 2, LONGEST_ANSWER))
    yield "in-channel", r.InquiryRefused(errors.TooManyOpen(MOST_OPEN), in_channel=True)
    personal = errors.PersonalData((PersonalKind.PHONE,))
    yield "personal-in-channel", r.InquiryRefused(personal, in_channel=True)


def answering(s: Scene) -> Variants:
    """What the leader sees of questions."""
    yield "one", r.InquiryCard(_inquiry(s), s.kari.name)
    yield "nothing-waits", r.OpenInquiries((), 0, 1, 0)
    five = tuple(
        (_inquiry(s, id=n, role=role.value), s.kari.name) for n, role in enumerate(list(Role)[:5], 1)
    )
    yield "two-wait", r.OpenInquiries(five[:2], 0, 1, 2)
    yield "many-wait", r.OpenInquiries(five, 1, 3, 12)
    answered = r.InquiryClosed(
        inquiry=_inquiry(s, InquiryState.ANSWERED),
        asker=s.kari.name,
        closed_by=s.per.name,
        own=True,
        already=False,
        shared=False,
        left=0,
    )
    declined = replace(answered, inquiry=_inquiry(s, InquiryState.DECLINED))
    yield "answered", answered
    yield "answered-more-left", replace(answered, left=3)
    yield "answered-before-by-another", replace(answered, already=True, own=False)
    yield "answered-before-and-shared", replace(answered, already=True, shared=True, left=1)
    yield "declined", declined
    yield "declined-before", replace(declined, already=True, own=False)


def sharing(s: Scene) -> Variants:
    """What the leader shares, and what nobody could answer."""
    inquiry = _inquiry(s, InquiryState.ANSWERED)
    yield "look-over", r.ShareForm(inquiry.question, inquiry.answer, inquiry=1)
    yield "write", r.ShareForm(inquiry.question[:LONGEST_LOGGED], unanswered=1)
    yield "shared", r.AnswerShared(s.network.name)
    yield "shared-before", r.AnswerShared(s.network.name, already=True)
    yield "shared-more-left", r.AnswerShared(s.network.name, left=3)
    logged = tuple(
        UnansweredQuestion(
            id=n,
            network_id=1,
            text=_text(s, QUESTION, LONGEST_LOGGED),
            count=16 - n,
            first_day=s.today - timedelta(days=200),
            last_day=s.today - timedelta(days=n),
        )
        for n in range(1, 16)
    )
    yield "nothing", r.UnansweredList(())
    yield "fifteen", r.UnansweredList(logged)
    published = tuple(shared_answer(s, n) for n in range(1, 6))
    yield "nothing-shared", r.SharedList((), 0, 1, 0)
    yield "one-shared", r.SharedList(published[:1], 0, 1, 1)
    yield "many-shared", r.SharedList(published, 1, 3, 14)


def notices(s: Scene) -> Iterator[tuple[str, InquiryNotice]]:
    """What is sent to the leader and back."""
    for kind, state in STATES.items():
        yield kind.value, InquiryNotice(kind, _inquiry(s, state), s.kari.name, s.per.name)


def shared_answer(s: Scene, number: int = 1) -> PublishedAnswer:
    """What a leader has shared with the network."""
    inquiry = _inquiry(s, InquiryState.ANSWERED)
    return PublishedAnswer(
        id=number,
        network_id=1,
        question=inquiry.question,
        answer=inquiry.answer or "",
        answered_on=s.today,
        inquiry_id=number,
    )


def _inquiry(s: Scene, state: InquiryState = InquiryState.OPEN, **other: Any) -> Inquiry:
    closed = {"closed_by": s.per.id, "closed_at": s.now} if state is not InquiryState.OPEN else {}
    answer = {"answer": _text(s, ANSWER, LONGEST_ANSWER)} if state is InquiryState.ANSWERED else {}
    return Inquiry(
        **{
            "id": 1,
            "network_id": 1,
            "asker": s.kari.id,
            "role": Role.HEAD.value,
            "question": _text(s, QUESTION, LONGEST_QUESTION),
            "key": "",
            "state": state,
            "asked_at": s.now - timedelta(days=2),
            **closed,
            **answer,
            **other,
        }
    )


def _text(s: Scene, ordinary: str, longest: int) -> str:
    """What somebody may have written: as long as may be in a scene of extremes."""
    if s.words.text is None:
        return ordinary
    return (s.words.text * (longest // len(s.words.text) + 1))[:longest].strip()
