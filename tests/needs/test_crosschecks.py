"""K1–K10 and the fields' own checks: what stops a need, and what is only worth a second look."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.needs.crosschecks import (
    HARD,
    Finding,
    FindingKind,
    Surroundings,
    alike,
    around_the_child,
    check,
    individual,
)
from domain.needs.form import needs_form
from messages import problems

FORM = needs_form()
WHOLE: dict[str, Any] = {
    "need": "new",
    "themes": ["play"],
    "today": "Noen barn blir ofte stående utenfor leken, og vi voksne kommer for sent inn.",
    "better": "Vi vil lære å se leken tidlig og støtte den uten å ta den over.",
    "children": "Alle har noen å leke med hver dag.",
    "involved": ["head", "teachers", "union"],
    "how": "Tema på to personalmøter og gruppearbeid.",
    "participants": "everyone",
    "headcount": 12,
    "start": "H27",
    "duration": 4,
    "special": ["none"],
    "title": "Lek som inkluderer alle",
}
GRANT = date(2027, 4, 15)


def found(around: Surroundings | None = None, **answers: Any) -> list[Finding]:
    """What is found in a whole need where only this is otherwise."""
    return list(check(FORM, {**WHOLE, **answers}, around or Surroundings(grant=GRANT)))


def test_a_good_need_has_no_findings() -> None:
    """Nor has an empty one, nor one in the form's earlier version."""
    assert found() == []
    assert check(FORM, {}) == ()
    assert check(needs_form("2026.1"), WHOLE, Surroundings(grant=GRANT)) == ()


@pytest.mark.parametrize(
    ("answers", "kind", "field"),
    [
        ({"involved": ["head"]}, FindingKind.ONLY_HEAD, "involved"),
        ({"need": "continued"}, FindingKind.NOTHING_CONTINUED, "continues"),
        ({"need": "continued", "continues": "😀"}, FindingKind.NOTHING_CONTINUED, "continues"),
        ({"involved": ["head", "assistants"]}, FindingKind.NO_UNION, "involved"),
        ({"participants": "one"}, FindingKind.ONE_PERSON, "participants"),
        ({"how": "Vi ringte mor til Ola på 91 23 45 67."}, FindingKind.PERSONAL, "how"),
        ({"disagreement": "Spør kari@eksempel.no"}, FindingKind.PERSONAL, "disagreement"),
        ({"children": "😀😀😀"}, FindingKind.NO_WORDS, "children"),
        ({"children": "aaaaaaaaaaaaaaaaaaaa"}, FindingKind.NO_WORDS, "children"),
        ({"children": "  \n "}, FindingKind.NO_WORDS, "children"),
        ({"better": WHOLE["today"]}, FindingKind.ALIKE, "better"),
        ({"start": "V27"}, FindingKind.EARLY, "start"),
        ({"start": "H26"}, FindingKind.EARLY, "start"),
        ({"duration": 1}, FindingKind.SHORT_TIME, "duration"),
        ({"support": ["ppt"], "ppt": "no"}, FindingKind.PPT_NOT_ASKED, "ppt"),
        ({"group_leaders": 5, "group_assistants": 8}, FindingKind.MORE_IN_GROUPS, "headcount"),
    ],
)
def test_each_rule_finds_its_own(answers: dict[str, Any], kind: FindingKind, field: str) -> None:
    """One finding, at the field that can be changed."""
    (one,) = [f for f in found(**answers) if f.kind is kind]
    assert one.field == field
    assert one.hard == (kind in HARD)


@pytest.mark.parametrize(
    ("around", "kind"),
    [
        (Surroundings(municipal=False, owned_by_municipality=True), FindingKind.OWNER_DIFFERS),
        (Surroundings(municipal=True, owned_by_municipality=False), FindingKind.OWNER_DIFFERS),
        (Surroundings(staff=3), FindingKind.MANY),
        (Surroundings(similar=7), FindingKind.SIMILAR_NEED),
        (Surroundings(late=True), FindingKind.LATE),
    ],
)
def test_what_lies_around_is_looked_at(around: Surroundings, kind: FindingKind) -> None:
    """Only where it is known, and it never stops anybody."""
    (one,) = found(around)
    assert one.kind is kind
    assert not one.hard


