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


SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("step_id", "text", "values"),
    [
        ("basis", "observasjon og samtaler med barna", {"basis": ["observation", "children"]}),
        ("basis", "vi har hatt ståstedsanalyse", {"basis": ["analysis"]}),
        ("discussed", "12. oktober", {"discussed": "2026-10-12"}),
        ("discussed", "vi tok det opp på personalmøtet sist torsdag", {"discussed": "2026-11-19"}),
        ("discussed", "på planleggingsdagen i august", {"discussed": "2026-08-01"}),
        ("disagreement", "Ja, om hvor mye tid.", {"disagreement": "Ja, om hvor mye tid."}),
        ("framework_plan", "omsorg", {}),
        (
            "framework_plan",
            "barns medvirkning, overganger",
            {"framework_plan": ["participation", "transitions"]},
        ),
        ("framework_plan", "vet ikke", {"framework_plan": ["unknown"]}),
        ("ways", "fagdager og veiledning", {"ways": ["days", "guidance"]}),
        ("cooperation", "gjerne", {"cooperation": "gladly"}),
        (
            "cooperation",
            "ja, med Solbakken om uteleken",
            {"cooperation": "yes", "cooperation_with": "ja, med Solbakken om uteleken"},
        ),
        ("groups", "3 pedagogiske ledere og 4 assistenter", {"group_leaders": 3, "group_assistants": 4}),
        ("groups", "4 assistenter", {"group_assistants": 4}),
        (
            "groups",
            "2, 3, 4, 1, 0",
            {
                "group_leaders": 2,
                "group_teachers": 3,
                "group_skilled": 4,
                "group_assistants": 1,
                "group_others": 0,
            },
        ),
        ("uh_talk", "ja, uformelt", {"uh_talk": "informal"}),
        ("uh_partner", "nord", {"uh_partner": "nord"}),
        ("sami", "som en del", {"sami": "part"}),
        ("support", "ppt og helsestasjonen", {"support": ["ppt", "health"]}),
        ("support", "nei", {"support": ["none"]}),
        ("ppt", "det er planlagt", {"ppt": "planned"}),
        ("resources", "vikar og reise", {"resources": ["time", "travel"]}),
        ("amount", "ca. 150 000 kr", {"amount": 150_000}),
        ("amount", "1,5 mill", {"amount": 1_500_000}),
        ("amount", "1.000", {"amount": 1000}),
        ("amount", "0", {"amount": 0}),
    ],
)
def test_what_is_typed_to_a_further_question(step_id: str, text: str, values: dict[str, object]) -> None:
    """Dates that have been, sums, counts of several groups, choices."""
    asked = step(step_id)
    assert read_text(asked, asked.fields, text, SUNDAY).values == values


@pytest.mark.parametrize(
    ("step_id", "text", "kind"),
    [
        ("discussed", "i morgen", ProblemKind.IN_FUTURE),
        ("discussed", "1.12.2027", ProblemKind.IN_FUTURE),
        ("discussed", "en gang", ProblemKind.NOT_A_DATE),
        ("discussed", "31. november", ProblemKind.NOT_A_DATE),
        (
            "framework_plan",
            "verdigrunnlag, formål, overganger, fagområder, medvirkning",
            ProblemKind.TOO_MANY,
        ),
        ("framework_plan", "overganger og vet ikke", ProblemKind.EXCLUSIVE),
        ("support", "nei og ppt", ProblemKind.EXCLUSIVE),
        ("groups", "mange", ProblemKind.NOT_A_COUNT),
        ("groups", "301 assistenter", ProblemKind.OUT_OF_RANGE),
        ("amount", "mye", ProblemKind.NOT_KRONER),
        ("amount", "-100", ProblemKind.NOT_KRONER),
        ("amount", "99,50", ProblemKind.NOT_WHOLE),
        ("amount", "6 millioner", ProblemKind.OUT_OF_RANGE),
        ("lead", "42", ProblemKind.ONLY_NUMBER),
        ("lead", "xxxxxxxxxx", ProblemKind.NO_WORDS),
    ],
)
def test_what_a_further_question_cannot_use(step_id: str, text: str, kind: ProblemKind) -> None:
    """It is optional to answer, but an answer is one."""
    asked = step(step_id)
    reading = read_text(asked, asked.fields, text, SUNDAY)
    assert not reading.values
    assert [p.kind for p in reading.problems] == [kind]


