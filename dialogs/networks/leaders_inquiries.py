"""What the leader does with questions: answers them, shares answers with the network, takes them back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TypeVar

from dialogs.chosen import id_in
from dialogs.payloads import (
    AnswerInquiry,
    DeclineInquiry,
    Inquiries,
    Publish,
    SharedAnswers,
    ShareInquiry,
    ShowInquiry,
    Unanswered,
    Withdraw,
    WriteAnswer,
)
from dialogs.replies import (
    AnswerShared,
    CardSettled,
    InquiryCard,
    InquiryClosed,
    InquiryRefused,
    OpenInquiries,
    Reply,
    Say,
    SharedList,
    ShareForm,
    UnansweredList,
    What,
)
from dialogs.turn import Turn
from domain.inquiries import answering, sharing
from domain.inquiries.errors import Closed, Gone, InquiryError, NotALeader, NotYours
from domain.inquiries.models import Inquiry, InquiryState
from domain.register import rights

PAGE = 5
MOST_UNANSWERED = 15

_Payload = TypeVar("_Payload")
_Item = TypeVar("_Item")
_Handler = Callable[[Turn, _Payload], list[Reply]]


def _told(handler: _Handler[_Payload]) -> _Handler[_Payload]:
    """The handler, with what the domain refuses told in words; nothing is stored by then."""

    @wraps(handler)
    def told(turn: Turn, payload: _Payload) -> list[Reply]:
        try:
            return handler(turn, payload)
        except NotYours:
            return [Say(What.NOT_YOURS)]
        except NotALeader:
            return [Say(What.NOT_A_LEADER)]
        except Closed as closed:
            return [CardSettled("handled"), _closed(turn, closed.inquiry, already=True)]
        except Gone as gone:
            return [CardSettled("handled"), InquiryRefused(gone)]
        except InquiryError as error:
            return [InquiryRefused(error)]

    return told


def inquiries_words(turn: Turn) -> list[Reply]:
    """`spørsmål`: what waits, for a leader in the personal chat; for others, an invitation to ask."""
    if turn.event.personal and rights.led_networks(turn.roles):
        return inquiries(turn, Inquiries())
    return [Say(What.ASK_AWAY)]


@_told
def inquiries(turn: Turn, payload: Inquiries) -> list[Reply]:
    """The questions that wait, a page at a time; when there is only one, the question itself."""
    waiting = answering.waiting(turn.uow, turn.me.id)
    if len(waiting) == 1:
        return [_card(turn, waiting[0])]
    shown, page, pages = _page(waiting, payload.page)
    named = tuple((i, turn.uow.register.person(i.asker).name) for i in shown)
    return [OpenInquiries(named, page, pages, len(waiting))]


@_told
def show(turn: Turn, payload: ShowInquiry) -> list[Reply]:
    """The question that was chosen, with room for the answer."""
    chosen = payload.inputs.get("chosen_inquiry", "")
    if not chosen.isdecimal():
        return [Say(What.CHOOSE_SOMETHING)]
    inquiry = answering.to_answer(turn.uow, turn.me.id, id_in(chosen) or 0)
    if inquiry.state is InquiryState.OPEN:
        return [_card(turn, inquiry)]
    return [_closed(turn, inquiry, already=True)]


@_told
def answer(turn: Turn, payload: AnswerInquiry) -> list[Reply]:
    """Sends the answer that was written on the card."""
    text = payload.inputs.get("inquiry_answer", "")
    done = answering.answer(turn.uow, turn.me.id, payload.inquiry, text, turn.now)
    return [CardSettled("answered", done.question), _closed(turn, done)]


@_told
def decline(turn: Turn, payload: DeclineInquiry) -> list[Reply]:
    """«Ikke noe å svare på»."""
    done = answering.decline(turn.uow, turn.me.id, payload.inquiry, turn.now)
    return [CardSettled("no_answer", done.question), _closed(turn, done)]


@_told
def share(turn: Turn, payload: ShareInquiry) -> list[Reply]:
    """«Del med nettverket»: question and answer to look over."""
    inquiry = answering.to_answer(turn.uow, turn.me.id, payload.inquiry)
    if inquiry.state is not InquiryState.ANSWERED:
        return [_closed(turn, inquiry, already=True)]
    if turn.uow.inquiries.published_from(inquiry.id) is not None:
        return [_shared(turn, inquiry.network_id, already=True)]
    return [ShareForm(inquiry.question, inquiry.answer, inquiry=inquiry.id)]


@_told
def publish(turn: Turn, payload: Publish) -> list[Reply]:
    """Shares what stands on the form."""
    words = payload.inputs.get("shared_question", ""), payload.inputs.get("shared_answer", "")
    if payload.unanswered is not None:
        done = sharing.publish_unanswered(turn.uow, turn.me.id, payload.unanswered, *words, turn.now)
        left = len(sharing.unanswered_questions(turn.uow, turn.me.id, MOST_UNANSWERED))
        return [CardSettled("shared", done.question), _shared(turn, done.network_id, left=left)]
    inquiry = answering.to_answer(turn.uow, turn.me.id, payload.inquiry or 0)
    already = turn.uow.inquiries.published_from(inquiry.id) is not None
    done = sharing.publish(turn.uow, turn.me.id, inquiry.id, *words, turn.now)
    return [CardSettled("shared", done.question), _shared(turn, done.network_id, already=already)]


@_told
def unanswered_questions(turn: Turn, _payload: Unanswered) -> list[Reply]:
    """`ubesvarte`: what people have asked that nobody could answer."""
    return [UnansweredList(tuple(sharing.unanswered_questions(turn.uow, turn.me.id, MOST_UNANSWERED)))]


@_told
def write_answer(turn: Turn, payload: WriteAnswer) -> list[Reply]:
    """«Svar på et av dem»: room for an answer that goes to the whole network."""
    chosen = payload.inputs.get("unanswered_question", "")
    if not chosen.isdecimal():
        return [Say(What.CHOOSE_SOMETHING)]
    question = sharing.unanswered_question(turn.uow, turn.me.id, id_in(chosen) or 0)
    return [ShareForm(question.text, unanswered=question.id)]


@_told
def shared_answers(turn: Turn, payload: SharedAnswers) -> list[Reply]:
    """`delte svar`: what the network gets, a page at a time."""
    return [_shared_list(turn, payload.page)]


@_told
def withdraw(turn: Turn, payload: Withdraw) -> list[Reply]:
    """«Fjern det valgte»: takes a shared answer back, and shows what is left."""
    chosen = payload.inputs.get("published_answer", "")
    if not chosen.isdecimal():
        return [Say(What.CHOOSE_SOMETHING)]
    gone = sharing.withdraw(turn.uow, turn.me.id, id_in(chosen) or 0, turn.now)
    return [CardSettled("removed", gone.question), _shared_list(turn, 0)]


# --- inside ---------------------------------------------------------------------------------------------------


def _card(turn: Turn, inquiry: Inquiry) -> Reply:
    return InquiryCard(inquiry, turn.uow.register.person(inquiry.asker).name)


def _closed(turn: Turn, inquiry: Inquiry, *, already: bool = False) -> Reply:
    if inquiry.state is InquiryState.OPEN:
        return _card(turn, inquiry)
    return InquiryClosed(
        inquiry=inquiry,
        asker=turn.uow.register.person(inquiry.asker).name,
        closed_by=_name(turn, inquiry.closed_by),
        own=inquiry.closed_by == turn.me.id,
        already=already,
        shared=turn.uow.inquiries.published_from(inquiry.id) is not None,
        left=len(answering.waiting(turn.uow, turn.me.id)),
    )


def _shared(turn: Turn, network_id: int, *, already: bool = False, left: int = 0) -> Reply:
    return AnswerShared(turn.uow.register.network(network_id).name, already, left)


def _shared_list(turn: Turn, page: int) -> Reply:
    everything = sharing.shared_answers(turn.uow, turn.me.id)
    shown, page, pages = _page(everything, page)
    return SharedList(tuple(shown), page, pages, len(everything))


def _page(items: Sequence[_Item], page: int) -> tuple[Sequence[_Item], int, int]:
    """The items of a page (the last when there are fewer pages now), its number, and how many there are."""
    pages = max(1, -(-len(items) // PAGE))
    page = min(page, pages - 1)
    return items[page * PAGE : (page + 1) * PAGE], page, pages


def _name(turn: Turn, person_id: int | None) -> str | None:
    return turn.uow.register.person(person_id).name if person_id is not None else None
