"""Where one stands in a form."""

from __future__ import annotations

from domain.needs.flow import Circumstances, left, next_place, place_of, previous_place
from domain.needs.form import needs_form, owners_form
from domain.needs.titles import suggested_title

NOTHING = Circumstances()
FULL = {
    "need": "new",
    "themes": ["play"],
    "today": "a",
    "better": "b",
    "children": "c",
    "involved": ["everyone"],
    "how": "d",
    "participants": "everyone",
    "headcount": 9,
    "start": "H27",
    "duration": 2,
    "special": ["none"],
    "title": "Lek",
}


def test_ten_questions_at_most() -> None:
    """The core has ten questions, the closing one included."""
    place = next_place(needs_form(), {}, NOTHING)
    assert (place.step.id, place.number, place.total) == ("need", 1, 10)


def test_a_full_form_is_at_its_end() -> None:
    """Everything answered leads to the closing step."""
    place = next_place(needs_form(), FULL, NOTHING)
    assert place.step.closes
    assert place.number == place.total == 10
    assert left(needs_form(), FULL, NOTHING) == 0


def test_each_missing_answer_is_found_again() -> None:
    """Taking one answer away leads back to its question."""
    for field_id in FULL:
        answers = {k: v for k, v in FULL.items() if k != field_id}
        place = next_place(needs_form(), answers, NOTHING)
        assert field_id in {f.id for f in place.step.fields}
        assert left(needs_form(), answers, NOTHING) == 1


def test_a_continuation_must_say_of_what() -> None:
    """The second field shows only then."""
    answers = {**FULL, "need": "continued"}
    assert [f.id for f in next_place(needs_form(), answers, NOTHING).step.missing(answers)] == ["continues"]


def test_back_from_the_first_is_nowhere() -> None:
    """And from the second it is the first."""
    assert previous_place(needs_form(), "need", NOTHING) is None
    place = previous_place(needs_form(), "themes", NOTHING)
    assert place is not None
    assert place.step.id == "need"
    assert place_of(needs_form(), "no-such-step", NOTHING) is None


def test_the_owners_questions_depend_on_what_is_sent() -> None:
    """The order is asked only of several; a supplement asks for authority alone."""
    assert next_place(owners_form(), {}, Circumstances(several_needs=True)).total == 4
    assert next_place(owners_form(), {}, NOTHING).total == 3
    supplement = next_place(owners_form(), {}, Circumstances(supplement=True))
    assert (supplement.step.id, supplement.total) == ("authority", 1)


def test_a_title_is_suggested_from_the_answers() -> None:
    """From the themes, or from what is continued."""
    assert suggested_title(needs_form(), {"themes": ["play", "language"]}) == (
        "Lek og vennskap, språk og kommunikasjon"
    )
    assert suggested_title(needs_form(), {"continues": "Språkløftet", "themes": ["play"]}) == "Språkløftet"
    assert suggested_title(needs_form(), {}) is None
