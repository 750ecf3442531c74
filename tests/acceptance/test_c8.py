"""The eighteen acceptance cases of the specification (C8), each as its people live through it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from domain.needs.models import Status
from domain.needs.owners import owner
from domain.outbox import OutboxState
from domain.register.names import is_orgnr
from domain.rounds.models import DeadlineKind
from tests.protocol.need import TYPED
from tests.transcripts.stage import Heard, Stage, oslo, shown

TITLE = "Natur som rom"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path, oslo("2026-11-12 09:00"))
    yield made
    made.close()


def text(heard: list[Heard]) -> str:
    """Everything that came, in order."""
    return "\n".join(shown(one) for one in heard)


def asked(stage: Stage, who: str, question: str) -> str:
    return text(stage.say(who, question))


def reported(stage: Stage, head: str, title: str = TITLE) -> str:
    """A head reports a whole need by typing; what came of the sending."""
    stage.say(head, "meld behov")
    for answer in (*TYPED, title):
        stage.say(head, answer)
    return text(stage.say(head, "send"))


def needs(stage: Stage, place: str) -> list[tuple[str | None, Status]]:
    """The needs of a kindergarten as they stand."""
    with stage.database.unit_of_work() as uow:
        for network in uow.register.networks():
            current = uow.rounds.current(network.id, stage.now.date())
            for kindergarten in uow.register.kindergartens_in_network(network.id):
                if kindergarten.name == place and current is not None:
                    return [
                        (r.title, r.status) for r in uow.needs.of_kindergarten(kindergarten.id, current.id)
                    ]
    raise LookupError(place)


def audit(stage: Stage, report_id: int) -> list[tuple[str | None, str, str]]:
    """Who did what to a need: name, role, new state."""
    with stage.database.unit_of_work() as uow:
        return [
            (uow.register.person(r.person_id).name if r.person_id else None, r.role, r.after)
            for r in uow.audit.of("needs_report", report_id)
            if r.before is not None
        ]


def test_1_nobody_but_the_head(stage: Stage) -> None:
    stage.say("Kari Nordli", "meld behov")
    for answer in (*TYPED[:5], "bare jeg", "Jeg tenkte det ut alene.", *TYPED[6:], TITLE):
        stage.say("Kari Nordli", answer)
    said = asked(stage, "Kari Nordli", "send")
    assert "Minst én gruppe" in said
    assert needs(stage, "Solbakken barnehage") == [(TITLE, Status.DRAFT)]


def test_2_a_head_does_not_send_to_the_network(stage: Stage) -> None:
    reported(stage, "Kari Nordli")
    said = asked(stage, "Kari Nordli", "send til nettverket")
    assert "eier" in said.lower()
    assert needs(stage, "Solbakken barnehage") == [(TITLE, Status.SENT_TO_OWNER)]


def test_3_head_and_owner_in_one(stage: Stage) -> None:
    said = reported(stage, "Anne Haugen")
    assert "Nå handler du som eier." in said
    assert needs(stage, "Tyttebærtua barnehage") == [(TITLE, Status.SENT_TO_OWNER)]
    stage.press("Anne Haugen", "Godkjenn som eier")
    assert needs(stage, "Tyttebærtua barnehage") == [(TITLE, Status.APPROVED)]
    assert audit(stage, 1) == [
        ("Anne Haugen", "styrer", "sendt_til_eier"),
        ("Anne Haugen", "eier", "godkjent_av_eier"),
    ]


def test_4_the_municipality_as_authority(stage: Stage) -> None:
    """As authority Per sees the status of a private kindergarten, and may approve nothing there."""
    reported(stage, "Anne Haugen")
    stage.say("Per Aune", "hei")
    stage.press("Per Aune", "Bytt til barnehagemyndighet")
    said = asked(stage, "Per Aune", "status")
    assert "barnehagemyndighet" in said.lower()
    assert "Godkjenn" not in said
    missing = asked(stage, "Per Aune", "hvem mangler")
    assert "Trollgnisten Eplehagen" in missing
    assert "Tyttebærtua" not in missing
    assert TITLE not in asked(stage, "Per Aune", "til behandling")


def test_5_a_chain_in_two_networks(stage: Stage) -> None:
    """Two consolidated reports, each with the needs of its own network."""
    reported(stage, "Linda Hovin", "Lek i Melhus")
    reported(stage, "Wenche Rian", "Lek i Ørland")
    stage.say("Camilla Rød", "godkjenn alle")
    stage.say("Camilla Rød", "send til nettverket")
    stage.press("Camilla Rød", "Gauldal")
    _sends(stage, "Camilla Rød")
    assert needs(stage, "Trollgnisten Skarven") == [("Lek i Ørland", Status.APPROVED)]
    stage.say("Camilla Rød", "send til nettverket")
    _sends(stage, "Camilla Rød")
    assert needs(stage, "Trollgnisten Eplehagen") == [("Lek i Melhus", Status.REPORTED)]
    assert needs(stage, "Trollgnisten Skarven") == [("Lek i Ørland", Status.REPORTED)]
    with stage.database.unit_of_work() as uow:
        for network_ in uow.register.networks():
            current = uow.rounds.current(network_.id, stage.now.date())
            assert current is not None
            (report,) = uow.owners_reports.in_round(current.id)
            (need,) = (uow.needs.get(i) for i in report.report_ids)
            assert need is not None
            assert uow.register.network_of_kindergarten(need.kindergarten_id).id == network_.id


def _sends(stage: Stage, owner_name: str) -> str:
    """An owner answers what is obligatory, and sends; the receipt."""
    stage.say(owner_name, "Planen vår gjelder til 2028, og styret har vært med.")
    stage.say(owner_name, "ja")
    return text(stage.press(owner_name, "Ja, send til nettverket"))


def test_6_pressed_twice_and_by_two(stage: Stage) -> None:
    """Camilla and Øystein act for the same owner: one transition, one receipt to the head."""
    reported(stage, "Linda Hovin")
    stage.say("Camilla Rød", "til behandling")
    stage.say("Øystein Brekke", "til behandling")
    first = text(stage.press("Camilla Rød", "Godkjenn"))
    second = text(stage.press("Camilla Rød", "Godkjenn")) if _has(stage, "Camilla Rød", "Godkjenn") else ""
    third = text(stage.press("Øystein Brekke", "Godkjenn"))
    assert "er godkjent" in first
    assert "er godkjent." not in second
    assert "allerede" in third
    assert [after for _, _, after in audit(stage, 1)] == ["sendt_til_eier", "godkjent_av_eier"]
    told = [m for m in stage.chat("Linda Hovin").messages if "godkjent" in shown(Heard("", m.outgoing))]
    assert len(told) == 1


def _has(stage: Stage, who: str, title: str) -> bool:
    actions = [a for m in stage.chat(who).messages for a in (m.outgoing.card or {}).get("actions", [])]
    return any(a["title"] == title for a in actions)


def test_7_an_old_card_after_a_return(stage: Stage) -> None:
    """A need is approved, then returned: the card that approved it does nothing any more."""
    reported(stage, "Maja Nordfjell")
    stage.say("Sverre Nyvoll", "til behandling")
    card = stage.chat("Sverre Nyvoll").messages[-1]
    old = next(a["data"] for a in (card.outgoing.card or {})["actions"] if a["data"]["verb"] == "approve_all")
    stage.send_payload("Sverre Nyvoll", old, card.id)
    with stage.work() as uow:
        report = uow.needs.get(1)
        assert report is not None
        person = stage.people["Sverre Nyvoll"].id
        owner.return_to_head(uow, person, 1, report.version, "Skriv mer om målet.", stage.now)
    said = text(stage.send_payload("Sverre Nyvoll", old, card.id))
    assert "er godkjent" not in said
    assert needs(stage, "Fjellsnerpa barnehage") == [(TITLE, Status.RETURNED)]


def test_8_which_deadline(stage: Stage) -> None:
    said = asked(stage, "Per Aune", "Når er fristen?")
    assert "1. desember" in said
    assert "Kilde" in said
    assert not said.startswith("1. februar")


def test_9_reporting(stage: Stage) -> None:
    """Outside Gauldal the sources differ and both are said; in Gauldal its own dates are."""
    fosen = asked(stage, "Arne Hoøen", "Når er rapporteringsfristen?")
    assert "15. januar" in fosen
    gauldal = asked(stage, "Per Aune", "Når er rapporteringsfristen?")
    assert "15. mai" in gauldal or "15. juni" in gauldal


@pytest.mark.parametrize(
    ("number", "good"), [("102\u00a0001\u00a0028", True), ("000000000", False), ("123 456 785", True)]
)
def test_10_organisation_numbers(number: str, good: bool) -> None:
    assert is_orgnr("".join(number.split())) is good


def test_11_one_million(stage: Stage) -> None:
    """A thousand stands for a million in one of the sources' tables; it is said in kroner."""
    said = asked(stage, "Ingrid Moen", "hvor mye får UH til koordinering i året?")
    assert "1.000`" not in said
    assert "1 000 000" in said or "million" in said or "kr" in said or "kroner" in said


