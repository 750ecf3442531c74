"""Needs at the network in the chat: old cards, other people's presses, odd input, pages, and what each role sees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.needs.models import NeedsReport, OwnersReport, OwnersStatus, Status
from domain.needs.owners.owner import waiting
from tests.protocol.need import ANSWERS
from tests.transcripts.reading import find_button
from tests.transcripts.stage import Heard, Stage, oslo, shown

INGRID, TUVA, PER, KARI = "Ingrid Moen", "Tuva Sørgård", "Per Aune", "Kari Nordli"
NOTE, DAY = "Begrunnelse (følger med til dem som får beskjed)", "Dag for møtet, innsendingen eller brevet"
ACT = "Hva skal skje?"
HOSTILE = (
    "",
    " ",
    "x",
    "1:",
    ":1",
    "999:1",
    "1:1:1",
    "1,2",
    "-1:1",
    "9" * 40 + ":1",
    "<b>",
    "'; drop table",
    "😀",
)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A stage in January, on which these have said hello."""
    made = Stage(tmp_path, oslo("2027-01-12 09:00"))
    for name in (INGRID, TUVA, PER, KARI):
        made.say(name, "hei")
    yield made
    made.close()


def said(heard: list[Heard]) -> str:
    """Everything that came."""
    return "\n".join(shown(h) for h in heard)


def put(
    stage: Stage, many: int = 1, status: Status = Status.UNDER_CONSIDERATION, **changes: Any
) -> list[int]:
    """So many needs of Melhus kommune's kindergartens at the network, in the order of their ids."""
    with stage.work() as uow:
        network = uow.register.network_by_name("Gauldal")
        assert network is not None
        current = uow.rounds.current(network.id, stage.now.date())
        assert current is not None
        places = [k for k in uow.register.kindergartens_in_network(network.id) if k.orgnr < "102001110"]
        values: dict[str, Any] = {
            "id": 0,
            "round_id": current.id,
            "status": status,
            "revision": 1,
            "submitted_at": stage.now,
            "form_version": current.form_version,
            "created_by": stage.people[KARI].id,
            "created_at": stage.now,
            "updated_at": stage.now,
        }
        made = [
            uow.needs.add(
                NeedsReport.model_validate(
                    values
                    | {
                        "kindergarten_id": places[n % len(places)].id,
                        "number": f"2026-G{n:03d}",
                        "answers": {**ANSWERS, "title": f"Behov {n}"},
                    }
                    | changes
                )
            ).id
            for n in range(1, many + 1)
        ]
        uow.owners_reports.add(
            OwnersReport(
                id=0,
                round_id=current.id,
                network_id=network.id,
                owner_id=places[0].owner_id,
                sequence=len(uow.owners_reports.of_owner(places[0].owner_id, network.id, current.id)),
                status=OwnersStatus.SENT,
                report_ids=tuple(made),
                created_by=stage.people[PER].id,
                updated_at=stage.now,
                sent_at=stage.now,
            )
        )
        return made


def need(stage: Stage, need_id: int) -> NeedsReport:
    """A stored need."""
    with stage.work() as uow:
        found = uow.needs.get(need_id)
    assert found is not None
    return found


def prioritised(stage: Stage, need_id: int, who: str = INGRID) -> str:
    """One need prioritised, from the list to the receipt."""
    stage.say(who, "meldte behov")
    stage.press(who, "Les")
    stage.press(who, "Gå videre", {ACT: "Prioriter", NOTE: "Tydelig.", DAY: "i går"})
    return said(stage.press(who, "Registrer"))


def test_two_presses_register_once(stage: Stage) -> None:
    """The second press on the same card says who did it and when."""
    (need_id,) = put(stage)
    stage.say(INGRID, "meldte behov")
    stage.press(INGRID, "Les")
    stage.press(INGRID, "Gå videre", {ACT: "Prioriter", NOTE: "Tydelig.", DAY: "i går"})
    card, payload = find_button(stage.chat(INGRID).messages, "Registrer", {})
    assert "er prioritert" in said(stage.send_payload(INGRID, payload, card.id))
    again = said(stage.send_payload(INGRID, payload, card.id))
    assert "allerede behandlet av deg 12. januar kl. 09.00. Status: prioritert" in again
    with stage.work() as uow:
        assert len(uow.audit.of("needs_report", need_id)) == 1


