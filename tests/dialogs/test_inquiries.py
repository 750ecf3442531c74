"""Questions to the leader: presses from cards that are old, somebody else's, or in a channel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dialogs.events import EventKind
from dialogs.inquiries import note_unanswered
from dialogs.state import ConversationState
from dialogs.turn import Turn
from domain.identity import Account
from domain.inquiries.models import Inquiry, InquiryState
from tests.transcripts.reading import find_button
from tests.transcripts.stage import TENANT, Heard, Stage, oslo, shown

QUESTION = "Kan vi få dekket vikar?"
KARI, INGRID, TUVA, OLA = "Kari Nordli", "Ingrid Moen", "Tuva Sørgård", "Ola Fossen"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A stage on which Kari, Ingrid, Tuva and Ola have said hello."""
    made = Stage(tmp_path, oslo("2026-11-10 09:00"))
    for name in (KARI, INGRID, TUVA, OLA):
        made.say(name, "hei")
    yield made
    made.close()


def said(heard: list[Heard]) -> str:
    """Everything that came."""
    return "\n".join(shown(h) for h in heard)


def open_questions(stage: Stage) -> list[Inquiry]:
    """What waits anywhere."""
    with stage.work() as uow:
        return uow.inquiries.open_in([n.id for n in uow.register.networks()])


def inquiry(stage: Stage, inquiry_id: int = 1) -> Inquiry:
    """A stored question."""
    with stage.work() as uow:
        found = uow.inquiries.get(inquiry_id)
    assert found is not None
    return found


def shared(stage: Stage) -> list[str]:
    """The questions with a shared answer."""
    with stage.work() as uow:
        return [a.question for n in uow.register.networks() for a in uow.inquiries.published(n.id)]


def note(stage: Stage, name: str, *questions: str) -> None:
    """Somebody has asked what nobody could answer."""
    with stage.work() as uow:
        person = stage.people[name]
        turn = Turn(
            event=stage._event(name, EventKind.SAID, None),
            uow=uow,
            now=stage.now,
            world=stage.world,
            account=Account(tenant_id=TENANT, aad_object_id="x"),
            state=ConversationState(),
            person=person,
            roles=uow.register.roles_of(person.id),
        )
        for question in questions:
            note_unanswered(turn, question)


def test_a_press_under_an_answer_asks_the_leader_once(stage: Stage) -> None:
    """The button carries the question; a double press is told that it has been asked."""
    payload = {"verb": "ask_leader", "question": QUESTION}
    first = stage.send_payload(KARI, payload, None)
    again = stage.send_payload(KARI, payload, None)
    assert "Ingrid Moen har fått spørsmålet." in said(first)
    assert [h.chat for h in first] == [f"a:{KARI}", f"a:{INGRID}"]
    assert "Det har du allerede spurt om." in said(again)
    assert len(again) == len(open_questions(stage)) == 1


def test_in_a_channel_the_press_asks_and_tells_nothing_there(stage: Stage) -> None:
    """The one who presses is known; what is one's own comes in the own chat."""
    payload = {"verb": "ask_leader", "question": QUESTION}
    heard = stage.send_payload(KARI, payload, "m1", "gauldal")
    (there,) = [h for h in heard if h.chat == "19:gauldal"]
    assert shown(there) == "Jeg har spurt lederen. Svaret kommer i egen chat."
    stage.press(INGRID, "Send svaret", {"Svaret ditt": "Ja, to dager."})
    (there,) = stage.send_payload(KARI, payload, "m1", "gauldal")
    assert shown(there) == "Jeg har spurt lederen. Svaret kommer i egen chat."
    (there,) = stage.send_payload(OLA, payload, "m1", "gauldal")
    assert shown(there) == "Det fikk jeg ikke sendt herfra. Skriv «spør lederen» til meg i egen chat."


def test_what_is_personal_is_pointed_out_and_written_anew(stage: Stage) -> None:
    """From a button the form comes; on the form itself the sentence is enough."""
    heard = stage.send_payload(KARI, {"verb": "ask_leader", "question": "Får barnet Ola vikar?"}, None)
    assert "navnet på et barn" in said(heard)
    assert "Hva vil du spørre lederen om?" in said(heard)
    (only,) = stage.press(KARI, "Send til lederen", {"Spørsmålet ditt": "Ring 912 34 567?"})
    assert "et telefonnummer" in shown(only)
    assert open_questions(stage) == []


