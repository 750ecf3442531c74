"""Old cards, double presses and other people's ids: nothing stored changes, and the answer says so."""

from __future__ import annotations

from typing import Any

import pytest

from domain.needs.models import NeedsReport, Status
from tests.transcripts.reading import find_button
from tests.transcripts.stage import Heard, Stage, shown

ANSWERS = (
    "ja",
    "lek",
    "Noen barn blir ofte stående utenfor leken ute.",
    "Å støtte leken når den stopper opp.",
    "Alle har noen å leke med.",
    "hele personalet, på to personalmøter",
    "hele personalet, 12",
    "høsten 2027, ett år",
    "nei",
    "Lek for alle",
)


def report_need(stage: Stage, name: str = "Kari Nordli") -> None:
    """Somebody reports a whole need in writing, and sends it."""
    stage.say(name, "meld behov")
    for answer in ANSWERS:
        stage.say(name, answer)
    stage.say(name, "ja")


def only(stage: Stage, report_id: int = 1) -> NeedsReport:
    """The stored need."""
    with stage.work() as uow:
        found = uow.needs.get(report_id)
    assert found is not None
    return found


def said(heard: list[Heard]) -> str:
    """Everything that came."""
    return "\n".join(shown(h) for h in heard)


def payload_of(stage: Stage, name: str, title: str) -> tuple[str, dict[str, Any]]:
    """A button's message and payload, to be pressed later."""
    message, payload = find_button(stage.chat(name).messages, title, {})
    return message.id, payload


def test_a_button_pressed_twice_acts_once(stage: Stage) -> None:
    """The second press of the same card changes nothing."""
    stage.say("Kari Nordli", "meld behov")
    message, payload = payload_of(stage, "Kari Nordli", "Ja, noe nytt")
    stage.send_payload("Kari Nordli", payload, message)
    before = only(stage)
    heard = stage.send_payload("Kari Nordli", payload, message)
    assert only(stage) == before
    assert "gammelt" in said(heard)
    assert "Spørsmål 2 av 10" in said(heard)


def test_sending_twice_sends_once(stage: Stage) -> None:
    """One receipt, one notice to the owner."""
    stage.say("Per Aune", "hei")
    stage.say("Kari Nordli", "meld behov")
    for answer in ANSWERS:
        stage.say("Kari Nordli", answer)
    message, payload = payload_of(stage, "Kari Nordli", "Send til Melhus kommune")
    first = stage.send_payload("Kari Nordli", payload, message)
    again = stage.send_payload("Kari Nordli", payload, message)
    assert sum(h.chat == "a:Per Aune" for h in first) == 1
    assert [h for h in again if h.chat == "a:Per Aune"] == []
    assert "allerede behandlet" in said(again)
    assert only(stage).revision == 1


@pytest.mark.parametrize(
    "verb", ["answer", "submit", "continue", "discard", "undo_no_need", "change", "back"]
)
def test_another_heads_report_cannot_be_touched(stage: Stage, verb: str) -> None:
    """Whatever the card claims, the rights are looked up."""
    stage.say("Kari Nordli", "meld behov")
    stage.say("Kari Nordli", "ja")
    before = only(stage)
    stranger = next(p.name for p in stage.people.values() if p.name not in ("Kari Nordli", "Per Aune"))
    payload: dict[str, Any] = {"verb": verb, "report": 1}
    payload |= {
        "answer": {"step": "need", "v": before.version, "choice": "no"},
        "submit": {"v": before.version},
    }.get(verb, {})
    payload |= {"step": "themes"} if verb == "back" else {}
    heard = stage.send_payload(stranger, payload, None)
    assert only(stage) == before
    assert "ikke tilgang" in said(heard)


@pytest.mark.parametrize("verb", ["approve", "return", "not_forward", "read"])
def test_a_head_cannot_act_as_owner(stage: Stage, verb: str) -> None:
    """Approving is the owner's."""
    report_need(stage)
    before = only(stage)
    payload = {"verb": verb, "report": 1} | (
        {} if verb == "read" else {"v": before.version, "comment": "nei takk du"}
    )
    heard = stage.send_payload("Kari Nordli", payload, None)
    assert only(stage) == before
    assert "ikke tilgang" in said(heard)


def test_a_draft_is_hidden_from_the_owner(stage: Stage) -> None:
    """Until it has been sent."""
    stage.say("Kari Nordli", "meld behov")
    stage.say("Kari Nordli", "ja")
    assert "ikke tilgang" in said(stage.send_payload("Per Aune", {"verb": "read", "report": 1}, None))


def test_approved_twice_is_approved_once(stage: Stage) -> None:
    """The head is told once; the second press hears that it is done."""
    report_need(stage)
    payload = {"verb": "approve", "report": 1, "v": only(stage).version}
    first = stage.send_payload("Per Aune", payload, None)
    second = stage.send_payload("Per Aune", payload, None)
    assert sum(h.chat == "a:Kari Nordli" for h in first) == 1
    assert [h for h in second if h.chat == "a:Kari Nordli"] == []
    assert "allerede behandlet" in said(second)
    assert only(stage).status is Status.APPROVED


def test_a_returned_and_changed_need_makes_the_old_card_inert(stage: Stage) -> None:
    """The owner's card of the first version approves nothing of the second."""
    report_need(stage)
    old = {"verb": "approve", "report": 1, "v": only(stage).version}
    stage.send_payload(
        "Per Aune", {"verb": "return", "report": 1, "v": old["v"], "comment": "Skriv mer om målet."}, None
    )
    stage.say("Kari Nordli", "fortsett")
    stage.say("Kari Nordli", "ja")
    heard = stage.send_payload("Per Aune", old, None)
    assert only(stage).status is Status.SENT_TO_OWNER
    assert "gammelt" in said(heard)


def test_approving_many_with_a_foreign_one_approves_none(stage: Stage) -> None:
    """Half a press is no press."""
    report_need(stage)
    report_need(stage, "Anne Haugen")
    heard = stage.send_payload("Per Aune", {"verb": "approve_all", "owner": 1, "reports": [1, 2]}, None)
    assert only(stage, 1).status is Status.SENT_TO_OWNER
    assert only(stage, 2).status is Status.SENT_TO_OWNER
    assert "ikke tilgang" in said(heard)


def test_every_change_of_state_has_its_audit_row(stage: Stage) -> None:
    """Who, when, from and to."""
    report_need(stage)
    stage.say("Per Aune", "godkjenn alle")
    with stage.work() as uow:
        rows = uow.audit.of("needs_report", 1)
    assert [(r.before, r.after, r.role) for r in rows] == [
        ("utkast", "sendt_til_eier", "styrer"),
        ("sendt_til_eier", "godkjent_av_eier", "eier"),
    ]


@pytest.mark.parametrize("button", ["Tilbake", "Fortsett senere"])
def test_what_is_filled_in_is_kept_when_the_card_is_left(stage: Stage, button: str) -> None:
    """Also without «Lagre og gå videre»."""
    stage.say("Kari Nordli", "meld behov")
    stage.say("Kari Nordli", "ja")
    stage.say("Kari Nordli", "lek")
    stage.press("Kari Nordli", button, {"Hverdagen i dag": "Noen barn blir stående utenfor leken."})
    assert only(stage).answers["today"] == "Noen barn blir stående utenfor leken."
    before = only(stage)
    stage.say("Kari Nordli", "fortsett")
    assert only(stage) == before