def test_a_need_that_another_has_handled_is_left_alone(stage: Stage) -> None:
    """Ingrid's card is from before Tuva acted: nothing of it is done, not even for the other need."""
    first, second = put(stage, 2)
    stage.say(INGRID, "meldte behov")
    ids = ",".join(f"{i}:{need(stage, i).version}" for i in (first, second))
    stage.press(INGRID, "Hva skal skje?", {"chosen_needs": ids})
    stage.press(INGRID, "Gå videre", {ACT: "Sett på vent", NOTE: "Vi venter.", DAY: "i går"})
    stage.say(TUVA, "meldte behov")
    version = need(stage, first).version
    stage.press(TUVA, "Les", {"chosen_needs": f"{first}:{version}"})
    stage.press(TUVA, "Gå videre", {ACT: "Prioriter", NOTE: "Tydelig.", DAY: "i går"})
    stage.press(TUVA, "Registrer")
    assert f"allerede behandlet av {TUVA} 12. januar kl. 09.00" in said(stage.press(INGRID, "Registrer"))
    assert need(stage, first).status is Status.PRIORITISED
    assert need(stage, second).status is Status.UNDER_CONSIDERATION


@pytest.mark.parametrize("name", [KARI, PER, "Helene Vik", "Rune Aasen", "Ola Fossen"])
def test_nobody_else_acts(stage: Stage, name: str) -> None:
    """Whatever a card claims to be."""
    (need_id,) = put(stage)
    act: dict[str, Any] = {"needs": [[need_id, 1]], "act": "prioriter"}
    for payload in (
        {"verb": "choose_act", "chosen_needs": f"{need_id}:1"},
        {"verb": "prepare_act", **act, "act_note": "Tydelig.", "act_day": "i går"},
        {"verb": "do_act", **act, "note": "Tydelig.", "day": "2027-01-11"},
        {"verb": "change_act", **act, "note": "Tydelig.", "day": "2027-01-11"},
    ):
        assert "ikke tilgang" in said(stage.send_payload(name, payload, None))
    assert need(stage, need_id).status is Status.UNDER_CONSIDERATION


def test_the_only_need_of_the_list_is_the_one_meant(stage: Stage) -> None:
    """«Hva skal skje?» without a tick, as «Les» does; an old card of it is told to be old."""
    (need_id,) = put(stage)
    stage.say(INGRID, "meldte behov")
    assert "Behov 1" in said(stage.press(INGRID, ACT))
    stage.say(INGRID, "meldte behov")
    card, payload = find_button(stage.chat(INGRID).messages, ACT, {})
    prioritised(stage, need_id, TUVA)
    assert "gammelt" in said(stage.send_payload(INGRID, payload, card.id))


def test_of_two_needs_one_must_be_chosen(stage: Stage) -> None:
    """Which is meant cannot be known."""
    put(stage, 2)
    stage.say(INGRID, "meldte behov")
    assert "Velg minst én" in said(stage.press(INGRID, ACT))


def test_odd_choices(stage: Stage) -> None:
    """One clear sentence, and nothing is done."""
    put(stage)
    for verb in ("choose_act", "network_need"):
        for chosen in HOSTILE:
            answered = said(stage.send_payload(INGRID, {"verb": verb, "chosen_needs": chosen}, None))
            assert any(t in answered for t in ("Velg minst én", "ikke tilgang", "gammelt")), chosen


