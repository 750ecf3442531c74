"""What the digests say, on a phone: the main thing first, names folded, never more than six buttons."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.preview import for_digests
from bot.preview.scene import ORDINARY, Scene
from domain.needs.overview import Counts
from domain.outreach.content import Content
from domain.outreach.digests.outcomes import End
from domain.outreach.digests.owner import OwnerDigest
from domain.rounds.models import DeadlineKind
from messages.digests import outcomes, parts
from messages.notices import render_content
from tests.messages.looking import TODAY, actions
from tests.transcripts.reading import as_text

CONTENTS: dict[str, Content] = {
    f"{type(content).__name__}.{name}": content
    for name, content in for_digests.contents(Scene(TODAY, ORDINARY))
}


def lines(name: str) -> list[str]:
    """The example as a person reads it."""
    return as_text(render_content(CONTENTS[name], TODAY)).splitlines()


def buttons(name: str) -> list[dict[str, Any]]:
    return actions(render_content(CONTENTS[name], TODAY).card or {})


@pytest.mark.parametrize(
    ("words_", "things"),
    [
        (parts.COMES, DeadlineKind),
        (outcomes.ONE, End),
        (outcomes.MANY, End),
        (outcomes.COUNTED, End),
    ],
)
def test_every_name_has_words(words_: dict[Any, str], things: Any) -> None:
    assert words_.keys() == set(things)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("LeaderDigest.before", "9 av 12 eiere i Gauldalsregionen har sendt, til sammen 20 behov."),
        (
            "LeaderDigest.after",
            "Fristen er ute. 9 av 12 eiere i Gauldalsregionen har sendt, til sammen 20 behov.",
        ),
        ("AuthorityDigest.usual", "15 av 18 barnehager i Melhus har svart."),
        ("UhDigest.usual", "Fristen er ute. 9 av 12 eiere i Gauldalsregionen har meldt 20 behov."),
        ("OutcomesMissing.one", "1 behov i Gauldalsregionen mangler utfall."),
        ("OutcomeDigest.one-granted", "«Lek som inkluderer alle» har fått tilsagn."),
    ],
)
def test_the_main_thing_comes_first(name: str, first: str) -> None:
    assert lines(name)[0] == first
    assert render_content(CONTENTS[name], TODAY).summary == first


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("OwnerDigest.usual", "Av 23 barnehager har 14 meldt behov, 5 har ingen, 4 har ikke svart."),
        ("OwnerDigest.hundred", "Ingen av de 100 barnehagene har svart ennå."),
        ("OwnerDigest.one-own", "Solbakken barnehage har ikke svart ennå."),
        ("OwnerDigest.one-need", "Solbakken barnehage har meldt behov."),
        ("OwnerDigest.one-none", "Solbakken barnehage har ikke behov i år."),
        ("OwnerDigest.none", "Alle de ni barnehagene har svart, og ingen har behov i år."),
        ("OwnerDigest.supplement", "Alle de ni barnehagene har svart. 6 har meldt behov, 3 har ingen."),
    ],
)
def test_an_owner_of_one_and_of_a_hundred_is_told_alike(name: str, said: str) -> None:
    assert lines(name)[1] == f"Svarfristen er ute. {said}"


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((9, 2, 0, 7), "Av 9 barnehager har 2 meldt behov, og 7 har ikke svart."),
        ((9, 0, 2, 7), "Av 9 barnehager har 2 svart at de ikke har behov, og 7 har ikke svart."),
        ((9, 9, 0, 0), "Alle de ni barnehagene har svart. 9 har meldt behov."),
        ((9, 1, 1, 7), "Av 9 barnehager har 1 meldt behov, 1 har ingen, 7 har ikke svart."),
    ],
)
def test_nobody_is_told_of_noughts(counts: tuple[int, int, int, int], said: str) -> None:
    usual = CONTENTS["OwnerDigest.usual"]
    assert isinstance(usual, OwnerDigest)
    read = as_text(render_content(replace(usual, counts=Counts(*counts)), TODAY)).splitlines()
    assert read[1] == f"Svarfristen er ute. {said}"


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("LeaderDigest.after", ["Meldte behov", "Hvem mangler", "Excel", "Slik kanalen ser det"]),
        ("LeaderDigest.first", ["Hvem mangler", "Excel", "Slik kanalen ser det"]),
        ("LeaderDigest.quiet", ["Meldte behov", "Excel", "Slik kanalen ser det"]),
        ("LeaderDigest.form-off-nothing", ["Excel", "Slik kanalen ser det"]),
        ("OwnerDigest.usual", ["Les og godkjenn", "Minn de fire", "Send til nettverket"]),
        ("OwnerDigest.one-own", ["Meld behov", "Ingen behov i år"]),
        ("OwnerDigest.form-off", ["Les og godkjenn", "Send til nettverket"]),
        ("OutcomeDigest.owner", ["Se behovene", "Spør lederen"]),
    ],
)
def test_the_buttons_are_what_can_be_done_now(name: str, titles: list[str]) -> None:
    found = buttons(name)
    assert [b["title"] for b in found] == titles
    assert [b.get("style") for b in found] == ["positive", *[None] * (len(found) - 1)]


def test_a_leader_with_everything_waiting_has_six_buttons() -> None:
    titles = [b["title"] for b in buttons("LeaderDigest.everything")]
    assert titles == [
        "Meldte behov",
        "Hvem mangler",
        "Svar på spørsmål",
        "Slipp inn nye",
        "Bekreft frister",
        "Hvem når du ikke",
    ]


def test_long_lists_are_folded() -> None:
    missing = [line for line in lines("LeaderDigest.everything") if line.startswith("· ")]
    assert len(missing) == 10
    assert "Og 40 til." in lines("LeaderDigest.everything")
    assert any(line.endswith(" og 90 til.") for line in lines("OwnerDigest.hundred"))
    assert any(line.endswith(" og 50 til.") for line in lines("AuthorityDigest.nothing-sent"))


def test_a_list_that_fits_is_not_folded() -> None:
    assert parts.folded(["a", "b", "c"], 3) == "a, b og c"
    assert parts.folded(["a", "b", "c"], 2) == "a, b og c", "«1 til» is no shorter"
    assert parts.folded(["a", "b", "c", "d"], 2) == "a, b og 2 til"


def test_where_the_form_is_off_nobody_is_called_missing() -> None:
    said = lines("LeaderDigest.form-off")
    assert not any("Har ikke sendt" in line for line in said)
    assert said[:2] == [
        "9 eiere i Gauldalsregionen har sendt behov her.",
        "Skjemaet er av, så jeg regner ingen som manglende.",
    ]


def test_outcomes_are_registered_from_the_list_of_those_that_lack_one() -> None:
    (only,) = buttons("OutcomesMissing.one")
    assert only["data"] == {"verb": "network_needs", "network": 1, "state": "innstilt"}
    assert [b["title"] for b in buttons("OutcomesMissing.every-state")][-1] == "Se alle behov"


@pytest.mark.parametrize("end", End)
def test_every_outcome_says_thanks_and_what_comes(end: End) -> None:
    said = lines(f"OutcomeDigest.one-{end.value}")
    assert said[-2] == "Takk for at dere meldte behov!"
    again = "Behovet kan meldes på nytt i neste runde." in said
    assert again is (end in (End.ON_HOLD, End.NOT_PRIORITISED, End.REFUSED))
