"""Answers that a leader shares with the whole network, and takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.inquiries import access, texts, trace
from domain.inquiries.errors import Changed, Closed, Gone
from domain.inquiries.models import InquiryState, PublishedAnswer, SharedState, UnansweredQuestion

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork
    from domain.register.models import Role


def publish(
    uow: UnitOfWork, person_id: int, inquiry_id: int, question: str, answer: str, now: datetime
) -> PublishedAnswer:
    """Shares an answered question in the words given here; one that is shared already stays as it is.

    Raises NotYours, Closed (when it was not answered), NoWords, WrongLength, PersonalData and Changed.
    """
    inquiry, role = access.asked_in_led(uow, person_id, inquiry_id)
    if inquiry.state is not InquiryState.ANSWERED or inquiry.closed_at is None:
        raise Closed(inquiry)
    if (before := uow.inquiries.published_from(inquiry_id)) is not None:
        return before
    new = PublishedAnswer(
        id=0,
        network_id=inquiry.network_id,
        question=texts.question_in(question),
        answer=texts.answer_in(answer),
        answered_on=local_day(inquiry.closed_at),
        inquiry_id=inquiry.id,
    )
    shared = _share(uow, person_id, role, new, now)
    _drop(uow, new.network_id, inquiry.question, new.question)
    return shared


def publish_unanswered(
    uow: UnitOfWork, person_id: int, question_id: int, question: str, answer: str, now: datetime
) -> PublishedAnswer:
    """Answers a question of the log for the whole network, which takes it out of the log.

    Raises Gone, NotYours, NoWords, WrongLength and PersonalData.
    """
    logged = unanswered_question(uow, person_id, question_id)
    role = access.leading_role(uow, person_id, logged.network_id)
    new = PublishedAnswer(
        id=0,
        network_id=logged.network_id,
        question=texts.question_in(question),
        answer=texts.answer_in(answer),
        answered_on=local_day(now),
    )
    if not _drop(uow, new.network_id, logged.text, new.question):
        # Pressed twice in the same moment: the other press has answered it.
        raise Gone
    return _share(uow, person_id, role, new, now)


def withdraw(uow: UnitOfWork, person_id: int, answer_id: int, now: datetime) -> PublishedAnswer:
    """Takes a shared answer back, for good. Raises Gone and NotYours."""
    shared = uow.inquiries.published_answer(answer_id)
    if shared is None:
        raise Gone
    role = access.leading_role(uow, person_id, shared.network_id)
    if not uow.inquiries.withdraw(shared.id):
        raise Gone
    trace.note(uow, person_id, role.value, shared, SharedState.SHARED, SharedState.WITHDRAWN, now)
    return shared


def shared_answers(uow: UnitOfWork, person_id: int) -> list[PublishedAnswer]:
    """What is shared in the networks one leads, newest first; raises NotALeader."""
    found = [a for i in access.led(uow, person_id) for a in uow.inquiries.published(i)]
    return sorted(found, key=lambda a: -a.id)


def unanswered_questions(uow: UnitOfWork, person_id: int, most: int) -> list[UnansweredQuestion]:
    """The log of the networks one leads, most asked first; raises NotALeader."""
    return uow.inquiries.unanswered(access.led(uow, person_id), most)


def unanswered_question(uow: UnitOfWork, person_id: int, question_id: int) -> UnansweredQuestion:
    """One question of the log of a network one leads; raises Gone and NotYours."""
    logged = uow.inquiries.unanswered_question(question_id)
    if logged is None:
        raise Gone
    access.leading_role(uow, person_id, logged.network_id)
    return logged


def _share(
    uow: UnitOfWork, person_id: int, role: Role, new: PublishedAnswer, now: datetime
) -> PublishedAnswer:
    """Stores it; an earlier answer to the same words gives way, so that nobody gets two."""
    stored = uow.inquiries.publish(new)
    if stored is None:
        # Pressed twice in the same moment: the other press has shared it.
        raise Changed
    for before in uow.inquiries.published(new.network_id):
        same = before.id != stored.id and texts.key_of(before.question) == texts.key_of(new.question)
        if same and uow.inquiries.withdraw(before.id):
            trace.note(uow, person_id, role.value, before, SharedState.SHARED, SharedState.WITHDRAWN, now)
    trace.note(uow, person_id, role.value, stored, None, SharedState.SHARED, now)
    return stored


def _drop(uow: UnitOfWork, network_id: int, *questions: str) -> int:
    keys = {texts.key_of(texts.logged(question)) for question in questions}
    return uow.inquiries.drop_unanswered(network_id, sorted(keys))