@pytest.mark.parametrize(
    "around",
    [
        Surroundings(municipal=True, owned_by_municipality=True),
        Surroundings(municipal=False, owned_by_municipality=False),
        Surroundings(municipal=False),
        Surroundings(owned_by_municipality=True),
        Surroundings(staff=4),
        Surroundings(grant=date(2026, 12, 1)),
    ],
)
def test_what_fits_or_is_not_known_is_no_finding(around: Surroundings) -> None:
    """Twelve of four is three times as many, which may be."""
    assert found(around) == []


@pytest.mark.parametrize(
    "answers",
    [
        {"involved": ["everyone"]},
        {"need": "continued", "continues": "Lek ute"},
        {"start": "V28"},
        {"start": "en gang"},
        {"group_leaders": 4, "group_assistants": 8},
        {"support": ["ppt"], "ppt": "planned"},
        {"support": ["school"]},
        {"headcount": "mange"},
    ],
)
def test_what_is_all_right_is_left_alone(answers: dict[str, Any]) -> None:
    """The nearest thing to each rule that is no finding."""
    assert found(**answers) == []


def test_what_stops_comes_first_then_the_order_of_the_form() -> None:
    """So that the first thing said is the first thing to do."""
    kinds = [f.kind for f in found(today="Ring 91 23 45 67", involved=["head"], duration=1)]
    assert kinds == [FindingKind.ONLY_HEAD, FindingKind.PERSONAL, FindingKind.SHORT_TIME]


def test_the_place_in_the_text_is_given_and_never_the_text() -> None:
    """Where it stands is enough to point at it."""
    text = "Vi ser at barnet Ola strever."
    (one,) = found(how=text)
    assert [text[p.start : p.end] for p in one.parts] == ["barnet Ola"]
    assert "Ola" not in repr(one)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Vi vil bli bedre til å lede leken ute", "Vi vil bli bedre til å lede leken inne", True),
        ("Vi vil bli bedre til å lede leken ute", "VI VIL BLI BEDRE TIL Å LEDE LEKEN UTE!", True),
        ("Noen barn står utenfor leken", "Vi må kunne se og støtte leken tidligere", False),
        ("Mer lek", "Mer lek", False),
        ("", "", False),
    ],
)
def test_two_texts_that_say_the_same(one: str, other: str, same: bool) -> None:
    """By their words in order; a few words are too little to tell."""
    assert alike(one, other) == alike(other, one) == same


@pytest.mark.parametrize(
    ("answers", "around"),
    [
        ({"special": ["support", "uh"]}, True),
        ({"special": ["unknown"], "support": ["ppt", "school"]}, True),
        ({"special": ["unknown"], "support": ["school"]}, False),
        ({}, False),
    ],
)
def test_the_team_around_the_child(answers: dict[str, Any], around: bool) -> None:
    """K5: the need suggests its part of the scheme."""
    assert around_the_child(answers) == around


def test_education_for_one_is_marked() -> None:
    """K4."""
    assert individual({"participants": "one"})
    assert not individual({"participants": "some"})


@pytest.mark.parametrize("kind", FindingKind)
def test_every_finding_says_what_to_do(kind: FindingKind) -> None:
    """In whole sentences, with both numbers where there are two."""
    said = problems.finding(Finding(kind, "headcount", given=13, limit=12, when="H27"), FORM)
    assert said[-1] in ".?"
    assert "{" not in said
    if kind in (FindingKind.MORE_IN_GROUPS, FindingKind.MANY):
        assert "13" in said
        assert "12" in said
    if kind is FindingKind.EARLY:
        assert "høsten 2027" in said
