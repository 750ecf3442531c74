from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from domain.inquiries.errors import Changed
from domain.inquiries.models import Inquiry, InquiryState, PublishedAnswer
from domain.ports import UnitOfWork
from storage.database import Database
from tests.storage.seeds import NOW, Seeds, at_once

DAY = date(2026, 11, 22)


def question(seeds: Seeds, **changes: Any) -> Inquiry:
    values = {
        "id": 0,
        "network_id": seeds.networks[0].id,
        "asker": seeds.people[0].id,
        "role": "styrer",
        "question": "Kan vi få vikar? – «æøå» 🌱",
        "key": "a" * 64,
        "asked_at": NOW,
    }
    return Inquiry.model_validate(values | changes)


def answer(seeds: Seeds, **changes: Any) -> PublishedAnswer:
    values = {
        "id": 0,
        "network_id": seeds.networks[0].id,
        "question": "Kan vi få vikar?",
        "answer": "Ja.",
        "answered_on": DAY,
    }
    return PublishedAnswer.model_validate(values | changes)


def added(uow: UnitOfWork, inquiry: Inquiry) -> Inquiry:
    stored = uow.inquiries.add(inquiry)
    assert stored is not None
    return stored


def test_what_is_added_is_got(uow: UnitOfWork, seeds: Seeds) -> None:
    full = question(
        seeds,
        state=InquiryState.ANSWERED,
        answer="Ja.\n\nTo dager.",
        closed_by=seeds.people[1].id,
        closed_at=NOW + timedelta(microseconds=17),
        version=2,
    )
    stored = added(uow, full)
    assert stored.id > 0
    assert stored == full.model_copy(update={"id": stored.id})
    assert uow.inquiries.get(stored.id) == stored
    assert uow.inquiries.get(stored.id + 1) is None
    assert uow.inquiries.asked_before(full.network_id, full.asker, full.key) == stored
    assert uow.inquiries.asked_before(full.network_id, full.asker, "b") is None


def test_text_that_a_database_refuses_is_stored_without_it(uow: UnitOfWork, seeds: Seeds) -> None:
    stored = added(uow, question(seeds, question="a\x00b\ud83d"))
    assert stored.question == "ab?"


def test_the_same_key_of_the_same_person_is_one(uow: UnitOfWork, seeds: Seeds) -> None:
    added(uow, question(seeds))
    assert uow.inquiries.add(question(seeds, question="Noe annet")) is None
    added(uow, question(seeds, asker=seeds.people[1].id))
    added(uow, question(seeds, network_id=seeds.networks[1].id))
    added(uow, question(seeds, key="b"))
    assert uow.inquiries.open_of(seeds.networks[0].id, seeds.people[0].id) == 2


def test_saving_follows_the_version(uow: UnitOfWork, seeds: Seeds) -> None:
    first = added(uow, question(seeds))
    second = first.model_copy(update={"version": 2, "state": InquiryState.DECLINED})
    uow.inquiries.save(second)
    for changed in (second, second.model_copy(update={"version": 4}), first):
        with pytest.raises(Changed):
            uow.inquiries.save(changed)
    assert uow.inquiries.get(first.id) == second


def test_what_is_open_is_oldest_first(uow: UnitOfWork, seeds: Seeds) -> None:
    here, there = (n.id for n in seeds.networks)
    late = added(uow, question(seeds, key="1", asked_at=NOW + timedelta(hours=1)))
    early = added(uow, question(seeds, key="2"))
    added(uow, question(seeds, key="3", state=InquiryState.ANSWERED))
    other = added(uow, question(seeds, key="4", network_id=there, asked_at=NOW - timedelta(hours=1)))
    assert uow.inquiries.open_in([here]) == [early, late]
    assert uow.inquiries.open_in([here, there]) == [other, early, late]
    assert uow.inquiries.open_in([]) == []
    assert uow.inquiries.open_of(here, seeds.people[0].id) == 2


def test_shared_answers_of_a_network_newest_first(uow: UnitOfWork, seeds: Seeds) -> None:
    first, second = (uow.inquiries.publish(answer(seeds, question=q)) for q in ("Først?", "Siden?"))
    other = uow.inquiries.publish(answer(seeds, network_id=seeds.networks[1].id, inquiry_id=17))
    assert uow.inquiries.published(seeds.networks[0].id) == [second, first]
    assert uow.inquiries.published(seeds.networks[1].id) == [other]
    assert other is not None
    assert uow.inquiries.published_answer(other.id) == uow.inquiries.published_from(17) == other
    assert uow.inquiries.published_from(18) is None
    assert uow.inquiries.publish(answer(seeds, inquiry_id=17)) is None


