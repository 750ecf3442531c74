"""The care of the register: old cards, double presses, forged ones, and what follows a kindergarten."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dialogs.events import EventKind
from dialogs.replies import CareProblem
from domain.needs.models import Status
from domain.outreach.planning.coming import planned
from domain.register.models import Kindergarten, Role, Scope, ScopeKind
from domain.register.orders import Care, Part
from messages.register import register_care as words
from tests.dialogs.test_old_and_foreign_cards import only, report_need
from tests.transcripts.reading import find_button
from tests.transcripts.stage import Heard, Stage, shown

INGRID, OLA, PER, KARI, CAMILLA = "Ingrid Moen", "Ola Fossen", "Per Aune", "Kari Nordli", "Camilla Rød"
SIV = "siv@fremmed.example"


def text(heard: list[Heard]) -> str:
    """Everything that came."""
    return "\n".join(shown(h) for h in heard)


def card(stage: Stage, name: str, title: str) -> tuple[dict[str, Any], str]:
    """What a button of the last card sends, and the card's id."""
    shown_, payload = find_button(stage.chat(name).messages, title, {})
    return payload, shown_.id


def solbakken(stage: Stage) -> Kindergarten:
    """The kindergarten as it is now, open or closed."""
    with stage.work() as uow:
        everywhere = [
            k
            for n in uow.register.networks()
            for k in (
                *uow.register.kindergartens_in_network(n.id),
                *uow.register.retired_kindergartens(n.id),
            )
        ]
    return next(k for k in everywhere if k.orgnr == "102001028")


def heads(stage: Stage) -> list[str]:
    """Who is head of Solbakken."""
    scope = Scope(kind=ScopeKind.KINDERGARTEN, id=solbakken(stage).id)
    with stage.work() as uow:
        return [p.name for p in uow.register.people_with(Role.HEAD, scope)]


def test_every_kind_part_and_problem_has_its_words() -> None:
    """Nothing of the forms lacks its sentence."""
    assert words.KIND.keys() == words.QUESTION.keys() == words.FIELDS.keys() == set(Care)
    assert words.LABEL.keys() == words.MISSING.keys() == set(Part)
    assert words.PROBLEM.keys() == set(CareProblem) - {CareProblem.MISSING, CareProblem.UNKNOWN}
    assert set(words.UNKNOWN) == {Part.PLACE, Part.OWNER, Part.PERSON, Part.MUNICIPALITY}


def test_nothing_happens_before_it_is_confirmed(stage: Stage) -> None:
    """Whatever is written."""
    before = solbakken(stage)
    for sentence in (
        f"ny styrer i Solbakken: Siv Wold, {SIV}",
        "Kari Nordli har sluttet",
        "Solbakken er nedlagt",
        "Solbakken har ny eier: Trollgnisten barnehager",
        "Solbakken heter nå Sol",
    ):
        assert "[Avbryt]" in text(stage.say(INGRID, sentence))
    assert solbakken(stage) == before
    assert heads(stage) == [KARI]


DESERTED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (PER, ("Da har ikke Melhus kommune noen eier i lista.",)),
    (KARI, ("Da har ikke Solbakken barnehage noen styrer i lista.",)),
)


@pytest.mark.parametrize(("who", "says"), DESERTED)
def test_whose_place_is_left_empty_is_said_before(stage: Stage, who: str, says: tuple[str, ...]) -> None:
    """Not when somebody else has the role there; a deputy is there for a time only."""
    heard = text(stage.say(INGRID, f"{who} har sluttet"))
    assert all(sentence in heard for sentence in says)
    stage.say(INGRID, f"ny eier i Melhus kommune: Siv Wold, {SIV}")
    stage.press(INGRID, "Bekreft")
    stage.say(INGRID, f"ny styrer i Solbakken: Siv Wold, {SIV}")
    stage.press(INGRID, "Nei, begge er styrere")
    assert "Da har ikke" not in text(stage.say(INGRID, f"{who} har sluttet"))


