"""The forms as data: everything the specification asks for has its place, and every version still loads."""

from __future__ import annotations

import re

import pytest
import yaml
from pydantic import ValidationError

from domain.needs.form import FieldKind, Form, needs_form, owners_form

NEEDS_IDS = {f"S{n:02d}" for n in range(1, 46)}
OWNERS_IDS = {f"E{n:02d}" for n in range(1, 21)}
CORE = ["need", "themes", "today", "goal", "involved", "participants", "time", "special", "title", "confirm"]
BOTH = pytest.mark.parametrize("form", [needs_form(), owners_form()], ids=lambda form: form.id)


@pytest.mark.parametrize(("form", "wanted"), [(needs_form(), NEEDS_IDS), (owners_form(), OWNERS_IDS)])
def test_every_id_of_the_specification_has_its_place(form: Form, wanted: set[str]) -> None:
    """As a question, or filled in or kept elsewhere; and nothing is there that the specification lacks."""
    asked = {i for step in form.steps for i in step.spec}
    assert asked | form.elsewhere.keys() == wanted
    assert all(step.spec for step in form.steps)
    assert all(where.strip() for where in form.elsewhere.values())


def test_the_core_stays_as_it_was() -> None:
    """The same steps and fields as in the version before, so that drafts and conversations go on."""
    earlier = needs_form("2026.1")
    assert [s.id for s in needs_form().core] == CORE == [s.id for s in earlier.core]
    assert needs_form().core == earlier.core
    assert owners_form().core == owners_form("2026.1").core


@pytest.mark.parametrize("version", ["2026.1", "2026.2"])
def test_every_version_loads(version: str) -> None:
    """A round keeps the version that it froze."""
    assert needs_form(version).version == owners_form(version).version == version
    assert needs_form().version == "2026.2"


@BOTH
def test_what_is_further_is_never_in_the_way(form: Form) -> None:
    """Optional fields in a named group; at most two fields together, but for a row of counts."""
    assert [g.label for g in form.groups]
    for step in (s for s in form.steps if s.more):
        assert step.missing({}) == []
        assert all(f.optional for f in step.fields)
        assert step.group in {g.id for g in form.groups}
        assert len(step.fields) <= 2 or {f.kind for f in step.fields} == {FieldKind.COUNT}
    assert {s.group for s in form.steps if s.more} == {g.id for g in form.groups}


@BOTH
def test_every_question_can_stand_alone(form: Form) -> None:
    """A name for lists, a help, a label without an example behind it, options without doubles."""
    for step in form.steps:
        assert step.short or step.closes
        assert step.help
        assert step.question[-1] in "?."
    for field in form.fields:
        assert field.label.strip()
        assert len({o.value for o in field.options}) == len(field.options)
        assert (field.kind in (FieldKind.CHOICE, FieldKind.CHOICES)) == bool(field.options)
        assert set(field.exclusive) <= {o.value for o in field.options}
        assert field.default is None or field.default in {o.value for o in field.options}
        for other, values in field.show_if.items():
            condition = form.field(other)
            assert condition is not None
            assert set(values) <= {o.value for o in condition.options}


@BOTH
def test_the_lengths_are_those_of_the_specification(form: Form) -> None:
    """Hints are far below the stop."""
    for field in form.fields:
        assert field.hint_length * 4 <= field.max_length
        assert field.kind is FieldKind.TEXT or field.hint_length == 0


@pytest.mark.parametrize(
    ("special", "shown"),
    [
        (["none"], {"uh_talk"}),
        (["unknown"], {"uh_talk", "sami", "support"}),
        (["uh"], {"uh_talk"}),
        (["sami"], {"sami"}),
        (["support"], {"support"}),
        (["sami", "support", "uh"], {"uh_talk", "sami", "support"}),
    ],
)
def test_the_partners_asked_for_depend_on_the_core(special: list[str], shown: set[str]) -> None:
    """Only what was named, or what the person does not know, is asked further about."""
    steps = [s for s in needs_form().steps if s.group == "partners"]
    assert {s.id for s in steps if s.shown({"special": special})} == shown


@pytest.mark.parametrize(
    ("answers", "step"),
    [
        ({"uh_talk": "informal"}, "uh_partner"),
        ({"uh_talk": "agreed"}, "uh_partner"),
        ({"uh_partner": "other_uh"}, "uh_name"),
        ({"uh_partner": "vocational"}, "uh_name"),
        ({"sami": "core"}, "sami_how"),
        ({"sami": "part"}, "sami_how"),
        ({"support": ["health", "ppt"]}, "ppt"),
    ],
)
def test_an_answer_opens_the_question_that_follows_from_it(answers: dict[str, object], step: str) -> None:
    """And without it the question does not show."""
    found = needs_form().step(step)
    assert found is not None
    assert found.shown(answers)
    assert not found.shown({})


def test_the_network_reads_a_summary_unless_the_owner_says_otherwise() -> None:
    """E20 has a meaning without an answer."""
    field = owners_form().field("visibility")
    assert field is not None
    assert field.default == "summary"


BROKEN = """
id: needs
version: "1"
groups: [{id: g, label: G}]
steps:
  - {id: a, spec: [S01], question: "A?", fields: [{id: x, kind: choice, label: X}]}
  - {id: z, spec: [S44], question: "Z?", closes: true}
  - {id: b, spec: [S02], question: "B?", more: true, group: g, fields: [{id: y, kind: text, label: Y, optional: true}]}
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("closes: true", "closes: false"),
        ("id: y,", "id: x,"),
        ("{id: b,", "{id: a,"),
        ("more: true, group: g", "more: true"),
        ("more: true, group: g", "group: g"),
        ("group: g,", "group: h,"),
        (", optional: true", ""),
        ("label: X", "label: X, show_if: {y: [v]}"),
        ("optional: true", "optional: true, show_if: {y: [v]}"),
        ("kind: choice", "kind: riddle"),
        ("label: X", "label: X, colour: red"),
    ],
)
def test_a_form_that_does_not_hang_together_is_refused(old: str, new: str) -> None:
    """Before anybody is asked anything."""
    Form.model_validate(yaml.safe_load(BROKEN))
    assert old in BROKEN
    with pytest.raises(ValidationError):
        Form.model_validate(yaml.safe_load(BROKEN.replace(old, new)))


@BOTH
def test_no_question_is_longer_than_a_breath(form: Form) -> None:
    """Klarspråk: a question in one sentence, a help in three at most."""
    for step in form.steps:
        assert len(step.question) <= 90
        assert len(re.findall(r"[.?!](?:\s|$)", step.help or "")) <= 3