def test_12_once_and_not_again_when_the_date_moves(stage: Stage) -> None:
    stage.say("Kari Nordli", "hei")
    stage.pass_time(oslo("2026-11-16 08:30"))
    first = [m for m in stage.chat("Kari Nordli").messages if "innen" in shown(Heard("", m.outgoing))]
    stage.pass_time(oslo("2026-11-16 15:00"))
    again = [m for m in stage.chat("Kari Nordli").messages if "innen" in shown(Heard("", m.outgoing))]
    assert len(first) == len(again) >= 1
    with stage.work() as uow:
        for network in uow.register.networks():
            current = uow.rounds.current(network.id, stage.now.date())
            assert current is not None
            moved = tuple(
                d.model_copy(update={"day": date(2026, 12, 4)}) if d.kind is DeadlineKind.NEEDS else d
                for d in current.deadlines
            )
            uow.rounds.save(current.model_copy(update={"deadlines": moved}))
    stage.pass_time(oslo("2026-11-17 15:00"))
    with stage.database.unit_of_work() as uow:
        sent = uow.outbox.in_state(OutboxState.SENT, "", 1000)
        assert len({m.key for m in sent}) == len(sent)
    after = [m for m in stage.chat("Kari Nordli").messages if "innen" in shown(Heard("", m.outgoing))]
    assert len(after) == len(again)