HOW: tuple[tuple[str, str], ...] = (
    ("ny eier", "«ny eier i Melhus kommune: navn, e-post»"),
    ("ny eier i Melhus kommune", "kommer inn med en fil"),
    ("Ny eier i Melhus kommune: Siv Wold.", "«ny eier i Melhus kommune: navn, e-post»"),
    ("legg inn eier: Nye barnehager AS", "kommer inn med en fil"),
    ("ny leder", "endres med en fil"),
    ("ny leder i Gauldal: Siv Wold", "endres med en fil"),
)


@pytest.mark.parametrize(("sentence", "says"), HOW)
def test_what_works_is_told(stage: Stage, sentence: str, says: str) -> None:
    """A wholly new owner and a leader come with a file; a person for an owner by a sentence, which works."""
    assert says in text(stage.say(INGRID, sentence))
    assert "Bare lederen" in text(stage.say(KARI, sentence))
    assert "Skal Siv Wold få handle for Melhus kommune?" in text(
        stage.say(INGRID, f"ny eier i Melhus kommune: Siv Wold, {SIV}")
    )


@pytest.mark.parametrize(
    "asked", ["ny eier?", "hva gjør en ny leder", "ny eier av Solbakken: Rennebu kommune"]
)
def test_what_works_is_told_to_orders_alone(stage: Stage, asked: str) -> None:
    """A question, and an owner for a kindergarten, are answered as before."""
    assert "med en fil" not in text(stage.say(INGRID, asked))


def test_a_double_press_acts_once(stage: Stage) -> None:
    """The second press says that it is not so any more."""
    stage.say(INGRID, "Solbakken er nedlagt")
    payload, id_ = card(stage, INGRID, "Bekreft")
    assert "lagt ned" in text(stage.send_payload(INGRID, payload, id_))
    assert "ingenting er endret" in text(stage.send_payload(INGRID, payload, id_))
    with stage.work() as uow:
        assert len(uow.audit.of("kindergarten", solbakken(stage).id)) == 1


def test_a_new_head_is_added_once(stage: Stage) -> None:
    """Pressing twice gives one head; the other button afterwards changes nothing."""
    stage.say(INGRID, f"ny styrer i Solbakken: Siv Wold, {SIV}")
    payload, id_ = card(stage, INGRID, "Ja, Kari Nordli har sluttet")
    for _ in range(2):
        stage.send_payload(INGRID, payload, id_)
    assert heads(stage) == ["Siv Wold"]
    with stage.work() as uow:
        siv = uow.register.person_by_email(SIV)
        assert siv is not None
        assert len(uow.audit.of("person", siv.id)) == 1


def test_an_old_card_does_not_move_what_has_moved(stage: Stage) -> None:
    """Two leaders' cards: the later one sees that the owner is another."""
    stage.say(INGRID, "Solbakken har ny eier: Trollgnisten barnehager")
    payload, id_ = card(stage, INGRID, "Bekreft")
    stage.say(INGRID, "Solbakken har ny eier: Rennebu kommune")
    stage.press(INGRID, "Bekreft")
    after = solbakken(stage)
    assert "ingenting er endret" in text(stage.send_payload(INGRID, payload, id_))
    assert solbakken(stage) == after


@pytest.mark.parametrize("who", [OLA, PER, KARI])
def test_a_card_in_the_wrong_hands_does_nothing(stage: Stage, who: str) -> None:
    """A leader of another network, an owner, a head."""
    stage.say(INGRID, "Solbakken er nedlagt")
    payload, _ = card(stage, INGRID, "Bekreft")
    assert "Bare lederen" in text(stage.send_payload(who, payload, None))
    assert solbakken(stage).active