def test_the_eleventh_open_question_waits(stage: Stage) -> None:
    """Ten at a time, with a kind sentence."""
    for number in range(10):
        stage.say(KARI, f"spør leder: Hva med sak {number}?")
    assert "Du har ti spørsmål som venter på svar." in said(stage.say(KARI, "spør leder: Og nå?"))
    assert len(open_questions(stage)) == 10


def test_ten_questions_come_five_on_a_card(stage: Stage) -> None:
    """Forth and back; a page that is no more is the last one."""
    for number in range(6):
        stage.say(KARI, f"spør leder: Hva med sak {number}?")
    first = said(stage.say(TUVA, "spørsmål"))
    assert "Hva med sak 4?" in first
    assert "Hva med sak 5?" not in first
    second = said(stage.press(TUVA, "Vis flere"))
    assert "Hva med sak 5?" in second
    assert "[Vis forrige]" in second
    assert said(stage.send_payload(TUVA, {"verb": "inquiries", "page": 900}, None)) == second
    assert said(stage.press(TUVA, "Vis forrige")) == first


def test_an_answer_that_comes_second_changes_nothing(stage: Stage) -> None:
    """Also when it is the same card again; how it stands is shown."""
    stage.say(KARI, f"spør leder: {QUESTION}")
    message, payload = find_button(stage.chat(INGRID).messages, "Send svaret", {"Svaret ditt": "Ja."})
    stage.send_payload(INGRID, payload, message.id)
    before = inquiry(stage)
    heard = stage.send_payload(INGRID, {**payload, "inquiry_answer": "Nei."}, message.id)
    assert inquiry(stage) == before
    assert "allerede besvart av deg" in said(heard)
    assert [h for h in heard if h.chat == f"a:{KARI}"] == []
    late = stage.send_payload(TUVA, {"verb": "decline_inquiry", "inquiry": 1}, None)
    assert "allerede besvart av Ingrid Moen" in said(late)
    assert inquiry(stage) == before


@pytest.mark.parametrize(
    "payload",
    [
        {"verb": "answer_inquiry", "inquiry": 1, "inquiry_answer": "Ja."},
        {"verb": "decline_inquiry", "inquiry": 1},
        {"verb": "share_inquiry", "inquiry": 1},
        {"verb": "show_inquiry", "chosen_inquiry": "1"},
        {"verb": "publish", "inquiry": 1, "shared_question": QUESTION, "shared_answer": "Ja."},
        {"verb": "answer_inquiry", "inquiry": 99, "inquiry_answer": "Ja."},
    ],
)
@pytest.mark.parametrize("name", [KARI, OLA])
def test_others_cannot_touch_a_question(stage: Stage, name: str, payload: dict[str, Any]) -> None:
    """Whatever the card claims, the rights are looked up."""
    stage.say(KARI, f"spør leder: {QUESTION}")
    assert "ikke tilgang" in said(stage.send_payload(name, payload, None))
    assert inquiry(stage).state is InquiryState.OPEN
    assert shared(stage) == []


@pytest.mark.parametrize("verb", ["inquiries", "unanswered", "shared_answers"])
def test_only_leaders_see_the_lists(stage: Stage, verb: str) -> None:
    """A head has nothing to see there."""
    assert "Bare lederen" in said(stage.send_payload(KARI, {"verb": verb}, None))


@pytest.mark.parametrize(
    "payload",
    [
        {"verb": "show_inquiry", "chosen_inquiry": "x"},
        {"verb": "show_inquiry"},
        {"verb": "write_answer", "unanswered_question": ""},
        {"verb": "withdraw_answer", "published_answer": "-1"},
    ],
)
def test_nothing_chosen_is_said(stage: Stage, payload: dict[str, Any]) -> None:
    """Choose first."""
    assert "Velg minst én" in said(stage.send_payload(INGRID, payload, None))


@pytest.mark.parametrize(
    "payload",
    [
        {"verb": "publish", "shared_question": QUESTION, "shared_answer": "Ja."},
        {"verb": "publish", "inquiry": 1, "unanswered": 1},
        {"verb": "ask_leader", "question": "x" * 1001},
        {"verb": "inquiries", "page": -1},
        {"verb": "answer_inquiry", "inquiry": 0},
    ],
)
def test_what_no_card_of_ours_sends_is_refused(stage: Stage, payload: dict[str, Any]) -> None:
    """Kindly, and nothing happens."""
    assert "Det kortet kan jeg ikke bruke" in said(stage.send_payload(INGRID, payload, None))