ASKED: tuple[tuple[dict[str, str], str], ...] = (
    ({}, "Velg hva som skal skje"),
    ({"act": "tøys"}, "Velg hva som skal skje"),
    ({"act": "tilsagn"}, "Velg hva som skal skje"),
    ({"act": "prioriter", "act_day": "i går"}, "Skriv en begrunnelse"),
    ({"act": "prioriter", "act_note": "😀", "act_day": "i går"}, "Skriv en begrunnelse"),
    ({"act": "prioriter", "act_note": "a" * 20_000, "act_day": "i går"}, "for lang"),
    ({"act": "prioriter", "act_note": "Tydelig."}, "Skriv dagen"),
    ({"act": "prioriter", "act_note": "Tydelig.", "act_day": "snart"}, "forsto jeg ikke"),
    ({"act": "prioriter", "act_note": "Tydelig.", "act_day": "<b>12</b>"}, "forsto jeg ikke"),
    ({"act": "prioriter", "act_note": "Tydelig.", "act_day": "a" * 20_000}, "forsto jeg ikke"),
    ({"act": "prioriter", "act_note": "Tydelig.", "act_day": "i morgen"}, "ikke vært ennå"),
    ({"act": "prioriter", "act_note": "Tydelig.", "act_day": "7. januar"}, "torsdag 7. januar 2027"),
    ({"act": "prioriter", "act_note": "Tydelig.", "act_day": "15.12"}, "tirsdag 15. desember 2026"),
    ({"act": "prioriter", "act_note": "Tydelig.", "act_day": "sist fredag"}, "fredag 8. januar 2027"),
    ({"act": "prioriter", "act_note": "Ring 91234567.", "act_day": "i går"}, "personopplysninger"),
)


def test_what_an_act_asks_for(stage: Stage) -> None:
    """In one sentence, with what was filled in kept; a day is shown as it was understood."""
    (need_id,) = put(stage)
    for given, says in ASKED:
        payload = {"verb": "prepare_act", "needs": [[need_id, 1]], **given}
        answered = said(stage.send_payload(INGRID, payload, None))
        assert says in answered, given
        assert given.get("act_note") != "Tydelig." or "Tydelig." in answered
    assert need(stage, need_id).status is Status.UNDER_CONSIDERATION


def test_only_what_they_have_in_common(stage: Stage) -> None:
    """Needs in different states cannot be moved together."""
    (first,) = put(stage)
    (second,) = put(stage, 1, Status.GRANTED, number="2026-G900")
    chosen = f"{first}:1,{second}:1"
    answered = said(stage.send_payload(INGRID, {"verb": "choose_act", "chosen_needs": chosen}, None))
    assert "samme neste steg" in answered
    assert "Gå videre" not in answered


def test_pages_and_filters(stage: Stage) -> None:
    """Twenty needs: three pages; by state, and the state is kept on the next page."""
    put(stage, 20)
    (other,) = put(stage, 1, Status.ON_HOLD, number="2026-G900")
    first = said(stage.say(INGRID, "meldte behov"))
    assert "21 behov meldt til Gauldal" in first
    assert "side 1 av 3" in first
    assert "side 2 av 3" in said(stage.press(INGRID, "Neste side"))
    assert "side 1 av 3" in said(stage.press(INGRID, "Forrige side"))
    held = said(stage.press(INGRID, "Vis utvalget", {"need_filter": f"state:{Status.ON_HOLD.value}"}))
    assert held.count("Melhus kommune nr.") == 1
    stage.press(INGRID, "Vis utvalget", {"need_filter": f"state:{Status.UNDER_CONSIDERATION.value}"})
    later = said(stage.press(INGRID, "Neste side"))
    assert "satt på vent –" not in later
    assert "(x) til vurdering i nettverket (20)" in later
    assert need(stage, other).version == 1


SEES: dict[str, tuple[tuple[str, ...], str]] = {
    "Helene Vik": (("Du leser alt", "Behov 1"), "Hva skal skje?"),
    "Rune Aasen": (("et sammendrag", "Behov 1"), "Hva skal skje?"),
    "Camilla Rød": (("medlem av nettverket", "2 behov vises bare som tall"), "Behov 1"),
    "Per Aune": (("Du ser dette som barnehagemyndighet", "Behov 1"), "Hva skal skje?"),
    "Lars Rise": (("0 behov", "Ingen eier"), "Behov 1"),
    "Kari Nordli": (("leses av leder",), "Behov 1"),
}


