"""Region, role, channel, dates and reservations of answers."""

from datetime import date

import pytest

from domain.scheme.answers import Asker, DatedDeadline, Scheme

ANYONE = Asker()


def test_needs_are_due_on_1_december_and_not_1_february(scheme: Scheme, today: date) -> None:
    """The county plan's figure lists boxes and dates in different orders (A5.2)."""
    expected = {
        "Når er fristen for behovsmelding?": ("needs", date(2026, 12, 1)),
        "Når er fristen for beslutningsgrunnlaget?": ("decision_basis", date(2027, 2, 1)),
        "Når er fristen for innstillingen?": ("recommendation", date(2027, 3, 15)),
        "Når kommer vedtaket?": ("grant_letter", date(2027, 4, 15)),
    }
    for question, (kind, day) in expected.items():
        answer = scheme.answer(question, ANYONE, today)
        assert (answer.day_kind, answer.day, answer.day_confirmed) == (kind, day, False)


def test_a_wrong_date_in_the_question_is_set_right(scheme: Scheme, today: date) -> None:
    answer = scheme.answer("Er fristen for behovsmelding 1. februar?", ANYONE, today)

    assert answer.day == date(2026, 12, 1)


def test_the_networks_own_date_goes_first(scheme: Scheme, today: date) -> None:
    rounds = [
        DatedDeadline("needs", date(2025, 12, 1), True, "Runde 2025/26"),
        DatedDeadline("needs", date(2026, 11, 27), True, "Runde 2026/27"),
        DatedDeadline("decision_basis", date(2027, 1, 25), False, "Runde 2026/27"),
    ]
    answer = scheme.answer("Når er fristen for behovsmelding?", ANYONE, today, rounds)

    assert (answer.day, answer.day_confirmed) == (date(2026, 11, 27), True)
    assert answer.lines[0] == "Fredag 27. november 2026, om 5 dager."
    assert "egen" not in answer.lines[0]
    assert "satt denne datoen" in answer.lines[1]
    assert answer.source is not None
    assert answer.source.startswith("Runde 2026/27; ")
    assert answer.validity_note is None


def test_a_confirmed_usual_date_is_said_plainly(scheme: Scheme, today: date) -> None:
    rounds = [DatedDeadline("needs", date(2026, 12, 1), True, "Runde 2026/27")]
    answer = scheme.answer("Når er fristen for behovsmelding?", ANYONE, today, rounds)

    assert answer.lines == (
        "Tirsdag 1. desember 2026, om 9 dager.",
        "Eier sender behovsmeldingen til kompetansenettverket innen 1. desember.",
    )


def test_a_date_that_was_is_said_in_the_past(scheme: Scheme) -> None:
    rounds = [DatedDeadline("needs", date(2026, 12, 1), True, "Runde 2026/27")]
    answer = scheme.answer("Når er fristen for behovsmelding?", ANYONE, date(2026, 12, 3), rounds)

    assert answer.lines[0] == "Fristen var tirsdag 1. desember 2026."


def test_reporting_in_gauldal_gives_the_day_of_the_askers_part(scheme: Scheme, today: date) -> None:
    def day(role: str | None) -> tuple[str | None, date | None]:
        answer = scheme.answer("når skal vi rapportere?", Asker(role, "gauldal"), today)
        return answer.day_kind, answer.day

    assert day("head") == ("reporting_units", date(2027, 5, 15))
    assert day("leader") == ("reporting_network", date(2027, 6, 15))
    assert day(None) == ("reporting_units", date(2027, 5, 15))


def test_reporting_elsewhere_says_both_and_no_day(scheme: Scheme, today: date) -> None:
    answer = scheme.answer("Når skal vi rapportere?", ANYONE, today)

    assert answer.facts == ("reporting-two-dates",)
    assert "15. januar" in answer.lines[0]
    assert "15. juni" in answer.lines[0]
    assert answer.day is None


def test_a_confirmed_reporting_date_is_used_outside_gauldal(scheme: Scheme, today: date) -> None:
    rounds = [DatedDeadline("reporting_network", date(2027, 6, 1), True, "Runde 2026/27")]
    answer = scheme.answer("Når skal nettverket rapportere?", Asker(region="fosen"), today, rounds)

    assert (answer.day, answer.day_confirmed) == (date(2027, 6, 1), True)


def test_the_region_named_wins_over_the_askers(scheme: Scheme, today: date) -> None:
    answer = scheme.answer("Hvem leder nettverket i Gauldal?", Asker(region="fosen"), today)
    assert answer.facts == ("gauldal-leader",)

    answer = scheme.answer("Hvem leder nettverket?", Asker(region="fosen"), today)
    assert answer.facts == ("fosen-leader",)


def test_another_regions_rule_is_not_said_as_the_askers(scheme: Scheme, today: date) -> None:
    answer = scheme.answer("Hvor ofte møtes nettverket?", Asker(region="fosen"), today)

    assert answer.facts == ("fosen-network-meetings",)
    assert not scheme.answer("Hvem godkjenner budsjettet på Fosen?", ANYONE, today).found


