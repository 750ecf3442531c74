"""Where one stands in a form."""

from __future__ import annotations

from domain.needs.flow import (
    Circumstances,
    groups,
    left,
    more_steps,
    next_more,
    next_place,
    place_of,
    previous_place,
)
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


def test_the_further_questions_come_in_groups_that_apply() -> None:
    """With how many there are, and how many have an answer."""
    standings = groups(needs_form(), FULL)
    assert [s.group.id for s in standings] == [
        "found",
        "goals",
        "measures",
        "partners",
        "resources",
        "to_owner",
    ]
    answers = {**FULL, "basis": ["children"], "uh_talk": "informal", "uh_partner": "other_uh"}
    counted = {s.group.id: (s.answered, s.total) for s in groups(needs_form(), answers)}
    assert counted["found"] == (1, 3)
    assert counted["partners"] == (2, 3)
    only_sami = {**FULL, "special": ["sami"]}
    assert {s.group.id: s.total for s in groups(needs_form(), only_sami)}["partners"] == 1


def test_a_group_without_questions_is_not_offered() -> None:
    """Before the core has said what it is about, nothing about partners is asked."""
    assert "partners" not in [s.group.id for s in groups(needs_form(), {})]
    assert "cooperation" in [s.group.id for s in groups(owners_form(), {}, Circumstances())]
    assert "cooperation" not in [
        s.group.id for s in groups(owners_form(), {}, Circumstances(supplement=True))
    ]


def test_one_goes_through_a_group_question_by_question() -> None:
    """What follows from an answer comes right after it; at the end there is nothing more."""
    form = needs_form()
    first = next_more(form, FULL, "partners")
    assert first is not None
    assert (first.step.id, first.number, first.total) == ("uh_talk", 1, 1)
    assert first.group is not None
    assert first.group.label == "Partner, samisk og laget rundt barnet"
    assert next_more(form, {**FULL, "uh_talk": "no"}, "partners", after="uh_talk") is None
    second = next_more(form, {**FULL, "uh_talk": "agreed"}, "partners", after="uh_talk")
    assert second is not None
    assert (second.step.id, second.number, second.total) == ("uh_partner", 2, 2)


def test_a_group_is_taken_up_where_it_was_left() -> None:
    """At its first question without an answer; at its first when all have one."""
    form = needs_form()
    begun = next_more(form, {**FULL, "basis": ["children"]}, "found")
    assert begun is not None
    assert begun.step.id == "discussed"
    whole = {**FULL, "basis": ["children"], "discussed": "2026-10-12", "disagreement": "Nei, alle er enige."}
    again = next_more(form, whole, "found")
    assert again is not None
    assert again.step.id == "basis"
    assert next_more(form, FULL, "no-such-group") is None


def test_a_hidden_question_left_behind_is_no_dead_end() -> None:
    """After a question that no longer applies comes the next one that does."""
    answers = {**FULL, "special": ["unknown"]}
    place = next_more(needs_form(), answers, "partners", after="uh_partner")
    assert place is not None
    assert place.step.id == "sami"


def test_further_questions_are_never_in_the_way() -> None:
    """The core row, its numbers and what is left of it are the same with and without them."""
    form = needs_form()
    assert left(form, FULL, NOTHING) == 0
    place = place_of(form, "signs", NOTHING)
    assert place is not None
    assert (place.number, place.total) == (2, 3)
    assert previous_place(form, "signs", NOTHING) is None
    assert next_place(form, {**FULL, "signs": "Mer lek"}, NOTHING).step.closes
    assert place_of(form, "uh_partner", NOTHING, FULL) is None
    assert len(more_steps(form, FULL)) == 14


def test_the_team_around_the_child_is_asked_about_only_when_a_need_has_it() -> None:
    """E16 comes with a need that asks for PPT or others."""
    form = owners_form()
    assert "team" not in [s.id for s in more_steps(form, {})]
    assert "team" in [s.id for s in more_steps(form, {}, Circumstances(support=True))]
    assert [s.id for s in more_steps(form, {}, Circumstances(supplement=True))] == ["amount", "visibility"]