def test_what_each_role_sees(stage: Stage) -> None:
    """Everything, a summary or numbers, and in which role."""
    put(stage, 2)
    for name, (sees, not_this) in SEES.items():
        answered = said(stage.say(name, "meldte behov"))
        assert not [text for text in sees if text not in answered], name
        assert not_this not in answered, name


def test_a_member_reads_the_summary_of_a_need(stage: Stage) -> None:
    """Title and themes, not a word of the text, and nothing to do."""
    put(stage)
    stage.say("Rune Aasen", "meldte behov")
    answered = said(stage.press("Rune Aasen", "Les"))
    assert "Behov 1" in answered
    assert str(ANSWERS["today"]) not in answered
    assert "Gå videre" not in answered


def test_the_authority_has_nothing_to_approve(stage: Stage) -> None:
    """Per as authority: status of all, private too, and no button that decides."""
    put(stage, 1, Status.SENT_TO_OWNER)
    answered = said(stage.press(PER, "Bytt til barnehagemyndighet"))
    assert "også private" in answered
    assert "Godkjenn" not in answered
    assert "Behov 1" not in said(stage.say(PER, "meldte behov"))
    with stage.work() as uow:
        owner = uow.register.kindergarten(need(stage, 1).kindergarten_id).owner_id
        assert len(waiting(uow, owner, stage.now)) == 1


def test_nothing_of_it_in_a_channel(stage: Stage) -> None:
    """The list is personal."""
    put(stage)
    assert "Behov 1" not in said(stage.say(INGRID, "meldte behov", "gauldal"))


def test_prioritised_by_a_coordinator(stage: Stage) -> None:
    """Who coordinates acts as the leader does."""
    (need_id,) = put(stage)
    assert "er prioritert" in prioritised(stage, need_id, TUVA)
    assert need(stage, need_id).status is Status.PRIORITISED


# --- registering ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [KARI, "Helene Vik", "Ola Fossen"])
def test_nobody_else_registers(stage: Stage, name: str) -> None:
    """Whatever the card says."""
    with stage.work() as uow:
        network = uow.register.network_by_name("Gauldal")
        assert network is not None
        place = uow.register.kindergartens_in_network(network.id)[0].id
    for payload in (
        {"verb": "register_for", "kindergarten": place},
        {"verb": "begin_registering", "kindergarten": place, "register_source": "muntlig"},
        {"verb": "begin_registering", "kindergarten": place, "register_source": "muntlig", "no_need": True},
    ):
        answered = said(stage.send_payload(name, payload, None))
        assert "ikke tilgang" in answered or "Bare eier" in answered


def test_two_presses_begin_one_need(stage: Stage) -> None:
    """A bare registration is taken up again."""
    stage.say(PER, "registrer behov for Solbakken barnehage")
    card, payload = find_button(stage.chat(PER).messages, "Registrer behov", {"register_source": "muntlig"})
    for _ in range(2):
        stage.send_payload(PER, payload, card.id)
    assert said(stage.say(PER, "registrer behov")).count("Fortsett") == 1


@pytest.mark.parametrize("source", ["", "bot", "eier", "tøys"])
def test_a_source_must_be_one_of_ours(stage: Stage, source: str) -> None:
    """Else it is asked for."""
    stage.say(PER, "registrer behov for Solbakken barnehage")
    _, payload = find_button(stage.chat(PER).messages, "Registrer behov", {})
    answered = said(stage.send_payload(PER, {**payload, "register_source": source}, None))
    assert "Velg hvordan svaret kom" in answered


def test_the_end_of_a_round_is_counted_again(stage: Stage) -> None:
    """A need that came after the question stops it: the card is old."""
    put(stage, 2)
    stage.say(INGRID, "avslutt runden")
    put(stage, 1, number="2026-G900")
    assert "gammelt" in said(stage.press(INGRID, "Ja, la to utløpe"))
    assert need(stage, 1).status is Status.UNDER_CONSIDERATION
    stage.say(INGRID, "avslutt runden")
    stage.press(INGRID, "Ja, la tre utløpe")
    assert need(stage, 1).status is Status.EXPIRED
