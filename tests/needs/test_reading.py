"""Typed and filled-in answers: what is taken, what is not, and why."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.needs.form import Step, needs_form, owners_form
from domain.needs.reading import HintKind, ProblemKind, read_card, read_text

TODAY = date(2026, 11, 10)
FORM = needs_form()
STEPS = [s for s in FORM.steps if s.fields]


def step(step_id: str) -> Step:
    """A step of the head's form."""
    found = FORM.step(step_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("step_id", "text", "values"),
    [
        ("need", "ja", {"need": "new"}),
        ("need", "vi fortsetter med lek", {"need": "continued"}),
        ("need", "næi", {"need": "no"}),
        ("themes", "lek og vennskap, språk", {"themes": ["play", "language"]}),
        ("themes", "vi vil jobbe med lek og språk", {"themes": ["play", "language"]}),
        ("themes", "2 og 3", {"themes": ["play", "language"]}),
        ("involved", "alle", {"involved": ["everyone"]}),
        ("involved", "assistenter og tillitsvalgt", {"involved": ["assistants", "union"]}),
        (
            "involved",
            "hele personalet på planleggingsdag i august",
            {"involved": ["everyone"], "how": "hele personalet på planleggingsdag i august"},
        ),
        ("participants", "hele personalet, 14", {"participants": "everyone", "headcount": 14}),
        ("participants", "ca tolv ansatte", {"headcount": 12}),
        ("time", "høsten 2027, to år", {"start": "H27", "duration": 4}),
        ("time", "fra august i ett år", {"start": "H27", "duration": 2}),
        ("time", "neste høst", {"start": "H27"}),
        ("special", "samisk og ppt", {"special": ["sami", "support"]}),
    ],
)
def test_what_is_typed_is_understood(step_id: str, text: str, values: dict[str, object]) -> None:
    """A sentence fills the fields it speaks of, and no others."""
    asked = step(step_id)
    assert read_text(asked, asked.missing({}), text, TODAY).values == values


@pytest.mark.parametrize(
    ("step_id", "text", "kind"),
    [
        ("today", "", ProblemKind.EMPTY),
        ("today", "   ", ProblemKind.EMPTY),
        ("today", "😀😀", ProblemKind.NO_WORDS),
        ("today", "42", ProblemKind.ONLY_NUMBER),
        ("today", "a" * 1501, ProblemKind.TOO_LONG),
        ("themes", "blå", ProblemKind.UNKNOWN_CHOICE),
        ("themes", "ikke lek", ProblemKind.UNKNOWN_CHOICE),
        ("themes", "lek, språk, ledelse og overganger", ProblemKind.TOO_MANY),
        ("special", "samisk og vet ikke", ProblemKind.EXCLUSIVE),
        ("participants", "H27, to år", ProblemKind.UNKNOWN_CHOICE),
        ("time", "ja", ProblemKind.NOT_A_TIME),
        ("title", "12345", ProblemKind.ONLY_NUMBER),
    ],
)
def test_what_cannot_be_used_has_its_problem(step_id: str, text: str, kind: ProblemKind) -> None:
    """Nothing is taken, and the reason is one of ours."""
    asked = step(step_id)
    reading = read_text(asked, asked.missing({}), text, TODAY)
    assert not reading.values
    assert [p.kind for p in reading.problems][:1] == [kind]


def test_a_card_half_filled_keeps_the_good_half() -> None:
    """One good field is stored although the other is empty."""
    reading = read_card(step("goal").fields, {"better": "Vi vil bli bedre til å lede leken."}, {}, TODAY)
    assert reading.values == {"better": "Vi vil bli bedre til å lede leken."}
    assert [p.kind for p in reading.problems] == [ProblemKind.EMPTY]


@pytest.mark.parametrize("count", ["0", "301", "-4"])
def test_a_headcount_has_its_limits(count: str) -> None:
    """From 1 to 300."""
    reading = read_card(step("participants").fields, {"participants": "some", "headcount": count}, {}, TODAY)
    assert reading.values == {"participants": "some"}


def test_hints_are_remarks_not_walls() -> None:
    """A short answer, only the head, and likely personal data are taken, with a remark."""
    fields = step("today").fields
    assert [h.kind for h in read_card(fields, {"today": "Lite lek."}, {}, TODAY).hints] == [HintKind.SHORT]
    text = "Vi ringer mor til Ola på 912 34 567 når det er uro i garderoben."
    assert [h.kind for h in read_card(fields, {"today": text}, {}, TODAY).hints] == [HintKind.PERSONAL]
    asked = step("involved")
    assert [h.kind for h in read_text(asked, asked.missing({}), "bare meg", TODAY).hints] == [
        HintKind.ONLY_HEAD
    ]


@pytest.mark.parametrize(("text", "order"), [("2, 1, 3", [2, 1, 3]), ("3 1 2", [3, 1, 2])])
def test_an_order_names_every_need_once(text: str, order: list[int]) -> None:
    """A ranking is a permutation."""
    asked = owners_form().steps[0]
    assert read_text(asked, asked.missing({}), text, TODAY, ranked=3).values == {"order": order}


@pytest.mark.parametrize("text", ["1, 2", "1, 1, 2", "1, 2, 4", "først lek"])
def test_a_broken_order_is_refused(text: str) -> None:
    """Holes, doubles and words are no ranking."""
    asked = owners_form().steps[0]
    reading = read_text(asked, asked.missing({}), text, TODAY, ranked=3)
    assert [p.kind for p in reading.problems] == [ProblemKind.NOT_A_RANKING]


@given(text=st.text(max_size=300), which=st.sampled_from(STEPS))
def test_no_text_breaks_a_step(text: str, which: Step) -> None:
    """Whatever is written, either something is stored or there is a problem to tell."""
    reading = read_text(which, which.missing({}), text, TODAY)
    assert reading.values or reading.problems
    assert set(reading.values) <= {f.id for f in which.fields}
