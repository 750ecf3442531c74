"""Every field of both forms met with everything that it did not ask for."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from time import thread_time
from typing import Any

import pytest

from domain.needs.form import FieldKind, FormField, needs_form, owners_form
from domain.needs.reading import ProblemKind, Reading, read_card, read_field, read_text
from messages import problems, words

TODAY = date(2026, 11, 22)
RANKED = 3
FIELDS = {f"{form.id}-{f.id}": f for form in (needs_form(), owners_form()) for f in form.fields}
STEPS = {f"{form.id}-{s.id}": s for form in (needs_form(), owners_form()) for s in form.steps if s.fields}
SQL = "'; DROP TABLE needs_report; --"
HTML = '<script>alert("x")</script><b onclick=x>feit</b> &amp; <!-- -->'
BAD = {
    "blank": " \t\n\u00a0\u200b ",
    "html": HTML,
    "emoji": "😀👩‍👧🎈",
    "sql": SQL,
    "long": "Dette er altfor langt. " * 870,
    "long-word": "x" * 20_000,
    "digits": "1" * 20_000,
    "commas": "," * 20_000,
    "accents": "\u0301" * 20_000,
    "control": "a\x00\x07\u202eb",
    "lone-surrogate": "\ud800\udfff",
    "repeated": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "format": "{field} %s %(x)d {0.__class__}",
    "json": '{"verb": "submit", "v": 1}',
    "negative": "-1",
    "number": "42",
    "decimal": "12,5",
    "huge": "9" * 40,
    "other-digits": "٣²",
    "infinite": "1e400 NaN inf",
}
OTHERS = {
    "text": "Noen barn blir ofte stående utenfor leken.",
    "choice": "new",
    "choices": "play,language",
    "labels": "Lek og vennskap, Annet",
    "count": "14 ansatte",
    "semester": "høsten 2027",
    "duration": "to år",
    "ranking": "2, 1, 3",
    "date": "12. oktober",
    "far-date": "31.12.9999",
    "money": "150 000 kr",
}
"""What would be the answer to some other field."""
EVERYTHING = BAD | OTHERS


def checked(field: FormField, reading: Reading, text: str) -> None:
    """Either a value that can be stored, or one clear sentence that does not repeat what was written."""
    assert reading.values.keys() <= {field.id}
    assert bool(reading.values) != bool(reading.problems)
    for value in reading.values.values():
        assert stored(field, value)
        assert words.value(field, value).strip()
    for problem in reading.problems:
        said = problems.problem(problem)
        assert said.endswith(".")
        assert len(said) <= 160
        assert len(text) < 3 or text not in said


def stored(field: FormField, value: Any) -> bool:
    """Whether a value is of the field's own kind and within its limits."""
    assert json.loads(json.dumps(value)) == value
    match field.kind:
        case FieldKind.TEXT:
            hidden = {c for c in value if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in "\n\t"}
            return isinstance(value, str) and 0 < len(value) <= field.max_length and not hidden
        case FieldKind.CHOICE:
            return value in {o.value for o in field.options}
        case FieldKind.CHOICES:
            assert set(value) <= {o.value for o in field.options}
            alone = len(value) == 1 or not set(value) & set(field.exclusive)
            return 0 < len(value) <= (field.most or 99) and alone
        case FieldKind.COUNT | FieldKind.MONEY:
            return type(value) is int and value in range(field.least, field.largest + 1)
        case FieldKind.SEMESTER:
            return re.fullmatch(r"[HV]\d\d", value) is not None
        case FieldKind.DURATION:
            return value in range(1, 9)
        case FieldKind.RANKING:
            return sorted(value) == list(range(1, RANKED + 1))
        case FieldKind.DATE:
            return date.fromisoformat(value) <= TODAY


@pytest.mark.parametrize("name", FIELDS)
def test_whatever_is_written_in_a_field(name: str) -> None:
    """Typed, and as the input of a card."""
    field = FIELDS[name]
    for text in EVERYTHING.values():
        for chosen in (False, True):
            checked(field, read_field(field, text, TODAY, chosen=chosen, ranked=RANKED), text)


@pytest.mark.parametrize("name", FIELDS)
def test_nothing_written_in_a_field(name: str) -> None:
    """Something is missing, unless the field may stand empty: then the answer it had is taken away."""
    field = FIELDS[name]
    answers = {other: values[0] for other, values in field.show_if.items()}
    for text in ("", "  ", "\u200b"):
        assert [p.kind for p in read_field(field, text, TODAY).problems] == [ProblemKind.EMPTY]
        reading = read_card([field], {field.id: text}, answers, TODAY, ranked=RANKED)
        assert not reading.values
        if field.optional:
            assert (reading.problems, reading.emptied) == ((), (field.id,))
        else:
            assert [p.kind for p in reading.problems] == [ProblemKind.EMPTY]


@pytest.mark.parametrize("name", STEPS)
def test_whatever_is_written_to_a_step(name: str) -> None:
    """A typed answer to one or two fields together fills fields of the step, or has one problem to tell."""
    step = STEPS[name]
    by_id = {f.id: f for f in step.fields}
    for text in EVERYTHING.values():
        reading = read_text(step, step.fields, text, TODAY, ranked=RANKED)
        assert reading.values or reading.problems
        assert all(stored(by_id[i], v) for i, v in reading.values.items())


@pytest.mark.parametrize("name", STEPS)
def test_whatever_a_card_sends_back(name: str) -> None:
    """All inputs wrong at once, inputs of other steps, and options that are not the field's."""
    step = STEPS[name]
    for text in EVERYTHING.values():
        inputs = {f.id: text for f in step.fields} | {"someone": "else"}
        reading = read_card(step.fields, inputs, {}, TODAY, ranked=RANKED)
        assert reading.values.keys() <= {f.id for f in step.fields}
        assert all(stored(f, reading.values[f.id]) for f in step.fields if f.id in reading.values)


def test_no_choice_takes_an_option_that_is_not_its_own() -> None:
    """The values and labels of the choice before it in the form are its words at most."""
    choices = [f for f in FIELDS.values() if f.options]
    for field, other in zip(choices, [choices[-1], *choices], strict=False):
        for option in other.options:
            for text in (option.value, option.label):
                reading = read_field(field, text, TODAY, chosen=True)
                assert all(stored(field, value) for value in reading.values.values())


@pytest.mark.parametrize("name", [n for n, f in FIELDS.items() if f.kind is FieldKind.TEXT])
def test_the_longest_text_is_taken_and_one_sign_more_is_not(name: str) -> None:
    """And the sentence says by how much."""
    field = FIELDS[name]
    text = ("Lek ute. " * 300)[: field.max_length - 1] + "a"
    assert read_field(field, text, TODAY).values == {field.id: text}
    (problem,) = read_field(field, text + "b", TODAY).problems
    assert problem.kind is ProblemKind.TOO_LONG
    assert str(field.max_length) in problems.problem(problem)


@pytest.mark.parametrize("text", [SQL, HTML, BAD["format"], BAD["json"]])
def test_what_looks_like_code_is_kept_as_it_was_written(text: str) -> None:
    """It is somebody's text; what shows it makes it harmless."""
    field = FIELDS["needs-today"]
    assert read_field(field, text, TODAY).values == {"today": text}


def test_twenty_thousand_signs_cost_next_to_nothing() -> None:
    """In every field at once."""
    started = thread_time()
    for field in FIELDS.values():
        for name in ("long", "long-word", "digits", "commas", "accents"):
            read_field(field, BAD[name], TODAY, chosen=True, ranked=RANKED)
    assert thread_time() - started < 5