def test_13_a_deadline_on_a_saturday(stage: Stage) -> None:
    """15 May 2027 is a Saturday: the date stays what it is."""
    said = asked(stage, "Per Aune", "frister")
    assert "lørdag 15. mai" in said


def test_14_small_themes_are_hidden_in_the_channel(stage: Stage) -> None:
    stage.say("Ingrid Moen", "koble gauldal", "gauldal")
    for head in ("Maja Nordfjell", "Janne Foros"):
        reported(stage, head)
    for owner_ in ("Sverre Nyvoll", "Tor Hermo"):
        stage.say(owner_, "godkjenn alle")
        stage.say(owner_, "send til nettverket")
        _sends(stage, owner_)
    said = text(stage.say("Ingrid Moen", "sammendrag", "gauldal"))
    assert "2 av 11 eiere" in said
    assert "lek" not in said.lower().replace("leker", "")
    assert "Fjellsnerpa" not in said


def test_15_what_cannot_be_read_in_the_source(stage: Stage) -> None:
    said = asked(stage, "Ingrid Moen", "Hvor mange barnehager er med i Barns stemme H26?")
    assert "ikke" in said.lower()


def test_16_the_day_after(stage: Stage) -> None:
    """A report on 2 December is taken, marked, and the leader is told so."""
    stage.now = oslo("2026-12-02 09:00")
    stage.say("Ingrid Moen", "hei")
    assert "etter frist" in reported(stage, "Maja Nordfjell")
    stage.say("Sverre Nyvoll", "godkjenn alle")
    stage.say("Sverre Nyvoll", "send til nettverket")
    said = _sends(stage, "Sverre Nyvoll")
    assert "etter frist" in said
    assert needs(stage, "Fjellsnerpa barnehage") == [(TITLE, Status.REPORTED)]
    leaders = [shown(Heard("", m.outgoing)) for m in stage.chat("Ingrid Moen").messages]
    assert any("Fjellsnerpa" in said and "frist" in said for said in leaders)


def test_17_the_network_takes_needs_in_another_way(stage: Stage) -> None:
    stage.say("Ingrid Moen", "slå av skjemaet")
    stage.press("Ingrid Moen", "Ja, slå av skjemaet")
    said = asked(stage, "Kari Nordli", "meld behov")
    assert "Ingrid Moen" in said
    assert "gikk galt" not in said
    assert needs(stage, "Solbakken barnehage") == []


def test_18_what_has_ended_is_said_to_have_ended(stage: Stage) -> None:
    said = asked(stage, "Ingrid Moen", "Kan Rekom-midler brukes til individuell kompetanseheving?")
    assert "2026" in said or "gjaldt" in said.lower() or "historisk" in said.lower()