def test_the_id_of_a_withdrawn_answer_is_never_used_again(uow: UnitOfWork, seeds: Seeds) -> None:
    first = uow.inquiries.publish(answer(seeds, inquiry_id=17))
    assert first is not None
    assert uow.inquiries.withdraw(first.id)
    assert not uow.inquiries.withdraw(first.id)
    assert uow.inquiries.published(seeds.networks[0].id) == []
    again = uow.inquiries.publish(answer(seeds, inquiry_id=17))
    assert again is not None
    assert again.id > first.id


def test_unanswered_questions_are_counted(uow: UnitOfWork, seeds: Seeds) -> None:
    here, there = (n.id for n in seeds.networks)
    for day, key in ((0, "a"), (1, "b"), (2, "b"), (3, "c")):
        uow.inquiries.note_unanswered(here, key, f"Hva er {key}?", DAY + timedelta(days=day), 500)
    uow.inquiries.note_unanswered(there, "a", "Hva er a?", DAY, 500)
    found = uow.inquiries.unanswered([here], 15)
    assert [(q.text, q.count) for q in found] == [("Hva er b?", 2), ("Hva er c?", 1), ("Hva er a?", 1)]
    assert (found[0].first_day, found[0].last_day) == (DAY + timedelta(days=1), DAY + timedelta(days=2))
    assert uow.inquiries.unanswered_question(found[0].id) == found[0]
    assert len(uow.inquiries.unanswered([here, there], 15)) == 4
    assert uow.inquiries.unanswered([here], 1) == found[:1]
    assert uow.inquiries.drop_unanswered(here, ["a", "b", "x"]) == 2
    assert uow.inquiries.drop_unanswered(here, []) == 0
    assert uow.inquiries.unanswered_question(found[0].id) is None
    assert [q.text for q in uow.inquiries.unanswered([here, there], 15)] == ["Hva er c?", "Hva er a?"]


def test_a_full_log_makes_room_for_the_new(uow: UnitOfWork, seeds: Seeds) -> None:
    here, there = (n.id for n in seeds.networks)
    uow.inquiries.note_unanswered(there, "x", "x", DAY - timedelta(days=9), 3)
    for day, key in ((0, "old"), (1, "often"), (2, "often"), (3, "young"), (4, "new"), (5, "newest")):
        uow.inquiries.note_unanswered(here, key, key, DAY + timedelta(days=day), 3)
    assert [q.text for q in uow.inquiries.unanswered([here], 15)] == ["often", "newest", "new"]
    for key in ("new", "newest"):
        uow.inquiries.note_unanswered(here, key, key, DAY + timedelta(days=6), 3)
    uow.inquiries.note_unanswered(here, "last", "last", DAY + timedelta(days=7), 3)
    assert {q.text for q in uow.inquiries.unanswered([here], 15)} == {"new", "newest", "last"}
    assert len(uow.inquiries.unanswered([there], 15)) == 1


def test_the_same_question_at_once_is_counted_each_time(database: Database, seeds: Seeds) -> None:
    def note() -> None:
        with database.unit_of_work() as uow:
            uow.inquiries.note_unanswered(seeds.networks[0].id, "a", "Hva?", DAY, 500)
            uow.commit()

    assert at_once(*[note] * 8) == [None] * 8
    with database.unit_of_work() as uow:
        assert [q.count for q in uow.inquiries.unanswered([seeds.networks[0].id], 15)] == [8]


def test_what_is_old_is_purged_and_what_is_shared_stays(uow: UnitOfWork, seeds: Seeds) -> None:
    here, old = seeds.networks[0].id, NOW - timedelta(days=10)
    asked = added(uow, question(seeds, asked_at=old - timedelta(microseconds=1)))
    kept = added(uow, question(seeds, key="b", asked_at=old))
    shared = uow.inquiries.publish(answer(seeds, inquiry_id=asked.id))
    uow.inquiries.note_unanswered(here, "old", "old", old.date() - timedelta(days=1), 500)
    uow.inquiries.note_unanswered(here, "again", "again", old.date() - timedelta(days=1), 500)
    uow.inquiries.note_unanswered(here, "again", "again", old.date(), 500)
    assert uow.inquiries.purge(old) == 2
    assert uow.inquiries.purge(old) == 0
    assert uow.inquiries.get(asked.id) is None
    assert uow.inquiries.open_in([here]) == [kept]
    assert [q.text for q in uow.inquiries.unanswered([here], 15)] == ["again"]
    assert uow.inquiries.published(here) == [shared]