def test_what_no_card_holds_is_refused(stage: Stage) -> None:
    """Forged changes: an unknown kind, a leader's role, an address that is none."""
    stage.say(INGRID, "registeret")
    _, id_ = card(stage, INGRID, "Gå videre")
    new = {"kind": "new_person", "scope_id": solbakken(stage).id, "name": "Siv", "email": SIV}
    for change in (
        {"kind": "all", "kindergarten": 1},
        {**new, "role": "leder"},
        {**new, "role": "styrer", "name": ""},
        {**new, "role": "styrer", "extra": 1},
    ):
        said = text(stage.send_payload(INGRID, {"verb": "care_do", "change": change}, None))
        assert "Det kortet kan jeg ikke bruke" in said
    wrong = {**new, "role": "styrer", "email": "siv"}
    assert "ingenting er endret" in text(
        stage.send_payload(INGRID, {"verb": "care_do", "change": wrong}, id_)
    )
    assert heads(stage) == [KARI]


def test_ones_own_network_is_all_one_is_shown(stage: Stage) -> None:
    """Names from other networks are not proposed."""
    said = text(stage.say(INGRID, "legg ned Naustvika"))
    assert "Jeg finner ikke «Naustvika» i nettverket ditt" in said
    assert "Naustvika barnehage" not in said
    assert "Jeg finner ikke «Line Sæther»" in text(stage.say(INGRID, "fjern Line Sæther"))


def test_a_number_is_taken_as_people_write_it(stage: Stage) -> None:
    """C8.10: hard spaces are taken, zeros are refused, an owner's number is no kindergarten's."""
    assert "Skal Solbakken barnehage legges ned" in text(stage.say(INGRID, "legg ned 102\u00a0001\u00a0028"))
    assert "Dette er eieren, ikke barnehagen: Melhus kommune" in text(stage.say(INGRID, "legg ned 101001016"))
    assert "ikke et organisasjonsnummer" in text(
        stage.say(INGRID, "ny barnehage: Toppen, 000000000, Melhus, Melhus kommune")
    )
    said = text(stage.say(INGRID, "ny barnehage: Toppen, 123\u00a0456\u00a0785, Melhus, Melhus kommune"))
    assert "123 456 785" in said
    assert "[Bekreft]" in said
    assert "Dette er barnehagen, ikke eieren" in text(stage.say(INGRID, "flytt Solbakken til 102001036"))


@pytest.mark.parametrize(
    "written", ["", " ", "<b>x</b>", "👍", "'; DROP TABLE person; --", "æ" * 20_000, "ja"]
)
def test_whatever_is_filled_in_is_answered(stage: Stage, written: str) -> None:
    """Every field of every form: a form again, with one sentence, and nothing stored."""
    before = solbakken(stage)
    for kind in Care:
        inputs = {part.value: written for part in Part}
        said = text(stage.send_payload(INGRID, {"verb": "care_read", "kind": kind.value, **inputs}, None))
        assert "! " in said
        assert "[Se over]" in said
    assert solbakken(stage) == before


def test_needs_that_are_not_sent_follow_the_kindergarten(stage: Stage) -> None:
    """What waits is shown before, and lies with the new owner after; numbers and versions are the same."""
    report_need(stage)
    before = only(stage)
    said = text(stage.say(INGRID, "flytt Solbakken til Trollgnisten barnehager"))
    assert "1 behov hos eieren følger med" in said
    stage.press(INGRID, "Bekreft")
    assert "Lek for alle" in text(stage.say(CAMILLA, "til behandling"))
    assert "Lek for alle" not in text(stage.say(PER, "til behandling"))
    assert only(stage) == before
    assert before.status is Status.SENT_TO_OWNER


def test_a_closed_kindergartens_needs_stay_and_wait_for_nobody(stage: Stage) -> None:
    """Nothing is lost, nothing is sent, and it comes back as it was."""
    report_need(stage)
    before = only(stage)
    stage.say(INGRID, "Solbakken er nedlagt")
    stage.press(INGRID, "Bekreft")
    assert only(stage) == before
    assert "Lek for alle" not in text(stage.say(PER, "til behandling"))
    stage.press(INGRID, "Angre")
    assert "Lek for alle" in text(stage.say(PER, "til behandling"))
    assert heads(stage) == [KARI]