def test_the_owners_hours_are_hours() -> None:
    """«timer» is no people, yet it is what is counted here."""
    asked = owners_form().step("release")
    assert asked is not None
    assert read_text(asked, asked.fields, "ja, ca 40 timer", SUNDAY).values == {
        "release": "yes",
        "release_hours": 40,
    }
    reading = read_card(asked.fields, {"release": "no", "release_hours": "501"}, {}, SUNDAY)
    assert (reading.values, [p.kind for p in reading.problems]) == (
        {"release": "no"},
        [ProblemKind.OUT_OF_RANGE],
    )


@pytest.mark.parametrize(("day", "hints"), [("22.5.2025", [HintKind.LONG_AGO]), ("1.6.2025", [])])
def test_what_was_discussed_long_ago_gets_a_remark(day: str, hints: list[HintKind]) -> None:
    """18 months."""
    reading = read_card(step("discussed").fields, {"discussed": day}, {}, SUNDAY)
    assert reading.values
    assert [h.kind for h in reading.hints] == hints


def test_a_further_answer_can_be_taken_away_again() -> None:
    """An empty optional input empties; one that was not on the card is left alone."""
    fields = step("cooperation").fields
    reading = read_card(
        fields, {"cooperation": "", "cooperation_with": "Solbakken"}, {"cooperation": "yes"}, TODAY
    )
    assert reading.values == {"cooperation_with": "Solbakken"}
    assert (reading.problems, reading.emptied) == ((), ("cooperation",))
    assert read_card(fields, {"cooperation_with": "Solbakken"}, {}, TODAY).emptied == ()


@pytest.mark.parametrize(
    "text", ["Lek 😀😀😀😀😀😀😀😀😀😀😀😀", "Lek!!!!!!!!!!!!!!!!!!!!!!!!!!!!", "lek lek lek lek lek lek lek"]
)
def test_what_says_nothing_does_not_make_a_text_long(text: str) -> None:
    """K10: it is taken, with the remark on a short text."""
    reading = read_card(step("today").fields, {"today": text}, {}, TODAY)
    assert reading.values == {"today": text}
    assert [h.kind for h in reading.hints] == [HintKind.SHORT]


@given(text=st.text(max_size=300), which=st.sampled_from(STEPS))
def test_no_text_breaks_a_step(text: str, which: Step) -> None:
    """Whatever is written, either something is stored or there is a problem to tell."""
    reading = read_text(which, which.fields, text, TODAY)
    assert reading.values or reading.problems
    assert set(reading.values) <= {f.id for f in which.fields}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lede leken.\nAlle er med.", {"better": "Lede leken.", "children": "Alle er med."}),
        ("Lede leken.\n\nAlle er med.\n", {"better": "Lede leken.", "children": "Alle er med."}),
        ("Lede leken. Alle er med.", {"better": "Lede leken. Alle er med."}),
        ("Lede leken.\nOgså ute.\nAlle er med.", {"better": "Lede leken.\nOgså ute.\nAlle er med."}),
        ("Lede leken.\n😀", {"better": "Lede leken."}),
    ],
)
def test_two_lines_answer_two_questions(text: str, found: dict[str, str]) -> None:
    """«Hva vil dere bli bedre til, og hva skal barna merke?» is often answered in two lines."""
    step = FORM.step("goal")
    assert step is not None
    assert read_text(step, step.fields, text, TODAY).values == found