@pytest.mark.parametrize(
    "question",
    ["Hva er OFO?", "Hva fikk Fosen i 2019?", "Hvor mange nettverk har Fosen?", "Hva er målene i Dekom?",
     "Når skal vi rapportere?", "Hvem leder nettverket på Fosen?"],
)  # fmt: skip
def test_nothing_internal_is_said_in_a_channel(scheme: Scheme, today: date, question: str) -> None:
    private = scheme.answer(question, Asker(region="fosen"), today)
    assert any(scheme.description.fact(fact_id).internal for fact_id in private.facts)

    channel = scheme.answer(question, Asker(region="fosen", in_channel=True), today)
    internal = [fact for fact in scheme.description.facts if fact.internal]
    assert not {fact.id for fact in internal} & set(channel.facts)
    assert not {fact.question for fact in internal} & {
        *channel.suggestions,
        *(c.question for c in channel.alternatives),
    }
    assert channel.declined_reason != "outside"


def test_which_deadline_is_asked_back_with_the_dates(scheme: Scheme, today: date) -> None:
    answer = scheme.answer("Når er fristen?", ANYONE, today)

    assert answer.found
    assert answer.day is None
    assert len(answer.alternatives) == 4
    assert "Behovsmelding: trolig tirsdag 1. desember 2026, om 9 dager." in answer.lines
    assert all(scheme.answer(choice.question, ANYONE, today).day for choice in answer.alternatives)


@pytest.mark.parametrize(
    ("role", "kind"), [("owner", "needs"), ("head", "needs"), ("leader", "decision_basis")]
)
def test_which_deadline_follows_the_role(scheme: Scheme, today: date, role: str, kind: str) -> None:
    answer = scheme.answer("når er fristen?", Asker(role_actor=role), today)

    assert answer.day_kind == kind
    assert len(answer.alternatives) == 3


@pytest.mark.parametrize(
    ("role", "fact"), [("owner", "owner-role"), ("head", "head-role"), ("ppt", "ppt-role"), ("uh", "uh-role")]
)
def test_i_am_my_role(scheme: Scheme, today: date, role: str, fact: str) -> None:
    assert scheme.answer("hva skal jeg gjøre?", Asker(role_actor=role), today).facts[0] == fact


def test_without_a_role_the_roles_are_suggested(scheme: Scheme, today: date) -> None:
    answer = scheme.answer("hva skal jeg gjøre?", ANYONE, today)

    assert answer.declined_reason == "unknown"
    assert "Hva gjør styrer?" in answer.suggestions


def test_an_ended_rule_says_so_only_after_its_end(scheme: Scheme, today: date) -> None:
    question = "Hvor mye får et nettverk til koordinering?"

    note = scheme.answer(question, ANYONE, today).validity_note
    assert note is not None
    assert "1.1.2026" in note
    assert scheme.answer(question, ANYONE, date(2025, 6, 1)).validity_note is None
    assert scheme.answer("Hva betyr UH?", ANYONE, today).validity_note is None


def test_what_is_not_yet_in_force_is_not_said(scheme: Scheme) -> None:
    assert not scheme.answer("Gjelder Rekom fortsatt?", ANYONE, date(2025, 6, 1)).found


def test_a_year_is_asked_for_within_what_is_told(scheme: Scheme, today: date) -> None:
    """The project lasted from 2020 to 2022; its reason names no year."""
    asked = "Hvorfor ble prosjektet satt i gang i {}?"

    assert scheme.answer(asked.format(2020), ANYONE, today).facts == ("project-reason",)
    assert not scheme.answer(asked.format(2015), ANYONE, today).found
    assert not scheme.answer("Når var fristen for behovsmelding i 2023?", ANYONE, today).found


def test_a_question_at_the_end_of_a_long_message(scheme: Scheme, today: date) -> None:
    text = "Hei! Vi har hatt personalmøte om samisk språk. Alle var enige om at vi trenger mer. Når må eier sende?"

    assert scheme.answer(text, ANYONE, today).facts == ("deadline-needs",)


def test_empty_and_odd_messages_are_outside(scheme: Scheme, today: date) -> None:
    for text in ("", "?", "   ", "🙂", "?" * 5000, "a" * 10_000):
        assert scheme.answer(text, ANYONE, today).declined_reason == "outside"


@pytest.mark.parametrize(
    "text",
    ["Når er fristen?", "når er fristen", "ka e rekom", "kem lage årshjulet", "kæm sende behovsmelding",
     "koffer må vi det", "hvordan fordeles pengene", "åssen fordeles pengene", "nårti må vi levere",
     "korsn e saksgangen", "kan vi bruke UiO", "må vi bruke skjemaet", "skal vi rapportere i år", "Hei! Hva gjør eier",
     "hvor mange nettverk er det", "hvilke kriterier gjelder", "what is rekom", "Gjelder det oss?"],
)  # fmt: skip
def test_looks_like_a_question(scheme: Scheme, text: str) -> None:
    assert scheme.looks_like_question(text)


@pytest.mark.parametrize(
    "text",
    ["", "?", "ja", "meld behov", "frist", "Vi trenger å bli bedre på språk.", "Når barna leker, ser vi at de faller ut",
     "Hva barna skal merke er at vi er til stede", "Hvordan vi leker sammen er viktig for oss",
     "Personalet har diskutert hva som trengs", "Kan hende det er lek", "12 ansatte", "Må ha mer kunnskap om lek"],
)  # fmt: skip
def test_does_not_look_like_a_question(scheme: Scheme, text: str) -> None:
    assert not scheme.looks_like_question(text)
