"""Nothing that can be said lacks its words, and nothing that has words lacks its example."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import StrEnum
from typing import get_args

import pytest

from dialogs import replies
from dialogs.replies import AskStep, ContentReply, InquiryRefused, Reply, Say, What
from domain.inquiries.errors import InquiryError
from domain.needs.form import needs_form, owners_form
from domain.needs.models import JointState, Status
from domain.needs.overview import Answer
from domain.needs.owners.merging import WhyNot
from domain.needs.reading import HintKind, ProblemKind
from domain.norwegian.hygiene import PersonalKind
from domain.outbox import SCHEDULED, MessageKind
from domain.outreach.content import Content
from domain.outreach.notices.coming_in import AccessNotice
from domain.outreach.notices.inquiries import InquiryNotice
from domain.outreach.notices.joint import JointNotice
from domain.outreach.notices.needs import NeedNotice
from domain.outreach.reaching.reach import Group, Why
from domain.register.faults import Fault, FaultReason
from domain.register.models import Role
from domain.rounds.models import DeadlineKind
from messages import greetings, inquiries, notices, problems, short, words
from messages.heads import report
from messages.networks import leader, reach
from messages.owners import common_needs, sending
from messages.register import register_faults
from messages.render import RENDERERS, WITH_LINKS
from tests.messages.looking import all_examples


def said() -> Iterator[Reply]:
    """The replies of the ordinary scene."""
    return (e.reply for e in all_examples() if e.reply is not None and e.scene == "ordinary")


def all_replies() -> set[type[Reply]]:
    """Every class of replies."""
    found = {c for _, c in inspect.getmembers(replies, inspect.isclass) if issubclass(c, Reply)}
    return found - {Reply}


def test_every_reply_has_a_renderer() -> None:
    """A new reply cannot be forgotten."""
    assert RENDERERS.keys() | WITH_LINKS.keys() | {ContentReply} == all_replies()


def test_every_reply_and_content_has_an_example() -> None:
    """What is not in the preview is not looked at."""
    assert {type(reply) for reply in said()} == all_replies()
    contents = {type(reply.content) for reply in said() if isinstance(reply, ContentReply)}
    assert contents == set(get_args(Content))


def test_every_notice_has_an_example() -> None:
    """Every kind of message about a need, about access, or about a question to the leader."""
    shown = {
        r.content.kind
        for r in said()
        if isinstance(r, ContentReply)
        and isinstance(r.content, NeedNotice | AccessNotice | InquiryNotice | JointNotice)
    }
    others = SCHEDULED | {
        MessageKind.NEED_MERGED,
        MessageKind.OWNER_REPORTED,
        MessageKind.NUDGED_BY_OWNER,
        MessageKind.DATE_CHANGED,
        MessageKind.MEETING_CHANGED,
        MessageKind.MOVED_HERE,
    }
    assert shown == set(MessageKind) - others


def test_every_content_has_a_renderer() -> None:
    """A new kind of message cannot be forgotten."""
    assert notices.RENDERERS.keys() == set(get_args(Content))


def test_every_question_has_its_examples() -> None:
    """Each step of both forms, empty and filled in; each problem and each remark."""
    asked = [reply for reply in said() if isinstance(reply, AskStep)]
    for form in (needs_form(), owners_form()):
        for step in (s for s in form.steps if not s.closes):
            mine = [a for a in asked if a.place.step == step]
            assert {bool(a.answers) for a in mine} == {True, False}
            assert any(a.changing for a in mine)
            assert len(step.fields) == 1 or any(a.partly for a in mine)
    assert {p.kind for a in asked for p in a.problems} == set(ProblemKind)
    assert {h.kind for a in asked for h in a.hints} == set(HintKind)


def test_every_short_thing_has_words_and_an_example() -> None:
    """`What`, one and all."""
    assert short.SAYINGS.keys() | {What.NOT_SUBMITTED} == set(What)
    assert {reply.what for reply in said() if isinstance(reply, Say)} == set(What)


@pytest.mark.parametrize(
    ("words_", "things"),
    [
        (words.STATUS, Status),
        (words.ROLE, Role),
        (problems.HINTS, HintKind),
        (greetings.ANSWER, Answer),
        (leader.DEADLINE, DeadlineKind),
        (register_faults.REASONS, FaultReason),
        (common_needs.REFUSED, WhyNot),
        (sending.JOINT, JointState),
        (inquiries.PERSONAL, PersonalKind),
        (reach.WHY, Why),
        (reach.GROUP, Group),
    ],
)
def test_every_name_has_words(words_: dict[StrEnum, str], things: type[StrEnum]) -> None:
    """States, roles, remarks, dates, faults: each has its own."""
    assert words_.keys() == set(things)
    assert all(text.strip() for text in words_.values())


@pytest.mark.parametrize("kind", ProblemKind)
def test_every_problem_says_what_to_do(kind: ProblemKind) -> None:
    """A whole sentence, with the numbers that belong in it."""
    problem = next(p for a in said() if isinstance(a, AskStep) for p in a.problems if p.kind is kind)
    sentence = problems.problem(problem)
    assert sentence.endswith(".")
    assert problem.limit == 0 or str(problem.limit) in sentence


def test_every_refusal_of_a_question_has_a_sentence_and_an_example() -> None:
    """Whatever stands in the way of asking, answering or sharing."""
    assert inquiries.SENTENCES.keys() == set(InquiryError.__subclasses__())
    shown = {type(reply.error) for reply in said() if isinstance(reply, InquiryRefused)}
    assert shown == inquiries.SENTENCES.keys()


@pytest.mark.parametrize("reason", FaultReason)
def test_every_fault_of_the_register_says_where_it_is(reason: FaultReason) -> None:
    """Sheet, row and column, then what is wrong."""
    fault = Fault(reason=reason, sheet="personer", row=7, column="epost", value="x@")
    sentence = register_faults.sentence(fault)
    assert sentence.startswith("personer, rad 7, kolonne epost: ")
    assert register_faults.REASONS[reason] in sentence
    assert sentence.endswith("(«x@»)")


def test_a_fault_of_a_whole_file_has_no_place() -> None:
    """Just what is wrong."""
    fault = Fault(reason=FaultReason.NO_FILE)
    assert register_faults.sentence(fault) == "fila finnes ikke"


def test_every_settled_card_has_an_example() -> None:
    """What cards become."""
    shown = {reply.what for reply in said() if isinstance(reply, replies.CardSettled)}
    assert shown == report.SETTLED.keys()