def test_nobody_is_reminded_of_a_closed_kindergarten(stage: Stage) -> None:
    """Before it is closed, the head is."""
    with stage.work() as uow:
        assert KARI in {p.recipient for p in planned(uow, stage.now, 20)}
    stage.say(INGRID, "Solbakken er nedlagt")
    stage.press(INGRID, "Bekreft")
    with stage.work() as uow:
        plan = planned(uow, stage.now, 20)
    assert plan
    assert KARI not in {p.recipient for p in plan}


def test_a_deputys_card_is_the_appointers_alone(stage: Stage) -> None:
    """Somebody else's press, and one with other days than can hold, do nothing."""
    stage.say(PER, f"stedfortreder Siv Wold, {SIV} fra i dag til 20. november")
    payload, id_ = card(stage, PER, "Bekreft")
    assert "ikke tilgang" in text(stage.send_payload(KARI, payload, None))
    late = {**payload, "ends": "2031-01-01"}
    assert "ingenting er endret" in text(stage.send_payload(PER, late, id_))
    assert "kan jeg ikke bruke" in text(stage.send_payload(PER, {**payload, "ends": "snart"}, None))
    for _ in range(2):
        stage.send_payload(PER, payload, id_)
    with stage.work() as uow:
        (deputy,) = uow.register.deputies()
        assert len(uow.audit.of("deputy", deputy.person_id)) == 1


def test_in_a_form_a_sentence_is_an_answer(stage: Stage) -> None:
    """What looks like an order is not one while a question is open, nor in a channel."""
    stage.say(KARI, "meld behov")
    stage.say(KARI, "ja")
    stage.say(KARI, "lek")
    stage.say(KARI, "Solbakken er nedlagt")
    assert only(stage).answers["today"] == "Solbakken er nedlagt"
    assert "[Bekreft]" not in text(stage.say(INGRID, "Solbakken er nedlagt", channel="gauldal"))


def second_account(stage: Stage, name: str) -> list[Heard]:
    """Somebody writes from another Teams account, to which Teams gives the same address."""
    event = stage._event(name, EventKind.SAID, None, text="hei")
    chat = stage.chat(f"{name} på ny konto")
    address = replace(event.address, conversation_id=chat.id, user_id="29:new", aad_object_id="new")
    return stage._act(replace(event, who=replace(event.who, aad_object_id="new"), address=address))


def bound(stage: Stage, name: str) -> set[str]:
    """The accounts that are bound to somebody."""
    with stage.work() as uow:
        return {a.aad_object_id for a in uow.identity.account_of_person(stage.people[name].id)}


@pytest.mark.parametrize(("answer", "holds"), [("Ja, bytt til den nye kontoen", "new"), ("Nei", "")])
def test_the_leader_says_which_of_two_accounts_holds(stage: Stage, answer: str, holds: str) -> None:
    """One notice; until it is answered, and after a no, the first account is the one."""
    stage.world = replace(stage.world, local=False)
    stage.say(INGRID, "hei")
    stage.say(KARI, "hei")
    first = stage.people[KARI].email
    heard = second_account(stage, KARI)
    assert "Jeg finner deg ikke i lista" in text(heard)
    assert "En ny Teams-konto bruker adressen til Kari Nordli" in text(heard)
    assert "En ny Teams-konto" not in text(second_account(stage, KARI))
    assert bound(stage, KARI) == {first}
    stage.press(INGRID, answer)
    assert bound(stage, KARI) == {holds or first}
    assert "En ny Teams-konto" not in text(second_account(stage, KARI))
    known = "Hei, Kari!" in text(stage.say(KARI, "hei"))
    assert known is not bool(holds)
    with stage.work() as uow:
        assert len(uow.audit.of("access_request", 1)) == 1
