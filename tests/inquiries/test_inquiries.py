"""Questions to the leader and back, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from domain.inquiries import answering, asking, sharing, unanswered
from domain.inquiries.errors import (
    Closed,
    Gone,
    InquiryError,
    NoLeader,
    NotALeader,
    NotYours,
    NoWords,
    PersonalData,
    TooManyOpen,
    WrongLength,
)
from domain.inquiries.models import MOST_OPEN, InquiryState
from domain.norwegian.hygiene import PersonalKind
from domain.ports import UnitOfWork
from domain.register.models import Role
from storage.database import Database
from tests.inquiries.world import ANSWER, QUESTION, World
from tests.storage.seeds import NOW, Seeds, at_once

DAY = date(2026, 11, 22)
NATIONAL_ID = "11077941012"


@pytest.fixture
def world(uow: UnitOfWork, seeds: Seeds) -> World:
    return World(uow, seeds)


# --- asking ---------------------------------------------------------------------------------------------------


def test_a_question_goes_to_every_leader_and_leaves_its_trace(world: World) -> None:
    siv = world.join("Siv Leder", Role.LEADER, world.gauldal)
    world.join("Tuva Sørgård", Role.COORDINATOR, world.gauldal)
    asked = world.ask("  Kan vi\u200b få vikar?  ")
    assert asked.new
    assert asked.inquiry.question == "Kan vi få vikar?"
    assert asked.inquiry.state is InquiryState.OPEN
    assert {p.id for p in asked.told} == {world.id("Ingrid"), siv}
    assert sorted(world.outbox()) == sorted([("inquiry_asked", world.id("Ingrid")), ("inquiry_asked", siv)])
    assert world.audit("inquiry", asked.inquiry.id) == [(world.id("Kari"), "styrer", None, "åpent")]
    assert world.uow.inquiries.get(asked.inquiry.id) == asked.inquiry


@pytest.mark.parametrize("again", [QUESTION, QUESTION.upper(), f"  {QUESTION[:-1]}!\n"])
def test_the_same_words_from_the_same_person_act_once(world: World, again: str) -> None:
    first = world.ask()
    second = world.ask(again)
    assert (second.new, second.inquiry) == (False, first.inquiry)
    assert len(world.outbox()) == 1
    assert len(world.audit("inquiry", first.inquiry.id)) == 1
    assert world.ask(QUESTION, "Per").new


def test_the_same_words_after_the_answer_give_the_answer(world: World) -> None:
    inquiry = world.answered()
    again = world.ask()
    assert (again.new, again.inquiry) == (False, inquiry)


def test_pressed_many_times_at_once_is_one_question(database: Database, seeds: Seeds) -> None:
    def press() -> bool:
        with database.unit_of_work() as uow:
            new = World(uow, seeds).ask().new
            uow.commit()
        return new

    outcomes = at_once(*[press] * 4)
    assert outcomes.count(True) == 1
    assert all(o is False or isinstance(o, InquiryError) for o in outcomes if o is not True)
    with database.unit_of_work() as uow:
        assert len(uow.inquiries.open_in([World(uow, seeds).gauldal])) == 1
        assert len(World(uow, seeds).outbox()) == 1


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", NoWords),
        ("?! 12 👍", NoWords),
        ("Får " + "lang " * 250, WrongLength),
        (f"Gjelder {NATIONAL_ID}, hva gjør vi?", PersonalData),
        ("Kan du ringe 912 34 567?", PersonalData),
        ("Svar til kari@melhus.example?", PersonalData),
        ("Får barnet Ola plass?", PersonalData),
    ],
)
def test_what_cannot_be_asked_stores_nothing(world: World, text: str, refusal: type[InquiryError]) -> None:
    with pytest.raises(refusal):
        world.ask(text)
    assert not world.uow.dirty
    assert world.uow.inquiries.open_in([world.gauldal]) == []


def test_the_longest_question_is_taken(world: World) -> None:
    assert len(world.ask("å" * 1000).inquiry.question) == 1000


def test_everything_personal_is_named_once(world: World) -> None:
    with pytest.raises(PersonalData) as refused:
        world.ask("Barnet Ola og barnet Kai, 912 34 567.")
    assert refused.value.kinds == (PersonalKind.NAMED_CHILD, PersonalKind.PHONE)


def test_ten_may_wait_at_a_time(world: World) -> None:
    asked = [world.ask(f"Hva med sak nummer {n}?") for n in range(MOST_OPEN)]
    with pytest.raises(TooManyOpen):
        world.ask("En til?")
    assert not world.ask("Hva med sak nummer 3?").new
    assert world.ask("En til?", "Per").new
    answering.decline(world.uow, world.id("Ingrid"), asked[0].inquiry.id, NOW)
    assert world.ask("En til?").new


def test_without_another_leader_the_coordinator_is_asked(world: World) -> None:
    with pytest.raises(NoLeader) as alone:
        world.ask(who="Ingrid")
    assert alone.value.own
    tuva = world.join("Tuva Sørgård", Role.COORDINATOR, world.gauldal)
    assert [p.id for p in world.ask(who="Ingrid").told] == [tuva]
    world.leave("Ingrid")
    assert [p.id for p in world.ask("Hvem leder nå?").told] == [tuva]
    world.leave("Tuva")
    with pytest.raises(NoLeader) as nobody:
        world.ask("Er det noen der?")
    assert not nobody.value.own


@pytest.mark.parametrize("who", ["Ola", "Gro", "Bodil"])
def test_only_those_of_the_network_ask(world: World, who: str) -> None:
    with pytest.raises(NotYours):
        world.ask(who=who)


@pytest.mark.parametrize("who", ["Kari", "Per", "Åse", "Ingrid"])
def test_every_role_of_the_network_may_ask(world: World, who: str) -> None:
    world.join("Tuva Sørgård", Role.COORDINATOR, world.gauldal)
    assert world.ask(who=who).new


# --- answering ------------------------------------------------------------------------------------------------


def test_an_answer_goes_back_to_the_asker(world: World) -> None:
    done = world.answered(answer=f" {ANSWER}\u200b ")
    assert (done.state, done.answer, done.closed_by, done.closed_at) == (
        InquiryState.ANSWERED,
        ANSWER,
        world.id("Ingrid"),
        NOW,
    )
    assert world.uow.inquiries.get(done.id) == done
    assert ("inquiry_answered", world.id("Kari")) in world.outbox()
    assert world.audit("inquiry", done.id)[1:] == [(world.id("Ingrid"), "leder", "åpent", "besvart")]
    assert answering.waiting(world.uow, world.id("Ingrid")) == []


def test_a_coordinator_may_answer_and_the_trace_says_so(world: World) -> None:
    tuva = world.join("Tuva Sørgård", Role.COORDINATOR, world.gauldal)
    done = answering.decline(world.uow, tuva, world.ask().inquiry.id, NOW)
    assert (done.state, done.answer) == (InquiryState.DECLINED, None)
    assert ("inquiry_declined", world.id("Kari")) in world.outbox()
    assert world.audit("inquiry", done.id)[1:] == [(tuva, "koordinator", "åpent", "uten_svar")]


@pytest.mark.parametrize("first", [answering.decline, None])
def test_the_first_answer_wins(world: World, first: Callable[..., object] | None) -> None:
    asked = world.ask().inquiry
    if first is None:
        answering.answer(world.uow, world.id("Ingrid"), asked.id, ANSWER, NOW)
    else:
        first(world.uow, world.id("Ingrid"), asked.id, NOW)
    stored, sent = world.uow.inquiries.get(asked.id), world.outbox()
    tuva = world.join("Tuva Sørgård", Role.COORDINATOR, world.gauldal)
    with pytest.raises(Closed) as late:
        answering.answer(world.uow, tuva, asked.id, "Nei.", NOW)
    with pytest.raises(Closed):
        answering.decline(world.uow, world.id("Ingrid"), asked.id, NOW)
    assert late.value.inquiry == stored == world.uow.inquiries.get(asked.id)
    assert world.outbox() == sent


def test_of_leaders_who_answer_at_once_one_is_heard(database: Database, seeds: Seeds) -> None:
    with database.unit_of_work() as uow:
        world = World(uow, seeds)
        asked, ingrid = world.ask().inquiry, world.id("Ingrid")
        uow.commit()

    def answer(text: str) -> str:
        with database.unit_of_work() as uow:
            answering.answer(uow, ingrid, asked.id, text, NOW)
            uow.commit()
        return text

    outcomes = at_once(*[lambda t=t: answer(t) for t in ("Ja.", "Nei.", "Kanskje.")])
    (heard,) = [o for o in outcomes if isinstance(o, str)]
    closed = [o for o in outcomes if isinstance(o, Closed)]
    assert [c.inquiry.answer for c in closed] == [heard, heard]
    with database.unit_of_work() as uow:
        stored = uow.inquiries.get(asked.id)
        assert stored is not None
        assert stored.answer == heard
        assert len(uow.audit.of("inquiry", asked.id)) == 2


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("", WrongLength), ("å", WrongLength), ("å" * 2001, WrongLength), ("Ring 912 34 567.", PersonalData)],
)
def test_what_cannot_be_answered_leaves_the_question_open(
    world: World, text: str, refusal: type[InquiryError]
) -> None:
    asked = world.ask().inquiry
    with pytest.raises(refusal):
        answering.answer(world.uow, world.id("Ingrid"), asked.id, text, NOW)
    assert world.uow.inquiries.get(asked.id) == asked
    answering.answer(world.uow, world.id("Ingrid"), asked.id, "ja", NOW)


@pytest.mark.parametrize("who", ["Kari", "Per", "Ola", "Bodil"])
def test_only_those_who_lead_the_network_answer(world: World, who: str) -> None:
    asked = world.ask().inquiry
    for act in (
        lambda: answering.answer(world.uow, world.id(who), asked.id, ANSWER, NOW),
        lambda: answering.decline(world.uow, world.id(who), asked.id, NOW),
        lambda: answering.to_answer(world.uow, world.id(who), asked.id),
        lambda: sharing.publish(world.uow, world.id(who), asked.id, QUESTION, ANSWER, NOW),
    ):
        with pytest.raises(NotYours):
            act()
    assert world.uow.inquiries.get(asked.id) == asked


def test_what_waits_is_what_others_here_have_asked(world: World) -> None:
    world.join("Tuva Sørgård", Role.COORDINATOR, world.gauldal)
    later = world.ask("Og så?", now=NOW + timedelta(hours=1)).inquiry
    first = world.ask("Hva nå?", "Per").inquiry
    own = world.ask("Hva mener du?", "Ingrid").inquiry
    elsewhere = asking.ask(world.uow, world.id("Gro"), Role.COUNTY, world.fosen, "Og Fosen?", NOW).inquiry
    assert answering.waiting(world.uow, world.id("Ingrid")) == [first, later]
    assert answering.waiting(world.uow, world.id("Tuva")) == [first, own, later]
    assert answering.waiting(world.uow, world.id("Ola")) == [elsewhere]
    with pytest.raises(NotALeader):
        answering.waiting(world.uow, world.id("Kari"))
    world.leave("Per")
    assert answering.waiting(world.uow, world.id("Ingrid")) == [later]


# --- sharing --------------------------------------------------------------------------------------------------


def test_an_answer_is_shared_in_the_words_of_the_leader(world: World) -> None:
    inquiry, ingrid = world.answered(), world.id("Ingrid")
    later = NOW + timedelta(days=3)
    shared = sharing.publish(world.uow, ingrid, inquiry.id, "Dekkes vikar?", "Ja, to dager.", later)
    assert (shared.question, shared.answer, shared.answered_on) == ("Dekkes vikar?", "Ja, to dager.", DAY)
    assert world.uow.inquiries.published(world.gauldal) == [shared]
    assert world.uow.inquiries.published(world.fosen) == []
    assert world.audit("published_answer", shared.id) == [(ingrid, "leder", None, "delt")]
    again = sharing.publish(world.uow, ingrid, inquiry.id, "Noe annet?", "Nei.", later)
    assert again == shared
    assert world.uow.inquiries.published(world.gauldal) == [shared]


def test_only_an_answered_question_is_shared(world: World) -> None:
    asked, ingrid = world.ask().inquiry, world.id("Ingrid")
    with pytest.raises(Closed):
        sharing.publish(world.uow, ingrid, asked.id, QUESTION, ANSWER, NOW)
    answering.decline(world.uow, ingrid, asked.id, NOW)
    with pytest.raises(Closed):
        sharing.publish(world.uow, ingrid, asked.id, QUESTION, ANSWER, NOW)
    assert world.uow.inquiries.published(world.gauldal) == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [("", ANSWER), (QUESTION, "x"), ("Får barnet Ola vikar?", ANSWER), (QUESTION, "Ring 912 34 567.")],
)
def test_nothing_personal_is_shared(world: World, question: str, answer: str) -> None:
    inquiry = world.answered()
    with pytest.raises((NoWords, WrongLength, PersonalData)):
        sharing.publish(world.uow, world.id("Ingrid"), inquiry.id, question, answer, NOW)
    assert world.uow.inquiries.published(world.gauldal) == []


def test_a_newer_answer_to_the_same_words_takes_the_place_of_the_older(world: World) -> None:
    ingrid = world.id("Ingrid")
    old = sharing.publish(world.uow, ingrid, world.answered().id, QUESTION, ANSWER, NOW)
    other = world.answered("Gjelder det fortsatt?")
    new = sharing.publish(world.uow, ingrid, other.id, QUESTION.lower(), "Nei, bare én dag.", NOW)
    assert world.uow.inquiries.published(world.gauldal) == [new]
    assert world.audit("published_answer", old.id)[1:] == [(ingrid, "leder", "delt", "fjernet")]


def test_what_is_withdrawn_is_gone_and_may_be_shared_again(world: World) -> None:
    inquiry, ingrid = world.answered(), world.id("Ingrid")
    shared = sharing.publish(world.uow, ingrid, inquiry.id, QUESTION, ANSWER, NOW)
    for who in ("Kari", "Ola"):
        with pytest.raises(NotYours):
            sharing.withdraw(world.uow, world.id(who), shared.id, NOW)
    assert sharing.withdraw(world.uow, ingrid, shared.id, NOW) == shared
    assert world.uow.inquiries.published(world.gauldal) == []
    assert world.audit("published_answer", shared.id)[1:] == [(ingrid, "leder", "delt", "fjernet")]
    with pytest.raises(Gone):
        sharing.withdraw(world.uow, ingrid, shared.id, NOW)
    assert sharing.publish(world.uow, ingrid, inquiry.id, QUESTION, ANSWER, NOW).id > shared.id


def test_a_leader_sees_what_is_shared_newest_first(world: World) -> None:
    ingrid = world.id("Ingrid")
    shared = [
        sharing.publish(world.uow, ingrid, world.answered(q).id, q, ANSWER, NOW)
        for q in ("Hva er først?", "Hva er sist?")
    ]
    assert sharing.shared_answers(world.uow, ingrid) == shared[::-1]
    assert sharing.shared_answers(world.uow, world.id("Ola")) == []
    with pytest.raises(NotALeader):
        sharing.shared_answers(world.uow, world.id("Kari"))


# --- what nobody could answer ---------------------------------------------------------------------------------


def test_the_log_counts_the_words_and_nobody(world: World) -> None:
    for day, text in enumerate(["Når kommer pengene?", "når kommer pengene", "Hvem eier bygget?"]):
        unanswered.note_unanswered(world.uow, world.gauldal, text, DAY + timedelta(days=day))
    most, other = sharing.unanswered_questions(world.uow, world.id("Ingrid"), 15)
    assert (most.text, most.count) == ("Når kommer pengene?", 2)
    assert (most.first_day, most.last_day) == (DAY, DAY + timedelta(days=1))
    assert (other.text, other.count) == ("Hvem eier bygget?", 1)
    assert sharing.unanswered_questions(world.uow, world.id("Ingrid"), 1) == [most]
    assert sharing.unanswered_questions(world.uow, world.id("Ola"), 15) == []
    with pytest.raises(NotALeader):
        sharing.unanswered_questions(world.uow, world.id("Kari"), 15)


@pytest.mark.parametrize(
    "text",
    [
        "Gjelder det barnet Ola?",
        "Kan noen ringe 912 34 567?",
        f"Hva gjelder {NATIONAL_ID}?",
        "Hvem er per@melhus.example?",
        "Er Kari Nordli på jobb?",
        "er kari   nordli på jobb",
        "👍 ?",
        "",
        "x" * 400 + " barnet Ola",
    ],
)
def test_what_may_point_to_a_person_leaves_no_trace(world: World, text: str) -> None:
    unanswered.note_unanswered(world.uow, world.gauldal, text, DAY)
    assert not world.uow.dirty


def test_a_long_question_is_cut_and_still_counted_as_one(world: World) -> None:
    for _ in range(2):
        unanswered.note_unanswered(world.uow, world.gauldal, "Hva\nmed " + "dette " * 100, DAY)
    (logged,) = sharing.unanswered_questions(world.uow, world.id("Ingrid"), 15)
    assert logged.count == 2
    assert len(logged.text) <= 300
    assert "\n" not in logged.text


def test_a_question_of_the_log_is_answered_for_everybody_once(world: World) -> None:
    unanswered.note_unanswered(world.uow, world.gauldal, "Når kommer pengene?", DAY)
    ingrid = world.id("Ingrid")
    (logged,) = sharing.unanswered_questions(world.uow, ingrid, 15)
    for who in ("Kari", "Ola"):
        with pytest.raises(NotYours):
            sharing.publish_unanswered(world.uow, world.id(who), logged.id, logged.text, ANSWER, NOW)
    shared = sharing.publish_unanswered(world.uow, ingrid, logged.id, "Når kommer midlene?", "I mai.", NOW)
    assert (shared.question, shared.inquiry_id, shared.answered_on) == ("Når kommer midlene?", None, DAY)
    assert world.audit("published_answer", shared.id) == [(ingrid, "leder", None, "delt")]
    assert sharing.unanswered_questions(world.uow, ingrid, 15) == []
    with pytest.raises(Gone):
        sharing.publish_unanswered(world.uow, ingrid, logged.id, "Når kommer midlene?", "I juni.", NOW)
    assert world.uow.inquiries.published(world.gauldal) == [shared]


def test_two_presses_at_once_share_one_answer(database: Database, seeds: Seeds) -> None:
    with database.unit_of_work() as uow:
        world = World(uow, seeds)
        unanswered.note_unanswered(uow, world.gauldal, "Når kommer pengene?", DAY)
        ingrid, inquiry = world.id("Ingrid"), world.answered()
        (logged,) = sharing.unanswered_questions(uow, ingrid, 15)
        uow.commit()

    def press(act: Callable[..., object], subject: int, question: str) -> bool:
        with database.unit_of_work() as uow:
            act(uow, ingrid, subject, question, ANSWER, NOW)
            uow.commit()
        return True

    from_log = at_once(*[lambda: press(sharing.publish_unanswered, logged.id, "Når kommer midlene?")] * 3)
    from_one = at_once(*[lambda: press(sharing.publish, inquiry.id, "Dekkes vikar?")] * 3)
    assert from_log.count(True) == 1
    assert all(o is True or isinstance(o, InquiryError) for o in [*from_log, *from_one])
    with database.unit_of_work() as uow:
        shared = uow.inquiries.published(World(uow, seeds).gauldal)
        assert sorted(a.question for a in shared) == ["Dekkes vikar?", "Når kommer midlene?"]


def test_a_shared_answer_takes_the_question_out_of_the_log(world: World) -> None:
    for text in (QUESTION, "Dekkes vikar?", "Noe annet?"):
        unanswered.note_unanswered(world.uow, world.gauldal, text, DAY)
    unanswered.note_unanswered(world.uow, world.fosen, QUESTION, DAY)
    sharing.publish(world.uow, world.id("Ingrid"), world.answered().id, "Dekkes vikar?", ANSWER, NOW)
    left = sharing.unanswered_questions(world.uow, world.id("Ingrid"), 15)
    assert [q.text for q in left] == ["Noe annet?"]
    assert len(sharing.unanswered_questions(world.uow, world.id("Ola"), 15)) == 1
