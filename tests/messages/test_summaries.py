"""What the cards with a network's summary say, and what they never say."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.preview.for_summaries import NEARLY, NOBODY, SMALL, THEMES, USUAL
from bot.preview.scene import Scene
from domain.needs.channel_counts import ChannelCounts, Rough
from domain.needs.models import Status
from domain.outreach.digests.county import CountySummary, county_summary
from domain.outreach.summaries import ChannelSummary, channel_summary
from domain.ports import UnitOfWork
from domain.rounds.models import Certainty, DeadlineKind
from messages.networks import county, summaries
from messages.outgoing import Outgoing
from tests.messages.looking import TODAY, elements
from tests.needs.conftest import town, work
from tests.needs.town import COMPLETE, NOW, Town
from tests.transcripts.reading import as_text

__all__ = ["town", "work"]

SCENE = Scene(TODAY)
BASIS = next(d for d in SCENE.deadlines if d.kind is DeadlineKind.DECISION_BASIS)
SUMMARY = ChannelSummary("Gauldal", 1, 1, SCENE.deadline(), BASIS, USUAL)


def shown(counts: ChannelCounts | None = USUAL, **changes: Any) -> Outgoing:
    """The summary with these counts."""
    return summaries.channel_summary(replace(SUMMARY, counts=counts, **changes), TODAY)


def charts(outgoing: Outgoing) -> list[dict[str, Any]]:
    """The charts of a card."""
    return [e for e in elements(outgoing.card) if e["type"].startswith("Chart.")]


def test_a_summary_says_who_what_when_and_what_comes_next() -> None:
    said = as_text(shown())
    for line in (
        "Behov i Gauldal: 9 av 12 eiere har meldt inn.",
        "Kommunale eiere: 5 av 6. Private eiere: 4 av 6.",
        "Barnehager med behov: 20",
        "Barnehager uten behov: 7",
        "Fristen er tirsdag 1. desember, om 9 dager (bekreftet).",
        "Beslutningsgrunnlaget skal til samarbeidsforum innen mandag 1. februar (trolig, ikke bekreftet).",
        "Kilde til fristen: fylkets plan for Rekom, Saksgang; Gauldals kompetanseplan, Årshjul.",
    ):
        assert line in said


def test_the_chart_shows_what_the_words_say() -> None:
    """As many bars as themes, the longest first, each with its name and number."""
    (chart,) = charts(shown())
    assert [bar["y"] for bar in chart["data"]] == [n for _, n in THEMES]
    said = as_text(shown()).lower()
    assert all(f"{bar['x'].lower()} ({bar['y']})" in said for bar in chart["data"])


@pytest.mark.parametrize("counts", [NEARLY, NOBODY, SMALL, None, replace(USUAL, themes=THEMES[:1])])
def test_no_chart_where_a_bar_would_be_missing(counts: ChannelCounts | None) -> None:
    """A picture without its longest bar, or with one bar, says something wrong or nothing."""
    assert charts(shown(counts)) == []


def test_what_is_not_shown_is_said_in_words() -> None:
    assert "Barnehager uten behov: færre enn tre" in as_text(shown(NEARLY))
    assert "inkluderende praksis (nesten alle), lek og vennskap (6)" in as_text(shown(NEARLY))
    assert "Barnehager med behov: vises ikke" in as_text(shown(replace(SMALL, with_need=Rough.SOME)))
    assert "minst tre barnehager" in as_text(shown(replace(USUAL, later=True)))
    assert "minst tre barnehager" not in as_text(shown())


def test_with_the_form_off_there_is_no_number_of_anybody() -> None:
    """What holds instead, and the date."""
    said = as_text(shown(None))
    assert said.startswith("Gauldal tar imot behov på en annen måte i år.")
    assert "eiere" not in said
    assert "Fristen er tirsdag 1. desember" in said


@pytest.mark.parametrize(
    ("certainty", "confirmed", "said"),
    [
        (Certainty.AGREED, True, "(bekreftet)"),
        (Certainty.DOUBTFUL, True, "(bekreftet)"),
        (Certainty.AGREED, False, "(trolig, ikke bekreftet)"),
        (Certainty.SINGLE, False, "(ikke bekreftet)"),
        (Certainty.DOUBTFUL, False, "(ikke bekreftet)"),
    ],
)
def test_how_sure_the_date_is(certainty: Certainty, confirmed: bool, said: str) -> None:
    deadline = SUMMARY.deadline.model_copy(update={"certainty": certainty, "confirmed": confirmed})
    assert f"om 9 dager {said}." in as_text(shown(deadline=deadline))


def test_a_past_date_is_past() -> None:
    """No days left, and nothing about what one may still use."""
    said = as_text(shown(deadline=SCENE.deadline(passed=True)))
    assert "Fristen var torsdag 19. november.\nNå går nettverket gjennom behovene og prioriterer." in said
    assert "frivillig" not in said


def test_an_update_says_when() -> None:
    assert as_text(shown(updates="1")).endswith("Oppdatert 22. november.")
    assert "Oppdatert" not in as_text(shown())


def test_nothing_in_it_is_somebodys(town: Town, work: UnitOfWork) -> None:
    """No name of an owner, a kindergarten or a person, no title, no text, no sum; to the county neither."""
    for name in ("Solbakken", "Bjørkelunden", "Lyngheia", "Tyttebærtua", "Steinrøysa"):
        town.sent(work, town.need(work, Status.REPORTED, name, answers={**COMPLETE, "amount": 987_654}))
    content = channel_summary(work, town.networks["Gauldal"].id, NOW)
    overview = county_summary(work, work.register.person(town.people["Bodil Strøm"]), NOW)
    assert content is not None
    assert overview is not None
    cards = [summaries.channel_summary(content, TODAY), county.county_summary(overview, TODAY)]
    said = json.dumps([(c.card, c.summary) for c in cards], ensure_ascii=False)
    owners = [o.name for n in town.networks.values() for o in work.register.owners(n.id)]
    texts = [str(v) for v in COMPLETE.values() if isinstance(v, str) and " " in v]
    for secret in (*owners, *town.places, *town.people, *texts, "987"):
        assert secret not in said, secret
    assert "Barnehager med behov: 5" in as_text(cards[0])


def test_ten_networks_fit_on_a_phone() -> None:
    """The date that most have is said once; each network takes a few short lines."""
    other = SUMMARY.deadline.model_copy(update={"day": TODAY + timedelta(days=16)})
    networks = tuple(replace(SUMMARY, network=f"Nettverk {n}") for n in range(9))
    content = CountySummary(SCENE.kari, (*networks, replace(SUMMARY, network="Fosen", deadline=other)))
    lines = as_text(county.county_summary(content, TODAY)).splitlines()
    assert lines[0] == "90 av 120 eiere i 10 nettverk har meldt inn."
    assert sum("tirsdag 1. desember" in line for line in lines) == 1
    fosen = lines.index("Fosen: 9 av 12 eiere")
    assert "tirsdag 8. desember" in lines[fosen + 3]
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 110