@pytest.mark.parametrize("chosen", ["9" * 15, "9" * 400])
def test_a_number_that_is_nothing_is_no_failure(stage: Stage, chosen: str) -> None:
    """However long."""
    heard = stage.send_payload(INGRID, {"verb": "show_inquiry", "chosen_inquiry": chosen}, None)
    assert "ikke tilgang" in said(heard)
    heard = stage.send_payload(INGRID, {"verb": "withdraw_answer", "published_answer": chosen}, None)
    assert "allerede besvart eller fjernet" in said(heard)


def test_old_cards_of_what_is_shared_change_nothing(stage: Stage) -> None:
    """Published twice is once; removed twice is once."""
    stage.say(KARI, f"spør leder: {QUESTION}")
    stage.press(INGRID, "Send svaret", {"Svaret ditt": "Ja, to dager."})
    stage.press(INGRID, "Del med nettverket")
    message, payload = find_button(stage.chat(INGRID).messages, "Publiser for nettverket", {})
    assert "Svaret er delt med Gauldal." in said(stage.send_payload(INGRID, payload, message.id))
    assert "allerede delt" in said(stage.send_payload(INGRID, payload, message.id))
    assert "allerede delt" in said(stage.send_payload(TUVA, {"verb": "share_inquiry", "inquiry": 1}, None))
    assert shared(stage) == [QUESTION]
    stage.say(INGRID, "delte svar")
    message, remove = find_button(stage.chat(INGRID).messages, "Fjern det valgte", {"published_answer": "1"})
    stage.send_payload(INGRID, remove, message.id)
    assert shared(stage) == []
    assert "allerede besvart eller fjernet" in said(stage.send_payload(INGRID, remove, message.id))


def test_the_log_is_answered_from_the_list(stage: Stage) -> None:
    """Most asked first; choose, write, publish; then the next."""
    note(
        stage, KARI, "Når kommer pengene?", "Hvem eier bygget?", "når kommer pengene", "Får barnet Ola plass?"
    )
    listed = said(stage.say(INGRID, "ubesvarte spørsmål"))
    assert "· Når kommer pengene? (2 ganger, sist 10. november)\n· Hvem eier bygget? (1 gang," in listed
    assert "Ola" not in listed
    stage.press(INGRID, "Svar på et av dem", {"Hvilket vil du svare på?": "Når kommer pengene?"})
    message, payload = find_button(stage.chat(INGRID).messages, "Publiser for nettverket", {})
    assert "for kort" in said(stage.send_payload(INGRID, payload, message.id))
    heard = stage.press(INGRID, "Publiser for nettverket", {"Svaret": "I mai."})
    assert "Svaret er delt med Gauldal." in said(heard)
    assert shared(stage) == ["Når kommer pengene?"]
    again = stage.send_payload(INGRID, {**payload, "shared_answer": "I juni."}, message.id)
    assert "allerede besvart" in said(again)
    assert "Hvem eier bygget?" in said(stage.press(INGRID, "Svar på et til"))
    assert said(stage.say(OLA, "ubesvarte")) == "Ingen har spurt om noe jeg ikke fant svar på."


def test_without_a_network_nothing_is_noted(stage: Stage) -> None:
    """The county's own people belong to none."""
    note(stage, "Bodil Strøm", "Når kommer pengene?")
    with stage.work() as uow:
        assert uow.inquiries.unanswered([n.id for n in uow.register.networks()], 15) == []


def test_somebody_who_has_left_hears_nothing_and_is_not_heard_of(stage: Stage) -> None:
    """The question is not listed, and an answer from an old card goes nowhere."""
    stage.say(KARI, f"spør leder: {QUESTION}")
    with stage.work() as uow:
        person = stage.people[KARI]
        for held in uow.register.roles_of(person.id):
            uow.register.remove_person_role(person.id, held.role, held.scope)
    assert said(stage.say(INGRID, "spørsmål")) == "Ingen spørsmål venter på svar."
    heard = stage.press(INGRID, "Send svaret", {"Svaret ditt": "Ja."})
    assert {h.chat for h in heard} == {f"a:{INGRID}"}
