"""Asking the staff: one answer each, no names, nothing shown while it could be guessed whose it is."""

from __future__ import annotations

import pytest

from domain.needs.errors import UnknownReport
from domain.needs.heads import head, staff
from domain.ports import UnitOfWork
from tests.storage.conftest import backend, database, databases, seeds, uow
from tests.storage.seeds import NOW, Seeds

__all__ = ["backend", "database", "databases", "seeds", "uow"]
CHAT = "19:solbakken"
LINE = "Vi trenger å bli tryggere på lek ute."


@pytest.fixture
def kari(uow: UnitOfWork, seeds: Seeds) -> int:
    return next(p.id for p in uow.register.all_people() if p.first_name == "Kari")


@pytest.fixture
def place(uow: UnitOfWork, kari: int) -> int:
    """Kari's own kindergarten."""
    return uow.register.roles_of(kari)[0].scope.id


def asked(uow: UnitOfWork, kari: int, place: int, *answers: tuple[str, list[str], str]) -> int:
    """A question with these answers: account, themes, line."""
    question = staff.ask(uow, kari, place, CHAT, NOW)
    for account, themes, line in answers:
        staff.answer(uow, question.id, CHAT, account, themes, line)
    return question.id


def test_three_answers_are_shown_and_two_are_not(uow: UnitOfWork, kari: int, place: int) -> None:
    asked(uow, kari, place, ("a", ["play"], LINE), ("b", ["play", "language"], ""))
    few = staff.results(uow, kari, place, NOW)
    assert (few.answered, few.themes, few.lines, few.shown) == (2, (), (), False)
    asked(uow, kari, place, ("c", ["inclusion"], ""))
    enough = staff.results(uow, kari, place, NOW)
    assert enough.themes == (("play", 2), ("inclusion", 1), ("language", 1))
    assert enough.lines == (LINE,)


def test_one_person_has_one_answer(uow: UnitOfWork, kari: int, place: int) -> None:
    question = asked(uow, kari, place, ("a", ["play"], LINE), ("a", ["language"], ""))
    (only,) = uow.staff.answers(question)
    assert (only.themes, only.line) == (("language",), None)


def test_nothing_tells_who_answered(uow: UnitOfWork, kari: int, place: int) -> None:
    """The mark is not the account, differs from question to question, and cannot be made again after closing."""
    first = asked(uow, kari, place, ("tenant/anna", ["play"], ""))
    (mark,) = uow.staff.answers(first)
    assert "anna" not in mark.respondent
    staff.close(uow, kari, place, NOW)
    closed = uow.staff.get(first)
    assert closed is not None
    assert (closed.salt, closed.closed_at) == ("", NOW)
    second = asked(uow, kari, place, ("tenant/anna", ["play"], ""))
    assert second != first
    assert uow.staff.answers(second)[0].respondent != mark.respondent


def test_a_line_about_somebody_is_left_out(uow: UnitOfWork, kari: int, place: int) -> None:
    question = asked(uow, kari, place)
    taken = staff.answer(uow, question, CHAT, "a", ["play"], "Barnet Ola slår de andre.")
    assert (taken.answered, taken.line_left_out) == (1, True)
    assert uow.staff.answers(question)[0].line is None


@pytest.mark.parametrize(
    ("themes", "line", "kept"),
    [
        ([], "", []),
        ([], "   😀😀", []),
        (["ukjent"], "", []),
        (["play"] * 9 + ["language", "inclusion", "safety"], "", [("play", "language", "inclusion")]),
        ([], "x" * 5000, [()]),
    ],
)
def test_what_is_no_answer_is_not_kept(
    uow: UnitOfWork, kari: int, place: int, themes: list[str], line: str, kept: list[tuple[str, ...]]
) -> None:
    question = asked(uow, kari, place, ("a", themes, line))
    stored = uow.staff.answers(question)
    assert [a.themes for a in stored] == kept
    assert all(len(a.line or "") <= staff.LONGEST_LINE for a in stored)


def test_only_from_its_own_chat_and_while_it_is_open(uow: UnitOfWork, kari: int, place: int) -> None:
    question = asked(uow, kari, place)
    with pytest.raises(staff.QuestionGone):
        staff.answer(uow, question, "19:another", "a", ["play"], "")
    staff.close(uow, kari, place, NOW)
    with pytest.raises(staff.QuestionGone):
        staff.answer(uow, question, CHAT, "a", ["play"], "")
    with pytest.raises(staff.QuestionGone):
        staff.answer(uow, 9999, CHAT, "a", ["play"], "")


def test_asked_again_it_is_the_same_question_there_and_a_new_one_elsewhere(
    uow: UnitOfWork, kari: int, place: int
) -> None:
    first = staff.ask(uow, kari, place, CHAT, NOW)
    assert staff.ask(uow, kari, place, CHAT, NOW) == first
    second = staff.ask(uow, kari, place, "19:another", NOW)
    assert second.id != first.id
    assert uow.staff.get(first.id) != first
    assert [(r.before, r.after) for r in uow.audit.of("staff_question", first.id)] == [
        (None, "åpent"),
        ("åpent", "lukket"),
    ]


def test_only_the_head_asks_and_reads(uow: UnitOfWork, seeds: Seeds, kari: int, place: int) -> None:
    asked(uow, kari, place)
    for person in seeds.people:
        if person.id != kari:
            with pytest.raises(UnknownReport):
                staff.ask(uow, person.id, place, CHAT, NOW)
            with pytest.raises(UnknownReport):
                staff.results(uow, person.id, place, NOW)


def test_into_the_draft_nothing_written_is_lost(uow: UnitOfWork, kari: int, place: int) -> None:
    asked(uow, kari, place, ("a", ["play"], LINE), ("b", ["play"], ""), ("c", ["language", "play"], ""))
    draft = head.start(uow, kari, place, NOW)
    mine = {"themes": ["sami"], "today": "Noen barn blir stående utenfor leken."}
    head.answer(uow, kari, draft.id, draft.version, mine, NOW)
    taken = staff.take_in(uow, kari, place, NOW)
    assert taken.answers["themes"] == ["sami"]
    assert taken.answers["today"] == f"{mine['today']}\n\nFra personalet:\n– {LINE}"
    assert taken.answers["how"] == "Personalet svarte på et spørsmål i Teams (3 svar)."
    assert staff.take_in(uow, kari, place, NOW) == taken


def test_without_a_draft_one_is_begun(uow: UnitOfWork, kari: int, place: int) -> None:
    asked(uow, kari, place, ("a", ["play"], ""), ("b", ["play"], ""), ("c", ["language"], ""))
    taken = staff.take_in(uow, kari, place, NOW)
    assert taken.answers["themes"] == ["play", "language"]
    assert "today" not in taken.answers
