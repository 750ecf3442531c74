"""`sammendrag` in a channel, for the county and for the others, and the choice of a weekly one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest

from domain.needs.models import Status
from domain.outreach.models import PostedSummary
from domain.ports import UnitOfWork
from domain.rounds.models import Round
from tests.dialogs.heads import KARI, text
from tests.transcripts.stage import Stage, oslo

COUNTY = "Bodil Strøm"
LEADER = "Ingrid Moen"
OTHER_LEADER = "Ola Fossen"
CHANNEL = "gauldal"
T = TypeVar("T")


def do(stage: Stage, act: Callable[[UnitOfWork], T]) -> T:
    with stage.work() as uow:
        return act(uow)


def gauldal(stage: Stage) -> Round:
    """Its round, as it is stored."""

    def found(uow: UnitOfWork) -> Round:
        network = uow.register.network_by_name("Gauldal")
        assert network is not None
        current = uow.rounds.current(network.id, stage.now.date())
        assert current is not None
        return current

    return do(stage, found)


def bound(stage: Stage) -> None:
    stage.say(LEADER, "koble gauldal", CHANNEL)


def posted(stage: Stage) -> PostedSummary | None:
    """What is remembered of the channel."""

    def found(uow: UnitOfWork) -> PostedSummary | None:
        binding = uow.identity.binding_of(f"19:{CHANNEL}")
        return uow.outreach.posted(binding.id) if binding else None

    return do(stage, found)


def test_whoever_asks_in_the_channel_gets_a_new_post(stage: Stage) -> None:
    """It is the newest that is kept up to date from then on."""
    bound(stage)
    for who in (KARI, LEADER):
        (heard,) = stage.say(who, "sammendrag", CHANNEL)
        assert not heard.changed
        last = posted(stage)
        assert last is not None
        assert last.activity_id == stage.chat(who, CHANNEL).messages[-1].id


def test_the_post_is_kept_up_to_date_in_its_place(stage: Stage) -> None:
    """The day after somebody has sent; no new message comes."""
    bound(stage)
    stage.say(KARI, "sammendrag", CHANNEL)
    stage.say("Tor Hermo", "hei")
    before = len(stage.chat(KARI, CHANNEL).messages)
    stage.say("Janne Foros", "ingen behov")
    stage.press("Janne Foros", "Ja, ingen behov i år")
    stage.say("Tor Hermo", "send til nettverket")
    stage.say("Tor Hermo", "Planen gjelder til 2028.")
    stage.press("Tor Hermo", "Vi har ingen")
    stage.say("Tor Hermo", "send")
    heard = [h for h in stage.pass_time(oslo("2026-11-11 10:00")) if h.chat == f"19:{CHANNEL}"]
    assert [h.changed for h in heard] == [True]
    assert "1 av 11 eiere har meldt inn." in text(heard)
    assert len(stage.chat(KARI, CHANNEL).messages) == before


def test_another_networks_name_does_not_help_in_a_channel(stage: Stage) -> None:
    """What is shown there is what the channel is bound to."""
    bound(stage)
    assert text(stage.say(KARI, "sammendrag fosen", CHANNEL)).startswith("Behov i Gauldal")


@pytest.mark.parametrize("who", [KARI, LEADER, "Helene Vik"])
def test_nobody_sees_a_network_that_is_not_theirs(stage: Stage, who: str) -> None:
    said = text(stage.say(who, "sammendrag fosen"))
    assert said == "Det nettverket kan jeg ikke vise deg. Du kan få sammendrag for Gauldal."


def test_the_county_sees_them_side_by_side_or_one(stage: Stage) -> None:
    """Also as a greeting, and for `status`."""
    for written in ("sammendrag", "hei", "status"):
        said = text(stage.say(COUNTY, written))
        assert "Fosen: 0 av 8 eiere" in said
        assert "Gauldal: 0 av 11 eiere" in said
    assert text(stage.say(COUNTY, "sammendrag gauldal")).startswith("Behov i Gauldal: 0 av 11")
    assert "Fosen, Gauldal" in text(stage.say(COUNTY, "sammendrag namdalen"))


def test_what_is_written_about_a_summary_in_an_answer_is_the_answer(stage: Stage) -> None:
    """Only the word alone is an order in the middle of the form."""
    for said in ("meld behov", "ja", "lek", "sammendrag fra personalet"):
        heard = text(stage.say(KARI, said))
    assert "Spørsmål 4 av 10" in heard

    def today(uow: UnitOfWork) -> str:
        (need,) = uow.needs.in_round(gauldal(stage).id, [Status.DRAFT])
        return str(need.answers["today"])

    assert do(stage, today) == "sammendrag fra personalet"


@pytest.mark.parametrize(
    "written", ["ukentlig sammendrag", "sammendrag hver uke", "Slå på ukentlig sammendrag"]
)
def test_the_leader_turns_the_weekly_one_on_and_off(stage: Stage, written: str) -> None:
    """Asked twice, it says so and nothing more happens."""
    bound(stage)
    assert "får nå sammendrag hver mandag" in text(stage.say(LEADER, written))
    assert "får allerede sammendrag hver mandag" in text(stage.say(LEADER, written))
    assert gauldal(stage).weekly
    assert "ikke hver uke" in text(stage.say(LEADER, "ukentlig sammendrag av"))
    assert not gauldal(stage).weekly


def test_a_made_up_card_switches_nobody_elses(stage: Stage) -> None:
    """A head is refused; another leader's press is about the network that leader has."""
    current = gauldal(stage)
    card = {"verb": "weekly", "on": True, "network": current.network_id}
    assert "Bare lederen" in text(stage.send_payload(KARI, card, None))
    assert "Ukentlig sammendrag er nå på" in text(stage.send_payload(OTHER_LEADER, card, None))
    assert not gauldal(stage).weekly


def test_in_a_channel_the_choice_moves_to_the_leaders_own_chat(stage: Stage) -> None:
    bound(stage)
    assert "Det gjelder deg." in text(stage.say(LEADER, "ukentlig sammendrag", CHANNEL))
    assert not gauldal(stage).weekly
